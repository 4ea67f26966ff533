//! See `apollo::fuzzing::pages`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| apollo::fuzzing::pages(input));
