//! Records as Apollo writes them in JSON.
//!
//! Promises: the field names and nesting of Apollo's documents (reference sections 2 to 9), the
//! two timestamp styles mixed as Apollo mixes them, and optional objects absent, not null.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    World, constants,
    id::Id,
    model::{Enrolment, Note, Phone, Sequence, Step, StepKind, User},
    places::CITIES,
};

/// `2026-11-24T10:00:00.000Z`.
pub(crate) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// `2026-11-24T10:00:00.000+00:00`.
pub(crate) fn stamp_with_offset(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+00:00").to_string()
}

/// Joins two objects; the second wins.
fn join(mut first: Value, second: Value) -> Value {
    if let (Value::Object(first), Value::Object(second)) = (&mut first, second) {
        first.extend(second);
    }
    first
}

fn put(value: &mut Value, key: &str, entry: Value) {
    if let Value::Object(object) = value {
        object.insert(key.to_owned(), entry);
    }
}

/// A user as `users/search` shows one.
pub(crate) fn user(world: &World, user: &User) -> Value {
    let mut value = json!({
        "id": user.id,
        "team_id": world.team_id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "name": user.name(),
        "title": user.title,
        "email": user.email,
        "created_at": stamp(user.created_at),
        "deleted": user.deleted,
        "permission_set_id": world.team_id,
        "subteam_ids": [],
        "bridge_calls": false,
        "bridge_phone_number": null,
        "bridge_incoming_calls": false,
        "record_calls": true,
        "default_use_local_numbers": false,
        "current_email_verified": true,
        "salesforce_id": null,
        "crm_email": null,
        "typed_custom_fields": null,
    });
    let mut setting = constants::assistant_setting();
    for (key, id) in [
        ("_id", user.id),
        ("id", user.id),
        ("key", user.id),
        ("user_id", user.id),
        ("team_id", world.team_id),
    ] {
        put(&mut setting, key, json!(id));
    }
    setting["persona_ids"] = json!([world.team_id]);
    put(&mut value, "assistant_setting", setting);
    join(constants::user(), value)
}

/// A sequence as `emailer_campaigns/search` shows one.
pub(crate) fn sequence(world: &World, sequence: &Sequence) -> Value {
    let counter = |value: u32| {
        if sequence.loading {
            json!("loading")
        } else {
            json!(value)
        }
    };
    let owner = world.users[sequence.owner].id;
    json!({
        "id": sequence.id,
        "name": sequence.name,
        "archived": sequence.archived,
        "active": sequence.active,
        "created_at": stamp(sequence.created_at),
        "last_used_at": sequence.last_used_at.map(stamp_with_offset),
        "user_id": owner,
        "num_steps": sequence.steps.len(),
        "creation_type": "new",
        "folder_id": null,
        "label_ids": world.labels.iter().filter(|it| it.modality == "emailer_campaigns")
            .map(|it| it.id).collect::<Vec<_>>(),
        "starred_by_user_ids": [owner],
        "emailer_schedule_id": world.team_id,
        "max_emails_per_day": null,
        "same_account_reply_policy_cd": null,
        "same_account_reply_delay_days": 30,
        "excluded_account_stage_ids": world.account_stages.last().map(|it| it.id)
            .into_iter().collect::<Vec<_>>(),
        "excluded_contact_stage_ids": world.contact_stages.last().map(|it| it.id)
            .into_iter().collect::<Vec<_>>(),
        "contact_email_event_to_stage_mapping": {},
        "mark_finished_if_click": false,
        "mark_finished_if_reply": true,
        "mark_finished_if_interested": true,
        "mark_paused_if_ooo": true,
        "days_to_wait_before_mark_as_response": 5,
        "sequence_by_exact_daytime": null,
        "create_task_if_email_open": false,
        "email_open_trigger_task_threshold": 3,
        "sequence_ruleset_id": world.team_id,
        "num_contacts_email_status_extrapolated": 0,
        "remind_ab_test_results": false,
        "ab_test_step_ids": [],
        "is_performing_poorly": false,
        "prioritized_by_user": null,
        "unique_scheduled": counter(12),
        "unique_delivered": counter(240),
        "unique_bounced": counter(3),
        "unique_opened": counter(97),
        "unique_hard_bounced": counter(1),
        "unique_spam_blocked": counter(0),
        "unique_replied": counter(11),
        "unique_demoed": counter(2),
        "unique_clicked": counter(6),
        "unique_unsubscribed": counter(1),
        "bounce_rate": counter(0),
        "hard_bounce_rate": counter(0),
        "spam_block_rate": counter(0),
        "opt_out_rate": counter(0),
        "click_rate": counter(0),
        "open_rate": counter(0),
        "reply_rate": counter(0),
        "demo_rate": counter(0),
        "loaded_stats": !sequence.loading,
        "cc_emails": "",
        "bcc_emails": "",
        "underperforming_touches_count": 0,
        "sharing_permission": {
            "visibility": "everyone",
            "access_type": "can_edit",
            "object_type": "EmailerCampaign",
            "object_id": sequence.id,
            "is_owner": false,
            "owner_id": owner,
            "sharing_accesses": [{
                "id": sequence.id,
                "shared_by": owner,
                "user_or_team_id": world.team_id,
                "user_or_team_type": "Team",
                "access_type": "can_edit",
            }],
        },
    })
}

