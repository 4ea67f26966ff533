//! What is open about Apollo, and what Handset does under either answer.
//!
//! `docs/APOLLO.md` shows this table; a test keeps the two the same. Numbers are those of the
//! project's list of unknowns (Apollo docs: reference section 14).

use std::fmt::Write as _;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// By reading.
    Read,
    /// By writing for a contact made for it; only on request.
    Write,
    /// Not by a request: a person finds out.
    Person,
}

/// A question put so that yes or no answers it.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name in the probe.
    pub id: &'static str,
    /// Its number in the list of unknowns, where it has one.
    pub number: Option<u8>,
    /// The question.
    pub asks: &'static str,
    /// How it is answered.
    pub by: Means,
    /// What Handset does if so.
    pub if_yes: &'static str,
    /// What Handset does if not.
    pub if_no: &'static str,
}

impl Means {
    /// Its name in the table of the docs.
    const fn shown(self) -> &'static str {
        match self {
            Self::Read => "reading",
            Self::Write => "writing",
            Self::Person => "a person",
        }
    }
}

/// The table in `docs/APOLLO.md`.
pub fn table() -> String {
    let mut text =
        "| # | question | told by | if so, Handset | if not, Handset |\n|---|---|---|---|---|\n"
            .to_owned();
    for question in QUESTIONS {
        let number = question
            .number
            .map_or_else(String::new, |it| it.to_string());
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "| {number} | {} | {} | {} | {} |",
            question.asks,
            question.by.shown(),
            question.if_yes,
            question.if_no
        );
    }
    text
}

/// The question of that name.
pub(crate) fn named(id: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.id == id)
}

const fn read(
    id: &'static str,
    number: Option<u8>,
    asks: &'static str,
    if_yes: &'static str,
    if_no: &'static str,
) -> Question {
    Question {
        id,
        number,
        asks,
        by: Means::Read,
        if_yes,
        if_no,
    }
}

const fn write(
    id: &'static str,
    number: Option<u8>,
    asks: &'static str,
    if_yes: &'static str,
    if_no: &'static str,
) -> Question {
    Question {
        by: Means::Write,
        ..read(id, number, asks, if_yes, if_no)
    }
}

