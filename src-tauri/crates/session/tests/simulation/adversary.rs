//! What the adversary can choose.
//!
//! A case is plain data, so that proptest can drop and simplify choices until only what a violation
//! needs is left. The first variant of each choice is the harmless one: it is what shrinking tends to.

use proptest::{collection::vec, prelude::*};

/// How far the wall clock may be wrong, and jump.
const WALL_ERROR_S_MAX: i64 = 600;
/// How late Apollo's index may be.
const INDEX_LAG_MS_MAX: i64 = 120_000;
/// How long Apollo may go on with a request whose sender is gone: what the core allows for. Beyond
/// that, nothing that only searches could be right.
const COMMIT_LATE_MS_MAX: i64 = 14_000;
const MOMENTS_MAX: usize = 28;
const FATES_MAX: usize = 30;

/// What Apollo does with `call_identifier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identifier {
    Stored,
    Dropped,
    Upsert,
}

/// Everything that is decided from outside.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) identifier: Identifier,
    pub(crate) index_lag_ms: i64,
    pub(crate) wall_error_s: i64,
    /// Whether the reply to a new task names it.
    pub(crate) names_tasks: bool,
    /// What happens, in this order.
    pub(crate) moments: Vec<Moment>,
    /// What becomes of the requests, in the order in which they leave; after these all is well.
    pub(crate) fates: Vec<Fate>,
}

#[derive(Clone, Debug)]
pub(crate) struct Moment {
    /// How long after the moment before.
    pub(crate) wait_ms: i64,
    pub(crate) what: What,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Save(Save),
    /// The process dies, and is back after a while.
    Crash {
        down_ms: i64,
    },
    WallJump {
        by_s: i64,
    },
    /// A person does something to one of the wrap-ups.
    Person {
        which: usize,
        action: Action,
    },
    /// The next write to the disk fails; it may have been stored all the same.
    DiskFails {
        is_stored: bool,
    },
    /// Somebody else does something to a task in Apollo.
    Others {
        which: usize,
        deletes: bool,
    },
    Network {
        is_up: bool,
    },
    Key {
        is_accepted: bool,
        /// Handset is told of the new key, or finds out by itself.
        is_told: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Save {
    pub(crate) contact: u8,
    pub(crate) is_skip: bool,
    pub(crate) length_s: i64,
    pub(crate) moves: bool,
    pub(crate) calls_back: bool,
    pub(crate) sets_stage: bool,
    pub(crate) finishes_sequence: bool,
    pub(crate) hold_s: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Retry,
    Edit,
    TakeBack,
    Discard,
}

/// What becomes of one request.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    Good {
        reply_ms: i64,
    },
    /// The reply never comes, or says nothing.
    Lost {
        how: Loss,
        after_ms: i64,
        /// When Apollo does what it was asked for, if it does.
        commits_ms: Option<i64>,
    },
    /// Surely not processed.
    NotSent(NotSent),
    /// Refused for good, until a person has it tried again.
    Refused(Refusal),
    /// A search whose answer is not whole; for a write, nothing.
    CutShort,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Loss {
    Reset,
    Hang,
    Status500,
    Html502,
    Garbled,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum NotSent {
    Dns,
    ConnectionRefused,
    Limited { wait_s: i64 },
    BudgetSpent { wait_s: i64 },
    Busy,
    KeyRejected,
    TooLate,
}

/// By which answer of Apollo's a step is refused for good.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusal {
    /// The task is another user's.
    ForeignUser,
    OutcomeUnknown,
    PlanGated,
    ScopedOut,
    FunctionsOff,
    UserInactive,
}

fn identifier() -> impl Strategy<Value = Identifier> {
    prop_oneof![
        Just(Identifier::Stored),
        Just(Identifier::Dropped),
        Just(Identifier::Upsert),
    ]
}

fn wait_ms() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 0_i64..600,
        4 => 0_i64..6_000,
        2 => 0_i64..60_000,
    ]
}

