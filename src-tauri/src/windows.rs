//! The windows: how they open, and what a page in them can reach.
//!
//! Promises: a window shows its own page and nothing else, not even a page of another window; every
//! answer that it is served carries a content policy; it keeps nothing on disk, and opens no other
//! window by itself; there is at most one of each kind. Must never: hold what a page
//! shows.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tauri::{
    AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    webview::NewWindowResponse,
};
use text::{Catalogue, message};
use url::Url;

use crate::paths::{Places, StoppedFolder};

pub(crate) const MAIN: &str = "main";
pub(crate) const SETTINGS: &str = "settings";
/// Shown instead of the main window while Handset has not started; no capability names it.
pub(crate) const STOPPED: &str = "stopped";

/// Where Tauri serves the pages of the app.
const APP_SCHEME: &str = "tauri";
/// Where the page of [`STOPPED`] comes from: see `stopped`.
pub(crate) const STOPPED_SCHEME: &str = "handset-stopped";
/// Asks for another attempt to start.
pub(crate) const TRY_AGAIN: &str = "/try-again";
/// Asks to start without the keychain.
pub(crate) const GO_WITHOUT: &str = "/go-without";
/// All that the window of [`STOPPED`] asks for.
pub(crate) const STOPPED_PATHS: [&str; 3] = ["/", TRY_AGAIN, GO_WITHOUT];

struct Shape {
    label: &'static str,
    size_px: (f64, f64),
    min_size_px: (f64, f64),
}

const MAIN_SHAPE: Shape = Shape {
    label: MAIN,
    size_px: (1100.0, 720.0),
    min_size_px: (900.0, 600.0),
};
const SETTINGS_SHAPE: Shape = Shape {
    label: SETTINGS,
    size_px: (760.0, 560.0),
    min_size_px: (600.0, 420.0),
};
const STOPPED_SHAPE: Shape = Shape {
    label: STOPPED,
    size_px: (560.0, 360.0),
    min_size_px: (420.0, 280.0),
};

/// Opens the main window, or brings it to the front.
pub(crate) fn show_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    show(app, &MAIN_SHAPE, || WebviewUrl::App("index.html".into()))
}

/// Whether the main window was closed in order to be opened again.
#[derive(Default)]
pub(crate) struct Renewing(AtomicBool);

/// Closes the main window and opens another one: a web view wipes nothing that was typed into it, and
/// what its process held goes with the process.
pub(crate) fn renew_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(MAIN) else {
        return Ok(());
    };
    app.state::<Renewing>().0.store(true, Ordering::SeqCst);
    window.destroy()
}

/// What follows when the main window is gone.
pub(crate) fn main_is_gone<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let settings = app.get_webview_window(SETTINGS);
    if app.state::<Renewing>().0.swap(false, Ordering::SeqCst) {
        let app = app.clone();
        // Once this event is over: until then the window still has its name.
        return app.clone().run_on_main_thread(move || {
            let shown = show_main(&app).and_then(|()| match settings {
                // The person asked for it there, and finds the answer there.
                Some(settings) => settings.set_focus(),
                None => Ok(()),
            });
            if let Err(error) = shown {
                tracing::error!(%error, "the main window could not be opened again");
            }
        });
    }
    // Settings alone are no app. On a Mac the menu bar is, so they may stay.
    match settings {
        Some(settings) if !cfg!(target_os = "macos") => settings.close(),
        _ => Ok(()),
    }
}

/// Opens the settings window, or brings it to the front.
pub(crate) fn show_settings<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    show(app, &SETTINGS_SHAPE, || {
        WebviewUrl::App("settings.html".into())
    })
}

/// Opens the window that says why Handset has not started, or shows its page anew.
pub(crate) fn show_stopped<R: Runtime>(app: &AppHandle<R>, title: &str) -> tauri::Result<()> {
    let page =
        Url::parse(&format!("{STOPPED_SCHEME}://localhost/")).map_err(tauri::Error::InvalidUrl)?;
    match app.get_webview_window(STOPPED) {
        Some(window) => {
            window.set_title(title)?;
            window.navigate(own_url(page))
        }
        None => open(app, &STOPPED_SHAPE, WebviewUrl::CustomProtocol(page))?.set_title(title),
    }
}

/// How the webview names a page of a scheme of ours.
fn own_url(page: Url) -> Url {
    if cfg!(windows)
        && let Ok(url) = Url::parse(&format!("http://{STOPPED_SCHEME}.localhost/"))
    {
        return url;
    }
    page
}

/// Closes it, if it is open.
pub(crate) fn close_stopped<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    match app.get_webview_window(STOPPED) {
        Some(window) => window.destroy(),
        None => Ok(()),
    }
}

/// For a second start, and for the Dock: whatever is open comes to the front.
pub(crate) fn bring_to_front<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    match app.get_webview_window(STOPPED) {
        Some(window) => raise(&window),
        None => show_main(app),
    }
}

fn show<R: Runtime>(
    app: &AppHandle<R>,
    shape: &Shape,
    page: impl FnOnce() -> WebviewUrl,
) -> tauri::Result<()> {
    match app.get_webview_window(shape.label) {
        Some(window) => raise(&window),
        None => open(app, shape, page()).map(drop),
    }
}

fn raise<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

