//! The probe tells accounts apart, and keeps what is theirs to itself.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails should stop"
)]

use std::sync::Arc;

use apollo::{ApiKey, Client, ClientOptions, Error, ProxySetting};
use budget::Budget;
use clock::{Clock, ManualClock, SharedClock, Sleep, Timestamp};
use probe::{Answer, Means, ProbeError, QUESTIONS, Report, Writes, probe};
use sandbox::{
    BootstrappedData, CallIdentifier, Facets, Options, Sandbox, Scenario, Size, Support,
    TaskFilters, TaskStatuses,
};

/// Every wait passes at once, and takes its time.
#[derive(Debug)]
struct PassingClock(Arc<ManualClock>);

impl Clock for PassingClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: std::time::Duration) -> Sleep {
        // Deadlines are races against an answer: those must not pass.
        if duration > std::time::Duration::from_secs(5) {
            return self.0.sleep(duration);
        }
        self.0.advance(duration);
        Box::pin(std::future::ready(()))
    }
}

struct Account {
    sandbox: Sandbox,
    clock: SharedClock,
}

impl Account {
    async fn with(change: impl FnOnce(&mut Scenario)) -> Self {
        let manual = ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap());
        let clock: SharedClock = Arc::new(PassingClock(manual));
        let mut options = Options::new(clock.clone());
        options.scenario.size = Size::Custom {
            main_rep_tasks: 130,
            other_rep_tasks: 60,
        };
        change(&mut options.scenario);
        let sandbox = Sandbox::start(options).await.unwrap();
        Self { sandbox, clock }
    }

    fn client(&self, key: &str) -> Client {
        Client::new(ClientOptions {
            base_url: self.sandbox.url().parse().unwrap(),
            key: ApiKey::parse(key).unwrap(),
            user_agent: "Handset-test/0".to_owned(),
            budget: Arc::new(Budget::new(self.clock.clone(), None)),
            clock: self.clock.clone(),
            proxy: ProxySetting::None,
            extra_ca_pem: None,
            https_only: true,
        })
        .unwrap()
    }

    async fn probe(&self, writes: Option<&Writes>) -> Report {
        let client = self.client(&self.sandbox.keys().master);
        probe(&client, &self.clock, writes).await.unwrap()
    }

    fn writes(&self) -> Writes {
        let world = self.sandbox.world();
        let contact = &world.contacts[0];
        Writes {
            contact_id: contact.id.clone(),
            contact_name: contact.name.clone(),
            user_id: self.sandbox.users()[0].id.clone(),
            outcome_id: None,
        }
    }

    fn written(&self) -> usize {
        let history = self.sandbox.history();
        [
            "phone_calls#create",
            "phone_calls#update",
            "tasks#create",
            "tasks#update",
            "tasks#complete",
            "tasks#skip",
        ]
        .iter()
        .map(|endpoint| history.count(endpoint))
        .sum()
    }
}

fn answer_to(report: &Report, id: &str) -> Answer {
    report
        .finding(id)
        .unwrap_or_else(|| panic!("{id} was not answered:\n{}", report.markdown()))
        .answer
}

fn expect(report: &Report, expected: &[(&str, Answer)]) {
    for (id, answer) in expected {
        assert_eq!(
            answer_to(report, id),
            *answer,
            "{id}\n{}",
            report.markdown()
        );
    }
}

use Answer::{No, Yes};

#[tokio::test]
async fn an_ordinary_account_is_read_and_not_changed() {
    let account = Account::with(|_| {}).await;
    let report = account.probe(None).await;
    expect(
        &report,
        &[
            ("key-master", Yes),
            ("users-search", Yes),
            ("usage-stats", Yes),
            ("limit-headers", Yes),
            ("unknown-ignored", Yes),
            ("filter-user-ids", Yes),
            ("filter-sequences", Yes),
            ("filter-kinds", Yes),
            ("filter-contacts", Yes),
            ("sort-due", Yes),
            ("finished-by-default", No),
            ("status-words", Yes),
            ("default-rows", Yes),
            ("rows-over-100", Yes),
            ("page-501", Yes),
            ("outcomes-listed", No),
            ("outcomes-facets", Yes),
            ("call-days-utc", Yes),
            ("sequence-steps", Yes),
            ("rows-whole", Yes),
            ("edge-network", No),
        ],
    );
    assert_eq!(account.written(), 0, "reading changes nothing");
    assert!(report.requests() <= 40, "{} requests", report.requests());
}

#[tokio::test]
async fn no_question_is_forgotten() {
    let account = Account::with(|_| {}).await;
    let client = account.client(&account.sandbox.keys().master);
    let mut writes = account.writes();
    writes.outcome_id = outcomes(&client).await.pop();
    let report = account.probe(Some(&writes)).await;
    for question in QUESTIONS.iter().filter(|it| it.by != Means::Person) {
        assert!(report.finding(question.id).is_some(), "{}", question.id);
    }
}