/// The steps of a sequence as its `show` has them.
pub(crate) fn steps(world: &World, place: usize) -> Vec<Value> {
    let sequence = &world.sequences[place];
    sequence
        .steps
        .iter()
        .zip(1..)
        .map(|(step, position)| {
            json!({
                "id": step.id,
                "emailer_campaign_id": sequence.id,
                "position": position,
                "type": step.kind.as_str(),
                "wait_time": step.wait_days,
                "wait_mode": "day",
                "exact_datetime": null,
                "note": step.note.as_deref(),
                "note_text": step.note.as_deref().unwrap_or_default(),
                "priority": step.priority.as_str(),
                "ab_test_details": {},
                "unique_scheduled": "loading",
                "unique_skipped": "loading",
                "unique_completed": "loading",
                "outcomes": [],
                "auto_skip_in_x_days": null,
                "max_emails_per_day": null,
                "counts": {
                    "active": 0, "paused": 0, "finished": 0, "bounced": 0, "spam_blocked": 0,
                    "hard_bounced": 0, "not_sent": 0,
                },
            })
        })
        .collect()
}

/// The mails of a sequence: one for each of its automatic steps.
pub(crate) fn touches(world: &World, place: usize) -> Vec<Value> {
    let automatic = |step: &&Step| step.kind == StepKind::AutoEmail;
    world.sequences[place]
        .steps
        .iter()
        .filter(automatic)
        .map(|step| {
            json!({
                "id": step.id,
                "emailer_step_id": step.id,
                "emailer_template_id": step.id,
                "status": "approved",
                "type": "new_thread",
            })
        })
        .collect()
}

fn phone(phone: &Phone, position: usize) -> Value {
    let is_known = phone.sanitized.is_some();
    json!({
        "raw_number": phone.raw,
        "sanitized_number": phone.sanitized,
        "type": phone.kind,
        "position": position,
        "status": phone.status,
        "dnc_status": phone.dnc_status,
        "dnc_other_info": phone.dnc_status.map(|_| json!({"country": phone.country})),
        "dialer_flags": is_known.then(|| json!({
            "country_name": phone.country,
            "country_enabled": true,
            "high_risk_calling_enabled": false,
            "potential_high_risk_number": false,
        })),
        "source_name": "User Managed",
        "vendor_validation_statuses": [],
        "third_party_vendor_name": null,
    })
}

fn enrolment(world: &World, enrolment: &Enrolment) -> Value {
    let sequence = &world.sequences[enrolment.sequence];
    let owner = &world.users[sequence.owner];
    let step = sequence
        .steps
        .get(enrolment.position.saturating_sub(1) as usize);
    json!({
        "id": enrolment.id,
        "emailer_campaign_id": sequence.id,
        "status": enrolment.status,
        "current_step_id": step.map(|step| step.id),
        "current_step_position": enrolment.position,
        "added_at": stamp_with_offset(enrolment.added_at),
        "added_by_user_id": owner.id,
        "finished_at": enrolment.finished_at.map(stamp_with_offset),
        "paused_at": enrolment.paused_at.map(stamp_with_offset),
        "auto_unpause_at": enrolment.auto_unpause_at.map(stamp_with_offset),
        "inactive_reason": enrolment.inactive_reason,
        "failure_reason": null,
        "send_email_from_user_id": owner.id,
        "send_email_from_email_account_id": world.team_id,
        "send_email_from_email_address": owner.email,
        "manually_set_unpause": null,
        "in_response_to_emailer_message_id": null,
        "cc_emails": null,
        "bcc_emails": null,
        "to_emails": null,
    })
}

