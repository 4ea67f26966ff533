//! The budget of one endpoint: three ledgers, a pacer, a cool-down, and who waits.
//!
//! Promises: first in, first out inside a priority; a higher priority first; a waiter rises with
//! time, so that none starves. Must never: block or read a clock.

use std::time::Duration;

use clock::{SharedClock, Timestamp};

use crate::{
    Endpoint, EndpointMeter, Observation, Priority, Readings, WindowMeter,
    ledger::{Deadline, Ending, Ledger, Moment},
    pacer::Pacer,
    snapshot::EndpointSnapshot,
    window::{Limit, LimitWindow},
};

/// A waiter rises one priority each time it has waited this long.
const AGING_STEP: Duration = Duration::from_secs(15);
/// The longest cool-down believed: a day and a bit.
const MAX_COOL_DOWN: Duration = Duration::from_hours(25);
/// The cool-down for a used-up hour when the server does not say how long.
const BLIND_COOL_DOWN_HOUR: Duration = Duration::from_mins(15);
/// The cool-down for a used-up day when the server does not say how long.
const BLIND_COOL_DOWN_DAY: Duration = Duration::from_hours(1);

#[derive(Debug)]
pub(crate) struct EndpointBudget {
    endpoint: Endpoint,
    ledgers: [Ledger; 3],
    pacer: Pacer,
    clock: SharedClock,
    edge: Duration,
    cool_down: Option<(Deadline, Option<LimitWindow>)>,
    /// Requests admitted and not yet ended.
    in_flight: u64,
    /// All requests ever admitted: the sequence number of the last one.
    admissions: u64,
    waiters: Vec<Waiter>,
}

#[derive(Debug)]
struct Waiter {
    ticket: u64,
    priority: Priority,
    since: Duration,
    deadline: Duration,
}

impl Waiter {
    /// Lower goes first: the priority, raised by the time waited, then the order of arrival.
    fn rank(&self, moment: &Moment) -> (u64, u64) {
        let waited = moment.elapsed.saturating_sub(self.since);
        let raised = waited.as_secs() / AGING_STEP.as_secs();
        ((self.priority as u64).saturating_sub(raised), self.ticket)
    }
}

/// What a waiter should do now.
#[derive(Debug)]
pub(crate) enum Turn {
    Go(Admission),
    Wait(Duration),
    Refused {
        window: Option<LimitWindow>,
        until: Timestamp,
    },
}

/// What a permit needs to remember.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Admission {
    sequence: u64,
    generations: [u64; 3],
}

#[derive(Debug)]
struct Block {
    wait: Duration,
    window: Option<LimitWindow>,
}

impl EndpointBudget {
    pub(crate) fn new(endpoint: Endpoint, clock: SharedClock, edge: Duration) -> Self {
        Self {
            endpoint,
            ledgers: LimitWindow::ALL.map(|window| Ledger::new(window, edge)),
            pacer: Pacer::new(
                Some(LimitWindow::Minute.guessed_limit()),
                clock.clone(),
                false,
            ),
            clock,
            edge,
            cool_down: None,
            in_flight: 0,
            admissions: 0,
            waiters: Vec::new(),
        }
    }

    pub(crate) fn restore(&mut self, stored: &EndpointSnapshot, moment: &Moment) {
        self.ledgers = [
            Ledger::restore(LimitWindow::Minute, self.edge, &stored.minute, moment),
            Ledger::restore(LimitWindow::Hour, self.edge, &stored.hour, moment),
            Ledger::restore(LimitWindow::Day, self.edge, &stored.day, moment),
        ];
        self.cool_down = stored
            .cool_down_until
            .and_then(|until| Duration::try_from(until.duration_since(moment.now)).ok())
            .filter(|wait| !wait.is_zero())
            .map(|wait| (Deadline::after(moment, wait.min(MAX_COOL_DOWN)), None));
        self.fit_pacer();
    }

    pub(crate) fn snapshot(&self, moment: &Moment) -> EndpointSnapshot {
        let [minute, hour, day] = &self.ledgers;
        EndpointSnapshot {
            minute: minute.snapshot(moment, self.in_flight),
            hour: hour.snapshot(moment, self.in_flight),
            day: day.snapshot(moment, self.in_flight),
            cool_down_until: self.cooling_down_until(moment),
        }
    }

