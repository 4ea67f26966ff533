//! When a call was, and how long it ran.
//!
//! Promises: the start is the wall clock's, the length is time that passed, so that a clock which
//! is set during a call changes no length; a length that cannot be right is asked about and never
//! logged in silence. Must never: let the end lie elsewhere than the start and the length say.

use std::time::Duration;

use clock::Timestamp;
use jiff::SignedDuration;

use crate::draft::PlacedCall;

/// A call that ran longer is asked about: the computer may have slept, or the rep forgot to end it.
pub const CALL_HOURS_MAX: i64 = 4;

/// Why a call's times are asked about before it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeDoubt {
    /// It ran for longer than calls do.
    TooLong { ran: SignedDuration },
    /// It ends before it starts: the clock was set back and nothing else tells.
    EndsBeforeStart,
}

/// When a call ends that ends now. `ran` is the time that passed since it was dialed, which is
/// known only to the run of Handset that dialed it.
///
/// While a computer sleeps, time may not pass by that measure. A wall clock that is far ahead of it
/// is believed, so that the question is asked.
pub fn end_of(started_at: Timestamp, now: Timestamp, ran: Option<Duration>) -> Timestamp {
    let by_wall = now.duration_since(started_at);
    let length = match ran.and_then(|ran| SignedDuration::try_from(ran).ok()) {
        Some(ran) if ran.max(by_wall) > longest() => ran.max(by_wall),
        Some(ran) => ran,
        None => by_wall,
    };
    // Calls are logged to the second, so that start, end and duration agree.
    let end = started_at.saturating_add(SignedDuration::from_secs(length.as_secs()));
    end.unwrap_or(now)
}

/// What is to be asked about an ended call before it is saved.
pub fn doubt(call: &PlacedCall) -> Option<TimeDoubt> {
    let ran = call.ended_at?.duration_since(call.started_at);
    if call.is_confirmed {
        None
    } else if ran.is_negative() {
        Some(TimeDoubt::EndsBeforeStart)
    } else {
        (ran > longest()).then_some(TimeDoubt::TooLong { ran })
    }
}

fn longest() -> SignedDuration {
    SignedDuration::from_hours(CALL_HOURS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "2026-11-24T15:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn ran_s(now: &str, ran: Option<Duration>) -> i64 {
        end_of(at(START), at(now), ran)
            .duration_since(at(START))
            .as_secs()
    }

    fn asked(ended_at: Timestamp, is_confirmed: bool) -> Option<TimeDoubt> {
        let call = PlacedCall {
            number: "+12025550143".to_owned(),
            started_at: at(START),
            ended_at: Some(ended_at),
            is_confirmed,
        };
        doubt(&call)
    }

    #[test]
    fn a_clock_that_is_set_during_a_call_changes_no_length() {
        let four = Some(Duration::from_millis(4_900));
        for now in [
            "2026-11-24T14:00:04Z",
            "2026-11-24T15:00:04Z",
            "2026-11-24T16:00:04Z",
        ] {
            assert_eq!(ran_s(now, four), 4, "{now}");
        }
    }

    #[test]
    fn a_run_that_did_not_dial_has_the_wall_clock_only() {
        assert_eq!(ran_s("2026-11-24T15:02:09Z", None), 129);
        assert_eq!(ran_s("2026-11-24T14:59:00Z", None), -60);
    }

    #[test]
    fn a_night_is_asked_about_whether_or_not_time_passed_by_the_other_measure() {
        for ran in [Duration::from_secs(90), Duration::from_hours(9)] {
            let end = end_of(at(START), at("2026-11-25T00:00:00Z"), Some(ran));
            let ran = SignedDuration::from_hours(9);
            assert_eq!(asked(end, false), Some(TimeDoubt::TooLong { ran }));
            assert_eq!(asked(end, true), None, "the rep has confirmed it");
        }
    }

    #[test]
    fn four_hours_are_not_asked_about_and_an_end_before_the_start_is() {
        assert_eq!(asked(at("2026-11-24T19:00:00Z"), false), None);
        assert!(asked(at("2026-11-24T19:00:01Z"), false).is_some());
        let back = asked(at("2026-11-24T14:59:00Z"), false);
        assert_eq!(back, Some(TimeDoubt::EndsBeforeStart));
    }
}