/// A whole contact (reference section 5.1).
pub(crate) fn contact(world: &World, place: usize) -> Value {
    let contact = &world.contacts[place];
    let account = contact.account.map(|account| &world.accounts[account]);
    let city = &CITIES[contact.city];
    let phones: Vec<Value> = contact
        .phones
        .iter()
        .enumerate()
        .map(|(position, it)| phone(it, position))
        .collect();
    let address = contact.address.clone().unwrap_or_else(|| {
        [city.name, city.state, city.country]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    });
    let who = json!({
        "id": contact.id,
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "name": contact.name(),
        "title": contact.title,
        "headline": contact.headline,
        "linkedin_url": contact.linkedin_slug.as_ref()
            .map(|slug| format!("http://www.linkedin.com/in/{slug}")),
        "photo_url": null,
        "twitter_url": null,
        "facebook_url": null,
        "organization_name": account.map(|account| &account.name),
        "organization_id": account.map(|account| account.organization_id),
        "account_id": account.map(|account| account.id),
        "person_id": contact.person_id,
        "owner_id": world.users[contact.owner].id,
        "creator_id": world.users[world.admin()].id,
        "contact_stage_id": world.contact_stages[contact.stage].id,
        "label_ids": contact.labels.iter().map(|it| world.labels[*it].id).collect::<Vec<_>>(),
        "emailer_campaign_ids": contact.enrolments.iter()
            .map(|it| world.sequences[it.sequence].id).collect::<Vec<_>>(),
        "contact_campaign_statuses": contact.enrolments.iter()
            .map(|it| enrolment(world, it)).collect::<Vec<_>>(),
        "typed_custom_fields": contact.custom_fields,
        "custom_field_errors": {},
    });
    let reach = json!({
        "email": contact.email,
        "email_status": contact.email.as_ref().map(|_| "verified"),
        "email_true_status": contact.email.as_ref().map(|_| "User Managed"),
        "updated_email_true_status": true,
        "email_status_unavailable_reason": null,
        "email_source": null,
        "email_from_customer": true,
        "email_needs_tickling": null,
        "extrapolated_email_confidence": null,
        "has_pending_email_arcgate_request": false,
        "has_email_arcgate_request": false,
        "email_unsubscribed": null,
        "email_domain_catchall": false,
        "free_domain": false,
        "contact_emails": contact.email.iter().map(|email| json!({
            "email": email, "email_status": "verified", "position": 0, "free_domain": false,
            "source": "User Managed", "email_true_status": "User Managed",
            "email_source": null, "email_from_customer": true, "email_needs_tickling": null,
            "extrapolated_email_confidence": null, "email_status_unavailable_reason": null,
            "third_party_vendor_name": null, "vendor_validation_statuses": [],
            // Digests of nothing: the shape without the address.
            "email_md5": "0".repeat(32), "email_sha256": "0".repeat(64),
        })).collect::<Vec<_>>(),
        "phone_numbers": phones,
        "sanitized_phone": contact.phones.iter().find_map(|phone| phone.sanitized.as_ref()),
        "account_phone_note": null,
        "direct_dial_status": null,
        "direct_dial_enrichment_failed_at": null,
        "call_opted_out": contact.call_opted_out,
        "present_raw_address": address,
        "city": city.name,
        "state": if city.state.is_empty() { Value::Null } else { json!(city.state) },
        "country": city.country,
        "time_zone": contact.has_time_zone.then_some(city.time_zone),
    });
    let record = json!({
        "last_activity_date": contact.last_activity.map(stamp_with_offset),
        "source": "csv_import",
        "original_source": "csv_import",
        "source_display_name": "Uploaded from CSV",
        "existence_level": "full",
        "person_deleted": null,
        "next_contact_id": null,
        "created_at": stamp(contact.created_at),
        "updated_at": stamp(contact.updated_at),
        "salesforce_id": null,
        "salesforce_contact_id": null,
        "crm_owner_id": null,
        "hubspot_vid": null,
        "crm_id": null,
        "crm_record_url": null,
        "queued_for_crm_push": false,
        "contact_roles": [],
        "contact_rule_config_statuses": [],
        "suggested_from_rule_engine_config_id": null,
        "salesforce_lead_id": null,
        "salesforce_account_id": null,
        "hubspot_company_id": null,
        "merged_crm_ids": null,
        "linkedin_uid": null,
        "show_intent": false,
        "is_likely_to_engage": false,
        "organization_logo_url": null,
        "github_url": null,
        "salesforce_record_url": null,
        "employment_history": account.iter().map(|account| json!({
            "_id": contact.person_id, "id": contact.person_id, "key": contact.person_id,
            "organization_id": account.organization_id, "organization_name": account.name,
            "title": contact.title, "current": true, "start_date": "2021-03-01",
            "end_date": null, "degree": null, "description": null, "emails": null,
            "grade_level": null, "kind": null, "major": null, "raw_address": null,
            "created_at": null, "updated_at": null,
        })).collect::<Vec<_>>(),
    });
    join(join(who, reach), record)
}

