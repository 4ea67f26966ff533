//! `emailer_campaigns/*`.

use apollo::{
    Error,
    types::{
        ActivityFeedSearch, Filter, RemoveMode, SequenceEventKind, SequenceSearch, StepKind,
        Verdict, WaitUnit,
    },
};
use budget::Priority::{Waiting, WrapUp};
use sandbox::{SequenceState, TaskStatus};

use crate::bench::Bench;

#[tokio::test]
async fn every_sequence_is_found_with_its_state_and_number_of_steps() {
    let bench = Bench::start().await;
    let found = bench
        .client
        .sequences()
        .search(&SequenceSearch::default(), Waiting)
        .await
        .unwrap();
    let world = bench.sandbox.world();
    assert_eq!(found.dropped_rows, 0);
    assert!(found.rows.len() >= 12);
    for sequence in &found.rows {
        let expected = world.sequence(sequence.id.as_str()).unwrap();
        assert_eq!(sequence.step_count, u32::try_from(expected.steps).ok());
        assert_eq!(sequence.archived, expected.state == SequenceState::Archived);
        assert_eq!(sequence.active, expected.state == SequenceState::Active);
        assert!(sequence.owner_id.is_some() && !sequence.name.contains("&amp;"));
    }
}

#[tokio::test]
async fn a_sequence_is_found_by_a_part_of_its_name() {
    let bench = Bench::start().await;
    let name = bench.sandbox.world().sequences[0].name.clone();
    let search = SequenceSearch {
        name: Some(name),
        ..SequenceSearch::default()
    };
    let found = bench
        .client
        .sequences()
        .search(&search, Waiting)
        .await
        .unwrap();
    assert_eq!(found.rows.len(), 1);
    assert_eq!(
        found.breadcrumbs[0].signal_field_name.as_deref(),
        Some("q_name")
    );
    assert_eq!(
        found.filtering.of(Filter::SequenceName),
        Some(Verdict::Applied)
    );
}

#[tokio::test]
async fn one_sequence_is_shown_with_its_steps_and_call_scripts() {
    let bench = Bench::start().await;
    let id = bench.sandbox.world().sequences[0].id.as_str().into();
    let shown = bench.client.sequences().show(&id, Waiting).await.unwrap();
    assert_eq!(shown.sequence.id, id);
    assert_eq!(
        shown.sequence.step_count.unwrap(),
        u32::try_from(shown.steps.len()).unwrap()
    );
    for (step, position) in shown.steps.iter().zip(1..) {
        assert_eq!(step.position, Some(position));
        assert_eq!(step.wait_unit, Some(WaitUnit::Days));
        assert!(step.wait.is_some() && step.priority.is_some());
    }
    let script = shown.steps.iter().find(|it| it.kind == StepKind::Call);
    assert!(script.unwrap().note.is_some(), "the call script");
    let unknown = "64c0ffee00000000000fffff".into();
    let error = bench
        .client
        .sequences()
        .show(&unknown, Waiting)
        .await
        .unwrap_err();
    assert_eq!(error, Error::Gone);
}

#[tokio::test]
async fn contacts_are_taken_out_at_once_or_by_a_job() {
    for later in [false, true] {
        let bench = Bench::with(|scenario| scenario.stop_contacts_async = later).await;
        let world = bench.sandbox.world();
        let contact = world
            .contacts
            .iter()
            .find(|contact| !contact.sequences.is_empty())
            .unwrap();
        bench
            .client
            .sequences()
            .remove_or_stop(
                &[contact.sequences[0].0.as_str().into()],
                &[contact.id.as_str().into()],
                RemoveMode::MarkAsFinished,
                WrapUp,
            )
            .await
            .unwrap();
        assert_eq!(
            bench.seen("emailer_campaigns#remove_or_stop_contact_ids"),
            1
        );
    }
}

#[tokio::test]
async fn each_way_out_of_a_sequence_is_what_apollo_makes_of_it_and_repeating_it_is_no_error() {
    for (mode, status) in [
        (RemoveMode::MarkAsFinished, Some("finished")),
        (RemoveMode::Stop, Some("paused")),
        (RemoveMode::Remove, None),
    ] {
        let bench = Bench::start().await;
        let world = bench.sandbox.world();
        let task = world
            .tasks
            .iter()
            .find(|it| it.state == TaskStatus::Scheduled && it.task.emailer_campaign_id.is_some())
            .filter(|it| it.task.contact_id.is_some())
            .unwrap();
        let sequence = task.task.emailer_campaign_id.as_deref().unwrap();
        let contact = task.task.contact_id.as_deref().unwrap();
        for _ in 0..2 {
            bench
                .client
                .sequences()
                .remove_or_stop(&[sequence.into()], &[contact.into()], mode, WrapUp)
                .await
                .unwrap();
        }
        let after = bench.sandbox.world();
        let standing = &after.contact(contact).unwrap().sequences;
        let standing = standing.iter().find(|(id, _)| id == sequence);
        assert_eq!(standing.map(|(_, status)| status.as_str()), status);
        assert_eq!(
            after.task(&task.task.id).unwrap().state,
            TaskStatus::Deleted
        );
    }
}

#[tokio::test]
async fn what_happened_to_a_contact_in_sequences_is_told_newest_first() {
    let bench = Bench::start().await;
    let sequences = bench.client.sequences();
    let world = bench.sandbox.world();
    let contact = world
        .contacts
        .iter()
        .find(|contact| !contact.sequences.is_empty())
        .unwrap();
    let all = ActivityFeedSearch::of(contact.id.as_str());
    let events = sequences.activity_feed(&all, Waiting).await.unwrap();
    assert!(events.len() >= contact.sequences.len());
    assert!(events.is_sorted_by(|a, b| a.at >= b.at));
    let enrolled = |events: &[apollo::types::SequenceEvent]| {
        let mut enrolled: Vec<_> = events
            .iter()
            .filter(|event| event.kind == SequenceEventKind::Enrolled)
            .map(|event| event.sequence_id.as_ref().unwrap().to_string())
            .collect();
        enrolled.sort();
        enrolled
    };
    let mut expected: Vec<_> = contact.sequences.iter().map(|it| it.0.clone()).collect();
    expected.sort();
    assert_eq!(enrolled(&events), expected);
    let one = ActivityFeedSearch {
        sequence_id: Some(expected[0].as_str().into()),
        limit: 0,
        ..all
    };
    let events = sequences.activity_feed(&one, Waiting).await.unwrap();
    assert_eq!(events.len(), 1, "at least one, at most fifty");
    assert_eq!(events[0].sequence_id, one.sequence_id);
    let nobody = ActivityFeedSearch::of("64c0ffee00000000000fffff");
    assert_eq!(
        sequences.activity_feed(&nobody, Waiting).await,
        Err(Error::Gone)
    );
}
