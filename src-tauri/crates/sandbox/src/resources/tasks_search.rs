//! `tasks/search`: the queue's one search, with each undocumented filter on its own switch
//! (reference section 4.1).

use std::collections::BTreeMap;

use axum::http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{paging::Page, times};
use crate::{
    params::Params,
    pipeline::Call,
    reply::Reply,
    scenario::{Support, TaskStatuses},
    world::{
        World,
        model::{Priority, Task, TaskStatus},
        render::{self, Detail},
    },
};

/// Facets that Apollo always sends and almost always sends empty.
const EMPTY_FACETS: [&str; 29] = [
    "added_technology_uids_facets",
    "contact_stage_facets",
    "currently_not_using_any_of_technology_uids_facets",
    "currently_using_all_of_technology_uids_facets",
    "currently_using_any_of_technology_uids_facets",
    "dropped_technology_uids_facets",
    "forecast_category_facets",
    "intent_topic_count_facets",
    "latest_funding_stage_facets",
    "linkedin_industry_facets",
    "linkedin_task",
    "normalized_person_title_facets",
    "num_employees_facets",
    "organization_hq_city_facets",
    "organization_hq_country_facets",
    "organization_hq_state_facets",
    "organization_ids_facets",
    "organization_ids_in_query_facets",
    "organization_intent_scoring_facets",
    "organization_keywords_facets",
    "organization_trading_status_facets",
    "person_city_facets",
    "person_country_facets",
    "person_function_facets",
    "person_persona_facets",
    "person_seniority_facets",
    "person_state_facets",
    "playbook_step_facets",
    "revenues_facets",
];

/// A list parameter that the scenario lets through.
fn filter(params: &Params, key: &str, support: Support) -> Option<Vec<String>> {
    (support.is_supported() && params.get(key).is_some()).then(|| params.list(key))
}

/// A list parameter, or the one-value parameter that is seen on the GET form (reference section
/// 4.1).
fn filter_of_either_form(
    call: &Call<'_>,
    (plural, plural_support): (&str, Support),
    (singular, singular_support): (&str, Support),
) -> Option<Vec<String>> {
    filter(call.params, plural, plural_support).or_else(|| {
        let is_get = *call.method == Method::GET;
        let id = call.params.present(singular)?;
        (is_get && singular_support.is_supported()).then(|| vec![id])
    })
}

/// What a search narrows to; none of a kind is no filter.
struct Filters {
    users: Option<Vec<usize>>,
    sequences: Option<Vec<usize>>,
    contacts: Option<Vec<usize>>,
    accounts: Option<Vec<usize>>,
    kinds: Option<Vec<String>>,
    priority: Option<Priority>,
    /// In small letters.
    keywords: Option<String>,
    /// From and before.
    due: (Option<Timestamp>, Option<Timestamp>),
    status: Option<TaskStatus>,
}

impl Filters {
    fn read(call: &Call<'_>) -> Self {
        let switches = &call.scenario.task_filters;
        let params = call.params;
        let world = &*call.world;
        let places = |ids: Option<Vec<String>>, place: &dyn Fn(&str) -> Option<usize>| {
            ids.map(|ids| ids.iter().filter_map(|id| place(id)).collect::<Vec<_>>())
        };
        let users = filter_of_either_form(
            call,
            ("user_ids", switches.user_ids),
            ("user_id", switches.user_id),
        );
        let contacts = filter_of_either_form(
            call,
            ("contact_ids", switches.contact_ids),
            ("contact_id", switches.contact_id),
        );
        let accounts = filter_of_either_form(
            call,
            ("account_ids", switches.account_ids),
            ("account_id", switches.account_id),
        );
        let sequences = filter(
            params,
            "emailer_campaign_ids",
            switches.emailer_campaign_ids,
        );
        let text = |key, support: Support| {
            let text = params.present(key)?;
            support.is_supported().then_some(text)
        };
        let day = |part| {
            let text = params.part("date_range", part)?;
            let is_applied = switches.date_range.is_supported();
            is_applied.then(|| times::date(&text)).flatten()
        };
        Self {
            users: places(users, &|id| world.user_place(id)),
            sequences: places(sequences, &|id| world.sequence_place(id)),
            contacts: places(contacts, &|id| world.contact_place(id)),
            accounts: places(accounts, &|id| world.account_place(id)),
            kinds: filter(params, "task_type_cds", switches.task_type_cds),
            priority: text("priority", switches.priority)
                .filter(|_| *call.method == Method::GET)
                .and_then(|text| Priority::parse(&text)),
            keywords: text("q_keywords", switches.q_keywords).map(|text| text.to_lowercase()),
            due: (
                day("min").and_then(times::midnight),
                day("max").and_then(|day| times::midnight(day.tomorrow().ok()?)),
            ),
            status: text("status", switches.status).and_then(|text| TaskStatus::parse(&text)),
        }
    }