/// An account as it is embedded in tasks, contacts and calls: slim (reference section 6.1).
pub(crate) fn account_in_short(world: &World, place: usize) -> Value {
    let account = &world.accounts[place];
    let city = &CITIES[account.city];
    let own = json!({
        "id": account.id,
        "name": account.name,
        "domain": account.domain,
        "primary_domain": account.domain,
        "website_url": format!("http://www.{}", account.domain),
        "linkedin_url": format!(
            "http://www.linkedin.com/company/{}",
            account.domain.trim_end_matches(".example")
        ),
        "phone": account.phone.as_ref().map(|phone| &phone.raw),
        "primary_phone": account.phone.as_ref().map_or_else(
            || json!({}),
            |phone| json!({"number": phone.raw, "source": "Account"}),
        ),
        "phone_status": account.phone.as_ref().map(|phone| phone.status),
        "sanitized_phone": account.phone.as_ref().and_then(|phone| phone.sanitized.as_ref()),
        "industry": account.industry,
        "estimated_num_employees": account.employees,
        "founded_year": account.founded_year,
        "owner_id": world.users[account.owner].id,
        "account_stage_id": world.account_stages[account.stage].id,
        "organization_id": account.organization_id,
        "team_id": world.team_id,
        "label_ids": account.labels.iter().map(|it| world.labels[*it].id).collect::<Vec<_>>(),
        "typed_custom_fields": account.custom_fields,
        "account_rule_config_statuses": [{
            "_id": account.id, "id": account.id, "key": account.id, "status_cd": "pending",
            "rule_config_id": world.team_id, "rule_action_config_id": world.team_id,
            "created_at": null, "updated_at": null,
        }],
        "raw_address": account.raw_address.clone().unwrap_or_else(|| {
            format!("{}, {}, {}", city.name, city.state, city.country)
        }),
        "city": city.name,
        "state": city.state,
        "country": city.country,
        "created_at": stamp(account.created_at),
        "last_activity_date": account.last_activity.map(stamp_with_offset),
    });
    join(constants::account_in_short(), own)
}

/// What `accounts/search` shows: the slim record with its tallies.
pub(crate) fn account_row(world: &World, place: usize) -> Value {
    let sequences: std::collections::BTreeSet<Id> = world
        .contacts_of_account(place)
        .iter()
        .flat_map(|contact| &world.contacts[*contact].enrolments)
        .map(|enrolment| world.sequences[enrolment.sequence].id)
        .collect();
    let tally = |status: &str| {
        world
            .contacts_of_account(place)
            .iter()
            .flat_map(|contact| &world.contacts[*contact].enrolments)
            .filter(|enrolment| enrolment.status == status)
            .count()
    };
    join(
        account_in_short(world, place),
        json!({
            "num_contacts": world.contacts_of_account(place).len(),
            "contact_emailer_campaign_ids": sequences,
            "contact_campaign_status_tally": {
                "active": tally("active"),
                "finished": tally("finished"),
                "not_sent": tally("not_sent"),
                "paused": tally("paused"),
                "bounced": tally("bounced"),
            },
        }),
    )
}

