//! An engine or a desk over the fakes, and the time that a test lets pass.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use ::apollo::types::{CallStatus, Task};
use clock::{Clock, ManualClock, Timestamp};
use domain::{
    draft::CallDetails, draft::CallForm, position::QueueScope, rep::MappedUser, rep::Rep,
    settings::Settings, wrap_up::AfterCall, wrap_up::CallResult, wrap_up::CallWork,
    wrap_up::WrapUp,
};
use jiff::tz::TimeZone;
use outbox::{OnOutboxChange, Outbox, OutboxParts, OutboxStore};
use present::{Card, Problem, Receipt, Saved, Tag};
use session::{Session, SessionParts, ports::SessionStore};

use super::{Desk, FakeApollo, FakeStore, Flow, desk::WholeQueue, now};

/// Tuesday, 10:00 in New York.
pub(crate) const NOW: &str = "2026-11-24T15:00:00Z";
pub(crate) const REP: &str = "rep";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

pub(crate) fn rep() -> MappedUser {
    MappedUser::from_user_map(Rep {
        user_id: REP.into(),
        name: "Robin Rep".to_owned(),
        email: None,
    })
}

/// The wrap-up of a two-minute call to a person of their own, saved at `saved_at`.
pub(crate) fn call(number: u32, saved_at: Timestamp) -> WrapUp {
    // One rep has one call at a time: no two begin in the same second.
    let apart_s = 1_000 * i64::from(number - 1);
    let second = |back: i64| saved_at - jiff::SignedDuration::from_secs(back + apart_s);
    WrapUp::call(
        format!("task-{number}").as_str().into(),
        rep(),
        saved_at,
        CallWork {
            contact_id: Some(format!("contact-{number}").as_str().into()),
            account_id: None,
            to_number: Some("+12025550143".to_owned()),
            own_numbers: Vec::new(),
            started_at: second(130),
            ended_at: second(10),
            result: CallResult {
                opts_out: false,
                status: CallStatus::Completed,
                outcome_id: Some("outcome".into()),
                outcome_name: "Connected".to_owned(),
                details: noted(format!("note {number}")),
            },
            after: AfterCall::default(),
        },
    )
}

/// What a rep enters for a call.
pub(crate) fn form(outcome: &str, note: impl Into<String>) -> CallForm {
    CallForm {
        outcome: Some(outcome.to_owned()),
        details: noted(note),
        ..CallForm::default()
    }
}

/// A note, and nothing else.
pub(crate) fn noted(note: impl Into<String>) -> CallDetails {
    CallDetails {
        note: note.into(),
        ..CallDetails::default()
    }
}

/// The same form with a purpose.
pub(crate) fn with_purpose(form: CallForm) -> CallForm {
    CallForm {
        details: CallDetails {
            purpose_id: Some("purpose".into()),
            ..form.details
        },
        ..form
    }
}

/// Settings that send at once.
pub(crate) fn no_undo() -> Settings {
    Settings {
        undo_s: 0,
        ..Settings::default()
    }
}

pub(crate) struct Bench {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) store: Arc<FakeStore>,
    pub(crate) apollo: Arc<FakeApollo>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let clock = ManualClock::at(at(NOW));
        let store = Arc::new(FakeStore::default());
        let apollo = Arc::new(FakeApollo::new(Arc::clone(&clock), Arc::clone(&store)));
        Self {
            clock,
            store,
            apollo,
        }
    }

    /// An engine over what the store holds, as at a start of Handset.
    pub(crate) fn engine(&self) -> Outbox {
        self.engine_that_tells(Arc::new(|_| {}))
    }

    fn engine_that_tells(&self, on_change: OnOutboxChange) -> Outbox {
        let engine = now(Outbox::restore(OutboxParts {
            lease: now(self.store.take_outbox()).expect("no other engine is there"),
            store: Arc::clone(&self.store) as Arc<dyn OutboxStore>,
            clock: self.clock.clone(),
            on_change,
        }))
        .expect("the store can be read");
        // If the disk refuses here, the steps that wait for a key only wait longer.
        let _ = now(engine.use_key(self.port(), None));
        engine
    }

    /// The Apollo that another key opens.
    pub(crate) fn another_apollo(&self) -> Arc<FakeApollo> {
        let (clock, store) = (Arc::clone(&self.clock), Arc::clone(&self.store));
        Arc::new(FakeApollo::new(clock, store))
    }

    /// The Apollo that the key opens.
    pub(crate) fn port(&self) -> Arc<dyn outbox::Apollo> {
        Arc::clone(&self.apollo) as Arc<dyn outbox::Apollo>
    }

    pub(crate) fn save(&self, engine: &Outbox, number: u32) -> WrapUp {
        let wrap_up = call(number, self.clock.now());
        now(engine.save(wrap_up.clone())).expect("the disk is sound");
        wrap_up
    }

    /// Lets `span` pass, with `run` going on.
    pub(crate) fn pass<T>(&self, run: &mut Flow<'_, T>, span: Duration) {
        let end = self.clock.elapsed() + span;
        run.go();
        while let Some(wake) = self.clock.next_wake_in() {
            let wake = wake.max(Duration::from_millis(1));
            if self.clock.elapsed() + wake > end {
                break;
            }
            self.clock.advance(wake);
            run.go();
        }
        self.clock.advance(end.saturating_sub(self.clock.elapsed()));
        run.go();
    }
}