#[tokio::test]
async fn an_account_that_ignores_everything_is_told_from_one_that_does_not() {
    let account = Account::with(|scenario| {
        scenario.task_filters = TaskFilters::all_ignored();
        scenario.task_statuses = TaskStatuses::All;
        scenario.bootstrapped_data = BootstrappedData::Full;
        scenario.facets = Facets::Empty;
    })
    .await;
    let report = account.probe(None).await;
    expect(
        &report,
        &[
            ("filter-user-ids", No),
            ("filter-sequences", No),
            ("filter-kinds", No),
            ("filter-contacts", No),
            ("sort-due", No),
            ("outcomes-listed", Yes),
            ("outcomes-facets", No),
        ],
    );
}

#[tokio::test]
async fn with_leave_to_write_the_rest_is_answered_and_one_contact_is_touched() {
    for (mode, upserts) in [(CallIdentifier::Upsert, Yes), (CallIdentifier::Stored, No)] {
        let account = Account::with(|scenario| scenario.call_identifier = mode).await;
        let writes = account.writes();
        let report = account.probe(Some(&writes)).await;
        expect(
            &report,
            &[
                ("identifier-upserts", upserts),
                ("logged-omitted", Yes),
                ("malformed-refused", Yes),
                ("task-linked", No),
                ("completed-word", Yes),
                ("completion-lag", Yes),
                ("completed-by", No),
                ("call-lag", Yes),
                ("patch-resets", Yes),
                ("due-seconds", Yes),
            ],
        );
        let history = account.sandbox.history();
        for call in history.calls() {
            assert_eq!(call.contact_id.as_deref(), Some(writes.contact_id.as_str()));
        }
        assert_eq!(history.completed().len(), 1);
    }
}

#[tokio::test]
async fn a_search_that_lags_is_waited_for_and_its_time_is_told() {
    let account = Account::with(|scenario| {
        scenario.call_index_lag = std::time::Duration::from_secs(9);
        scenario.task_index_lag = std::time::Duration::from_secs(21);
    })
    .await;
    let report = account.probe(Some(&account.writes())).await;
    expect(&report, &[("call-lag", No), ("completion-lag", No)]);
    let seen = |id| report.finding(id).unwrap().seen.clone();
    assert!(
        seen("call-lag").starts_with("after 10."),
        "{}",
        seen("call-lag")
    );
    assert!(
        seen("completion-lag").starts_with("after 22."),
        "{}",
        seen("completion-lag")
    );
}

#[tokio::test]
async fn an_outcome_that_moves_the_stage_is_seen() {
    for (support, moves) in [(Support::Supported, Yes), (Support::Ignored, No)] {
        let account = Account::with(|scenario| scenario.outcome_moves_stage = support).await;
        let client = account.client(&account.sandbox.keys().master);
        let mut moving = None;
        for outcome in outcomes(&client).await {
            let mut writes = account.writes();
            writes.outcome_id = Some(outcome);
            let report = account.probe(Some(&writes)).await;
            if answer_to(&report, "outcome-moves-stage") == Yes {
                moving = Some(Yes);
                break;
            }
            moving = Some(No);
        }
        assert_eq!(moving, Some(moves), "{support:?}");
    }
}

async fn outcomes(client: &Client) -> Vec<String> {
    let found = client
        .phone_calls()
        .search(
            &apollo::types::PhoneCallSearch::default(),
            budget::Priority::Waiting,
        )
        .await
        .unwrap();
    found.outcomes.iter().map(|it| it.id.to_string()).collect()
}

#[tokio::test]
async fn a_contact_of_another_name_stops_it_before_anything_is_written() {
    let account = Account::with(|_| {}).await;
    let mut writes = account.writes();
    writes.contact_name.push_str(" the Second");
    let client = account.client(&account.sandbox.keys().master);
    let error = probe(&client, &account.clock, Some(&writes))
        .await
        .unwrap_err();
    assert_eq!(error, ProbeError::OtherContact);
    assert_eq!(account.written(), 0);
}

#[tokio::test]
async fn a_wrong_key_ends_it_and_a_scoped_one_is_told() {
    let account = Account::with(|_| {}).await;
    let client = account.client("a-wrong-key-of-some-length");
    let error = probe(&client, &account.clock, None).await.unwrap_err();
    assert_eq!(error, ProbeError::Apollo(Error::KeyRejected));
    let client = account.client(&account.sandbox.keys().scoped);
    let report = probe(&client, &account.clock, None).await.unwrap();
    expect(&report, &[("key-master", No), ("users-search", Yes)]);
}

#[tokio::test]
async fn no_report_holds_the_key_or_anything_of_a_person_or_an_id() {
    for change in [
        |_: &mut Scenario| {},
        |scenario: &mut Scenario| {
            scenario.task_filters = TaskFilters::all_ignored();
            scenario.task_statuses = TaskStatuses::All;
            scenario.bootstrapped_data = BootstrappedData::Full;
        },
    ] {
        let account = Account::with(change).await;
        let writes = account.writes();
        let text = account.probe(Some(&writes)).await.markdown();
        for secret in account.sandbox.personal_data() {
            assert!(!text.contains(&secret), "{secret} is in\n{text}");
        }
        let ids = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| word.len() >= 16 && word.bytes().all(|it| it.is_ascii_hexdigit()));
        assert_eq!(ids.count(), 0, "{text}");
        assert!(text.contains("identifier-upserts") || text.contains("call_identifier"));
    }
}