    fn roll(&mut self, moment: &Moment) {
        for ledger in &mut self.ledgers {
            ledger.roll(moment);
        }
        if self
            .cool_down
            .is_some_and(|(deadline, _)| deadline.has_come(moment))
        {
            self.cool_down = None;
        }
    }

    /// A pacer for the minute's limit, made anew and without its burst when the limit changed.
    fn fit_pacer(&mut self) {
        let limit = match self.ledgers[LimitWindow::Minute.index()].limit() {
            Limit::Unlimited => None,
            Limit::NotReported => Some(LimitWindow::Minute.guessed_limit()),
            Limit::Requests(limit) => Some(limit),
        };
        if !self.pacer.fits(limit) {
            self.pacer = Pacer::new(limit, self.clock.clone(), true);
        }
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiters.len()
    }

    pub(crate) fn enter(&mut self, ticket: u64, priority: Priority, moment: &Moment) {
        let deadline = moment.elapsed.saturating_add(priority.max_wait());
        self.waiters.push(Waiter {
            ticket,
            priority,
            since: moment.elapsed,
            deadline,
        });
    }

    pub(crate) fn leave(&mut self, ticket: u64) {
        self.waiters.retain(|waiter| waiter.ticket != ticket);
    }

    /// Why nothing of this priority may leave now, if so: the block that lasts longest.
    fn block(&self, priority: Priority, moment: &Moment) -> Option<Block> {
        let cool_down = self.cool_down.map(|(deadline, window)| Block {
            wait: deadline.wait(moment),
            window,
        });
        let keep_reserve = priority != Priority::WrapUp && self.endpoint.serves_wrap_ups();
        LimitWindow::ALL
            .iter()
            .filter_map(|&window| {
                self.ledgers[window.index()]
                    .blocked(moment, self.in_flight, keep_reserve)
                    .map(|wait| Block {
                        wait,
                        window: Some(window),
                    })
            })
            .chain(cool_down)
            .max_by_key(|block| block.wait)
    }

    /// Whose turn it is among those whom the windows let pass. A waiter who is held back only by
    /// the reserve must not hold back a wrap-up behind it.
    fn next_ticket(&self, moment: &Moment) -> Option<u64> {
        self.waiters
            .iter()
            .filter(|waiter| self.block(waiter.priority, moment).is_none())
            .min_by_key(|waiter| waiter.rank(moment))
            .map(|waiter| waiter.ticket)
    }

    /// What the waiter with this ticket should do now. Anything but [`Turn::Wait`] ends its wait.
    pub(crate) fn turn(&mut self, ticket: u64, moment: &Moment) -> Turn {
        self.roll(moment);
        let Some(waiter) = self.waiters.iter().find(|waiter| waiter.ticket == ticket) else {
            // Cannot happen while the wait's guard lives; refusing is the safe answer.
            return Turn::Refused {
                window: None,
                until: moment.now,
            };
        };
        let time_left = waiter.deadline.saturating_sub(moment.elapsed);
        let (wait, window) = match self.block(waiter.priority, moment) {
            Some(block) => (block.wait, block.window),
            None if self.next_ticket(moment) == Some(ticket) => match self.pacer.check() {
                Ok(()) => {
                    self.leave(ticket);
                    return Turn::Go(self.admit(moment));
                }
                Err(wait) => (wait, Some(LimitWindow::Minute)),
            },
            None if time_left.is_zero() => (AGING_STEP, Some(LimitWindow::Minute)),
            None => return Turn::Wait(time_left),
        };
        if wait > time_left {
            self.leave(ticket);
            return Turn::Refused {
                window,
                until: moment.wall_after(wait),
            };
        }
        Turn::Wait(wait)
    }

    fn admit(&mut self, moment: &Moment) -> Admission {
        self.in_flight += 1;
        self.admissions += 1;
        for ledger in &mut self.ledgers {
            ledger.admit(self.admissions, moment);
        }
        let [minute, hour, day] = &self.ledgers;
        Admission {
            sequence: self.admissions,
            generations: [minute.generation(), hour.generation(), day.generation()],
        }
    }

