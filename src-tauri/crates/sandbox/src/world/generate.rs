//! Makes the team from a seed and a moment.
//!
//! Promises: the same seed, moment and size give the same world, ids included; nothing in it
//! belongs to a real person or rings a real phone.

use jiff::Timestamp;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{
    World, calls,
    generator::Generator,
    id::Id,
    sequences, tasks,
    team::{self, days_before},
};
use crate::scenario::Size;

pub(crate) fn world(seed: u64, now: Timestamp, size: Size) -> World {
    let mut id_rng = ChaCha8Rng::seed_from_u64(seed);
    let team_id = Id::new(days_before(now, 1_400), &mut id_rng);
    let mut world = World::empty(team_id, id_rng);
    let mut generator = Generator::new(seed, now);
    team::add(&mut world, now);
    sequences::add(&mut world, now);
    generator.add_accounts(&mut world);
    tasks::add(&mut generator, &mut world, size);
    calls::add(&mut generator, &mut world);
    world
}
