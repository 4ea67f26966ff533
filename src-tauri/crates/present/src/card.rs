//! The card: one task with its contact and account, as a window shows it.

use apollo::{
    ids::{SequenceId, TaskId},
    types::{Account, Contact, CustomFields, PhoneKind},
};
use clock::Timestamp;
use domain::{
    call_task::CallTask,
    call_time::{TimeDoubt, doubt, end_of},
    draft, links,
    permission::{LinePermission, Moment, line_permission},
    phone::{E164, Line, LineKind, NumberStatus},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use session::{CardPage, View};
use text::{Text, message};
use ts_rs::TS;

use crate::{
    CallForm,
    local_time::{LocalTime, local_time},
    names::name,
    queue::{Due, DueState, RowPriority, RowState, due, ending, priority, size},
    reach::{Reach, asks, line_refused, reach},
    report::SequenceState,
    script::readable,
    time_text::day_and_time,
};

/// Custom fields that a card shows at most, for contact and account each: a team can have hundreds.
const CUSTOM_FACTS_MAX: usize = 12;

/// One task with its contact and account, and the call and draft that belong to it.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Card {
    #[ts(type = "string")]
    pub task_id: TaskId,
    pub state: RowState,
    pub contact: ContactCard,
    /// In the order to try them.
    pub phones: Vec<Phone>,
    pub account: Option<AccountCard>,
    /// The task's call script or note, as text.
    pub script: Option<String>,
    /// The sentence below the script, where it was too long to be shown.
    pub script_cut: Option<Text>,
    /// Without a contact Apollo makes no new call task, so this one can only be moved.
    pub has_contact: bool,
    pub sequence: Option<SequenceStep>,
    /// Why this person is in the queue: "Step 2 of Q4 outbound calls, 2 d overdue".
    pub why_here: Text,
    pub due: Due,
    pub priority: RowPriority,
    pub local_time: Option<LocalTime>,
    pub reach: Reach,
    pub call: Call,
    /// The outcome or reason, of a finished task.
    pub result: Option<Text>,
    pub draft: Draft,
    /// 1-based place among the rows of the open queue.
    pub position: u32,
    pub total: u32,
    /// The card that *save and next* leads to.
    #[ts(type = "string | null")]
    pub next: Option<TaskId>,
    #[ts(type = "string | null")]
    pub previous: Option<TaskId>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card")
            .field("task_id", &self.task_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContactCard {
    pub name: Text,
    pub title: Option<String>,
    pub email: Option<String>,
    /// Whether there is a profile on LinkedIn to open with `link_open`.
    pub has_linkedin: bool,
    pub location: Option<String>,
    /// "19 Nov, 16:51", in the rep's zone.
    pub last_activity: Option<Text>,
    /// What the team has added to contacts, in Apollo's order; empty until the names are known.
    pub custom_fields: Vec<CustomFact>,
}

/// A custom field with its value, both as text.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustomFact {
    pub name: String,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountCard {
    pub name: String,
    /// As Apollo has it; what opens is `website`.
    pub domain: Option<String>,
    /// The whole host that `link_open` goes to; none where nothing can be opened safely.
    pub website: Option<String>,
    pub industry: Option<String>,
    /// "about 420 people"
    pub size: Option<Text>,
    pub location: Option<String>,
    /// Formatted for reading; it is also offered among the phones.
    pub phone: Option<String>,
    /// What the team has added to accounts.
    pub custom_fields: Vec<CustomFact>,
}

/// One number of the contact or the account.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Phone {
    /// How `call_dial` names it: the index in `phones`.
    pub index: u32,
    /// International format, grouped; as entered if it cannot be parsed.
    pub display: String,
    /// The extension that is dialed behind it by hand: "123".
    pub extension: Option<String>,
    /// "mobile", "work, head office", "company", …
    pub kind: Text,
    /// What Apollo says of the number: "valid", "no status"; absent when nothing.
    pub status: Option<Text>,
    pub do_not_call: bool,
    /// Whether it can be dialed as a number; calling hours are in `reach`.
    pub can_dial: bool,
    /// Why it cannot be dialed, if so.
    pub why_not: Option<Text>,
    /// What a dial asks about this number first: "Premium rate", "Called today at 10:42".
    pub asks: Option<Text>,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct SequenceStep {
    #[ts(type = "string")]
    pub id: SequenceId,
    pub name: Text,
    pub step: Option<u32>,
    pub step_count: Option<u32>,
    /// Whether the sequence goes on in Apollo.
    pub state: SequenceState,
}

/// The call on this card.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Call {
    NotDialed,
    Ongoing {
        display: String,
        #[ts(type = "string")]
        started_at: Timestamp,
        /// How long it has run by now: what would be logged if it ended. A window counts on from
        /// here and never from `started_at`, since a clock can be set.
        ran_s: u32,
    },
    Ended {
        display: String,
        #[ts(type = "string")]
        started_at: Timestamp,
        #[ts(type = "string")]
        ended_at: Timestamp,
        duration_s: u32,
        /// What is asked about its times before it is saved: "This call ran 9 h 0 min. When did it
        /// end?"
        question: Option<Text>,
    },
}

/// What the rep has begun to write and not saved.
#[derive(Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Draft {
    pub form: CallForm,
    /// The outcome's name when it was chosen, should the list not have it any more.
    pub outcome_name: Option<String>,
}

