//! What the fuzzer calls: every reader of what comes from outside, with its promises asserted.
//!
//! Built for the fuzzer (`cfg(fuzzing)`, see `fuzz/`) and for tests, which replay the corpus in
//! `fuzz/corpus`. Promises: a broken promise of a reader stops the process with a sentence. Must
//! never: be part of the app, or know a second way to read an answer.
//!
//! The first byte of an input selects; a table's order is therefore part of the corpus, and tables
//! only ever grow at their end. To fuzz another reader, add one line to [`pages`] or [`records`].

mod check;
mod pages;
mod records;
mod refusals;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod seeds;
mod words;

/// A reader and what must hold for it.
struct Reader {
    /// For the seeds, which are written by tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "only seeds are named"))]
    name: &'static str,
    check: fn(&[u8]),
}

const fn reader(name: &'static str, check: fn(&[u8])) -> Reader {
    Reader { name, check }
}

#[cfg(test)]
type Target = fn(&[u8]);

/// What the fuzzer runs: a name as in `fuzz/fuzz_targets`, and its function.
#[cfg(test)]
const TARGETS: [(&str, Target); 4] = [
    ("pages", pages),
    ("records", records),
    ("refusals", refusals),
    ("words", words),
];

fn run(readers: &[Reader], input: &[u8]) {
    if let Some((selector, rest)) = input.split_first()
        && let Some(reader) = readers.get(usize::from(*selector) % readers.len())
    {
        (reader.check)(rest);
    }
}

/// The searches: one page of rows.
pub fn pages(input: &[u8]) {
    run(pages::READERS, input);
}

/// The answers that hold one record, or one fact.
pub fn records(input: &[u8]) {
    run(records::READERS, input);
}

/// The answers that are not 2xx.
pub fn refusals(input: &[u8]) {
    refusals::check(input);
}

/// The small parsers: headers of limits, a limit's sentence, moments, numbers, names, keys.
pub fn words(input: &[u8]) {
    run(words::READERS, input);
}
