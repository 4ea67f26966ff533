//! Which window may call which command, asked of the real ACL.
//!
//! The app is built on Tauri's mock runtime with the real `generate_context!`: no webview, but the
//! same permissions that the shipped app has. No core is behind the commands, so a call that the
//! ACL lets through ends in a `Problem` (an object), and a call that it refuses ends in a message
//! of Tauri's (a string).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tauri::{
    WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

macro_rules! table {
    ($($name:ident($arguments:ident) -> $answer:ty [$($window:ident),*] changes [$($tag:ident),*];)*) => {
        const COMMANDS: &[(&str, &[&str])] =
            &[$((stringify!($name), &[$(stringify!($window)),*])),*];
    };
}
commands::for_each_command!(table);

/// Every window of the app, and two that no capability names: the one for a failed start, and one
/// that does not exist.
const WINDOWS: [&str; 4] = ["main", "settings", "stopped", "elsewhere"];

/// What windows may ask of Tauri and its plugins, beside the commands of the app.
const OF_TAURI: &[(&str, &[&str])] = &[
    ("plugin:event|listen", &["main", "settings"]),
    ("plugin:event|unlisten", &["main", "settings"]),
    ("plugin:webview|set_webview_zoom", &["main", "settings"]),
    ("plugin:window|close", &["settings"]),
];

/// What no window may ask, whatever is compiled in.
const OF_NOBODY: &[&str] = &[
    "plugin:event|emit",
    "plugin:event|emit_to",
    "plugin:webview|create_webview_window",
    "plugin:window|create",
    "plugin:window|set_title",
    "plugin:path|resolve_directory",
    "plugin:app|version",
    "plugin:opener|open_url",
    "plugin:opener|open_path",
    "plugin:opener|reveal_item_in_dir",
    "plugin:window-state|filename",
    "plugin:window-state|save_window_state",
    "plugin:window-state|restore_state",
];

struct Opened {
    /// Where a window's data would lie: not in the person's own folders.
    _folder: tempfile::TempDir,
    app: tauri::App<MockRuntime>,
    windows: BTreeMap<&'static str, WebviewWindow<MockRuntime>>,
}

#[expect(clippy::unwrap_used, reason = "a test that cannot begin has failed")]
fn app() -> Opened {
    let app = handset::with_commands(mock_builder())
        .build(handset::context())
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let windows = WINDOWS
        .map(|label| {
            let window = WebviewWindowBuilder::new(&app, label, tauri::WebviewUrl::default())
                .data_directory(folder.path().to_owned());
            (label, window.build().unwrap())
        })
        .into();
    Opened {
        _folder: folder,
        app,
        windows,
    }
}

fn own_page() -> &'static str {
    if cfg!(windows) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    }
}

/// Calls a command as the page at `page` would.
#[expect(clippy::unwrap_used, reason = "a test that cannot ask has failed")]
fn call(window: &WebviewWindow<MockRuntime>, page: &str, command: &str) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().unwrap(),
        body: InvokeBody::Json(json!({ "args": {} })),
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

fn is_refused_by_acl(reply: &Result<Value, Value>) -> bool {
    // Tauri names the capability or permission that would be needed.
    matches!(reply, Err(Value::String(message)) if message.contains("not allowed"))
}

#[test]
fn a_window_can_call_the_commands_that_the_table_gives_it_and_no_other() {
    let app = app();
    for (label, window) in &app.windows {
        for (command, allowed_in) in COMMANDS {
            let reply = call(window, own_page(), command);
            if allowed_in.contains(label) {
                let problem = reply.expect_err("there is no core");
                assert_eq!(problem["code"], "internal", "{label} {command}: {problem}");
            } else {
                assert!(is_refused_by_acl(&reply), "{label} {command}: {reply:?}");
            }
        }
    }
}

#[test]
fn of_tauri_itself_a_window_can_ask_only_what_it_needs() {
    let app = app();
    for (label, window) in &app.windows {
        for (command, allowed_in) in OF_TAURI {
            let reply = call(window, own_page(), command);
            let is_allowed = allowed_in.contains(label);
            assert_eq!(
                is_refused_by_acl(&reply),
                !is_allowed,
                "{label} {command}: {reply:?}"
            );
        }
        for command in OF_NOBODY {
            let reply = call(window, own_page(), command);
            assert!(is_refused_by_acl(&reply), "{label} {command}: {reply:?}");
        }
    }
}

#[test]
fn a_page_from_elsewhere_can_call_nothing() {
    let app = app();
    for (label, window) in &app.windows {
        for (command, _) in COMMANDS {
            let reply = call(window, "https://app.apollo.io", command);
            assert!(is_refused_by_acl(&reply), "{label} {command}: {reply:?}");
        }
    }
}

#[test]
fn every_page_that_is_compiled_in_comes_with_the_content_policy_as_a_header() {
    let app = app();
    let assets = app.app.asset_resolver();
    let mut pages = 0;
    for (path, _) in assets.iter() {
        if !path.ends_with(".html") {
            continue;
        }
        pages += 1;
        let page = assets.get(path.to_string()).expect("it is listed");
        let policy = page.csp_header.expect("a page without a policy");
        for part in [
            "default-src 'self'",
            "connect-src ipc:",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
    }
    assert!(pages >= 1, "no page is compiled in");
}

#[test]
fn the_capability_files_say_what_the_table_says() {
    for label in ["main", "settings"] {
        let file = format!("src-tauri/capabilities/{label}.json");
        let capability: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(capability["windows"], json!([label]), "{file}");
        assert_eq!(capability.get("remote"), None, "{file}");
        let listed: BTreeSet<&str> = capability["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|permission| {
                permission
                    .as_str()
                    .expect("a single permission without a scope")
            })
            .filter(|permission| permission.starts_with("allow-"))
            .collect();
        let from_table: Vec<String> = COMMANDS
            .iter()
            .filter(|(_, windows)| windows.contains(&label))
            .map(|(command, _)| format!("allow-{}", command.replace('_', "-")))
            .collect();
        assert_eq!(
            listed,
            from_table.iter().map(String::as_str).collect(),
            "{file}"
        );
    }
    let files = std::fs::read_dir("src-tauri/capabilities").unwrap().count();
    assert_eq!(files, 2, "one capability file per window label");
}
