//! What a person reads: tables for the docs, and what they mean in a sentence.

use std::{cmp::Ordering, time::Duration};

use crate::{contenders::Contender, enqueue, queue, recovery};

pub(crate) fn enqueue(figures: &enqueue::Figures, syncs: &[(Contender, Option<f64>)]) {
    let extent = figures.extent;
    line("Durable save of one wrap-up");
    line(&format!(
        "  {} rounds of {} saves each, in turns; medians of the rounds' p50 and p99; {} bytes a wrap-up.",
        extent.rounds, extent.block, figures.bytes
    ));
    line(
        "  Handset also makes JSON of it and seals it; the others are given as many bytes, ready to write.",
    );
    line(
        "  Appending makes its file longer each time; SQLite mostly writes over its log, which syncs sooner.",
    );
    line("");
    line("| | p50 µs | p99 µs | p50 of the rounds | p50, SQLite = 1 | syncs a save |");
    line("| --- | ---: | ---: | ---: | ---: | ---: |");
    let sqlite = figures
        .of
        .iter()
        .find(|(contender, _)| *contender == Contender::Sqlite)
        .map(|(_, speed)| speed.p50);
    for (contender, speed) in &figures.of {
        let syncs = syncs
            .iter()
            .find(|(counted, _)| counted == contender)
            .and_then(|(_, syncs)| *syncs)
            .map_or("not counted".to_owned(), |syncs| format!("{syncs:.2}"));
        line(&format!(
            "| {contender} | {} | {} | {}–{} | {} | {syncs} |",
            speed.p50.as_micros(),
            speed.p99.as_micros(),
            speed.p50_range.0.as_micros(),
            speed.p50_range.1.as_micros(),
            ratio(speed.p50, sqlite),
        ));
    }
    line("");
    let times = |of: fn(&enqueue::Speed) -> Duration| -> Vec<_> {
        let speeds = figures.of.iter();
        speeds
            .map(|(contender, speed)| (*contender, of(speed)))
            .collect()
    };
    compare("A durable save at the median", &times(|speed| speed.p50));
    compare("A durable save at p99", &times(|speed| speed.p99));
    line("");
}

pub(crate) fn recovery(figures: &recovery::Figures) {
    let extent = figures.extent;
    line(&format!(
        "A start with {} waiting wrap-ups",
        extent.wrap_ups
    ));
    line(&format!(
        "  {} rounds, in turns; medians; files in the machine's cache. Handset checks, unseals and parses every",
        extent.rounds
    ));
    line("  wrap-up and sorts them; the others only read their rows into memory.");
    line("");
    line("| | open ms | read ms | both ms | both, SQLite = 1 | MB on disk |");
    line("| --- | ---: | ---: | ---: | ---: | ---: |");
    let sqlite = figures
        .of
        .iter()
        .find(|(contender, _)| *contender == Contender::Sqlite)
        .map(|(_, start)| start.both);
    for (contender, start) in &figures.of {
        line(&format!(
            "| {contender} | {} | {} | {} | {} | {}.{} |",
            millis(start.open),
            millis(start.read),
            millis(start.both),
            ratio(start.both, sqlite),
            start.bytes_on_disk / 1_000_000,
            start.bytes_on_disk % 1_000_000 / 100_000,
        ));
    }
    line("");
    let times: Vec<_> = figures
        .of
        .iter()
        .map(|(contender, start)| (*contender, start.both))
        .collect();
    compare("A start", &times);
}

/// Says of each other database whether Handset is faster or slower.
pub(crate) fn queue(figures: &[queue::Figures]) {
    line("What a dial, an end or a save sends of the open queue to the window");
    line("  Its head and two pages of 50 rows, beside the head and all rows; medians of 5 rounds.");
    line("");
    line("| open tasks | in sight: kB | ms | all rows: kB | ms | bytes, all = 1 |");
    line("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for figures in figures {
        let kb = |sent: queue::Sent| format!("{}.{}", sent.bytes / 1_000, sent.bytes % 1_000 / 100);
        let (ours, whole) = (figures.in_sight, figures.whole);
        // Tenths of a percent are enough for a ratio.
        let permille = ours.bytes * 1_000 / whole.bytes.max(1);
        line(&format!(
            "| {} | {} | {} | {} | {} | 0.{permille:03} |",
            figures.tasks,
            kb(ours),
            millis(ours.took),
            kb(whole),
            millis(whole.took),
        ));
    }
    line("");
}

fn compare(what: &str, times: &[(Contender, Duration)]) {
    let time_of = |wanted| {
        times
            .iter()
            .find(|(contender, _)| *contender == wanted)
            .map(|(_, time)| *time)
    };
    let Some(ours) = time_of(Contender::Handset) else {
        return;
    };
    for other in [Contender::Sqlite, Contender::Redb] {
        if let Some(theirs) = time_of(other) {
            line(&format!("{what}: {}.", verdict(ours, theirs, other)));
        }
    }
}

fn verdict(ours: Duration, theirs: Duration, other: Contender) -> String {
    match ours.cmp(&theirs) {
        Ordering::Greater => format!(
            "Handset loses to {other}, it takes {} times as long",
            ratio(ours, Some(theirs))
        ),
        Ordering::Less => format!(
            "Handset beats {other}, which takes {} times as long",
            ratio(theirs, Some(ours))
        ),
        Ordering::Equal => format!("Handset and {other} take equally long"),
    }
}

fn ratio(time: Duration, to: Option<Duration>) -> String {
    match to {
        Some(to) if !to.is_zero() => format!("{:.2}", time.as_secs_f64() / to.as_secs_f64()),
        _ => "unknown".to_owned(),
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]
fn line(text: &str) {
    println!("{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_called_a_loss() {
        let (slow, fast) = (Duration::from_micros(300), Duration::from_micros(120));
        assert_eq!(
            verdict(slow, fast, Contender::Sqlite),
            "Handset loses to SQLite, it takes 2.50 times as long"
        );
        assert_eq!(
            verdict(fast, slow, Contender::Redb),
            "Handset beats redb, which takes 2.50 times as long"
        );
    }

    #[test]
    fn nothing_is_compared_to_no_time() {
        assert_eq!(
            ratio(Duration::from_micros(1), Some(Duration::ZERO)),
            "unknown"
        );
        assert_eq!(ratio(Duration::from_micros(1), None), "unknown");
    }
}
