//! What one life is like: how lively its person is, what is wrong with folder, keychain, disk and
//! clock, and when it is killed.

use std::{fmt, time::Duration};

use rand::{Rng, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    child::{FullDisk, Mood},
    child_process::End,
    messages::Phase,
};

/// How wrong a child's wall clock can be, in seconds.
const OFFSET_S_MAX: i64 = 300;
/// How wrong it is at one start in [`LIVES_PER_FAR_AHEAD`], in seconds.
const FAR_AHEAD_S: i64 = 400 * 24 * 3_600;

/// How long a calm life is.
const CALM_LIFE: Duration = Duration::from_millis(1_500);

const LIVES_PER_FAR_AHEAD: u32 = 35;
const LIVES_PER_OFFLINE_LIFE: u32 = 18;
const LIVES_PER_LOCKED_KEYCHAIN: u32 = 12;
const LIVES_PER_FULL_DISK: u32 = 12;
const LIVES_PER_BACKUP_AFTER: u32 = 5;
const LIVES_PER_BACKUP_DURING: u32 = 6;
/// A run makes no further copy of its folder after so many machines.
const MACHINES_MAX: usize = 3;

/// Where processes are killed that begin, and at which of the first so many times.
const AT_START: [(Phase, u32); 9] = [
    (Phase::Starting, 1),
    (Phase::StartingCore, 1),
    (Phase::StartingCore, 1),
    (Phase::Idle, 1),
    (Phase::Connecting, 1),
    (Phase::ChoosingRep, 1),
    (Phase::ReadOut, 8),
    (Phase::ReadBack, 8),
    (Phase::ReadAnswered, 8),
];
/// Where processes are killed that are at work.
const AT_WORK: [(Phase, u32); 23] = [
    (Phase::Idle, 8),
    (Phase::Dialing, 4),
    (Phase::Drafting, 2),
    (Phase::Saving, 4),
    (Phase::Saving, 4),
    (Phase::Saving, 4),
    (Phase::TakingBack, 1),
    (Phase::Correcting, 1),
    (Phase::Retrying, 1),
    (Phase::Discarding, 1),
    (Phase::Leaving, 1),
    (Phase::WriteOut, 10),
    (Phase::WriteOut, 10),
    (Phase::WriteOut, 10),
    (Phase::WriteBack, 10),
    (Phase::WriteBack, 10),
    (Phase::WriteBack, 10),
    (Phase::WriteAnswered, 10),
    (Phase::WriteAnswered, 10),
    (Phase::WriteAnswered, 10),
    (Phase::ReadOut, 10),
    (Phase::ReadBack, 10),
    (Phase::ReadAnswered, 10),
];

/// What happens to folders before a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FolderEvent {
    None,
    /// An earlier copy is put in the folder's place.
    Restore,
    /// The folder goes to another machine for good.
    Move,
    /// The folder is copied to another machine, and both run.
    Copy,
}

/// Which machines live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Original,
    Copy,
    Both,
}

/// What was drawn for one life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    pub(super) end: End,
    pub(super) mood: Mood,
    pub(super) offset_s: i64,
    pub(super) is_far_ahead: bool,
    pub(super) full_disk: Option<FullDisk>,
    /// The keychain is locked at the start, for so long in the machine's time.
    pub(super) locked_for: Option<Duration>,
    /// The folder is copied so long after the start, in the machine's time.
    pub(super) backed_up_after: Option<Duration>,
}

