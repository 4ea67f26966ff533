//! Where the sandbox differs from Apollo's document on purpose.

const LOADING: &str =
    "counters are numbers or the word \"loading\", as other examples of Apollo show";
const CUSTOM: &str =
    "a picklist is a list of ids and a number a number, as other examples of Apollo show";
const NO_MAIL: &str = "the data set has no mail";
const HAS_STEPS: &str = "every sequence of the data set has steps";
const RUBY: &str = "a leaked Ruby error; what causes it is not documented";
const NO_DEALS: &str = "the data set has no deals";
const NO_PRIVATE: &str = "no contact of the data set is closed to the acting user";
const COPIED: &str =
    "the example names usage_stats, copied by mistake; the endpoint itself is named here";

const NO_MAILBOX: &str = "the data set has no mailboxes";
const NO_LIMITED: &str = "no user of the data set is kept from the lists";

/// Operation, place in the answer (or status and name of a refusal), reason.
pub(super) const DELIBERATE: &[(&str, &str, &str)] = &[
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].bounce_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].click_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].demo_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].hard_bounce_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].open_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].opt_out_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].reply_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].spam_block_rate",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_bounced",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_clicked",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_delivered",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_demoed",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_hard_bounced",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_opened",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_replied",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_scheduled",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_spam_blocked",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/search",
        "$.emailer_campaigns[].unique_unsubscribed",
        LOADING,
    ),
    (
        "POST /emailer_campaigns/remove_or_stop_contact_ids",
        "$.contacts[].typed_custom_fields.{}",
        CUSTOM,
    ),
    (
        "GET /contacts/{contact_id}",
        "$.contact.typed_custom_fields.{}",
        CUSTOM,
    ),
    (
        "PATCH /contacts/{contact_id}",
        "$.contact.typed_custom_fields.{}",
        CUSTOM,
    ),
    (
        "POST /phone_calls",
        "$.contact.typed_custom_fields.{}",
        CUSTOM,
    ),
    (
        "POST /phone_calls",
        "$.phone_call.contact.typed_custom_fields.{}",
        CUSTOM,
    ),
    (
        "PATCH /accounts/{account_id}",
        "$.account.typed_custom_fields.{}",
        CUSTOM,
    ),
    (
        "POST /emailer_campaigns/{sequence_id}/add_contact_ids",
        "422 Aggregate Accounts Not Supported",
        NO_MAILBOX,
    ),
    (
        "POST /emailer_campaigns/{sequence_id}/add_contact_ids",
        "422 Inactive Email Accounts",
        NO_MAILBOX,
    ),
    ("POST /labels", "403 No access to lists", NO_LIMITED),
    (
        "POST /emailer_campaigns/activity_feed",
        "$.events[].emailer_message_id",
        NO_MAIL,
    ),
    (
        "POST /emailer_campaigns/{sequence_id}/approve",
        "422 No steps",
        HAS_STEPS,
    ),
    (
        "POST /tasks/search",
        "422 Address the required parameters",
        RUBY,
    ),
    ("POST /tasks/search", "$.tasks[].opportunity", NO_DEALS),
    ("GET /contacts/{contact_id}", "422 Unauthorized", NO_PRIVATE),
    ("POST /phone_calls", "403 Need Master API Key", COPIED),
    ("PUT /phone_calls/{id}", "403 Need Master API Key", COPIED),
];
