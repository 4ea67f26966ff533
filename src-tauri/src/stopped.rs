//! What a person sees when Handset cannot start, or waits for the keychain before it does.
//!
//! Promises: says what happened, what is safe and what to do, in a window and on the error stream, in
//! the language of this computer; works without the built UI and without scripts: its buttons are
//! forms that ask for another page. Must never: show anything but texts made by Handset, or
//! answer another window, or any window once Handset has started.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tauri::{AppHandle, Manager, Runtime, http};
use text::{Catalogue, Text, message};
use tokio::sync::Notify;

use crate::windows::{self, GO_WITHOUT, TRY_AGAIN};

/// Nothing is loaded, nothing runs, and the forms lead back here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// Why Handset cannot start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stopped {
    /// What happened, and what is safe.
    pub(crate) message: Text,
    /// What to do next.
    pub(crate) hint: Option<Text>,
    /// Where the logs are, if there are any.
    pub(crate) log_dir: Option<String>,
    /// What a person can do in the window.
    pub(crate) offers: Offers,
}

/// What a person can do while Handset has not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offers {
    /// To close the window.
    Nothing,
    /// To try again.
    TryAgain,
    /// To try again, or to start without the keychain.
    TryAgainOrGoWithout,
    /// To wait: an attempt is under way.
    Waiting,
}

/// What a person has asked for in the window.
#[derive(Default)]
pub(crate) struct Waiting {
    asked: Notify,
    without_keychain: AtomicBool,
}

impl Waiting {
    /// A person asked for another attempt, perhaps without the keychain.
    pub(crate) fn ask(&self, without_keychain: bool) {
        self.without_keychain
            .fetch_or(without_keychain, Ordering::SeqCst);
        self.asked.notify_one();
    }

    /// Ends when a person has asked.
    pub(crate) async fn asked(&self) {
        self.asked.notified().await;
    }

    /// Whether a person asked to go without the keychain. Resets the answer.
    pub(crate) fn without_keychain(&self) -> bool {
        self.without_keychain.swap(false, Ordering::SeqCst)
    }
}

/// What the window shows; nothing once Handset has started.
#[derive(Default)]
pub(crate) struct Shown(Mutex<Option<Stopped>>);

impl Shown {
    fn stopped(&self) -> MutexGuard<'_, Option<Stopped>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is something to say instead of the main window.
    pub(crate) fn is_any(&self) -> bool {
        self.stopped().is_some()
    }
}

impl Stopped {
    /// Nothing can be done about it in the window.
    pub(crate) fn because(message: Text, hint: Option<Text>) -> Self {
        Self {
            message,
            hint,
            log_dir: None,
            offers: Offers::Nothing,
        }
    }

    /// What can be done about it in the window.
    #[must_use]
    pub(crate) fn offering(mut self, offers: Offers) -> Self {
        self.offers = offers;
        self
    }

    fn title(&self) -> Text {
        match self.offers {
            Offers::Nothing => message!("start-stopped-title"),
            _ => message!("start-waiting-title"),
        }
    }

    fn logs(&self) -> Option<Text> {
        let log_dir = self.log_dir.as_deref()?;
        Some(message!("start-logs", folder = log_dir))
    }

    /// Names the folder of the logs as well.
    #[must_use]
    pub(crate) fn with_logs(mut self, log_dir: Option<&Path>) -> Self {
        self.log_dir = log_dir.map(|dir| dir.display().to_string());
        self
    }

    /// Whether the window offers this.
    fn accepts(&self, without_keychain: bool) -> bool {
        match self.offers {
            Offers::Nothing | Offers::Waiting => false,
            Offers::TryAgain => !without_keychain,
            Offers::TryAgainOrGoWithout => true,
        }
    }

    /// The lines for the error stream.
    fn lines(&self, catalogue: &Catalogue) -> String {
        let first = match self.offers {
            Offers::Nothing => message!("start-stopped"),
            _ => message!("start-waiting"),
        };
        let mut lines = catalogue.word(&Text::sentences([first, self.message.clone()]));
        for line in self.hint.iter().chain(&self.logs()) {
            lines.push('\n');
            lines.push_str(&catalogue.word(line));
        }
        lines
    }

