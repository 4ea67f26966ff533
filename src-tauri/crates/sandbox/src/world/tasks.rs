//! Tasks: the main rep's calls first, then everybody else's and everything that is no call.

use jiff::{SignedDuration, Timestamp};
use rand::Rng;

use super::{
    World,
    generator::Generator,
    model::{Enrolment, Priority, Task, TaskStatus},
    sequences::SEEDS,
    team::{OTHER_REPS, days_before},
};
use crate::scenario::Size;

/// Open call tasks of the main rep that belong to no sequence.
const WITHOUT_SEQUENCE: usize = 12;
/// Open call tasks of the other reps.
const OTHER_REPS_TASKS: usize = 400;
const HUGE_FOREIGN_QUEUE: usize = 16_000;
/// Open tasks of the main rep that are no calls.
const OTHER_KINDS: usize = 130;
/// Finished and skipped call tasks of the main rep.
const ENDED: usize = 190;
/// With more tasks than this, contacts are shared between them.
const MAX_CONTACTS_PER_GROUP: usize = 1_500;
const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

const NOTES_WITHOUT_SEQUENCE: [&str; 6] = [
    "Asked to be called back about the depot move.",
    "Sent the price sheet on Monday, see what finance said.",
    "Met at the customer evening, wants to know about the driver app.",
    "Procurement asked for references from the same industry.",
    "Was on leave last week. Try the mobile first.",
    "Left a message with the front desk. Ask for the new extension.",
];

/// Fills in all tasks.
pub(super) fn add(generator: &mut Generator, world: &mut World, size: Size) {
    let scale = match size {
        Size::Custom { main_rep_tasks, .. } => Some(main_rep_tasks as usize),
        Size::Team | Size::HugeForeignQueue => None,
    };
    add_main_rep_calls(generator, world, scale);
    for number in 0..WITHOUT_SEQUENCE {
        add_without_sequence(generator, world, number);
    }
    for number in 0..OTHER_KINDS {
        add_other_kind(generator, world, number);
    }
    for number in 0..ENDED {
        add_ended(generator, world, number);
    }
    let others = match size {
        Size::Team => OTHER_REPS_TASKS,
        Size::HugeForeignQueue => HUGE_FOREIGN_QUEUE,
        Size::Custom {
            other_rep_tasks, ..
        } => other_rep_tasks as usize,
    };
    add_other_reps_calls(generator, world, others);
}

/// When the task with this number is due: nine of twenty overdue, six today, five later.
fn due(generator: &mut Generator, number: usize) -> Timestamp {
    let days = match number * 7 % 20 {
        0..=3 => -1,
        4 | 5 => -2,
        6 => -3,
        7 => -5,
        8 => -9,
        9..=14 => 0,
        15..=17 => 1,
        18 => 2,
        _ => 5,
    };
    let midnight = midnight(generator.now);
    let day = midnight
        .saturating_add(SignedDuration::from_hours(days * 24))
        .unwrap_or(midnight);
    if number % 6 == 1 && days <= 0 {
        // Some are due at a time of day; today's are due already.
        let passed = generator
            .now
            .duration_since(midnight)
            .as_mins()
            .clamp(1, 24 * 60);
        let minutes = generator.rng.random_range(0..passed) / 5 * 5;
        return day
            .saturating_add(SignedDuration::from_mins(minutes))
            .unwrap_or(day);
    }
    day
}

/// Apollo puts tasks at midnight UTC (reference section 4.2).
fn midnight(now: Timestamp) -> Timestamp {
    let second = now.as_second();
    Timestamp::from_second(second - second.rem_euclid(SECONDS_PER_DAY)).unwrap_or(now)
}

