//! The windows: how they open, and what a page in them can reach.
//!
//! Promises: a window shows pages of the app and nothing else, keeps nothing on disk, and opens no
//! other window by itself; there is at most one of each kind. Must never: hold state.

use tauri::{
    AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::NewWindowResponse,
};
use url::Url;

use crate::paths::{self, Places};

pub(crate) const MAIN: &str = "main";
pub(crate) const SETTINGS: &str = "settings";
/// Shown instead of the main window while Handset has not started; no capability names it.
pub(crate) const STOPPED: &str = "stopped";

/// Where the page of [`STOPPED`] comes from: see `stopped`.
pub(crate) const STOPPED_SCHEME: &str = "handset-stopped";

struct Shape {
    label: &'static str,
    title: &'static str,
    size_px: (f64, f64),
    min_size_px: (f64, f64),
}

const MAIN_SHAPE: Shape = Shape {
    label: MAIN,
    title: "Handset",
    size_px: (1100.0, 720.0),
    min_size_px: (900.0, 600.0),
};
const SETTINGS_SHAPE: Shape = Shape {
    label: SETTINGS,
    title: "Handset settings",
    size_px: (760.0, 560.0),
    min_size_px: (600.0, 420.0),
};
const STOPPED_SHAPE: Shape = Shape {
    label: STOPPED,
    title: "Handset",
    size_px: (560.0, 360.0),
    min_size_px: (420.0, 280.0),
};

/// Opens the main window, or brings it to the front.
pub(crate) fn show_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    show(app, &MAIN_SHAPE, || WebviewUrl::App("index.html".into()))
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
        STOPPED => paths::stopped_webview_dir(),
        _ => app.state::<Places>().webview_dir(),
    };
    WebviewWindowBuilder::new(app, shape.label, page)
        .title(shape.title)
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
        .zoom_hotkeys_enabled(true)
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
}

/// Whether a page belongs to the app. Links to other places are opened by the core, in a browser.
fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri" | STOPPED_SCHEME, Some("localhost")) => !cfg!(windows),
        // How the same pages are named on Windows.
        ("http", Some("tauri.localhost" | "handset-stopped.localhost")) => cfg!(windows),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_stays_on_the_pages_of_the_app() {
        let own = if cfg!(windows) {
            [
                "http://tauri.localhost/index.html",
                "http://handset-stopped.localhost/",
            ]
        } else {
            [
                "tauri://localhost/index.html",
                "handset-stopped://localhost/",
            ]
        };
        for page in own {
            assert!(is_own_page(&page.parse().unwrap()), "{page}");
        }
        for page in [
            "https://api.apollo.io/",
            "http://localhost/",
            "http://tauri.localhost.example.com/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "about:blank",
        ] {
            assert!(!is_own_page(&page.parse().unwrap()), "{page}");
        }
    }
}