    /// A page that loads nothing, runs nothing, and follows the system's colors.
    fn page(&self, catalogue: &Catalogue) -> String {
        let worded = |text: &Text| html_escape::encode_text(&catalogue.word(text)).into_owned();
        let paragraph = |attributes: &str, text: &Text| {
            let text = worded(text);
            format!("<p{attributes}>{text}</p>")
        };
        let message = paragraph("", &self.message);
        let hint = self.hint.as_ref().map(|hint| paragraph("", hint));
        let hint = hint.unwrap_or_default();
        let logs = self.logs().map(|logs| paragraph(" class=\"logs\"", &logs));
        let logs = logs.unwrap_or_default();
        let button = |action: &str, name: &Text, attributes: &str| {
            let name = worded(name);
            format!("<form action=\"{action}\"><button{attributes}>{name}</button></form>")
        };
        let try_again = || button(TRY_AGAIN, &message!("start-try-again-button"), " autofocus");
        let actions = match self.offers {
            Offers::Nothing => String::new(),
            Offers::TryAgain => try_again(),
            Offers::TryAgainOrGoWithout => {
                try_again() + &button(GO_WITHOUT, &message!("start-go-without-button"), "")
            }
            Offers::Waiting => paragraph(" role=\"status\"", &message!("start-asking-keychain")),
        };
        let title = worded(&self.title());
        let language = catalogue.language();
        format!(
            "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
             <title>{title}</title><style>{STYLE}</style></head>\
             <body><main><h1>{title}</h1>{message}{hint}<div class=\"actions\">{actions}</div>\
             {logs}</main></body></html>"
        )
    }
}

const STYLE: &str = ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
    body{margin:0;padding:2rem}h1{font-size:1.25rem;margin:0 0 1rem}p{margin:0 0 .75rem}\
    .actions{display:flex;gap:.75rem;margin:1rem 0}button{font:inherit;padding:.25rem .75rem}\
    .logs{font-size:.875rem;overflow-wrap:anywhere;user-select:text}";

/// Shows the reason instead of the main window, or instead of what the window showed before.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>, stopped: Stopped) -> tauri::Result<()> {
    let (shown, catalogue) = (app.state::<Shown>(), app.state::<Arc<Catalogue>>());
    let is_news = shown
        .stopped()
        .as_ref()
        .is_none_or(|before| (&before.message, &before.hint) != (&stopped.message, &stopped.hint));
    if is_news {
        crate::say_on_stderr(&stopped.lines(&catalogue));
    }
    let title = catalogue.word(&stopped.title());
    *shown.stopped() = Some(stopped);
    windows::show_stopped(app, &title)
}

/// Handset has started after all.
pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Shown>().stopped().take();
    if let Err(error) = windows::close_stopped(app) {
        tracing::warn!(%error, "the window about the start could not be closed");
    }
}

/// Answers a request for the page of the window, which the webview of `label` has made. Any other
/// request, and any request once Handset has started, is answered with *not found*.
pub(crate) fn respond<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    path: &str,
) -> http::Response<Vec<u8>> {
    let page = if label == windows::STOPPED && windows::STOPPED_PATHS.contains(&path) {
        ask(app, path);
        let (shown, catalogue) = (app.state::<Shown>(), app.state::<Arc<Catalogue>>());
        let stopped = shown.stopped();
        stopped.as_ref().map(|stopped| stopped.page(&catalogue))
    } else {
        None
    };
    let (status, policy) = match &page {
        Some(_) => (http::StatusCode::OK, POLICY),
        None => (http::StatusCode::NOT_FOUND, windows::NOTHING_MAY),
    };
    let mut response = http::Response::new(page.unwrap_or_default().into_bytes());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("text/html; charset=utf-8"),
    );
    windows::guard(headers, policy);
    response
}

