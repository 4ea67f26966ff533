//! The team's sequences, their steps and call scripts.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    Place, World,
    model::{Priority, Sequence, Step, StepKind},
    places::Region,
    team::days_before,
};

use StepKind::{ActionItem, AutoEmail, Call, LinkedinConnect, LinkedinMessage, ManualEmail};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Active,
    Paused,
    Archived,
}

/// One sequence, with how many open call tasks it has for the main rep.
pub(super) struct Seed {
    pub(super) name: &'static str,
    state: State,
    owner: usize,
    /// Where its contacts live; none for everywhere.
    pub(super) region: Option<Region>,
    pub(super) main_rep_tasks: usize,
    /// Kind and wait in days.
    steps: &'static [(StepKind, u32)],
    script: &'static str,
}

const CALL_FIRST: &[(StepKind, u32)] = &[
    (Call, 0),
    (AutoEmail, 1),
    (Call, 2),
    (LinkedinConnect, 1),
    (Call, 4),
    (AutoEmail, 3),
];
const EMAIL_FIRST: &[(StepKind, u32)] = &[
    (AutoEmail, 0),
    (Call, 2),
    (AutoEmail, 3),
    (Call, 3),
    (ManualEmail, 4),
    (Call, 5),
];
const SHORT: &[(StepKind, u32)] = &[(Call, 0), (ManualEmail, 1), (Call, 2)];
const PATIENT: &[(StepKind, u32)] = &[
    (LinkedinConnect, 0),
    (AutoEmail, 1),
    (Call, 3),
    (LinkedinMessage, 2),
    (Call, 5),
    (ActionItem, 2),
    (AutoEmail, 7),
    (Call, 7),
];

