//! The three windows, and what the server says of them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One of the three spans in which Apollo counts requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitWindow {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
}

impl LimitWindow {
    /// All three, shortest first.
    pub const ALL: [Self; 3] = [Self::Minute, Self::Hour, Self::Day];

    /// How long the window stays open once a request has opened it.
    pub const fn length(self) -> Duration {
        Duration::from_secs(match self {
            Self::Minute => 60,
            Self::Hour => 60 * 60,
            Self::Day => 24 * 60 * 60,
        })
    }

    /// The limit of the lowest paid plan, assumed until the server gives one (Apollo docs:
    /// reference section 8.3).
    pub(crate) const fn guessed_limit(self) -> u64 {
        match self {
            Self::Minute => 200,
            Self::Hour => 400,
            Self::Day => 2_000,
        }
    }

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Minute => 0,
            Self::Hour => 1,
            Self::Day => 2,
        }
    }
}

/// A limit as the server states it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Limit {
    /// The server gave none.
    #[default]
    NotReported,
    /// The plan does not limit this window.
    Unlimited,
    /// This many requests.
    Requests(u64),
}

/// What one response says of one window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The limit.
    pub limit: Limit,
    /// How many requests the whole team has made in the window.
    pub used: Option<u64>,
    /// How many are left.
    pub left: Option<u64>,
}

impl Reading {
    /// How many requests were made, from whichever number is there.
    pub(crate) fn used(&self) -> Option<u64> {
        self.used.or_else(|| match (self.limit, self.left) {
            (Limit::Requests(limit), Some(left)) => Some(limit.saturating_sub(left)),
            _ => None,
        })
    }
}

/// What the server says of all three windows of one endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readings {
    /// The minute's.
    pub minute: Reading,
    /// The hour's.
    pub hour: Reading,
    /// The day's.
    pub day: Reading,
}

impl Readings {
    /// The reading of one window.
    pub fn of(&self, window: LimitWindow) -> Reading {
        match window {
            LimitWindow::Minute => self.minute,
            LimitWindow::Hour => self.hour,
            LimitWindow::Day => self.day,
        }
    }

    /// The reading of one window, to be set.
    pub fn of_mut(&mut self, window: LimitWindow) -> &mut Reading {
        match window {
            LimitWindow::Minute => &mut self.minute,
            LimitWindow::Hour => &mut self.hour,
            LimitWindow::Day => &mut self.day,
        }
    }
}

/// Everything one response tells a budget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Observation {
    /// The numbers in its headers.
    pub windows: Readings,
    /// How long the server asks to wait: a cool-down for this endpoint.
    pub retry_after: Option<Duration>,
    /// The window a 429 names as used up: a cool-down for this endpoint.
    pub limited_window: Option<LimitWindow>,
}
