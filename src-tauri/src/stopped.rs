//! What a person sees when Handset cannot start.
//!
//! Promises: says what happened, what is safe and what to do, in a window and on the error stream;
//! works without the built UI. Must never: show anything but words made by Handset.

use std::path::Path;

use tauri::{AppHandle, Manager, Runtime, http};

use crate::windows;

/// Why Handset cannot start, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stopped {
    /// What happened, and what is safe.
    pub(crate) message: String,
    /// What to do next.
    pub(crate) hint: Option<String>,
    /// Where the logs are, if there are any.
    pub(crate) log_dir: Option<String>,
}

impl Stopped {
    /// `reason` becomes a sentence.
    pub(crate) fn because(reason: &str, hint: Option<String>) -> Self {
        let mut characters = reason.chars();
        let mut message: String = characters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(characters)
            .collect();
        if !message.ends_with('.') {
            message.push('.');
        }
        Self {
            message,
            hint,
            log_dir: None,
        }
    }

    /// Names the folder of the logs as well.
    #[must_use]
    pub(crate) fn with_logs(mut self, log_dir: Option<&Path>) -> Self {
        self.log_dir = log_dir.map(|dir| dir.display().to_string());
        self
    }

    fn text(&self) -> String {
        let mut text = format!("Handset cannot start. {}", self.message);
        if let Some(hint) = &self.hint {
            text.push('\n');
            text.push_str(hint);
        }
        if let Some(log_dir) = &self.log_dir {
            text.push_str("\nLogs: ");
            text.push_str(log_dir);
        }
        text
    }

    /// A page that loads nothing, runs nothing, and follows the system's colours.
    fn page(&self) -> String {
        let paragraph = |text: &str| format!("<p>{}</p>", html_escape::encode_text(text));
        let hint = self.hint.as_deref().map(paragraph).unwrap_or_default();
        let logs = self
            .log_dir
            .as_deref()
            .map(|dir| {
                format!(
                    "<p class=\"logs\">Logs: {}</p>",
                    html_escape::encode_text(dir)
                )
            })
            .unwrap_or_default();
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\
             <title>Handset cannot start</title><style>{STYLE}</style></head>\
             <body><main><h1>Handset cannot start</h1>{}{hint}{logs}</main></body></html>",
            paragraph(&self.message)
        )
    }
}

const STYLE: &str = ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
    body{margin:0;padding:2rem}h1{font-size:1.25rem;margin:0 0 1rem}p{margin:0 0 .75rem}\
    .logs{font-size:.875rem;overflow-wrap:anywhere;user-select:text}";

/// Shows the reason instead of the main window.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>, stopped: Stopped) -> tauri::Result<()> {
    crate::say_on_stderr(&stopped.text());
    app.manage(stopped);
    windows::show_stopped(app)
}

/// Answers requests for the page of the window.
pub(crate) fn respond<R: Runtime>(app: &AppHandle<R>) -> http::Response<Vec<u8>> {
    let page = app
        .try_state::<Stopped>()
        .map(|stopped| stopped.page())
        .unwrap_or_default();
    let mut response = http::Response::new(page.into_bytes());
    response.headers_mut().insert(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_it_all_and_cannot_be_broken_by_a_path() {
        let stopped = Stopped::because(
            "another Handset is open",
            Some("Close it first.".to_owned()),
        )
        .with_logs(Some(Path::new("/home/a<script>b/logs")));
        let page = stopped.page();
        assert!(page.contains("<h1>Handset cannot start</h1><p>Another Handset is open.</p>"));
        assert!(page.contains("<p>Close it first.</p>"));
        assert!(page.contains("/home/a&lt;script&gt;b/logs") && !page.contains("<script>"));
        assert!(
            stopped
                .text()
                .starts_with("Handset cannot start. Another Handset is open.")
        );
    }
}