impl Drawn {
    /// Draws a life.
    pub(super) fn draw(random: &mut ChaCha8Rng) -> Self {
        let is_far_ahead = random.random_ratio(1, LIVES_PER_FAR_AHEAD);
        let offset_s = random.random_range(-OFFSET_S_MAX..=OFFSET_S_MAX);
        let full_disk = random.random_ratio(1, LIVES_PER_FULL_DISK);
        let locked = random.random_ratio(1, LIVES_PER_LOCKED_KEYCHAIN);
        let backed_up = random.random_ratio(1, LIVES_PER_BACKUP_DURING);
        let mut within = |most_ms: u64| Duration::from_millis(random.random_range(1..most_ms));
        let (locked_for, backed_up_after) = (within(1_500), within(900));
        Self {
            end: end(random),
            mood: Mood {
                pause_ms_max: random.random_range(200..4_000),
                unrest: *[0, 10, 30, 60].choose(random).unwrap_or(&0),
                twice: *[0.0, 0.2, 0.5].choose(random).unwrap_or(&0.0),
                poison: 0.12,
                slips: 0.1,
                ..Mood::default()
            },
            offset_s: if is_far_ahead { FAR_AHEAD_S } else { offset_s },
            is_far_ahead,
            full_disk: full_disk.then(|| FullDisk {
                begins_ms: random.random_range(0..20_000),
                lasts_ms: random.random_range(1_000..30_000),
            }),
            locked_for: locked.then_some(locked_for),
            backed_up_after: backed_up.then_some(backed_up_after),
        }
    }

    /// A life in which nothing goes wrong until it is killed: for sabotages, which are found
    /// without any help.
    pub(super) fn calm() -> Self {
        Self {
            end: End::After(CALM_LIFE),
            mood: Mood {
                pause_ms_max: 1_000,
                ..Mood::default()
            },
            offset_s: 0,
            is_far_ahead: false,
            full_disk: None,
            locked_for: None,
            backed_up_after: None,
        }
    }

    /// The last life: nothing is wrong any more.
    pub(super) fn last(random: &mut ChaCha8Rng, within: Duration) -> Self {
        Self {
            end: End::Natural(within),
            mood: Mood::default(),
            offset_s: random.random_range(-OFFSET_S_MAX..=OFFSET_S_MAX),
            is_far_ahead: false,
            full_disk: None,
            locked_for: None,
            backed_up_after: None,
        }
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notable = [
            (self.is_far_ahead, "clock 400 days ahead, "),
            (self.full_disk.is_some(), "disk full, "),
            (self.locked_for.is_some(), "keychain locked, "),
        ];
        for (is_so, name) in notable {
            if is_so {
                f.write_str(name)?;
            }
        }
        Ok(())
    }
}

/// Draws what happens to folders.
pub(super) fn folder_event(random: &mut ChaCha8Rng, machines: usize) -> FolderEvent {
    match random.random_range(0..100) {
        0..10 => FolderEvent::Restore,
        10..13 if machines < MACHINES_MAX => FolderEvent::Move,
        13..19 if machines < MACHINES_MAX => FolderEvent::Copy,
        _ => FolderEvent::None,
    }
}

/// Draws who lives next, where there is a copy.
pub(super) fn who(random: &mut ChaCha8Rng) -> Who {
    match random.random_range(0..4) {
        0 => Who::Copy,
        1 => Who::Both,
        _ => Who::Original,
    }
}

/// Whether there is no network for a whole life.
pub(super) fn is_offline(random: &mut ChaCha8Rng) -> bool {
    random.random_ratio(1, LIVES_PER_OFFLINE_LIFE)
}

/// Whether the folder is copied after a life.
pub(super) fn backs_up_after(random: &mut ChaCha8Rng) -> bool {
    random.random_ratio(1, LIVES_PER_BACKUP_AFTER)
}

/// The longest way to Apollo and back, in virtual milliseconds.
pub(super) fn way_ms_max(random: &mut ChaCha8Rng) -> u64 {
    *[0, 300, 2_000].choose(random).unwrap_or(&0)
}

fn end(random: &mut ChaCha8Rng) -> End {
    if random.random_bool(0.15) {
        return End::After(Duration::from_millis(random.random_range(1..1_600)));
    }
    // At a start, reads pass in dozens: most kills wait until there is work.
    let is_at_work = random.random_bool(0.85);
    let phases: &[(Phase, u32)] = if is_at_work { &AT_WORK } else { &AT_START };
    let (phase, often) = *phases.choose(random).unwrap_or(&(Phase::WriteOut, 5));
    let delay = Duration::from_micros(*[0, 0, 300, 1_000, 3_000].choose(random).unwrap_or(&0));
    End::At {
        phase,
        times: random.random_range(1..=often),
        delay,
        is_at_work,
    }
}
