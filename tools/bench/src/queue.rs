//! What a change costs while a long queue is open: how much crosses to the window, and how long it
//! takes to make.
//!
//! Every dial, end and save makes a window read the queue again. What is sent then is measured: the
//! queue's head with the pages of rows in sight, beside the queue with all of its rows, which is what
//! a window was sent before it read pages.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, ensure};
use apollo::{
    ids::OutcomeId,
    types::{
        Account, Contact, ContactStage, CustomFields, Filtering, OutcomeFacet, Page, PhoneNumber,
        Sequence, Task, TaskKind, TaskSearch, TaskStatus,
    },
};
use async_trait::async_trait;
use clock::{Clock, SharedClock, SystemClock, Timestamp};
use domain::{position::QueueScope, rep::MappedUser, rep::Rep, settings::Settings};
use outbox::{Outbox, OutboxParts, OutboxStore, Urgency};
use present::{QueueRows, QueueSearch};
use serde::Serialize;
use session::{
    Session, SessionParts, View,
    ports::{self, OutcomeCalls},
};
use store::{Opening, Outside, SledStore};

use crate::{figures::median, sample};

/// Rows of one page, as the window asks for them.
const PAGE_ROWS: u32 = 50;
/// Pages that are in sight at most: a window's height of rows, and as many more as it draws ahead.
const PAGES_IN_SIGHT: u32 = 2;
const ROUNDS: usize = 5;
/// Apollo sends 100 rows a page, of which Handset reads 100 pages. Here more come at once, so that there
/// are more rows than Handset reads today.
const ROWS_PER_PAGE: u32 = 1_000;

/// How many tasks are open: a long day, the most that Handset reads, and five times as many.
pub(crate) const TASKS: [u32; 3] = [1_000, 10_000, 50_000];

/// One way to send a queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) bytes: usize,
    pub(crate) took: Duration,
}

pub(crate) struct Figures {
    pub(crate) tasks: u32,
    pub(crate) whole: Sent,
    pub(crate) in_sight: Sent,
}

pub(crate) fn measure(folder: &Path) -> Result<Vec<Figures>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .build()?;
    let clock: SharedClock = SystemClock::shared();
    TASKS
        .into_iter()
        .map(|tasks| runtime.block_on(of(tasks, &folder.join(format!("queue-{tasks}")), &clock)))
        .collect()
}

async fn of(tasks: u32, folder: &Path, clock: &SharedClock) -> Result<Figures> {
    let session = opened(tasks, folder, clock).await?;
    let [mut whole, mut in_sight] = [const { Vec::new() }; 2];
    for _ in 0..ROUNDS {
        whole.push(sent(&**clock, &session, 0, u32::MAX)?);
        in_sight.push(sent(
            &**clock,
            &session,
            tasks / 2,
            PAGES_IN_SIGHT * PAGE_ROWS,
        )?);
    }
    session.close().await;
    Ok(Figures {
        tasks,
        whole: middle(&whole)?,
        in_sight: middle(&in_sight)?,
    })
}

fn middle(rounds: &[Sent]) -> Result<Sent> {
    let took: Vec<_> = rounds.iter().map(|sent| sent.took).collect();
    let bytes = rounds.first().context("no round")?.bytes;
    Ok(Sent {
        bytes,
        took: median(&took),
    })
}

/// The queue's head and some of its rows, as they cross to a window.
fn sent(clock: &dyn Clock, session: &Session, from: u32, count: u32) -> Result<Sent> {
    #[derive(Serialize)]
    struct Answer {
        head: present::Queue,
        rows: QueueRows,
    }
    let start = clock.elapsed();
    let answer = |view: &View<'_>| {
        let head = present::queue(view)?;
        let search = QueueSearch {
            queue: head.number,
            text: String::new(),
        };
        let rows = present::queue_rows(view, &search, from, count)?;
        Some(Answer { head, rows })
    };
    let answer = session.view(answer).context("no queue is open")?;
    let text = serde_json::to_string(&answer)?;
    Ok(Sent {
        bytes: text.len(),
        took: clock.elapsed().saturating_sub(start),
    })
}

