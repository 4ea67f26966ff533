//! The parts of records that are the same in every record: built once, cloned per record.
//!
//! Promises: the fields of Apollo's documents that a call queue never reads, with values that mean
//! nothing. Must never: hold a field that a record sets itself to something else on purpose.

use std::sync::LazyLock;

use serde_json::{Value, json};

macro_rules! constants {
    ($($(#[$doc:meta])* $name:ident: $value:tt)*) => {
        $(
            $(#[$doc])*
            pub(super) fn $name() -> Value {
                static VALUE: LazyLock<Value> = LazyLock::new(|| json!($value));
                VALUE.clone()
            }
        )*
    };
}

constants! {
    /// Preferences of a user.
    user: {
        "credit_limit": null, "direct_dial_credit_limit": null, "export_credit_limit": null,
        "ai_credit_limit": null, "salesforce_account": null, "opt_out_html_template": "",
        "referral_code": "sandbox", "password_needs_reset": false,
        "default_cockpit_layout": null, "default_account_overview_layout_id": null,
        "default_contact_overview_layout_id": null, "default_person_overview_layout_id": null,
        "default_organization_overview_layout_id": null,
        "default_opportunity_overview_layout_id": null, "default_home_overview_layout_id": null,
        "bridge_incoming_phone_number": null, "salesforce_instance_url": null,
        "disable_email_linking": null, "sync_salesforce_id": null, "sync_crm_id": null,
        "zp_contact_id": null, "chrome_extension_downloaded": false,
        "zp_is_super_analytics_user": null, "email_oauth_signin_only": false,
        "notification_last_created_at": null, "crm_requested_to_integrate": null,
        "has_invited_user": false, "has_used_enrichment": false, "has_uploaded_csv": true,
        "has_hidden_onboarding": true, "notification_last_read_at": null,
        "daily_data_request_email": false, "data_request_emails": false,
        "daily_task_email": true, "free_data_credits_email": false,
        "dismiss_new_team_suggestion": false, "request_email_change_to": null,
        "self_identified_persona": null, "territory_is_active": false,
        "conversation_is_private": null, "show_deals_detail_page_updates_modal": false,
        "fields_fully_loaded": true, "connected_to_slack": false,
        "triggered_referral_campaigns": [], "enable_click_tracking": false,
        "enable_open_tracking": true, "should_include_unsubscribe_link": false,
        "enable_one_click_unsubscribe": null, "prospect_territory_ids": [],
        "toggled_on_territory_ids": [], "linked_salesforce": null,
        "linked_zoom_conference_account": false, "linked_bot_conference_account": false,
        "linked_bot_conference_account_platforms": ["zoom"], "has_conference_account": false,
        "linked_hubspot": false, "linked_salesloft": false, "linked_crm_name": null,
        "chrome_extension_enabled_features": ["gmail"],
        "chrome_extension_exclude_from_websites": ["mail.example"],
        "chrome_extension_everywhere_icon_horizontal_position": "right",
        "chrome_extension_everywhere_icon_vertical_position_in_vh": 50,
        "default_chrome_extension_log_email_send_to_salesforce": false,
        "default_chrome_extension_log_email_send_to_hubspot": false,
        "chrome_extension_auto_match_salesforce_opportunity": false,
        "chrome_extension_gmail_enable_email_tools": true,
        "enable_desktop_notifications": true, "enable_gmail_desktop_notifications": null,
        "default_chrome_extension_enable_reminders": true,
        "chrome_extension_gmail_enable_crm_sidebar": true,
        "show_chrome_extension_buying_intent_promo": false, "apollo_everywhere_search_count": 0
    }
    /// The settings of the assistant of a user.
    assistant_setting: {
        "deal_size_metric": "number_of_employees", "inactive_account_stage_ids": [],
        "inactive_contact_stage_ids": [], "insight_deal_size_signals": {},
        "insight_sale_cycle_signals": {}, "insight_win_rate_signals": {},
        "is_persona_recommendation_requested": false, "job_posting_locations": [],
        "job_posting_titles": [], "latest_funding_days": 0, "max_num_active_accounts": 100,
        "max_people_in_sequence_per_account": 5, "num_inactive_days_to_re_engage": 60,
        "should_show_persona_banner": false, "success_case_account_stage_ids": [],
        "technology_uids": [], "territory_company_size_ranges": [],
        "territory_location_override": false, "territory_locations": ["Sampleland"],
        "territory_person_locations": ["Sampleland"]
    }
    /// What every embedded account has.
    account_in_short: {
        "logo_url": null, "blog_url": null, "angellist_url": null, "twitter_url": null,
        "facebook_url": null, "crunchbase_url": null, "languages": [], "alexa_ranking": null,
        "linkedin_uid": null, "publicly_traded_symbol": null, "publicly_traded_exchange": null,
        "account_queues": [], "modality": "account", "source": "csv_import",
        "original_source": "csv_import", "source_display_name": "Uploaded from CSV",
        "existence_level": "full", "account_playbook_statuses": [], "salesforce_id": null,
        "salesforce_record_url": null, "hubspot_id": null, "crm_owner_id": null,
        "crm_record_url": null, "creator_id": null, "parent_account_id": null,
        "custom_field_errors": {}, "show_intent": false, "has_intent_signal_account": false,
        "intent_signal_account": null, "street_address": null, "postal_code": null,
        "organization_headcount_six_month_growth": null,
        "organization_headcount_twelve_month_growth": null,
        "organization_headcount_twenty_four_month_growth": null
    }
    /// What `accounts/{id}` has besides.
    account: {
        "secondary_industries": [], "organization_street_address": null,
        "organization_postal_code": null, "annual_revenue": null, "annual_revenue_printed": null,
        "total_funding": null, "total_funding_printed": null, "latest_funding_stage": null,
        "latest_funding_round_date": null, "suborganizations": [], "num_suborganizations": 0,
        "snippets_loaded": true, "retail_location_count": 0, "owned_by_organization_id": null,
        "org_chart_sector": null, "org_chart_removed": false,
        "org_chart_show_department_filter": false, "suggest_location_enrichment": false,
        "disable_flag": false
    }
    /// What the organization of a contact has.
    organization: {
        "blog_url": null, "angellist_url": null, "linkedin_url": null, "twitter_url": null,
        "facebook_url": null, "languages": [], "alexa_ranking": null, "phone": null,
        "linkedin_uid": null, "publicly_traded_symbol": null, "publicly_traded_exchange": null,
        "logo_url": null, "crunchbase_url": null
    }
}
