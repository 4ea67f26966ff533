//! The card: one task with its contact and account, as shown.

use std::time::Duration;

use apollo::types::{Account, Contact, CustomFields};
use clock::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::{
    board::{Board, Moment, priority, why_here},
    call_time::{end_of, question},
    intake::CallTask,
    links,
    permission::phone_view,
    phone::E164,
    ports::KeptDraft,
    time_text::day_and_time,
    view::{AccountCard, Call, Card, ContactCard, CustomFact, Draft, SequenceStep},
};

/// Custom fields that a card shows at most, for contact and account each: a team can have hundreds.
const CUSTOM_FACTS_MAX: usize = 12;

/// The card of a task. `ran` is how long its call has gone on, where that was measured.
pub(crate) fn card(
    board: &Board,
    fields: &CustomFields,
    task: &CallTask,
    ran: Option<Duration>,
    moment: &Moment<'_>,
) -> Card {
    let due = moment.due(task);
    let sequence = task.sequence.as_ref().map(|(id, name)| {
        let known = board.sequence(id);
        SequenceStep {
            id: id.clone(),
            name: known
                .map(|sequence| sequence.name.clone())
                .or_else(|| name.clone())
                .unwrap_or_else(|| "Sequence".to_owned()),
            step: task.step,
            step_count: known.and_then(|sequence| sequence.step_count),
            state: board.sequence_state(task),
        }
    });
    let draft = board.draft(&task.id);
    let (position, total) = board.place(&task.id);
    Card {
        task_id: task.id.clone(),
        state: board.state_of(&task.id),
        contact: contact_card(&task.name, task.contact.as_ref(), fields, moment.rep_zone),
        phones: task
            .lines
            .iter()
            .map(|line| phone_view(line, task, moment))
            .collect(),
        account: account_card(task.account.as_ref(), task.company.as_deref(), fields),
        script: task.script.clone(),
        has_contact: task.contact_id.is_some(),
        why_here: why_here(
            task.step,
            sequence.as_ref().map(|step| step.name.as_str()),
            &due,
        ),
        sequence,
        due,
        priority: priority(&task.priority),
        local_time: task
            .whereabouts
            .as_ref()
            .map(|whereabouts| whereabouts.local_time(moment.now)),
        reach: board.standing(task, moment).reach,
        call: call(draft, ran, moment),
        draft: draft.map_or_else(Draft::default, |draft| Draft {
            outcome: draft.outcome.clone(),
            outcome_name: draft.outcome_name.clone(),
            purpose_id: draft.purpose_id.clone(),
            note: draft.note.clone(),
            callback: draft.callback,
            finish_sequence: draft.finish_sequence,
        }),
        position,
        total,
        next: board.next_after(&task.id, moment),
        previous: board.before(&task.id),
    }
}

fn call(draft: Option<&KeptDraft>, ran: Option<Duration>, moment: &Moment<'_>) -> Call {
    let Some(call) = draft.and_then(|draft| draft.call.as_ref()) else {
        return Call::NotDialed;
    };
    let display =
        E164::parse(&call.number).map_or_else(|| call.number.clone(), |number| number.display());
    let seconds_until = |end: Timestamp| {
        let length = end.duration_since(call.started_at).as_secs();
        u32::try_from(length).unwrap_or(0)
    };
    match call.ended_at {
        None => Call::Ongoing {
            display,
            started_at: call.started_at,
            ran_s: seconds_until(end_of(call.started_at, moment.now, ran)),
        },
        Some(ended_at) => Call::Ended {
            display,
            started_at: call.started_at,
            ended_at: ended_at.max(call.started_at),
            duration_s: seconds_until(ended_at),
            question: question(call).map(|question| question.to_string()),
        },
    }
}

fn contact_card(
    name: &str,
    contact: Option<&Contact>,
    fields: &CustomFields,
    zone: &TimeZone,
) -> ContactCard {
    ContactCard {
        name: name.to_owned(),
        title: contact.and_then(|contact| contact.title.clone()),
        email: contact.and_then(|contact| contact.email.clone()),
        has_linkedin: links::linkedin(contact.and_then(|contact| contact.linkedin_url.as_deref()))
            .is_some(),
        location: contact
            .and_then(|contact| place([&contact.city, &contact.state, &contact.country])),
        last_activity: contact
            .and_then(|contact| contact.last_activity_at)
            .map(|at| day_and_time(at, zone)),
        custom_fields: contact.map_or_else(Vec::new, |contact| {
            custom_facts(fields, &contact.typed_custom_fields)
        }),
    }
}

fn custom_facts(fields: &CustomFields, values: &Map<String, Value>) -> Vec<CustomFact> {
    let named = fields.named(values).into_iter().take(CUSTOM_FACTS_MAX);
    named
        .map(|fact| CustomFact {
            name: fact.name,
            value: fact.value,
        })
        .collect()
}

fn account_card(
    account: Option<&Account>,
    company: Option<&str>,
    fields: &CustomFields,
) -> Option<AccountCard> {
    let Some(account) = account else {
        // The contact may name a company that has no account.
        return company.map(|name| AccountCard {
            name: name.to_owned(),
            domain: None,
            website: None,
            industry: None,
            size: None,
            location: None,
            phone: None,
            custom_fields: Vec::new(),
        });
    };
    let phone = account
        .sanitized_phone
        .as_deref()
        .or(account.phone.as_deref());
    Some(AccountCard {
        name: account.name.clone(),
        domain: account.domain.clone(),
        website: links::website(account.website_url.as_deref(), account.domain.as_deref())
            .map(|page| page.host().to_owned()),
        industry: account.industry.clone(),
        size: account
            .employee_count
            .map(|people| format!("about {people} people")),
        location: place([&account.city, &account.state, &account.country]),
        phone: phone.map(|text| {
            E164::parse(text).map_or_else(|| text.to_owned(), |number| number.display())
        }),
        custom_fields: custom_facts(fields, &account.typed_custom_fields),
    })
}

fn place(parts: [&Option<String>; 3]) -> Option<String> {
    let mut known: Vec<&str> = parts
        .into_iter()
        .filter_map(|part| part.as_deref())
        .filter(|part| !part.trim().is_empty())
        .collect();
    known.dedup();
    (!known.is_empty()).then(|| known.join(", "))
}