pub(super) const SEEDS: [Seed; 17] = [
    Seed {
        name: "Q4 Outbound - Ops Leaders (North America)",
        state: State::Active,
        owner: 0,
        region: Some(Region::NorthAmerica),
        main_rep_tasks: 118,
        steps: EMAIL_FIRST,
        script: "Opener: \"Hi, Sam from Northwind. I know I'm calling out of the blue - may I have 30 seconds to say why?\"\nReason: teams with 20+ vehicles lose about an hour per route to manual planning.\nAsk: How do you plan tomorrow's routes today? Who owns that?\nClose: 20 minutes with our planner next week, using one of their own routes.",
    },
    Seed {
        name: "Inbound trials - day 2 call",
        state: State::Active,
        owner: 0,
        region: None,
        main_rep_tasks: 46,
        steps: SHORT,
        script: "They started a trial in the last 48 hours. Thank them, ask what made them look now.\nCheck: have they imported stops yet? If not, offer to do it together on the call.\nDo not pitch. Book a set-up session or answer the question they have.",
    },
    Seed {
        name: "UK & Ireland - Fleet managers 50+",
        state: State::Active,
        owner: 4,
        region: Some(Region::BritishIsles),
        main_rep_tasks: 72,
        steps: CALL_FIRST,
        script: "Mention the fuel figures: fleets of their size save 9-14% in the first quarter.\nAsk about clean-air zones and how they route around them.\nIf it is tachograph or telematics they care about: we read from both, no rip and replace.",
    },
    Seed {
        name: "DACH Mittelstand - cold call first",
        state: State::Active,
        owner: 4,
        region: Some(Region::Europe),
        main_rep_tasks: 54,
        steps: CALL_FIRST,
        script: "Start in German if you can, switch on request. Be brief and concrete.\nData protection comes up early: hosting in Frankfurt, contract for data processing ready to send.\nAsk: Wer plant bei Ihnen die Touren, und womit?",
    },
    Seed {
        name: "ANZ - Retail & grocery delivery",
        state: State::Active,
        owner: 5,
        region: Some(Region::AsiaPacific),
        main_rep_tasks: 96,
        steps: EMAIL_FIRST,
        script: "Peak season freeze starts mid December: ask now what they would fix before it.\nReference: a grocer in Perth with 60 vans went from 3 planners to 1.\nClose: a pilot for one depot, four weeks, fixed price.",
    },
    Seed {
        name: "Webinar: Route planning 101 - attended",
        state: State::Active,
        owner: 2,
        region: None,
        main_rep_tasks: 38,
        steps: SHORT,
        script: "They attended the webinar. Ask which part was useful and what they are trying to change.\nOffer the worksheet from slide 14 filled in with their numbers.",
    },
    Seed {
        name: "Webinar: Route planning 101 - no shows",
        state: State::Active,
        owner: 2,
        region: None,
        main_rep_tasks: 34,
        steps: SHORT,
        script: "They signed up and could not come. Offer the recording and the one-page summary.\nOne question only: what made you sign up?",
    },
    Seed {
        name: "Closed-lost 2025 - worth another look",
        state: State::Active,
        owner: 0,
        region: None,
        main_rep_tasks: 42,
        steps: PATIENT,
        script: "Read the old notes first. They chose another tool or did nothing.\nAsk what has changed since. New since then: driver app offline mode, live ETAs, price per stop.\nIf the contract elsewhere runs out in the next six months, set a task for 90 days before.",
    },
    Seed {
        name: "Harbor Summit booth leads",
        state: State::Active,
        owner: 2,
        region: Some(Region::NorthAmerica),
        main_rep_tasks: 36,
        steps: CALL_FIRST,
        script: "We met at booth 41. Remind them of the van puzzle and who won it.\nMost scans were curious, not buying: qualify gently. Vehicles? Stops per day? Who plans?",
    },
    Seed {
        name: "Multi-site accounts - expansion",
        state: State::Active,
        owner: 2,
        region: None,
        main_rep_tasks: 28,
        steps: PATIENT,
        script: "Existing customer with one depot live. Talk to the manager of the next depot.\nUse their own numbers: ask customer success for the savings sheet before you dial.",
    },
    Seed {
        name: "Partner referrals - fast lane",
        state: State::Active,
        owner: 0,
        region: None,
        main_rep_tasks: 14,
        steps: SHORT,
        script: "Referred by a telematics partner: name them in the first sentence.\nThese close three times as often. If you reach voicemail, try again the same afternoon.",
    },
    Seed {
        name: "Asia & Middle East - regional HQs",
        state: State::Active,
        owner: 3,
        region: Some(Region::AsiaPacific),
        main_rep_tasks: 34,
        steps: PATIENT,
        script: "Regional head office, budget often sits in London or New York: ask who signs.\nSend the follow-up in the same hour, mornings there are our nights.",
    },
    Seed {
        name: "Pricing page visitors (weekly)",
        state: State::Active,
        owner: 3,
        region: None,
        main_rep_tasks: 16,
        steps: SHORT,
        script: "They looked at prices this week. Do not say that you know.\nAsk how they plan deliveries now and whether a change is on this year's list.",
    },
    Seed {
        name: "Healthcare couriers - on hold (legal)",
        state: State::Paused,
        owner: 0,
        region: Some(Region::NorthAmerica),
        main_rep_tasks: 7,
        steps: EMAIL_FIRST,
        script: "On hold until legal has cleared the wording on sample transport.",
    },
    Seed {
        name: "Holiday retail push",
        state: State::Paused,
        owner: 4,
        region: Some(Region::BritishIsles),
        main_rep_tasks: 5,
        steps: SHORT,
        script: "Only if they asked to be called before the holidays.",
    },
    Seed {
        name: "Q2 Outbound - Ops Leaders",
        state: State::Archived,
        owner: 0,
        region: None,
        main_rep_tasks: 0,
        steps: EMAIL_FIRST,
        script: "Old version. Use the Q4 one.",
    },
    Seed {
        name: "Test sequence - do not use",
        state: State::Archived,
        owner: 1,
        region: None,
        main_rep_tasks: 0,
        steps: SHORT,
        script: "Test",
    },
];

pub(super) fn add(world: &mut World, now: Timestamp) {
    for (number, seed) in SEEDS.iter().enumerate() {
        let age_days = 20 + i64::try_from(number).unwrap_or_default() * 17;
        let created_at = days_before(now, age_days);
        let id = world.new_id(created_at);
        let script: Arc<str> = seed.script.into();
        let steps = seed
            .steps
            .iter()
            .map(|(kind, wait_days)| Step {
                id: world.new_id(created_at),
                kind: *kind,
                wait_days: *wait_days,
                note: note(*kind, &script),
                priority: if number % 4 == 1 {
                    Priority::High
                } else {
                    Priority::Medium
                },
            })
            .collect();
        world.register(id, Place::Sequence(world.sequences.len()));
        world.sequences.push(Sequence {
            id,
            name: seed.name,
            active: seed.state == State::Active,
            archived: seed.state == State::Archived,
            owner: seed.owner,
            steps,
            created_at,
            last_used_at: (seed.state != State::Archived).then(|| days_before(now, 1)),
            loading: number % 5 == 0,
        });
    }
}

/// What a step asks the rep to do; an automatic email asks nothing.
fn note(kind: StepKind, script: &Arc<str>) -> Option<Arc<str>> {
    match kind {
        Call => Some(script.clone()),
        AutoEmail => None,
        ManualEmail => Some("Write three lines in your own words. No attachment.".into()),
        ActionItem => Some("Look for news about the company before the next call.".into()),
        LinkedinConnect => Some("Connect without a note.".into()),
        LinkedinMessage => Some("Thank them for connecting, ask one question.".into()),
    }
}
