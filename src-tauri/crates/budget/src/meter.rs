//! What a person may see of a budget.

use clock::Timestamp;

use crate::{Endpoint, window::LimitWindow};

/// One window of one endpoint, as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowMeter {
    /// The limit; `None` when the plan sets none.
    pub limit: Option<u64>,
    /// Requests made by the whole team, as far as known.
    pub used: u64,
    /// Requests left; `None` when unlimited.
    pub left: Option<u64>,
    /// When the window closes; `None` when it is not open.
    pub resets_at: Option<Timestamp>,
    /// The server has not confirmed the numbers since the window opened, or the limit is a guess.
    pub estimated: bool,
}

/// All three windows of one endpoint, as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndpointMeter {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// The minute's window.
    pub minute: WindowMeter,
    /// The hour's window.
    pub hour: WindowMeter,
    /// The day's window.
    pub day: WindowMeter,
    /// Apollo refuses this endpoint until then.
    pub cooling_down_until: Option<Timestamp>,
    /// How many requests wait for a permit.
    pub waiting: usize,
}

impl EndpointMeter {
    /// One of the three windows.
    pub fn of(&self, window: LimitWindow) -> WindowMeter {
        match window {
            LimitWindow::Minute => self.minute,
            LimitWindow::Hour => self.hour,
            LimitWindow::Day => self.day,
        }
    }
}