/// A whole account.
pub(crate) fn account(world: &World, place: usize) -> Value {
    let account = &world.accounts[place];
    let city = &CITIES[account.city];
    let own = json!({
        "industries": [account.industry],
        "industry_tag_id": account.organization_id,
        "industry_tag_hash": {account.industry: account.organization_id},
        "keywords": [account.industry],
        "organization_raw_address": format!("{}, {}", city.name, city.country),
        "organization_state": city.state,
        "organization_city": city.name,
        "organization_country": city.country,
        "org_chart_root_people_ids": [account.organization_id],
        "short_description": account.description,
        "funding_events": [{
            "id": account.organization_id, "date": "2019-05-01T00:00:00.000+00:00",
            "news_url": null, "type": "Seed", "investors": "Sample Ventures", "amount": "1M",
            "currency": "$",
        }],
        "technology_names": ["HubSpot"],
        "current_technologies": [
            {"uid": "hubspot", "name": "HubSpot", "category": "Marketing Automation"},
        ],
        "engagement_graph": [{"year": 2026, "month": 10, "inbound": 0, "outbound": 2}],
    });
    join(join(account_row(world, place), constants::account()), own)
}

/// The lists of a contact or account, as they stand beside it.
pub(crate) fn labels(world: &World, places: &[usize]) -> Vec<Value> {
    places
        .iter()
        .map(|label| &world.labels[*label])
        .map(|label| {
            json!({
                "id": label.id,
                "modality": label.modality,
                "cached_count": 0,
                "name": label.name,
                "created_at": stamp(label.created_at),
                "updated_at": stamp(label.created_at),
                "user_id": world.users[label.user].id,
            })
        })
        .collect()
}

/// The organization of a contact in `contacts/search`.
pub(crate) fn organization(world: &World, place: usize) -> Value {
    let account = &world.accounts[place];
    join(
        constants::organization(),
        json!({
            "id": account.organization_id,
            "name": account.name,
            "website_url": format!("http://www.{}", account.domain),
            "primary_domain": account.domain,
            "founded_year": account.founded_year,
            "primary_phone": {},
        }),
    )
}

/// How much of a task an endpoint shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// `search`, `create`.
    Row,
    /// `show`, `update`, `complete`.
    Full,
}

/// A task (reference section 4.2).
pub(crate) fn task(world: &World, place: usize, detail: Detail) -> Value {
    let task = &world.tasks[place];
    let contact_record = task.contact.map(|contact| &world.contacts[contact]);
    let mut value = json!({
        "id": task.id,
        "user_id": world.users[task.user].id,
        "creator_id": world.users[task.creator].id,
        "type": task.kind,
        "status": task.status.as_str(),
        "priority": task.priority.as_str(),
        "due_at": stamp_with_offset(task.due_at),
        "created_at": stamp(task.created_at),
        "completed_at": task.completed_at.map(stamp_with_offset),
        "skipped_at": task.skipped_at.map(stamp_with_offset),
        "note": task.note.as_deref(),
        "title": task.title.as_deref(),
        "subject": null,
        "answered": null,
        "contact_id": contact_record.map(|contact| contact.id),
        "person_id": contact_record.map(|contact| contact.person_id),
        "account_id": task.account.map(|account| world.accounts[account].id),
        "organization_id": task.account.map(|account| world.accounts[account].organization_id),
        "opportunity_id": null,
        "emailer_campaign_id": task.step.map(|(sequence, _)| world.sequences[sequence].id),
        "created_from": task.created_from,
        "persona_ids": [],
        "playbook_id": null,
        "playbook_step_ids": [],
        "needs_playbook_autoprospecting": null,
        "starred_by_user_ids": [],
        "salesforce_type": null,
        "salesforce_id": null,
        "hubspot_id": null,
        "rule_config_id": null,
    });
    if task.kind.starts_with("linkedin") {
        let template = json!({"id": task.id, "body_text": "Hello, may I ask you something?"});
        put(&mut value, "linkedin_emailer_template", template);
    }
    if let Some((sequence, position)) = task.step {
        put(
            &mut value,
            "campaign_name",
            json!(world.sequences[sequence].name),
        );
        put(&mut value, "campaign_position", json!(position));
    }
    if let Some(place) = task.contact {
        put(&mut value, "contact", contact(world, place));
    }
    if let Some(place) = task.account {
        put(&mut value, "account", account_in_short(world, place));
    }
    if detail == Detail::Full {
        let more = json!({
            "completed_by_user_id": task.completed_by.map(|user| world.users[user].id),
            "note_text": task.note.as_deref(),
            "call_script": task.call_script.as_deref(),
            "relevant_fields": null,
            "relevant_field_values": {},
            "pending_send": false,
            "ai_variables_status": null,
            "recommended": false,
            "recommendation_reasons": [],
        });
        value = join(value, more);
        if let Some(call) = task.call {
            put(&mut value, "phone_call", call_of_task(world, call));
        }
    }
    value
}