/// Every open question, in the order in which they are answered.
pub const QUESTIONS: &[Question] = &[
    read(
        "key-master",
        None,
        "Does the key open `phone_calls`, as a master key does?",
        "Calls can be logged.",
        "*Connect* names the endpoint and asks for a master key.",
    ),
    read(
        "users-search",
        Some(12),
        "Does `users/search` answer this key?",
        "*Who are you* lists the teammates.",
        "*Connect* names the endpoint and asks for a master key.",
    ),
    read(
        "usage-stats",
        None,
        "Does `usage_stats/api_usage_stats` tell this key the team's limits?",
        "The budget starts with the real limits and use.",
        "The budget starts with a guess that slows a minute down and refuses nothing, and learns from each answer's headers.",
    ),
    read(
        "limit-headers",
        None,
        "Do answers carry `x-rate-limit-*` headers?",
        "They correct the budget with each answer.",
        "The budget counts by itself and waits when a 429 comes.",
    ),
    read(
        "unknown-ignored",
        Some(1),
        "Is a filter that Apollo does not know dropped with a 200?",
        "Every row is checked again here, and a filter found ignored is not asked again.",
        "The same; the refusal is shown as an invalid request.",
    ),
    read(
        "filter-user-ids",
        Some(1),
        "Does `tasks/search` apply `user_ids`?",
        "One page of 100 holds 100 of the rep's own tasks.",
        "`GET` with `user_id` is tried once; if that is ignored too, others' rows are left out here and the sweep stops after 30 pages.",
    ),
    read(
        "filter-sequences",
        Some(1),
        "Does `tasks/search` apply `emailer_campaign_ids`?",
        "Not needed: sequences are told apart in memory, without a request.",
        "The same.",
    ),
    read(
        "filter-kinds",
        Some(1),
        "Does `tasks/search` apply `task_type_cds`?",
        "Only call tasks come.",
        "Other kinds are left out here, at the price of more pages.",
    ),
    read(
        "filter-contacts",
        Some(1),
        "Does `tasks/search` apply `contact_ids`?",
        "A lost callback is looked for among its contact's tasks.",
        "It is looked for among the rep's call tasks, latest due first.",
    ),
    read(
        "filter-user-get",
        Some(1),
        "Does the `GET` form of `tasks/search` apply `user_id`?",
        "It stands in where `user_ids` is ignored.",
        "There is no second way; see `user_ids`.",
    ),
    read(
        "filter-dates",
        Some(1),
        "Does `tasks/search` apply `date_range`?",
        "Not used: the order by due time ends the sweep as early.",
        "The same.",
    ),
    read(
        "filter-status",
        Some(1),
        "Does `tasks/search` apply a filter by status, under any of the names known?",
        "Not used; every row's status is checked here.",
        "The same.",
    ),
    read(
        "sort-due",
        Some(1),
        "Does `tasks/search` apply `sort_by_field: task_due_at` with `sort_ascending`?",
        "The sweep ends at the first task that is due after today.",
        "The sweep reads all pages, up to its limit.",
    ),
    read(
        "finished-by-default",
        Some(1),
        "Are completed and skipped tasks found without a status filter?",
        "They are left out here.",
        "Nothing to leave out.",
    ),
    read(
        "status-words",
        Some(7),
        "Is every status among the words that Handset knows?",
        "Open tasks are queued, finished ones are not.",
        "A task with another word is not queued: it may not be open.",
    ),
    read(
        "default-rows",
        Some(9),
        "Does a search without `per_page` give fewer than 100 rows?",
        "Handset always sends `per_page`.",
        "The same.",
    ),
    read(
        "rows-over-100",
        Some(9),
        "Is `per_page: 101` refused?",
        "Handset never asks for more than 100.",
        "The same.",
    ),
    read(
        "page-501",
        Some(9),
        "Is page 501 refused or empty?",
        "Handset never asks past page 500.",
        "The same.",
    ),
    read(
        "dnc-words",
        Some(10),
        "Is every `dnc_status` of a number empty?",
        "No number is held back by it.",
        "A number with a word there is held back, unless the word is one for *no* (`not_found`, `none`, `clear`…).",
    ),
    read(
        "outcomes-listed",
        Some(4),
        "Can the key list outcomes (`auth/additional_bootstrapped_data`)?",
        "Not used; see the next line.",
        "Outcomes come from the counts of `phone_calls/search`, and from the map in settings.",
    ),
    read(
        "outcomes-facets",
        Some(4),
        "Do the counts of `phone_calls/search` name the outcomes?",
        "They are offered as dispositions.",
        "The plain list is offered, and an admin maps Apollo's ids in settings.",
    ),
    read(
        "call-days-utc",
        Some(14),
        "Are the days of `date_range` on calls UTC days?",
        "A lost call is looked for on its day, one day before and one after.",
        "The same; the extra days cover any zone.",
    ),
    read(
        "sequence-steps",
        None,
        "Does `GET /emailer_campaigns/{id}` show this key a sequence's steps?",
        "Not used; the app needs only search.",
        "The same.",
    ),
    read(
        "rows-whole",
        None,
        "Could every row that was read be understood?",
        "Nothing to do.",
        "Rows that cannot be read are left out, counted, and never end a page.",
    ),
    read(
        "edge-network",
        Some(15),
        "Does a content network stand before Apollo (by its headers)?",
        "Its web pages for errors are told from Apollo's answers.",
        "The same.",
    ),
    write(
        "identifier-upserts",
        Some(2),
        "Does a second call log with the same `call_identifier` change the first?",
        "A repeated log could never double. Handset looks before it repeats all the same.",
        "Handset looks before it repeats; a log is sent again only when Apollo was read and lacks it.",
    ),
    write(
        "logged-omitted",
        Some(5),
        "Is a call without `logged` a record too?",
        "Handset always sends `logged: true`.",
        "The same.",
    ),
    write(
        "malformed-refused",
        Some(5),
        "Is a malformed contact id refused with a 422?",
        "The step is blocked, and a person decides.",
        "The call is logged without its contact; reading back finds that it differs, and says so.",
    ),
    write(
        "task-linked",
        Some(3),
        "Does a call with `outreach_task_id` complete its task?",
        "The second step meets *already completed*, which counts as done.",
        "The second step completes it.",
    ),
    write(
        "outcome-moves-stage",
        Some(6),
        "Does logging an outcome move the contact's stage by Apollo's own rule?",
        "A rule in Handset that moves the stage too comes last, and wins.",
        "Only Handset's rules move the stage.",
    ),
    write(
        "completed-word",
        Some(7),
        "Does a completed task read `completed`?",
        "Read so.",
        "`complete` is read the same; another word counts as not open.",
    ),
    write(
        "completion-lag",
        Some(7),
        "Is a completed task gone from `tasks/search` within 2 seconds?",
        "It could not come back anyway: the ledger keeps what was worked.",
        "The ledger keeps it out of the queue until Apollo has caught up.",
    ),
    write(
        "completed-by",
        Some(8),
        "Is the task's owner credited with completing it (`completed_by_user_id`)?",
        "Reports credit the rep.",
        "Apollo's reports credit the key's admin for the task; the call itself names the rep.",
    ),
    write(
        "call-lag",
        None,
        "Is a new call found by `phone_calls/search` within 2 seconds?",
        "Reading back finds it at once.",
        "Reading back waits, and asks again, before a call counts as absent.",
    ),
    write(
        "patch-resets",
        None,
        "Does `PATCH` without `priority` reset it?",
        "Handset always sends both back.",
        "The same.",
    ),
    write(
        "due-seconds",
        None,
        "Are the seconds of `due_at` kept?",
        "A callback whose reply was lost is recognized by its second.",
        "It is recognized by its minute.",
    ),
    Question {
        id: "scope-calls",
        number: Some(11),
        asks: "Can a scoped key include `phone_calls`?",
        by: Means::Person,
        if_yes: "Such a key would do: *Connect* checks endpoints, not the kind of key.",
        if_no: "*Connect* asks for a master key.",
    },
    Question {
        id: "bulk-sizes",
        number: Some(13),
        asks: "How many tasks may one `bulk_create` or `bulk_complete` hold?",
        by: Means::Person,
        if_yes: "Not used: each step is proven by itself.",
        if_no: "The same.",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_docs_have_the_same_table() {
        let docs = include_str!("../../../docs/APOLLO.md").replace('\r', "");
        let table = table();
        assert!(
            docs.contains(&table),
            "docs/APOLLO.md should have this table:\n{table}"
        );
    }

    #[test]
    fn every_name_stands_once_and_every_unknown_has_a_question() {
        let names: BTreeSet<_> = QUESTIONS.iter().map(|question| question.id).collect();
        assert_eq!(names.len(), QUESTIONS.len());
        let numbers: BTreeSet<u8> = QUESTIONS.iter().filter_map(|it| it.number).collect();
        assert_eq!(numbers, (1..=15).collect());
    }
}