fn blank(world: &mut World, generator: &Generator, user: usize, due_at: Timestamp) -> Task {
    let created_at = days_before(due_at.min(generator.now), 3);
    Task {
        id: world.new_id(created_at),
        user,
        creator: user,
        completed_by: None,
        kind: "call".into(),
        status: TaskStatus::Scheduled,
        priority: Priority::Medium,
        due_at,
        created_at,
        completed_at: None,
        skipped_at: None,
        title: None,
        note: None,
        call_script: None,
        contact: None,
        account: None,
        step: None,
        created_from: super::SEQUENCE_TASKS_FROM,
        call: None,
    }
}

fn enrol(world: &mut World, generator: &Generator, contact: usize, sequence: usize, position: u32) {
    if world.contacts[contact]
        .enrolments
        .iter()
        .any(|it| it.sequence == sequence)
    {
        return;
    }
    let added_at = days_before(generator.now, 4 + i64::from(position) * 3);
    let id = world.new_id(added_at);
    let active = world.sequences[sequence].active;
    world.contacts[contact].enrolments.push(Enrolment {
        id,
        sequence,
        status: if active { "active" } else { "paused" },
        position,
        added_at,
        finished_at: None,
        paused_at: (!active).then(|| days_before(generator.now, 6)),
        auto_unpause_at: None,
        inactive_reason: None,
    });
}

/// Positions of the call steps of a sequence, from 1.
fn call_positions(world: &World, sequence: usize) -> Vec<u32> {
    (1..)
        .zip(&world.sequences[sequence].steps)
        .filter(|(_, step)| step.kind.task_type() == Some("call"))
        .map(|(position, _)| position)
        .collect()
}

/// A call task of a step of a sequence.
fn sequence_call(
    generator: &mut Generator,
    world: &mut World,
    (user, contact, sequence): (usize, usize, usize),
    number: usize,
) -> Task {
    let due_at = due(generator, number);
    let positions = call_positions(world, sequence);
    let position = positions[number % positions.len()];
    let step = &world.sequences[sequence].steps[position as usize - 1];
    let (note, priority) = (step.note.clone(), step.priority);
    enrol(world, generator, contact, sequence, position);
    Task {
        note,
        priority: if number % 11 == 4 {
            Priority::High
        } else {
            priority
        },
        contact: Some(contact),
        account: world.contacts[contact].account,
        step: Some((sequence, position)),
        creator: world.sequences[sequence].owner,
        ..blank(world, generator, user, due_at)
    }
}

fn add_main_rep_calls(generator: &mut Generator, world: &mut World, scale: Option<usize>) {
    let user = world.main_rep();
    let usual: usize = SEEDS.iter().map(|seed| seed.main_rep_tasks).sum();
    let mut number = 0;
    for (sequence, seed) in SEEDS.iter().enumerate() {
        let count = scale.map_or(seed.main_rep_tasks, |scale| {
            (seed.main_rep_tasks * scale).div_ceil(usual)
        });
        let mut contacts = Vec::new();
        for nth in 0..count {
            let contact = if nth < MAX_CONTACTS_PER_GROUP {
                let city = generator.spread.next(seed.region);
                generator.add_contact(world, city, user)
            } else {
                contacts[nth % MAX_CONTACTS_PER_GROUP]
            };
            contacts.push(contact);
            let mut task = sequence_call(generator, world, (user, contact, sequence), number);
            match number % 32 {
                5 | 21 => task.kind = "contact_call".into(),
                // An account's task has no contact: the key is absent from the answer.
                13 if task.account.is_some() => {
                    task.kind = "account_call".into();
                    task.contact = None;
                }
                _ => {}
            }
            world.add_task(task, None);
            number += 1;
        }
    }
}

fn add_without_sequence(generator: &mut Generator, world: &mut World, number: usize) {
    let user = world.main_rep();
    let city = generator.spread.next(None);
    let contact = generator.add_contact(world, city, user);
    let due_at = due(generator, number * 3);
    let task = Task {
        kind: if number.is_multiple_of(2) {
            "call".into()
        } else {
            "contact_call".into()
        },
        title: (number.is_multiple_of(3)).then(|| "Call back".into()),
        note: Some(NOTES_WITHOUT_SEQUENCE[number % NOTES_WITHOUT_SEQUENCE.len()].into()),
        contact: Some(contact),
        account: world.contacts[contact].account,
        priority: if number.is_multiple_of(3) {
            Priority::High
        } else {
            Priority::Medium
        },
        ..blank(world, generator, user, due_at)
    };
    world.add_task(task, None);
}