fn call_of_task(world: &World, place: usize) -> Value {
    let call = &world.calls[place];
    let answered = world.outcomes.iter().find(|it| Some(it.id) == call.outcome);
    json!({
        "id": call.id,
        "answered": answered.is_some_and(|outcome| outcome.answered),
        "created_at": stamp(call.created_at),
        "phone_call_outcome_id": call.outcome,
        "phone_call_purpose_id": call.purpose,
        "to_number": call.to_number.as_deref().map(masked),
    })
}

/// The last four digits of a number are hidden on tasks.
fn masked(number: &str) -> String {
    let keep = number.chars().count().saturating_sub(4);
    number.chars().take(keep).chain("****".chars()).collect()
}

/// A call record (reference section 7.1).
pub(crate) fn call(world: &World, place: usize) -> Value {
    let call = &world.calls[place];
    let mut value = json!({
        "id": call.id,
        "user_id": world.users[call.user].id,
        "contact_id": call.contact.map(|contact| world.contacts[contact].id),
        "account_id": call.account.map(|account| world.accounts[account].id),
        "opportunity_id": null,
        "outreach_task_id": call.task.map(|task| world.tasks[task].id),
        "phone_call_outcome_id": call.outcome,
        "phone_call_purpose_id": call.purpose,
        "status": call.status,
        "logged": call.logged,
        "inbound": call.inbound,
        "from_number": call.from_number,
        "to_number": call.to_number,
        "start_time": stamp_with_offset(call.start_time),
        "end_time": stamp_with_offset(call.end_time),
        "duration": call.duration,
        "note": call.note,
        "note_text": call.note.as_deref().unwrap_or_default(),
        "call_identifier": call.call_identifier,
        "created_at": stamp(call.created_at),
        "updated_at": stamp(call.updated_at),
        "voice_setting_id": null,
        "recording_url": null,
        "need_recording_upload": true,
        "twilio_call_sid": null,
        "twilio_recording_sid": null,
        "agent_call_sid": null,
        "conference_id": null,
        "parallel_dial_item_id": null,
        "voicemail_dropped": false,
        "transcribed": false,
        "transcribing": false,
        "transcription_progress": 0,
        "transcription_too_long": null,
        "salesforce_id": null,
        "hubspot_id": null,
    });
    if let Some(place) = call.contact {
        put(&mut value, "contact", contact(world, place));
    }
    if let Some(place) = call.account {
        put(&mut value, "account", account_in_short(world, place));
    }
    value
}

/// A note on a contact or account (reference section 9.1).
pub(crate) fn note(world: &World, note: &Note) -> Value {
    let contact = note.contact.map(|contact| world.contacts[contact].id);
    let account = note.account.map(|account| world.accounts[account].id);
    let list = |id: Option<Id>| id.into_iter().collect::<Vec<_>>();
    json!({
        "id": note.id,
        "user_id": world.users[note.user].id,
        "content": note.content,
        "created_at": stamp(note.created_at),
        "updated_at": stamp(note.created_at),
        "contact_id": contact,
        "account_id": account,
        "opportunity_id": null,
        "conversation_id": null,
        "contact_ids": list(contact),
        "account_ids": list(account),
        "opportunity_ids": [],
        "calendar_event_ids": [],
        "conversation_ids": [],
        "pinned_to_top": false,
        "system": false,
        "is_org_chart_note": false,
        "crm_notes": [],
    })
}

/// An object of empty lists, as the facets nobody asked for.
pub(crate) fn empty_lists(names: &[&str]) -> Map<String, Value> {
    names
        .iter()
        .map(|name| ((*name).to_owned(), json!([])))
        .collect()
}