fn open<R: Runtime>(
    app: &AppHandle<R>,
    shape: &Shape,
    page: WebviewUrl,
) -> tauri::Result<WebviewWindow<R>> {
    let (width, height) = shape.size_px;
    let (min_width, min_height) = shape.min_size_px;
    let webview_dir = match shape.label {
        STOPPED => app.state::<StoppedFolder>().path()?,
        _ => app.state::<Places>().webview_dir(),
    };
    WebviewWindowBuilder::new(app, shape.label, page)
        .title(title(app, shape.label))
        .inner_size(width, height)
        .min_inner_size(min_width, min_height)
        .center()
        // Without a theme of its own a window follows the system.
        .theme(None)
        // Nothing that a page shows is written to disk. On Linux that needs no private window,
        // and has to do without: WebKitGTK lets no test drive one, and Tauri gives a second one
        // no pages.
        .incognito(!cfg!(target_os = "linux"))
        .data_directory(webview_dir)
        .general_autofill_enabled(false)
        // One source for the shell and the windows: a webview may know the system's language by
        // another name, or only where its tables are installed.
        .initialization_script(languages_script())
        .zoom_hotkeys_enabled(true)
        .devtools(cfg!(debug_assertions))
        .on_navigation({
            let label = shape.label;
            move |url| is_page_of(label, url)
        })
        .on_web_resource_request(|_, response| guard(response.headers_mut(), NOTHING_MAY))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
}

/// What a window is called when it opens.
fn title<R: Runtime>(app: &AppHandle<R>, label: &str) -> String {
    match label {
        SETTINGS => {
            let catalogue = app.state::<Arc<Catalogue>>();
            catalogue.word(&message!("host-settings-title"))
        }
        // The name of the app.
        _ => "Handset".to_owned(),
    }
}

/// Tells a page the languages that the person wants, before anything of it runs.
fn languages_script() -> String {
    let languages = serde_json::json!(text::languages_of_this_computer());
    format!("globalThis.handsetLanguages = {languages};")
}

/// The policy of an answer that is no page: Tauri gives the pages of the app a policy of their own.
pub(crate) const NOTHING_MAY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// Makes sure that an answer has a content policy, and is taken for nothing but what it says it is.
pub(crate) fn guard(headers: &mut HeaderMap, policy: &'static str) {
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// Whether the window of this label may show a page. Commands are granted to windows and not to
/// pages, so a page in the wrong window could call what it was never meant to. Links to other places
/// are opened by the core, in a browser.
fn is_page_of(label: &str, url: &Url) -> bool {
    let (scheme, page) = match label {
        MAIN => (APP_SCHEME, Some("/index.html")),
        SETTINGS => (APP_SCHEME, Some("/settings.html")),
        STOPPED => (STOPPED_SCHEME, None),
        _ => return false,
    };
    let is_own_scheme = if cfg!(windows) {
        // How the same pages are named there.
        url.scheme() == "http" && url.host_str() == Some(&format!("{scheme}.localhost"))
    } else {
        url.scheme() == scheme && url.host_str() == Some("localhost")
    };
    let is_own_path = match page {
        Some(page) => url.path() == page || (label == MAIN && matches!(url.path(), "" | "/")),
        None => STOPPED_PATHS.contains(&url.path()),
    };
    is_own_scheme && is_own_path && url.port().is_none() && url.username().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the webview names them.
    fn own(scheme: &str, rest: &str) -> String {
        if cfg!(windows) {
            format!("http://{scheme}.localhost{rest}")
        } else {
            format!("{scheme}://localhost{rest}")
        }
    }

    #[test]
    fn each_window_shows_its_own_page_and_no_page_of_any_other_scheme() {
        let main = [
            own("tauri", ""),
            own("tauri", "/"),
            own("tauri", "/index.html"),
        ];
        let settings = [own("tauri", "/settings.html")];
        let stopped = [
            own("handset-stopped", "/"),
            own("handset-stopped", "/try-again?"),
            own("handset-stopped", "/go-without?"),
        ];
        let of_nobody = [
            own("tauri", "/assets/icon.svg"),
            own("handset-stopped", "/else"),
            own("ipc", "/status_get"),
            own("asset", "/etc/passwd"),
            "https://api.apollo.io/".to_owned(),
            "http://localhost/".to_owned(),
            "http://ipc.localhost/".to_owned(),
            "http://tauri.localhost.example.com/".to_owned(),
            "tauri://elsewhere/index.html".to_owned(),
            "tauri://localhost:81/index.html".to_owned(),
            "tauri://me@localhost/index.html".to_owned(),
            "file:///etc/passwd".to_owned(),
            "blob:tauri://localhost/1".to_owned(),
            "data:text/html,hello".to_owned(),
            "javascript:alert(1)".to_owned(),
            "about:blank".to_owned(),
            "about:srcdoc".to_owned(),
        ];
        let all = || {
            main.iter()
                .chain(&settings)
                .chain(&stopped)
                .chain(&of_nobody)
        };
        for (label, own) in [
            (MAIN, &main[..]),
            (SETTINGS, &settings[..]),
            (STOPPED, &stopped[..]),
            ("elsewhere", &[]),
        ] {
            for page in all() {
                let shown = is_page_of(label, &page.parse().unwrap());
                assert_eq!(shown, own.contains(page), "{label} {page}");
            }
        }
    }

    #[test]
    fn an_answer_without_a_policy_gets_one_and_a_policy_is_kept() {
        let mut headers = HeaderMap::new();
        guard(&mut headers, NOTHING_MAY);
        assert_eq!(headers[CONTENT_SECURITY_POLICY], NOTHING_MAY);
        let mut headers = HeaderMap::new();
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'self'"),
        );
        guard(&mut headers, NOTHING_MAY);
        assert_eq!(headers[CONTENT_SECURITY_POLICY], "default-src 'self'");
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}
