//! See `apollo::fuzzing::records`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| apollo::fuzzing::records(input));