pub(crate) struct DeskBench {
    pub(crate) bench: Bench,
    pub(crate) desk: Desk,
    changes: Arc<Mutex<Vec<Tag>>>,
    settings: Settings,
}

/// Where the rep of a [`DeskBench`] is.
pub(crate) fn rep_zone() -> TimeZone {
    TimeZone::get("America/New_York").expect("a zone")
}

impl DeskBench {
    pub(crate) fn new() -> Self {
        Self::with(no_undo())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self::over(Bench::new(), settings)
    }

    /// A desk over what the store holds, as at a start of Handset.
    pub(crate) fn over(bench: Bench, settings: Settings) -> Self {
        let changes: Arc<Mutex<Vec<Tag>>> = Arc::default();
        let collected = Arc::clone(&changes);
        let tell = move |tags: &[Tag]| collected.lock().expect("no panic").extend_from_slice(tags);
        let (tell, tell_of_session) = (tell.clone(), tell);
        let engine = bench.engine_that_tells(Arc::new(move |change| tell(Tag::of_outbox(change))));
        let desk = now(Session::open(SessionParts {
            rep: rep(),
            outbox: Arc::new(engine),
            apollo: Arc::clone(&bench.apollo) as Arc<dyn session::ports::Apollo>,
            store: Arc::clone(&bench.store) as Arc<dyn SessionStore>,
            clock: bench.clock.clone(),
            zone: rep_zone(),
            settings: settings.clone(),
            on_change: Arc::new(move |change| tell_of_session(Tag::of_session(change))),
        }))
        .expect("the store can be read");
        Self {
            bench,
            desk: Desk(Arc::new(desk)),
            changes,
            settings,
        }
    }

    /// The tags of the changes since the last call.
    pub(crate) fn changed_tags(&self) -> Vec<Tag> {
        std::mem::take(&mut self.changes.lock().expect("no panic"))
    }

    /// Handset stops and starts again.
    pub(crate) fn restart(self) -> Self {
        let Self {
            bench,
            desk,
            settings,
            ..
        } = self;
        drop(desk);
        Self::over(bench, settings)
    }

    /// Reads what seldom changes, as far as it can be read now.
    pub(crate) fn read(&self) {
        Flow::new(self.desk.keep_reference_read()).go();
    }

    /// Reads these tasks and opens the queue of all of them.
    pub(crate) fn work(&self, tasks: Vec<Task>) -> WholeQueue {
        self.bench.apollo.tasks(tasks);
        drop(now(self.desk.load()));
        now(self.desk.open_queue(QueueScope::AllCallTasks)).expect("a queue")
    }

    pub(crate) fn card(&self, task: &str) -> Card {
        self.desk.card(&task.into()).expect("a card")
    }

    pub(crate) fn rows(&self) -> Vec<String> {
        let queue = self.desk.queue().expect("an open queue");
        queue
            .rows
            .iter()
            .map(|row| row.task_id.to_string())
            .collect()
    }

    /// Lets `span` pass with the engine at work.
    pub(crate) fn run(&self, span: Duration) {
        let engine = self.desk.engine();
        self.bench.pass(&mut Flow::new(engine.run()), span);
    }

    /// Saves a call of this task.
    pub(crate) fn save(&self, task: &str, form: CallForm) -> Result<Saved, Problem> {
        now(self.desk.save_call(&task.into(), form))
    }

    /// The receipt of a task's wrap-up.
    pub(crate) fn receipt(&self, task: &str) -> Receipt {
        let mut rows = self.desk.receipts().rows.into_iter();
        rows.find(|row| row.task_id.as_str() == task)
            .expect("a receipt")
    }

    pub(crate) fn dial(&self, task: &str) -> Result<(), Problem> {
        now(self.desk.dial(&task.into(), 0, false)).map(drop)
    }
}
