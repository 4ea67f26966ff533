//! Apollo's rate limits: per team and endpoint, three fixed windows (reference section 8).
//!
//! Promises: a window opens with the first request it counts and lasts its full length, by the
//! clock's elapsed time; a refused request is not counted. Must never: read a clock itself.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::endpoint::{ALL, Access, Endpoint};

/// How many requests one endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowLimits {
    /// In a minute.
    pub minute: u32,
    /// In an hour.
    pub hour: u32,
    /// In 24 hours.
    pub day: u32,
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// The workspace a request counts for; the free key has one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Team {
    Main,
    Free,
}

#[derive(Debug, Clone, Copy, Default)]
struct FixedWindow {
    /// When the first request came; none while no window is open.
    opened: Option<Duration>,
    used: u32,
}

impl FixedWindow {
    /// Requests used at `elapsed`; closes the window when its time is over.
    fn used_at(&mut self, elapsed: Duration, length: Duration) -> u32 {
        if self
            .opened
            .is_some_and(|opened| elapsed.saturating_sub(opened) >= length)
        {
            *self = Self::default();
        }
        self.used
    }

    fn count(&mut self, elapsed: Duration, requests: u32) {
        self.opened.get_or_insert(elapsed);
        self.used = self.used.saturating_add(requests);
    }

    /// Whole seconds until the window closes, at least 1.
    fn resets_in_s(&self, elapsed: Duration, length: Duration) -> u64 {
        let open_for = elapsed.saturating_sub(self.opened.unwrap_or(elapsed));
        let left = length.saturating_sub(open_for);
        (left.as_secs() + u64::from(left.subsec_nanos() > 0)).max(1)
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Windows {
    minute: FixedWindow,
    hour: FixedWindow,
    day: FixedWindow,
}

/// What is used of an endpoint's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    limits: WindowLimits,
    minute: u32,
    hour: u32,
    day: u32,
}

impl Usage {
    /// The headers of every answer that was counted or refused (reference section 8.2).
    pub(crate) fn headers(self) -> [(&'static str, String); 9] {
        [
            ("x-rate-limit-minute", self.limits.minute.to_string()),
            ("x-rate-limit-hourly", self.limits.hour.to_string()),
            ("x-rate-limit-24-hour", self.limits.day.to_string()),
            ("x-minute-usage", self.minute.to_string()),
            ("x-hourly-usage", self.hour.to_string()),
            ("x-24-hour-usage", self.day.to_string()),
            (
                "x-minute-requests-left",
                self.limits.minute.saturating_sub(self.minute).to_string(),
            ),
            (
                "x-hourly-requests-left",
                self.limits.hour.saturating_sub(self.hour).to_string(),
            ),
            (
                "x-24-hour-requests-left",
                self.limits.day.saturating_sub(self.day).to_string(),
            ),
        ]
    }
}

/// A refusal: which window is full and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exhausted {
    pub(crate) usage: Usage,
    pub(crate) limit: u32,
    pub(crate) window: &'static str,
    pub(crate) retry_after_s: u64,
}

#[derive(Debug)]
pub(crate) struct Limiter {
    main: WindowLimits,
    free: WindowLimits,
    windows: Mutex<HashMap<(Team, Endpoint), Windows>>,
}

impl Limiter {
    pub(crate) fn new(main: WindowLimits, free: WindowLimits) -> Self {
        Self {
            main,
            free,
            windows: Mutex::default(),
        }
    }

    fn windows(&self) -> MutexGuard<'_, HashMap<(Team, Endpoint), Windows>> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limits(&self, team: Team) -> WindowLimits {
        match team {
            Team::Main => self.main,
            Team::Free => self.free,
        }
    }

    /// Counts one request, unless a window is full; the longest full window names the wait.
    pub(crate) fn take(
        &self,
        team: Team,
        endpoint: Endpoint,
        elapsed: Duration,
    ) -> Result<Usage, Exhausted> {
        let limits = self.limits(team);
        let mut all = self.windows();
        let windows = all.entry((team, endpoint)).or_default();
        let usage = Usage {
            limits,
            minute: windows.minute.used_at(elapsed, MINUTE),
            hour: windows.hour.used_at(elapsed, HOUR),
            day: windows.day.used_at(elapsed, DAY),
        };
        for (used, limit, word, window, length) in [
            (usage.day, limits.day, "day", windows.day, DAY),
            (usage.hour, limits.hour, "hour", windows.hour, HOUR),
            (
                usage.minute,
                limits.minute,
                "minute",
                windows.minute,
                MINUTE,
            ),
        ] {
            if used >= limit {
                let retry_after_s = window.resets_in_s(elapsed, length);
                return Err(Exhausted {
                    usage,
                    limit,
                    window: word,
                    retry_after_s,
                });
            }
        }
        Self::count(windows, elapsed, 1);
        Ok(Usage {
            limits,
            minute: windows.minute.used,
            hour: windows.hour.used,
            day: windows.day.used,
        })
    }

    fn count(windows: &mut Windows, elapsed: Duration, requests: u32) {
        for window in [&mut windows.minute, &mut windows.hour, &mut windows.day] {
            window.count(elapsed, requests);
        }
    }

    /// Uses up part of an endpoint's limits, as teammates' other tools do.
    #[cfg(feature = "control")]
    pub(crate) fn consume(&self, endpoint: Endpoint, elapsed: Duration, requests: u32) {
        let mut all = self.windows();
        let windows = all.entry((Team::Main, endpoint)).or_default();
        windows.minute.used_at(elapsed, MINUTE);
        windows.hour.used_at(elapsed, HOUR);
        windows.day.used_at(elapsed, DAY);
        Self::count(windows, elapsed, requests);
    }

    /// The body of `usage_stats/api_usage_stats`, keyed by stringified arrays (section 8.5).
    pub(crate) fn stats(&self, team: Team, elapsed: Duration) -> Value {
        let limits = self.limits(team);
        let mut all = self.windows();
        let entry = |limit: u32, used: u32| json!({"limit": limit, "consumed": used, "left_over": limit.saturating_sub(used)});
        ALL.iter()
            .filter(|endpoint| endpoint.access != Access::Public)
            .map(|endpoint| {
                let windows = all.entry((team, *endpoint)).or_default();
                (
                    format!("[\"{}\", \"{}\"]", endpoint.controller, endpoint.action),
                    json!({
                        "minute": entry(limits.minute, windows.minute.used_at(elapsed, MINUTE)),
                        "hour": entry(limits.hour, windows.hour.used_at(elapsed, HOUR)),
                        "day": entry(limits.day, windows.day.used_at(elapsed, DAY)),
                    }),
                )
            })
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}