fn save() -> impl Strategy<Value = Save> {
    (
        0_u8..2,
        prop::bool::weighted(0.12),
        0_i64..3,
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.15),
        prop_oneof![2 => Just(0_i64), 2 => 1_i64..=10, 1 => 1_i64..=60],
    )
        .prop_map(
            |(
                contact,
                is_skip,
                length_s,
                moves,
                calls_back,
                sets_stage,
                finishes_sequence,
                hold_s,
            )| Save {
                contact,
                is_skip,
                length_s,
                moves,
                calls_back,
                sets_stage,
                finishes_sequence,
                hold_s,
            },
        )
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => Just(Action::Retry),
        4 => Just(Action::Edit),
        2 => Just(Action::TakeBack),
        1 => Just(Action::Discard),
    ]
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        9 => save().prop_map(What::Save),
        5 => (0_i64..60_000).prop_map(|down_ms| What::Crash { down_ms }),
        2 => (-WALL_ERROR_S_MAX..=WALL_ERROR_S_MAX).prop_map(|by_s| What::WallJump { by_s }),
        8 => (0_usize..6, action()).prop_map(|(which, action)| What::Person { which, action }),
        3 => any::<bool>().prop_map(|is_stored| What::DiskFails { is_stored }),
        1 => (0_usize..6, any::<bool>()).prop_map(|(which, deletes)| What::Others { which, deletes }),
        2 => any::<bool>().prop_map(|is_down| What::Network { is_up: !is_down }),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(is_refused, is_told)| What::Key {
            is_accepted: !is_refused,
            is_told,
        }),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    let loss = prop_oneof![
        Just(Loss::Reset),
        Just(Loss::Hang),
        Just(Loss::Status500),
        Just(Loss::Html502),
        Just(Loss::Garbled),
    ];
    let not_sent = prop_oneof![
        Just(NotSent::Dns),
        Just(NotSent::ConnectionRefused),
        (1_i64..120).prop_map(|wait_s| NotSent::Limited { wait_s }),
        (1_i64..120).prop_map(|wait_s| NotSent::BudgetSpent { wait_s }),
        Just(NotSent::Busy),
        Just(NotSent::KeyRejected),
        Just(NotSent::TooLate),
    ];
    let refusal = prop_oneof![
        Just(Refusal::ForeignUser),
        Just(Refusal::OutcomeUnknown),
        Just(Refusal::PlanGated),
        Just(Refusal::ScopedOut),
        Just(Refusal::FunctionsOff),
        Just(Refusal::UserInactive),
    ];
    let commits = prop_oneof![
        2 => Just(None),
        2 => Just(Some(0)),
        2 => (0..=COMMIT_LATE_MS_MAX).prop_map(Some),
    ];
    prop_oneof![
        8 => (0_i64..4_000).prop_map(|reply_ms| Fate::Good { reply_ms }),
        8 => (loss, 0_i64..3_000, commits).prop_map(|(how, after_ms, commits_ms)| Fate::Lost {
            how,
            after_ms,
            commits_ms,
        }),
        3 => not_sent.prop_map(Fate::NotSent),
        1 => refusal.prop_map(Fate::Refused),
        1 => Just(Fate::CutShort),
    ]
}

/// Every case that the adversary can think of.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    let moment = (wait_ms(), what()).prop_map(|(wait_ms, what)| Moment { wait_ms, what });
    (
        identifier(),
        0..=INDEX_LAG_MS_MAX,
        -WALL_ERROR_S_MAX..=WALL_ERROR_S_MAX,
        any::<bool>(),
        vec(moment, 1..MOMENTS_MAX),
        vec(fate(), 0..FATES_MAX),
    )
        .prop_map(
            |(identifier, index_lag_ms, wall_error_s, hides_tasks, moments, fates)| Case {
                identifier,
                index_lag_ms,
                wall_error_s,
                names_tasks: !hides_tasks,
                moments,
                fates,
            },
        )
}