/// Does what a button of the page asks for, if the page offers it.
fn ask<R: Runtime>(app: &AppHandle<R>, path: &str) {
    let without_keychain = match path {
        TRY_AGAIN => false,
        GO_WITHOUT => true,
        _ => return,
    };
    let shown = app.state::<Shown>();
    if let Some(waiting) = app.try_state::<Waiting>()
        && let Some(stopped) = &mut *shown.stopped()
        && stopped.accepts(without_keychain)
    {
        stopped.offers = Offers::Waiting;
        waiting.ask(without_keychain);
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use text::Language;

    use super::*;

    fn catalogue(tag: &str) -> Catalogue {
        Catalogue::new(&Language::of_tag(tag), TimeZone::UTC)
    }

    #[test]
    fn the_page_says_it_all_and_cannot_be_broken_by_a_path() {
        let stopped = Stopped::because(
            Text::verbatim("Another Handset is open."),
            Some(Text::verbatim("Close it first.")),
        )
        .with_logs(Some(Path::new("/home/a<script>b/logs")));
        let english = catalogue("en-GB");
        let page = stopped.page(&english);
        assert!(page.contains("<h1>Handset cannot start</h1><p>Another Handset is open.</p>"));
        assert!(page.contains("<p class=\"logs\">Logs: /home/"), "{page}");
        assert!(page.contains("<p>Close it first.</p>"));
        assert!(page.contains("/home/a&lt;script&gt;b/logs") && !page.contains("<script>"));
        assert!(
            stopped
                .lines(&english)
                .starts_with("Handset cannot start. Another Handset is open.\nClose it first.\n")
        );
    }

    #[test]
    fn the_page_names_the_language_that_it_is_in() {
        let stopped = Stopped::because(Text::verbatim("x"), None);
        for tag in ["en-GB", "de-AT"] {
            let catalogue = catalogue(tag);
            let lang = format!("<html lang=\"{}\">", catalogue.language());
            assert!(stopped.page(&catalogue).contains(&lang), "{tag}");
        }
    }

    #[test]
    fn a_locked_keychain_can_be_tried_again_and_a_missing_one_be_gone_without() {
        let locked = || Text::verbatim("The keychain is locked.");
        let stopped = |offers| Stopped::because(locked(), None).offering(offers);
        let english = catalogue("en-GB");
        let buttons = |offers| stopped(offers).page(&english).matches("<button").count();
        for (offers, count) in [
            (Offers::Nothing, 0),
            (Offers::TryAgain, 1),
            (Offers::TryAgainOrGoWithout, 2),
            (Offers::Waiting, 0),
        ] {
            assert_eq!(buttons(offers), count, "{offers:?}");
        }
        assert!(
            !stopped(Offers::TryAgain).accepts(true),
            "it is only locked"
        );
        assert!(stopped(Offers::TryAgainOrGoWithout).accepts(true));
        assert!(!stopped(Offers::Waiting).accepts(false), "one at a time");
        let page = stopped(Offers::TryAgain).page(&english);
        assert!(page.contains("<h1>Handset waits for the keychain</h1>"));
        assert!(page.contains("<button autofocus>Try again</button>"));
        assert!(!page.contains("<script"));
    }

    #[test]
    fn the_page_is_there_for_its_own_window_and_only_while_handset_is_stopped() {
        use tauri::test::{mock_builder, mock_context, noop_assets};
        let app = mock_builder()
            .manage(Shown::default())
            .manage(Arc::new(catalogue("en-GB")))
            .build(mock_context(noop_assets()))
            .unwrap();
        let app = app.handle();
        let policy = |response: &http::Response<Vec<u8>>| {
            let policy = &response.headers()[http::header::CONTENT_SECURITY_POLICY];
            policy.to_str().unwrap().to_owned()
        };
        for is_stopped in [false, true] {
            *app.state::<Shown>().stopped() =
                is_stopped.then(|| Stopped::because(Text::verbatim("The disk is full."), None));
            for label in [
                windows::STOPPED,
                windows::MAIN,
                windows::SETTINGS,
                "elsewhere",
            ] {
                for path in windows::STOPPED_PATHS
                    .into_iter()
                    .chain(["/index.html", "/else", "//"])
                {
                    let response = respond(app, label, path);
                    let is_there = is_stopped
                        && label == windows::STOPPED
                        && windows::STOPPED_PATHS.contains(&path);
                    let what = format!("{label} {path} while stopped: {is_stopped}");
                    let status = if is_there { 200 } else { 404 };
                    assert_eq!(response.status(), status, "{what}");
                    assert_eq!(response.body().is_empty(), !is_there, "{what}");
                    assert!(policy(&response).contains("default-src 'none'"), "{what}");
                    assert!(!policy(&response).contains("script-src"), "{what}");
                }
            }
        }
    }
}
