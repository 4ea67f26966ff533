//! A clock that runs faster than the machine's, for tests that live through hours in minutes.
//!
//! Promises: processes that are given the same anchor and scale agree on the time, up to the
//! error each is given; `elapsed` and `sleep` run at the same speed as `now`. Must never: be used
//! by the app itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::{Clock, SharedClock, Sleep};

/// Where virtual time touches the machine's, and how fast it runs from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mapping {
    anchor_real: Timestamp,
    anchor_virtual: Timestamp,
    /// At least 1.
    scale: u32,
    offset: SignedDuration,
}

impl Mapping {
    /// The virtual wall clock when the machine's reads `machine`. Beyond the years that can be
    /// written it stands still.
    fn wall(&self, machine: Timestamp) -> Timestamp {
        let scale = i32::try_from(self.scale).unwrap_or(i32::MAX);
        let passed = machine
            .duration_since(self.anchor_real)
            .saturating_mul(scale);
        self.anchor_virtual
            .saturating_add(passed.saturating_add(self.offset))
            .unwrap_or(self.anchor_virtual)
    }

    /// How much virtual time passes in `real`.
    fn stretched(&self, real: Duration) -> Duration {
        real.saturating_mul(self.scale)
    }

    /// How long the machine needs for `virtual_time`, rounded up to a nanosecond: a sleep must
    /// not end before its time.
    fn shrunk(&self, virtual_time: Duration) -> Duration {
        let shorter = virtual_time / self.scale;
        if self.stretched(shorter) < virtual_time {
            shorter + Duration::from_nanos(1)
        } else {
            shorter
        }
    }
}

/// Virtual time that runs `scale` times as fast as the machine's.
#[derive(Debug)]
pub struct ScaledClock {
    mapping: Mapping,
    started: tokio::time::Instant,
}

impl ScaledClock {
    /// A clock that reads `anchor_virtual` (plus `offset`) when the machine's wall clock reads
    /// `anchor_real`, and runs `scale` times as fast; 0 counts as 1.
    ///
    /// `offset` is how wrong this process's wall clock is: positive is ahead. It shows in
    /// [`Clock::now`] alone. [`Clock::elapsed`] counts from this call. A sleep is as exact as the
    /// machine's timer, which is a millisecond: `scale` milliseconds of virtual time.
    pub fn shared(
        anchor_real: Timestamp,
        anchor_virtual: Timestamp,
        scale: u32,
        offset: SignedDuration,
    ) -> SharedClock {
        std::sync::Arc::new(Self {
            mapping: Mapping {
                anchor_real,
                anchor_virtual,
                scale: scale.max(1),
                offset,
            },
            started: tokio::time::Instant::now(),
        })
    }
}

impl Clock for ScaledClock {
    #[expect(clippy::disallowed_methods, reason = "this crate is the one that may")]
    fn now(&self) -> Timestamp {
        self.mapping.wall(Timestamp::now())
    }

    fn elapsed(&self) -> Duration {
        self.mapping.stretched(self.started.elapsed())
    }

    #[expect(clippy::disallowed_methods, reason = "this crate is the one that may")]
    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(self.mapping.shrunk(duration)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn mapping(scale: u32, offset_s: i64) -> Mapping {
        Mapping {
            anchor_real: at("2026-11-25T13:00:00Z"),
            anchor_virtual: at("2026-12-01T08:00:00Z"),
            scale,
            offset: SignedDuration::from_secs(offset_s),
        }
    }

    #[test]
    fn a_minute_of_the_machine_is_an_hour_at_scale_sixty() {
        let clock = mapping(60, 0);
        assert_eq!(
            clock.wall(at("2026-11-25T13:00:00Z")),
            at("2026-12-01T08:00:00Z")
        );
        assert_eq!(
            clock.wall(at("2026-11-25T13:01:00Z")),
            at("2026-12-01T09:00:00Z")
        );
        assert_eq!(
            clock.wall(at("2026-11-25T13:00:00.001Z")),
            at("2026-12-01T08:00:00.06Z")
        );
    }

    #[test]
    fn before_its_anchor_virtual_time_is_earlier_by_the_same_scale() {
        assert_eq!(
            mapping(60, 0).wall(at("2026-11-25T12:59:00Z")),
            at("2026-12-01T07:00:00Z")
        );
    }

    #[test]
    fn two_processes_differ_by_how_wrong_their_clocks_are_and_by_nothing_else() {
        let machine = at("2026-11-25T13:07:21.5Z");
        let right = mapping(100, 0).wall(machine);
        assert_eq!(
            mapping(100, 90)
                .wall(machine)
                .duration_since(right)
                .as_secs(),
            90
        );
        assert_eq!(
            mapping(100, -7_200)
                .wall(machine)
                .duration_since(right)
                .as_secs(),
            -7_200
        );
    }

    #[test]
    fn elapsed_runs_at_the_same_scale_and_a_sleep_never_ends_early() {
        let clock = mapping(7, 3_600);
        assert_eq!(
            clock.stretched(Duration::from_secs(2)),
            Duration::from_secs(14)
        );
        for nanoseconds in [0, 1, 6, 7, 8, 1_000, 30_000_000_000] {
            let asked = Duration::from_nanos(nanoseconds);
            let slept = clock.stretched(clock.shrunk(asked));
            assert!(slept >= asked, "{asked:?}: {slept:?}");
            assert!(slept < asked + Duration::from_nanos(7), "{asked:?}");
        }
    }

    #[test]
    fn at_scale_one_without_error_durations_stay_as_they_are() {
        let clock = mapping(1, 0);
        let day = Duration::from_hours(24);
        assert_eq!((clock.stretched(day), clock.shrunk(day)), (day, day));
    }

    #[test]
    fn absurd_times_and_scales_do_not_overflow() {
        let clock = mapping(u32::MAX, i64::MAX);
        assert_eq!(clock.wall(Timestamp::MAX), Timestamp::MAX);
        assert_eq!(clock.stretched(Duration::MAX), Duration::MAX);
        assert!(clock.shrunk(Duration::MAX) < Duration::MAX);
    }
}
