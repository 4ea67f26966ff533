//! Makes the team from a seed and a moment.

use jiff::Timestamp;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{World, id::Id, team};
use crate::scenario::Size;

/// The same seed, moment and size give the same world, ids included.
pub(crate) fn world(seed: u64, now: Timestamp, _size: Size) -> World {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let team_id = Id::new(team::days_before(now, 1_400), &mut rng);
    let mut world = World::empty(team_id, rng);
    team::add(&mut world, now);
    world
}
