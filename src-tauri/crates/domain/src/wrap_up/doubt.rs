//! When it is not certain how far a wrap-up got: what is looked up in Apollo, and what a person
//! decides.
//!
//! Promises: afterwards nothing that is not idempotent is sent before Apollo was searched for it,
//! and nothing that another Handset may still send, or that may undo what was changed since, is
//! sent before a person agrees. One doubt asks a person once for each wrap-up: the steps behind the
//! blocked one wait for it. A second doubt may ask something else. Must never: touch what is done,
//! or forget that a person is asked.

use clock::Timestamp;

use super::{BlockCode, StepState, UnknownBecause, WrapUp};

/// Why it is not certain how far a wrap-up got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It was found in a damaged store, and may be an older version of itself.
    Recovered,
    /// The data folder was put back to an earlier state: it may have been sent since.
    Restored,
    /// The data folder is a copy: whoever has the other one may have sent it, or may still do so.
    Copied,
    /// It could not be read for a while: it may have been logged by hand.
    Revived,
}

impl Doubt {
    /// What a person is asked about the first step that is not done, whatever it is.
    fn asks_at_once(self) -> Option<BlockCode> {
        match self {
            Self::Recovered | Self::Restored => None,
            Self::Copied => Some(BlockCode::FolderCopied),
            Self::Revived => Some(BlockCode::Revived),
        }
    }
}

impl WrapUp {
    /// Marks every step that may or may not be in Apollo by now.
    pub fn doubt(&mut self, doubt: Doubt, now: Timestamp) {
        let mut is_first = true;
        let mut is_asked = false;
        for step in &mut self.steps {
            if matches!(step.state, StepState::Done(_)) {
                continue;
            }
            let at_once = doubt.asks_at_once().filter(|_| is_first);
            is_first = false;
            if let StepState::Blocked { code } = step.state {
                is_asked = true;
                // It stays with the person, who may have been asked about an older state of it.
                if code.leaves_fate_open() {
                    continue;
                }
                if doubt == Doubt::Restored {
                    let code = BlockCode::FolderRestored;
                    step.state = StepState::Blocked { code };
                    continue;
                }
            }
            if let Some(code) = at_once {
                step.state = StepState::Blocked { code };
                is_asked = true;
            } else if !step.kind.is_idempotent() {
                step.state = unknown(now);
            } else if doubt == Doubt::Restored && step.kind.may_undo_changes() && !is_asked {
                let code = BlockCode::FolderRestored;
                step.state = StepState::Blocked { code };
                is_asked = true;
            }
        }
    }
}

/// A step that is looked up at once, and is absent only once the index has had its time.
fn unknown(now: Timestamp) -> StepState {
    StepState::Unknown {
        since: now,
        look_at: now,
        because: UnknownBecause::ReplyLost,
        looks: 0,
        waited_ms: 0,
    }
}

#[cfg(test)]
mod tests {
    use apollo::{ids::TaskId, types::CallStatus};