    fn fit(&self, world: &World, place: usize) -> bool {
        let task = &world.tasks[place];
        let is_in = |wanted: &Option<Vec<usize>>, has: Option<usize>| {
            wanted
                .as_ref()
                .is_none_or(|wanted| has.is_some_and(|has| wanted.contains(&has)))
        };
        let contains = |text: Option<&str>, keywords: &str| {
            text.is_some_and(|text| text.to_lowercase().contains(keywords))
        };
        let status = || world.index.entry(place).map(|entry| entry.status);
        is_in(&self.sequences, task.step.map(|(sequence, _)| sequence))
            && is_in(&self.contacts, task.contact)
            && is_in(&self.accounts, task.account)
            && self
                .kinds
                .as_ref()
                .is_none_or(|kinds| kinds.iter().any(|kind| *kind == task.kind))
            && self.priority.is_none_or(|wanted| task.priority == wanted)
            && self.keywords.as_deref().is_none_or(|keywords| {
                contains(task.title.as_deref(), keywords)
                    || contains(task.note.as_deref(), keywords)
            })
            && self.due.0.is_none_or(|from| task.due_at >= from)
            && self.due.1.is_none_or(|before| task.due_at < before)
            && self.status.is_none_or(|wanted| status() == Some(wanted))
    }
}

pub(super) fn search(call: &mut Call<'_>) -> Reply {
    let page = match Page::read(call) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let filters = Filters::read(call);
    let world = &*call.world;
    let users = filters.users.as_deref();
    let mut found = match call.scenario.task_statuses {
        TaskStatuses::Open if filters.status.is_none() => world.index.open(users),
        TaskStatuses::Open | TaskStatuses::All => world.index.all(users),
    };
    found.retain(|place| filters.fit(world, *place));
    sort(call, &mut found);
    let tasks: Vec<Value> = page
        .of(&found)
        .iter()
        .map(|place| row(world, *place))
        .collect();
    Reply::ok(json!({
        "tasks": tasks,
        "breadcrumbs": [],
        "pagination": page.object(found.len()),
        "faceting": faceting(call.params, world, &found),
        "pipeline_total": found.len(),
        "num_fetch_result": null,
    }))
}

/// The field to sort by, and whether in ascending order.
fn order(call: &Call<'_>) -> Option<(String, bool)> {
    let switches = &call.scenario.task_filters;
    if switches.multi_sort.is_supported()
        && let Some(Value::Array(entries)) = call.params.get("multi_sort")
        && let Some(Value::Object(first)) = entries.first()
        && let Some((field, how)) = first.iter().next()
    {
        return Some((field.clone(), how["order"] == "asc"));
    }
    let field = call.params.present("sort_by_field")?;
    let ascending = switches.sort_ascending.is_supported()
        && call.params.boolean("sort_ascending") == Some(true);
    let is_applied = switches.sort_by_field.is_supported();
    is_applied.then_some((field, ascending))
}

/// The rows come in order of due time; `sort_by_field` alone is highest or most future first.
fn sort(call: &Call<'_>, found: &mut [usize]) {
    let Some((field, ascending)) = order(call) else {
        return;
    };
    let tasks = &call.world.tasks;
    match field.as_str() {
        "task_due_at" => {}
        "task_priority" => found.sort_by_key(|place| tasks[*place].priority),
        "task_created_at" => found.sort_by_key(|place| tasks[*place].created_at),
        "task_completed_at" => found.sort_by_key(|place| tasks[*place].completed_at),
        _ => return,
    }
    if !ascending {
        found.reverse();
    }
}

/// A row as the index has it: with a lag, an ended task still looks open.
fn row(world: &World, place: usize) -> Value {
    let mut row = render::task(world, place, Detail::Row);
    let is_stale = world.index.entry(place).is_some_and(|entry| {
        entry.status == TaskStatus::Scheduled && world.tasks[place].status != TaskStatus::Scheduled
    });
    if is_stale && let Value::Object(row) = &mut row {
        row.insert("status".to_owned(), json!(TaskStatus::Scheduled.as_str()));
        row.insert("completed_at".to_owned(), Value::Null);
        row.insert("skipped_at".to_owned(), Value::Null);
    }
    row
}

/// A task of type `call` is counted as `contact_call` (reference section 4.1).
fn facet(task: &Task) -> (&str, &'static str) {
    match task.kind.as_ref() {
        "call" | "contact_call" => ("contact_call", "Call Contact"),
        "account_call" => ("account_call", "Call Account"),
        "outreach_manual_email" => ("outreach_manual_email", "Email Contact"),
        "action_item" | "contact_action_item" => ("contact_action_item", "Action Item"),
        "account_action_item" => ("account_action_item", "Account Action Item"),
        "linkedin_step_connect" => ("linkedin_step_connect", "LinkedIn Connect"),
        other if other.starts_with("linkedin") => ("linkedin_actions", "LinkedIn Actions"),
        other => (other, "Other"),
    }
}

fn faceting(params: &Params, world: &World, found: &[usize]) -> Value {
    let mut faceting = render::empty_lists(&EMPTY_FACETS);
    let mut task_types = Vec::new();
    if params
        .list("open_factor_names")
        .iter()
        .any(|name| name == "task_types")
    {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for place in found {
            *counts.entry(facet(&world.tasks[*place])).or_default() += 1;
        }
        task_types = counts
            .into_iter()
            .map(|((value, name), count)| {
                json!({"value": value, "display_name": name, "count": count})
            })
            .collect();
    }
    faceting.insert("task_types".to_owned(), Value::Array(task_types));
    faceting.insert(
        "total_facets".to_owned(),
        json!([{"value": "pipeline_total", "display_name": "Total", "count": found.len()}]),
    );
    Value::Object(faceting)
}
