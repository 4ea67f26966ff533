//! Log files for whoever has to find out what happened.
//!
//! Promises: the files never take more than [`FILE_SIZE_LIMIT_BYTES`] × [`FILE_COUNT_LIMIT`] (and
//! one line), whatever happens; writing them never holds up the app. Must never: hold the
//! message of a panic, or a dependency's messages below a warning: both may hold personal data.

use std::{fs::OpenOptions, io, panic::PanicHookInfo, path::Path, sync::Arc};

use commands::folder::{self, StoreError};
use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use text::{Catalogue, Text, message};
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// A file is set aside once it is larger.
pub(crate) const FILE_SIZE_LIMIT_BYTES: usize = 2 * 1024 * 1024;
/// The file being written, and older ones.
pub(crate) const FILE_COUNT_LIMIT: usize = 5;
/// Lines that wait for the disk; what does not fit is dropped, and the app goes on.
const WAITING_LINES_LIMIT: usize = 8_192;
/// The file being written; older ones have `.1` and so on behind the name, `.1` being the newest.
pub(crate) const FILE_NAME: &str = "handset.log";
/// Sets how much Handset's own code logs: error, warn, info (the default), debug or trace.
pub(crate) const LEVEL_VARIABLE: &str = "HANDSET_LOG";

/// Handset's own crates: what they write is tested to be free of secrets and personal data.
const OWN_CRATES: [&str; 12] = [
    "apollo", "budget", "clock", "commands", "domain", "handset", "outbox", "present", "sandbox",
    "session", "store", "vault",
];

/// Why no log can be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    #[error("{0}")]
    Folder(#[from] StoreError),
    #[error("{0}")]
    System(#[from] io::Error),
}

impl LogError {
    /// As a clause without a full stop.
    pub(crate) fn reason(&self) -> Text {
        match self {
            Self::Folder(error) => present::store_reason(error),
            Self::System(error) => Text::verbatim(error.to_string()),
        }
    }
}

/// Starts the log files. They are complete once the guard is dropped. A panic is reported on the
/// error stream as well, with a text of `catalogue`.
///
/// Errors when the folder cannot be made or written to; Handset can run without a log.
pub(crate) fn start(log_dir: &Path, catalogue: Arc<Catalogue>) -> Result<WorkerGuard, LogError> {
    let wanted = std::env::var(LEVEL_VARIABLE).ok();
    let level = level(wanted.as_deref());
    let (writer, guard) = writer(log_dir)?;
    tracing_subscriber::registry()
        .with(json_lines(writer).with_filter(filter(level)))
        .try_init()
        .map_err(io::Error::other)?;
    if wanted.is_some_and(|text| text.parse::<LevelFilter>().is_err()) {
        tracing::warn!(
            variable = LEVEL_VARIABLE,
            "not a level of logging; using info"
        );
    }
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        log_panic(info, &catalogue);
    }));
    Ok(guard)
}

fn level(wanted: Option<&str>) -> LevelFilter {
    wanted
        .and_then(|text| text.parse().ok())
        .unwrap_or(LevelFilter::INFO)
}

fn filter(level: LevelFilter) -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN.min(level))
        .with_targets(OWN_CRATES.map(|name| (name, level)))
}

fn json_lines<S>(writer: NonBlocking) -> impl Layer<S>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(writer)
}

fn writer(log_dir: &Path) -> Result<(NonBlocking, WorkerGuard), LogError> {
    folder::ensure_private(log_dir)?;
    let file = log_dir.join(FILE_NAME);
    let mut options = OpenOptions::new();
    options.read(true).create(true).append(true);
    folder::keep_private(&mut options);
    // `FileRotate` reports nothing about a file that it cannot open.
    let opened = options.open(&file)?;
    folder::ensure_own(&opened, FILE_NAME)?;
    let rotated = FileRotate::new(
        file,
        AppendCount::new(FILE_COUNT_LIMIT - 1),
        ContentLimit::BytesSurpassed(FILE_SIZE_LIMIT_BYTES),
        Compression::None,
        Some(options),
    );
    Ok(NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING_LINES_LIMIT)
        .lossy(true)
        .thread_name("handset-log")
        .finish(rotated))
}

/// Logs where it happened, but not the message, which may quote a name or a number.
fn log_panic(info: &PanicHookInfo<'_>, catalogue: &Catalogue) {
    let location = info
        .location()
        .map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let thread = std::thread::current();
    tracing::error!(
        location,
        thread = thread.name().unwrap_or("unnamed"),
        "panic"
    );
    crate::say_on_stderr(&catalogue.word(&message!("start-panic", place = location)));
}

