//! `emailer_campaigns/*`.

use apollo::{
    Error,
    types::{ActivityFeedSearch, SequenceEventKind, SequenceSearch},
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
async fn a_contact_is_taken_out_at_once_or_by_a_job() {
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
            .mark_as_finished(
                &contact.sequences[0].0.as_str().into(),
                &contact.id.as_str().into(),
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
async fn who_is_marked_as_finished_has_finished_and_repeating_it_is_no_error() {
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
            .mark_as_finished(&sequence.into(), &contact.into(), WrapUp)
            .await
            .unwrap();
    }
    let after = bench.sandbox.world();
    let sequences = &after.contact(contact).unwrap().sequences;
    let status = sequences.iter().find(|(id, _)| id == sequence);
    assert_eq!(status.map(|(_, status)| status.as_str()), Some("finished"));
    assert_eq!(
        after.task(&task.task.id).unwrap().state,
        TaskStatus::Deleted
    );
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
