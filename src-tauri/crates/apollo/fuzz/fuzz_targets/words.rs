//! See `apollo::fuzzing::words`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| apollo::fuzzing::words(input));