#[cfg(test)]
mod tests {
    use text::Language;

    use super::*;

    fn written(log_dir: &Path) -> String {
        std::fs::read_to_string(log_dir.join(FILE_NAME)).unwrap()
    }

    fn log_with(level: LevelFilter, log_dir: &Path, events: impl FnOnce()) {
        let (writer, guard) = writer(log_dir).unwrap();
        let subscriber =
            tracing_subscriber::registry().with(json_lines(writer).with_filter(filter(level)));
        tracing::subscriber::with_default(subscriber, events);
        drop(guard);
    }

    #[test]
    fn the_files_stay_within_their_limits_however_much_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let line_bytes = 64 * 1024;
        let line = "x".repeat(line_bytes);
        let lines = FILE_SIZE_LIMIT_BYTES / line_bytes * (FILE_COUNT_LIMIT + 2);
        let (mut writer, guard) = writer(dir.path()).unwrap();
        for _ in 0..lines {
            io::Write::write_all(&mut writer, line.as_bytes()).unwrap();
        }
        drop(guard);
        let sizes: Vec<u64> = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .collect();
        let file_limit = u64::try_from(FILE_SIZE_LIMIT_BYTES + line_bytes).unwrap();
        assert_eq!(sizes.len(), FILE_COUNT_LIMIT, "{sizes:?}");
        assert!(sizes.iter().all(|size| *size <= file_limit), "{sizes:?}");
    }

    #[test]
    fn dependencies_are_logged_from_warnings_up_even_at_trace() {
        let dir = tempfile::tempdir().unwrap();
        log_with(LevelFilter::TRACE, dir.path(), || {
            tracing::trace!(target: "outbox::dispatcher", "ours-trace");
            tracing::info!(target: "hyper::proto", "theirs-info");
            tracing::trace!(target: "h2", "theirs-trace");
            tracing::warn!(target: "hyper::proto", "theirs-warn");
        });
        let log = written(dir.path());
        assert!(
            log.contains("ours-trace") && log.contains("theirs-warn"),
            "{log}"
        );
        assert!(
            !log.contains("theirs-info") && !log.contains("theirs-trace"),
            "{log}"
        );
    }

    #[test]
    fn a_line_is_json_with_time_level_target_and_span() {
        let dir = tempfile::tempdir().unwrap();
        log_with(LevelFilter::INFO, dir.path(), || {
            let span = tracing::info_span!(target: "outbox", "wrap_up", id = "w1");
            let _inside = span.enter();
            tracing::info!(target: "outbox", attempt = 2, "sent");
        });
        let line: serde_json::Value = serde_json::from_str(written(dir.path()).trim()).unwrap();
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["target"], "outbox");
        assert_eq!(line["attempt"], 2);
        assert_eq!(line["span"]["id"], "w1");
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
    }

    #[test]
    fn a_wrong_level_means_info() {
        assert_eq!(level(Some("loud")), LevelFilter::INFO);
        assert_eq!(level(None), LevelFilter::INFO);
        assert_eq!(level(Some("debug")), LevelFilter::DEBUG);
        assert_eq!(
            filter(LevelFilter::ERROR).default_level(),
            Some(LevelFilter::ERROR)
        );
    }

    #[test]
    fn a_panic_is_logged_by_its_place_and_not_by_its_message() {
        let dir = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::new(&Language::of_tag("en-GB"), jiff::tz::TimeZone::UTC);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            log_panic(info, &catalogue);
        }));
        log_with(LevelFilter::INFO, dir.path(), || {
            std::panic::catch_unwind(|| panic!("Ada Lovelace +12025550143")).unwrap_err();
        });
        std::panic::set_hook(before);
        let log = written(dir.path());
        assert!(log.contains("logging.rs"), "{log}");
        assert!(!log.contains("Ada") && !log.contains("2025550143"), "{log}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_log_is_not_followed() {
        let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let target = elsewhere.path().join("letter");
        std::fs::write(&target, b"Dear Ada").unwrap();
        let log = dir.path().join(FILE_NAME);
        std::os::unix::fs::symlink(&target, &log).unwrap();
        assert!(writer(dir.path()).is_err());
        std::fs::remove_file(&log).unwrap();
        std::fs::hard_link(&target, &log).unwrap();
        assert!(
            writer(dir.path()).is_err(),
            "a second name of the same file"
        );
        assert_eq!(std::fs::read(&target).unwrap(), b"Dear Ada");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_a_log() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        log_with(
            LevelFilter::INFO,
            dir.path(),
            || tracing::info!(target: "handset", "hello"),
        );
        let mode = std::fs::metadata(dir.path().join(FILE_NAME))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