    /// Takes a request off those under way, and tells each ledger which one it was.
    fn end(&mut self, admission: &Admission, moment: &Moment) -> [Ending; 3] {
        self.roll(moment);
        self.in_flight = self.in_flight.saturating_sub(1);
        admission.generations.map(|generation| Ending {
            sequence: admission.sequence,
            generation,
            admissions: self.admissions,
            in_flight: self.in_flight,
        })
    }

    pub(crate) fn settle(
        &mut self,
        admission: &Admission,
        observation: &Observation,
        moment: &Moment,
    ) {
        let endings = self.end(admission, moment);
        for (window, ending) in LimitWindow::ALL.into_iter().zip(endings) {
            let reading = observation.windows.of(window);
            self.ledgers[window.index()].settle(&reading, &ending, moment);
        }
        self.cool_down(observation, moment);
        self.fit_pacer();
    }

    /// A request was given up, and may or may not have been counted.
    pub(crate) fn abandon(&mut self, admission: &Admission, moment: &Moment) {
        let endings = self.end(admission, moment);
        for (ledger, ending) in self.ledgers.iter_mut().zip(endings) {
            ledger.abandon(&ending, moment);
        }
    }

    /// A permit whose request never left: as if it had not been given.
    pub(crate) fn give_back(&mut self, admission: &Admission, moment: &Moment) {
        let endings = self.end(admission, moment);
        for (ledger, ending) in self.ledgers.iter_mut().zip(endings) {
            ledger.give_back(&ending, moment);
        }
    }

    fn cool_down(&mut self, observation: &Observation, moment: &Moment) {
        let window = observation.limited_window;
        let asked = match (observation.retry_after, window) {
            (Some(wait), _) => wait,
            (None, None) => return,
            (None, Some(window)) => {
                let blind = match window {
                    LimitWindow::Minute => LimitWindow::Minute.length(),
                    LimitWindow::Hour => BLIND_COOL_DOWN_HOUR,
                    LimitWindow::Day => BLIND_COOL_DOWN_DAY,
                };
                self.ledgers[window.index()]
                    .closes_in(moment)
                    .filter(|wait| !wait.is_zero())
                    .map_or(blind, |wait| wait.min(blind))
            }
        };
        // The edge keeps desktops that were told the same second from coming back together.
        let wait = asked.min(MAX_COOL_DOWN).saturating_add(self.edge);
        self.cool_down = Some((Deadline::after(moment, wait), window));
        if let Some(window) = window {
            self.ledgers[window.index()].exhaust(wait, moment);
        }
    }

    pub(crate) fn learn(&mut self, readings: &Readings, moment: &Moment) {
        self.roll(moment);
        for window in LimitWindow::ALL {
            self.ledgers[window.index()].learn(
                &readings.of(window),
                self.in_flight,
                self.admissions,
                moment,
            );
        }
        self.fit_pacer();
    }

    fn cooling_down_until(&self, moment: &Moment) -> Option<Timestamp> {
        self.cool_down
            .map(|(deadline, _)| moment.wall_after(deadline.wait(moment)))
    }

    pub(crate) fn meter(&mut self, moment: &Moment) -> EndpointMeter {
        self.roll(moment);
        let of = |window: LimitWindow| {
            let ledger = &self.ledgers[window.index()];
            let used = ledger.used(self.in_flight);
            let limit = match ledger.limit() {
                Limit::Unlimited => None,
                Limit::NotReported => Some(window.guessed_limit()),
                Limit::Requests(limit) => Some(limit),
            };
            WindowMeter {
                limit,
                used,
                left: limit.map(|limit| limit.saturating_sub(used)),
                resets_at: ledger.closes_at(moment),
                estimated: ledger.is_estimate(),
            }
        };
        EndpointMeter {
            endpoint: self.endpoint,
            minute: of(LimitWindow::Minute),
            hour: of(LimitWindow::Hour),
            day: of(LimitWindow::Day),
            cooling_down_until: self.cooling_down_until(moment),
            waiting: self.waiters.len(),
        }
    }
}
