//! See `apollo::fuzzing::refusals`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| apollo::fuzzing::refusals(input));