/// A session with so many tasks read, and the queue of all of them open.
async fn opened(tasks: u32, folder: &Path, clock: &SharedClock) -> Result<Arc<Session>> {
    let (store, _) = SledStore::open(&Opening {
        folder,
        sealing_key: &sample::KEY,
        may_set_aside: true,
        outside: Some(&Outside::on_this_machine(folder.with_extension("state"))),
        clock,
    })?;
    let store = store.for_origin(sample::ORIGIN);
    let outbox = Outbox::restore(OutboxParts {
        lease: store.take_outbox().await?,
        store: Arc::clone(&store) as Arc<dyn OutboxStore>,
        clock: Arc::clone(clock),
        on_change: Arc::new(|_| ()),
    })
    .await?;
    let parts = SessionParts {
        rep: rep(),
        outbox: Arc::new(outbox),
        apollo: Arc::new(Crowd { tasks }),
        store,
        clock: Arc::clone(clock),
        zone: jiff::tz::TimeZone::UTC,
        settings: Settings::default(),
        on_change: Arc::new(|_| ()),
    };
    let session = Arc::new(Session::open(parts).await?);
    session.load().await?;
    session.open_queue(QueueScope::AllCallTasks).await?;
    let rows = session.view(present::queue).map(|queue| queue.rows);
    ensure!(rows == Some(tasks), "{rows:?} rows of {tasks} tasks");
    Ok(session)
}

fn rep() -> MappedUser {
    MappedUser::from_user_map(Rep {
        user_id: sample::REP.into(),
        name: "Ottoline Vandermeer".to_owned(),
        email: None,
    })
}

/// An Apollo with so many call tasks, all due, about people all over the United States.
struct Crowd {
    tasks: u32,
}

const ZONES: [(&str, &str, u32); 4] = [
    ("America/New_York", "New York", 212),
    ("America/Chicago", "Illinois", 312),
    ("America/Denver", "Colorado", 303),
    ("America/Los_Angeles", "California", 213),
];

fn task(number: u32) -> Task {
    let (zone, state, area) = ZONES[number as usize % ZONES.len()];
    let line = 2_000_000 + number;
    let contact = Contact {
        name: format!("Bernadette Okonkwo-Lindqvist {number}"),
        title: Some("Vice President, Regional Operations".to_owned()),
        time_zone: Some(zone.to_owned()),
        state: Some(state.to_owned()),
        country: Some("United States".to_owned()),
        phone_numbers: vec![PhoneNumber::with_number(
            format!("({area}) {line}"),
            Some(&format!("+1{area}{line}")),
        )],
        ..Contact::with_id(format!("66f0a1b2c3d4e5f7{number:08x}"))
    };
    Task {
        user_id: Some(sample::REP.into()),
        kind: TaskKind::Call,
        status: TaskStatus::Scheduled,
        due_at: Timestamp::from_second(1_790_000_000 + i64::from(number)).ok(),
        contact_id: Some(contact.id.clone()),
        account: Some(Account {
            name: "Northgate Building Materials".to_owned(),
            ..Account::with_id(format!("66f0a1b2c3d4e5f8{number:08x}"))
        }),
        contact: Some(contact),
        ..Task::with_id(format!("66f0a1b2c3d4e5f6{number:08x}"))
    }
}

fn page_of<T>(rows: Vec<T>, number: u32, per_page: u32, total: u32) -> Page<T> {
    Page {
        rows,
        left_out: Vec::new(),
        dropped_rows: 0,
        page: number,
        per_page,
        total_rows: Some(total.into()),
        total_pages: Some(total.div_ceil(per_page)),
        breadcrumbs: Vec::new(),
        filtering: Filtering::default(),
    }
}

#[async_trait]
impl ports::ReadWork for Crowd {
    async fn tasks(&self, search: TaskSearch, _: Urgency) -> Result<Page<Task>, apollo::Error> {
        let (page, per_page) = (search.page.max(1), ROWS_PER_PAGE);
        let from = (page - 1) * per_page;
        let rows = (from..self.tasks.min(from + per_page)).map(task).collect();
        Ok(page_of(rows, page, per_page, self.tasks))
    }

    async fn sequences(&self, page: u32) -> Result<Page<Sequence>, apollo::Error> {
        Ok(page_of(Vec::new(), page, 100, 0))
    }
}

#[async_trait]
impl ports::ReadReferenceData for Crowd {
    async fn outcomes(&self, _: Urgency) -> Result<Option<Vec<OutcomeFacet>>, apollo::Error> {
        Ok(None)
    }

    async fn calls_with(&self, _: &OutcomeId) -> Result<OutcomeCalls, apollo::Error> {
        Ok(OutcomeCalls::NotAnswered)
    }

    async fn custom_fields(&self) -> Result<CustomFields, apollo::Error> {
        Ok(CustomFields::default())
    }

    async fn stages(&self) -> Result<Vec<ContactStage>, apollo::Error> {
        Ok(Vec::new())
    }
}
