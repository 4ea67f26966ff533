//! Filters: what is asked, what Apollo made of it, and what it costs to find out.

use apollo::types::{
    ContactSearch, Filter, FilterStatus, Page, PhoneCallSearch, Task, TaskKind, TaskSearch,
};
use budget::Priority::Waiting;
use sandbox::{Support, TaskFilters};

use crate::bench::Bench;

fn mine(bench: &Bench) -> TaskSearch {
    TaskSearch {
        user_ids: vec![bench.rep()],
        kinds: TaskKind::CALLS.to_vec(),
        ..TaskSearch::default()
    }
}

async fn with_filters(change: impl FnOnce(&mut TaskFilters)) -> Bench {
    Bench::with(|scenario| change(&mut scenario.task_filters)).await
}

/// Every page of a search, in order.
async fn all_pages(bench: &Bench, search: &TaskSearch) -> Vec<Page<Task>> {
    let mut pages = Vec::new();
    let mut next = Some(1);
    while let Some(page) = next {
        let search = TaskSearch {
            page,
            ..search.clone()
        };
        let found = bench.client.tasks().search(&search, Waiting).await.unwrap();
        next = found.next_page();
        pages.push(found);
    }
    pages
}

fn ids(pages: &[Page<Task>]) -> Vec<String> {
    let rows = pages.iter().flat_map(|page| &page.rows);
    let mut ids: Vec<_> = rows.map(|task| task.id.to_string()).collect();
    ids.sort();
    ids
}

/// The rep's open call tasks.
fn expected(bench: &Bench) -> Vec<String> {
    let world = bench.sandbox.world();
    let open = world.tasks.iter().filter(|task| {
        task.state == sandbox::TaskStatus::Scheduled
            && task.task.user_id == bench.rep().as_str()
            && TaskKind::from(task.task.task_type.as_str()).is_call()
    });
    let mut ids: Vec<_> = open.map(|task| task.task.id.clone()).collect();
    ids.sort();
    ids
}

fn methods(bench: &Bench) -> Vec<String> {
    let requests = bench.sandbox.history().requests;
    requests.into_iter().map(|it| it.method).collect()
}

#[tokio::test]
async fn filters_that_work_are_held_by_every_row_and_nothing_is_left_out() {
    let bench = Bench::start().await;
    let pages = all_pages(&bench, &mine(&bench)).await;
    assert_eq!(ids(&pages), expected(&bench));
    for page in &pages {
        assert_eq!(page.left_out.len(), 0);
        assert_eq!(page.filtering.of(Filter::Users), Some(FilterStatus::Held));
        assert_eq!(page.filtering.of(Filter::Kinds), Some(FilterStatus::Held));
        let asked: Vec<_> = page.filtering.statuses.iter().map(|it| it.0).collect();
        assert_eq!(asked, [Filter::Users, Filter::Kinds]);
    }
    assert_eq!(methods(&bench), vec!["POST"; pages.len()]);
}

#[tokio::test]
async fn an_ignored_list_of_one_user_is_asked_by_get_once_tried_and_from_then_on() {
    let bench = with_filters(|filters| filters.user_ids = Support::Ignored).await;
    let pages = all_pages(&bench, &mine(&bench)).await;
    assert_eq!(ids(&pages), expected(&bench));
    for page in &pages {
        assert_eq!(page.left_out.len(), 0, "the GET form filters");
        assert_eq!(page.filtering.of(Filter::Users), Some(FilterStatus::Held));
    }
    let mut expected = vec!["POST"];
    expected.extend(vec!["GET"; pages.len()]);
    assert_eq!(methods(&bench), expected, "one request to find out");
    all_pages(&bench, &mine(&bench)).await;
    expected.extend(vec!["GET"; pages.len()]);
    assert_eq!(methods(&bench), expected, "nothing to find out again");
}