    use super::*;
    use crate::{
        draft::CallDetails,
        rep::{MappedUser, Rep},
        wrap_up::{
            AfterCall, CallResult, CallWork, Event, Plan, Proof, ProofKind, StepKind, apply, plan,
        },
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// Log, move, callback, stage, finish.
    fn wrap_up() -> WrapUp {
        let rep = Rep {
            user_id: "user-1".into(),
            name: "Rep".to_owned(),
            email: None,
        };
        let work = CallWork {
            contact_id: Some("contact-1".into()),
            account_id: None,
            to_number: None,
            own_numbers: Vec::new(),
            started_at: at(1),
            ended_at: at(2),
            result: CallResult {
                opts_out: false,
                status: CallStatus::Completed,
                outcome_id: None,
                outcome_name: "Connected".to_owned(),
                details: CallDetails::default(),
            },
            after: AfterCall {
                move_to: Some(at(9)),
                due_before: None,
                callback_at: Some(at(9)),
                stage_id: Some("stage-1".into()),
                stage_before: None,
                finish_sequence: Some("sequence-1".into()),
            },
        };
        let rep = MappedUser::from_user_map(rep);
        WrapUp::call(TaskId::new("task-1"), rep, at(3), work)
    }

    fn unknown() -> StepState {
        super::unknown(at(5))
    }

    fn blocked(code: BlockCode) -> StepState {
        StepState::Blocked { code }
    }

    fn done() -> StepState {
        StepState::Done(Proof {
            at: at(4),
            how: ProofKind::Replied,
            call_id: None,
            task_id: None,
        })
    }

    fn states_after(doubt: Doubt, mut wrap_up: WrapUp) -> Vec<StepState> {
        wrap_up.doubt(doubt, at(5));
        wrap_up.steps.into_iter().map(|step| step.state).collect()
    }

    #[test]
    fn of_a_recovered_one_the_call_and_the_callback_are_looked_up() {
        let ready = StepState::Ready;
        assert_eq!(
            states_after(Doubt::Recovered, wrap_up()),
            [unknown(), ready.clone(), unknown(), ready.clone(), ready]
        );
    }

    #[test]
    fn of_a_restored_one_a_person_is_asked_once_before_anything_is_written_over() {
        let restored = blocked(BlockCode::FolderRestored);
        assert_eq!(
            states_after(Doubt::Restored, wrap_up()),
            [
                unknown(),
                restored,
                unknown(),
                StepState::Ready,
                StepState::Ready
            ]
        );
        // Completing a task twice does no harm.
        let mut plain = wrap_up();
        plain.steps.truncate(2);
        plain.steps[1].kind = StepKind::CompleteTask;
        assert_eq!(
            states_after(Doubt::Restored, plain),
            [unknown(), StepState::Ready]
        );
    }

    #[test]
    fn of_a_copied_and_of_a_revived_one_nothing_goes_before_a_person_agrees() {
        for (doubt, code) in [
            (Doubt::Copied, BlockCode::FolderCopied),
            (Doubt::Revived, BlockCode::Revived),
        ] {
            let states = states_after(doubt, wrap_up());
            assert_eq!(states[0], blocked(code));
            assert_eq!(states[2], unknown());

            let mut begun = wrap_up();
            begun.steps[0].state = done();
            let states = states_after(doubt, begun);
            assert_eq!(states[0], done(), "what is done stays done");
            assert_eq!(states[1], blocked(code));
        }
    }

    #[test]
    fn a_person_who_is_asked_stays_asked_whatever_happens_next() {
        for code in [
            BlockCode::FolderCopied,
            BlockCode::FolderRestored,
            BlockCode::Revived,
        ] {
            for doubt in [
                Doubt::Recovered,
                Doubt::Restored,
                Doubt::Copied,
                Doubt::Revived,
            ] {
                let mut waiting = wrap_up();
                waiting.steps[0].state = blocked(code);
                assert_eq!(states_after(doubt, waiting)[0], blocked(code), "{doubt:?}");
            }
        }
        let mut refused = wrap_up();
        refused.steps[0].state = blocked(BlockCode::NotYours);
        assert_eq!(
            states_after(Doubt::Restored, refused)[0],
            blocked(BlockCode::FolderRestored)
        );
    }

    #[test]
    fn a_person_who_retries_has_it_looked_up_first_and_not_sent_at_once() {
        let mut copied = wrap_up();
        copied.doubt(Doubt::Copied, at(5));
        assert_eq!(plan(&copied, at(6)), Plan::AskPerson);
        let retry = Event::PersonRetries { at: at(7) };
        copied.steps[0] = apply(&copied.steps[0], retry.clone()).unwrap();
        assert_eq!(plan(&copied, at(7)), Plan::LookUp { step: 0 });

        copied.steps[0].state = done();
        copied.steps[1].state = blocked(BlockCode::FolderCopied);
        copied.steps[1] = apply(&copied.steps[1], retry).unwrap();
        assert_eq!(plan(&copied, at(7)), Plan::Send { step: 1 });
    }

    #[test]
    fn a_correction_made_meanwhile_reaches_what_may_be_in_apollo_already() {
        let mut copied = wrap_up();
        copied.doubt(Doubt::Copied, at(5));
        let result = copied.result().unwrap().clone();
        assert!(copied.correct(result));
        assert_eq!(copied.steps.last().unwrap().kind, StepKind::CorrectCall);
    }
}