/// Something of a card that opens in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardLink {
    Linkedin,
    Website,
}

impl From<CardLink> for CardPage {
    fn from(link: CardLink) -> Self {
        match link {
            CardLink::Linkedin => Self::Linkedin,
            CardLink::Website => Self::Website,
        }
    }
}

/// The card of a task, if it is here.
pub fn card(view: &View<'_>, task: &TaskId) -> Option<Card> {
    let View { tasks, moment, .. } = view;
    let task = tasks.task(task)?;
    let due = due(task.due_at, moment.now, moment.rep_zone);
    let sequence = task.sequence.as_ref().map(|(id, name)| {
        let known = tasks.sequence(id);
        SequenceStep {
            id: id.clone(),
            name: known
                .map(|sequence| sequence.name.as_str())
                .or(name.as_deref())
                .map_or_else(|| message!("names-no-sequence"), Text::verbatim),
            step: task.step,
            step_count: known.and_then(|sequence| sequence.step_count),
            state: tasks.sequence_state(task).into(),
        }
    });
    let script = task.script.as_deref().and_then(readable);
    let draft = tasks.draft(&task.id);
    let place = tasks.place(&task.id);
    Some(Card {
        task_id: task.id.clone(),
        state: tasks.state_of(&task.id).into(),
        contact: contact_card(task, view.custom_fields),
        phones: task
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| phone(index, line, task, moment))
            .collect(),
        account: account_card(
            task.account.as_ref(),
            task.company.as_deref(),
            view.custom_fields,
        ),
        script: script.as_ref().map(|script| script.text.clone()),
        script_cut: script.and_then(|script| script.cut),
        has_contact: task.contact_id.is_some(),
        why_here: why_here(task.step, sequence.as_ref().map(|step| &step.name), &due),
        sequence,
        due,
        priority: priority(&task.priority),
        local_time: local_time(task, moment),
        reach: reach(&tasks.permission(task, moment), task, moment),
        call: call(draft, view, task),
        result: tasks.finished(&task.id).map(ending),
        draft: draft.map_or_else(Draft::default, |draft| Draft {
            form: draft.form.clone().into(),
            outcome_name: draft.outcome_name.clone(),
        }),
        position: place.map_or(0, |place| size(place + 1)),
        total: size(tasks.queue().map_or(0, |queue| queue.rows.len())),
        next: tasks.next_after(&task.id, moment),
        previous: tasks.before(&task.id),
    })
}