#[tokio::test]
async fn with_every_form_ignored_the_whole_list_is_read_and_selected_here_with_no_further_try() {
    let bench = with_filters(|filters| *filters = TaskFilters::all_ignored()).await;
    let pages = all_pages(&bench, &mine(&bench)).await;
    assert_eq!(ids(&pages), expected(&bench));
    let left_out: usize = pages.iter().map(|page| page.left_out.len()).sum();
    assert!(left_out >= 60, "the others' tasks: {left_out}");
    assert!(pages[0].filtering.is_ignored(Filter::Users));
    let requests = pages.len() + 1;
    assert_eq!(bench.seen("tasks#search"), requests);
    let methods = methods(&bench);
    assert_eq!(methods.iter().filter(|it| *it == "GET").count(), 1);
    let clone = bench.client.clone();
    let again = clone.tasks().search(&mine(&bench), Waiting).await.unwrap();
    assert!(again.filtering.is_ignored(Filter::Users), "clones know it");
    assert!(again.filtering.is_ignored(Filter::Kinds));
    assert_eq!(bench.seen("tasks#search"), requests + 1);
}

#[tokio::test]
async fn an_ignored_list_of_several_users_is_not_tried_by_get() {
    let bench = with_filters(|filters| filters.user_ids = Support::Ignored).await;
    let users = bench.sandbox.users();
    let two = TaskSearch {
        user_ids: users[..2].iter().map(|it| it.id.as_str().into()).collect(),
        ..TaskSearch::default()
    };
    let pages = all_pages(&bench, &two).await;
    let of_two = |task: &Task| two.user_ids.contains(task.user_id.as_ref().unwrap());
    assert!(pages.iter().all(|page| page.rows.iter().all(of_two)));
    assert!(methods(&bench).iter().all(|method| method == "POST"));
}

#[tokio::test]
async fn a_kind_that_apollo_does_not_select_by_is_selected_here() {
    let bench = with_filters(|filters| filters.task_type_cds = Support::Ignored).await;
    let pages = all_pages(&bench, &mine(&bench)).await;
    assert_eq!(ids(&pages), expected(&bench));
    assert!(pages.iter().any(|page| !page.left_out.is_empty()));
    assert_eq!(methods(&bench), vec!["POST"; pages.len()]);
}

#[tokio::test]
async fn a_contact_is_asked_for_by_get_where_the_list_is_ignored() {
    let bench = with_filters(|filters| filters.contact_ids = Support::Ignored).await;
    let world = bench.sandbox.world();
    let task = world.tasks.iter().find(|task| {
        task.state == sandbox::TaskStatus::Scheduled
            && task.task.user_id == bench.rep().as_str()
            && task.task.contact_id.is_some()
    });
    let contact = task.unwrap().task.contact_id.clone().unwrap();
    let search = TaskSearch {
        contact_ids: vec![contact.as_str().into()],
        ..mine(&bench)
    };
    let found = bench.client.tasks().search(&search, Waiting).await.unwrap();
    assert_eq!(
        found.filtering.of(Filter::Contacts),
        Some(FilterStatus::Held)
    );
    assert!(!found.rows.is_empty() && found.left_out.is_empty());
    assert_eq!(methods(&bench), ["POST", "GET"]);
}

#[tokio::test]
async fn an_echoed_filter_is_applied_and_one_that_no_row_shows_stays_unchecked() {
    let bench = Bench::start().await;
    let contacts = bench.client.contacts();
    let stage = contacts.stages(Waiting).await.unwrap()[0].id.clone();
    let search = ContactSearch {
        stage_ids: vec![stage.clone()],
        ..ContactSearch::default()
    };
    let found = contacts.search(&search, Waiting).await.unwrap();
    assert!(
        found
            .rows
            .iter()
            .all(|it| it.contact_stage_id == Some(stage.clone()))
    );
    assert_eq!(
        found.filtering.of(Filter::ContactStages),
        Some(FilterStatus::Applied)
    );
    let calls = PhoneCallSearch {
        user_ids: vec![bench.rep()],
        ..PhoneCallSearch::default()
    };
    let found = bench.client.phone_calls().search(&calls, Waiting).await;
    let filtering = found.unwrap().page.filtering;
    assert_eq!(filtering.of(Filter::Users), Some(FilterStatus::Applied));
    let of_nobody = TaskSearch {
        contact_ids: vec!["64c0ffee00000000000fffff".into()],
        ..mine(&bench)
    };
    let found = bench.client.tasks().search(&of_nobody, Waiting).await;
    let found = found.unwrap();
    assert_eq!(found.received_rows(), 0);
    let status = found.filtering.of(Filter::Contacts);
    assert_eq!(status, Some(FilterStatus::Unchecked));
}