fn add_other_kind(generator: &mut Generator, world: &mut World, number: usize) {
    const KINDS: [&str; 6] = [
        "outreach_manual_email",
        "outreach_manual_email",
        "linkedin_step_connect",
        "linkedin_step_message",
        "action_item",
        "contact_action_item",
    ];
    let user = world.main_rep();
    let contact = number * 5 % world.contacts.len();
    let due_at = due(generator, number);
    let task = Task {
        kind: KINDS[number % KINDS.len()].into(),
        note: Some("Short and personal. Mention the last call.".into()),
        contact: Some(contact),
        account: world.contacts[contact].account,
        ..blank(world, generator, user, due_at)
    };
    world.add_task(task, None);
}

fn add_ended(generator: &mut Generator, world: &mut World, number: usize) {
    let user = world.main_rep();
    let contact = number * 3 % world.contacts.len();
    let days = 1 + i64::try_from(number % 12).unwrap_or_default();
    let ended_at = days_before(generator.now, days)
        .saturating_add(SignedDuration::from_mins(
            generator.rng.random_range(0..300),
        ))
        .unwrap_or(generator.now);
    let skipped = number % 6 == 5;
    let sequence = world.contacts[contact]
        .enrolments
        .first()
        .map(|it| it.sequence);
    let task = Task {
        status: if skipped {
            TaskStatus::Skipped
        } else {
            TaskStatus::Completed
        },
        completed_at: (!skipped).then_some(ended_at),
        completed_by: (!skipped).then_some(user),
        skipped_at: skipped.then_some(ended_at),
        contact: Some(contact),
        account: world.contacts[contact].account,
        step: sequence.and_then(|sequence| {
            call_positions(world, sequence)
                .first()
                .map(|position| (sequence, *position))
        }),
        ..blank(
            world,
            generator,
            user,
            days_before(midnight(generator.now), days),
        )
    };
    world.add_task(task, None);
}

fn add_other_reps_calls(generator: &mut Generator, world: &mut World, count: usize) {
    let first = world.contacts.len();
    for number in 0..count {
        let user = OTHER_REPS[number % OTHER_REPS.len()];
        let sequence = number * 3 % SEEDS.len();
        if !world.sequences[sequence].active {
            add_other_rep_call(generator, world, number, user, first);
            continue;
        }
        let contact = foreign_contact(generator, world, number, first, user);
        let mut task = sequence_call(generator, world, (user, contact, sequence), number);
        if number % 5 == 3 {
            task.kind = "outreach_manual_email".into();
        }
        world.add_task(task, None);
    }
    // The others have as many calls as was asked for; what became an email is on top.
    for number in 0..count.div_ceil(5) {
        let user = OTHER_REPS[number % OTHER_REPS.len()];
        add_other_rep_call(generator, world, number, user, first);
    }
}

fn foreign_contact(
    generator: &mut Generator,
    world: &mut World,
    number: usize,
    first: usize,
    user: usize,
) -> usize {
    if number < MAX_CONTACTS_PER_GROUP {
        let city = generator.spread.next(None);
        generator.add_contact(world, city, user)
    } else {
        first + number % (world.contacts.len() - first)
    }
}

/// A call of another rep that belongs to no sequence.
fn add_other_rep_call(
    generator: &mut Generator,
    world: &mut World,
    number: usize,
    user: usize,
    first: usize,
) {
    let contact = foreign_contact(generator, world, number, first, user);
    let due_at = due(generator, number);
    let task = Task {
        contact: Some(contact),
        account: world.contacts[contact].account,
        note: Some("Follow up on the last conversation.".into()),
        ..blank(world, generator, user, due_at)
    };
    world.add_task(task, None);
}
