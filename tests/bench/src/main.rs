//! How long a durable save and a start take.
fn main() {}