/// "Step 2 of Q4 outbound calls, 2 d overdue"
fn why_here(step: Option<u32>, sequence: Option<&Text>, due: &Due) -> Text {
    let source = match (step, sequence) {
        (Some(step), Some(sequence)) => {
            message!("card-why-step", step = step, sequence = sequence.clone())
        }
        (None, Some(sequence)) => sequence.clone(),
        (_, None) => message!("card-why-no-sequence"),
    };
    match due.state {
        DueState::Unknown => source,
        _ => message!("card-why-due", source = source, due = due.text.clone()),
    }
}

fn phone(index: usize, line: &Line, task: &CallTask, moment: &Moment<'_>) -> Phone {
    let permission = line_permission(line, task, moment);
    let (asks, why_not, is_do_not_call) = match &permission {
        LinePermission::Open(questions) => (asks(None, questions, task, moment), None, false),
        LinePermission::Refused(refused) => (
            None,
            Some(line_refused(refused, moment)),
            refused.is_do_not_call(),
        ),
    };
    Phone {
        index: size(index),
        display: line.display(),
        extension: line.extension.clone(),
        kind: kind(&line.kind),
        status: line.status.as_ref().map(status),
        do_not_call: is_do_not_call,
        can_dial: matches!(permission, LinePermission::Open(_)),
        why_not,
        asks,
    }
}

fn kind(kind: &LineKind) -> Text {
    match kind {
        LineKind::Company => message!("phone-company"),
        LineKind::Contact(PhoneKind::Mobile) => message!("phone-mobile"),
        LineKind::Contact(PhoneKind::Home) => message!("phone-home"),
        LineKind::Contact(PhoneKind::WorkHq) => message!("phone-work-head-office"),
        LineKind::Contact(PhoneKind::WorkDirect) => message!("phone-work-direct"),
        LineKind::Contact(PhoneKind::Other(Some(word))) => Text::verbatim(word),
        LineKind::Contact(PhoneKind::Other(None)) => message!("phone-other"),
    }
}

fn status(status: &NumberStatus) -> Text {
    match status {
        NumberStatus::Word(word) if word == "valid_number" => message!("phone-valid"),
        NumberStatus::Word(word) => Text::verbatim(word.replace('_', " ")),
        NumberStatus::HighRisk => message!("phone-high-risk"),
        NumberStatus::CountryOff => message!("phone-country-off"),
    }
}

fn call(draft: Option<&draft::Draft>, view: &View<'_>, task: &CallTask) -> Call {
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
            ran_s: seconds_until(end_of(call.started_at, view.moment.now, view.ran(&task.id))),
        },
        Some(ended_at) => Call::Ended {
            display,
            started_at: call.started_at,
            ended_at: ended_at.max(call.started_at),
            duration_s: seconds_until(ended_at),
            question: doubt(call).map(time_question),
        },
    }
}

/// What is asked about the times of a call.
pub(crate) fn time_question(doubt: TimeDoubt) -> Text {
    match doubt {
        TimeDoubt::TooLong { ran } => {
            let part = |length: i64| u32::try_from(length).unwrap_or_default();
            message!(
                "call-time-too-long",
                hours = part(ran.as_hours()),
                minutes = part(ran.as_mins() % 60),
            )
        }
        TimeDoubt::EndsBeforeStart => message!("call-time-ends-before-start"),
    }
}

fn contact_card(task: &CallTask, fields: &CustomFields) -> ContactCard {
    let contact: Option<&Contact> = task.contact.as_ref();
    ContactCard {
        name: name(task),
        title: contact.and_then(|contact| contact.title.clone()),
        email: contact.and_then(|contact| contact.email.clone()),
        has_linkedin: links::linkedin(contact.and_then(|contact| contact.linkedin_url.as_deref()))
            .is_some(),
        location: contact
            .and_then(|contact| place([&contact.city, &contact.state, &contact.country])),
        last_activity: contact
            .and_then(|contact| contact.last_activity_at)
            .map(|at| message!("card-when", when = day_and_time(at))),
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
        size: account.employee_count.map(|people| {
            message!(
                "card-company-size",
                people = u32::try_from(people).unwrap_or(u32::MAX)
            )
        }),
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
