//! The store on a real disk: what comes back, what cannot be read, what survives.

mod crash;
mod damage;
mod fixtures;
mod keys;
mod plaintext;
mod refusals;
mod round_trips;
