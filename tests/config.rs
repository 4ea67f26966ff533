//! What a page may do, as compiled into the app.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tauri::{test::MockRuntime, utils::config::Csp};

#[expect(clippy::panic, reason = "a policy of another kind is a failure")]
fn policy() -> BTreeMap<String, Vec<String>> {
    let context = handset::context::<MockRuntime>();
    let security = &context.config().app.security;
    assert_eq!(
        security.dev_csp, None,
        "there is one policy, not a softer one for development"
    );
    let Some(Csp::DirectiveMap(directives)) = security.csp.clone() else {
        panic!("the policy is a map of directives: {:?}", security.csp);
    };
    directives
        .into_iter()
        .map(|(name, sources)| {
            let sources: Vec<String> = sources.into();
            (
                name,
                sources
                    .iter()
                    .flat_map(|text| text.split(' '))
                    .map(ToOwned::to_owned)
                    .collect(),
            )
        })
        .collect()
}

#[test]
fn a_page_can_reach_nothing_but_its_own_files_and_the_core() {
    let policy = policy();
    for (directive, sources) in &policy {
        for source in sources {
            let is_inside = match source.as_str() {
                "'self'" | "'none'" => true,
                // How Tauri's IPC is reached.
                "ipc:" | "http://ipc.localhost" => directive == "connect-src",
                // Pictures made on the page.
                "data:" => directive == "img-src",
                "'unsafe-inline'" => directive == "style-src",
                _ => false,
            };
            assert!(is_inside, "{directive} {source}");
        }
    }
    assert_eq!(policy["default-src"], ["'self'"]);
    assert_eq!(policy["connect-src"], ["ipc:", "http://ipc.localhost"]);
    for closed in ["object-src", "base-uri", "frame-ancestors", "form-action"] {
        assert_eq!(policy[closed], ["'none'"], "{closed}");
    }
    assert!(
        !policy.contains_key("script-src"),
        "scripts come from the app's own files only"
    );
}

#[test]
fn the_api_of_tauri_is_not_a_global_and_windows_are_made_in_code() {
    let context = handset::context::<MockRuntime>();
    let app = &context.config().app;
    assert!(!app.with_global_tauri);
    assert!(app.security.freeze_prototype);
    assert!(
        app.windows.is_empty(),
        "windows made from the file would lack the guards of the code"
    );
    assert!(!app.security.asset_protocol.enable);
    assert_eq!(
        context.config().build.dev_url,
        None,
        "every build serves the embedded pages"
    );
}

#[test]
fn a_build_from_this_folder_cannot_touch_what_a_release_keeps() {
    let context = handset::context::<MockRuntime>();
    let release: Value =
        serde_json::from_str(&std::fs::read_to_string("src-tauri/conf/release.json").unwrap())
            .unwrap();
    assert_eq!(release["identifier"], json!("app.handset"));
    assert_eq!(context.config().identifier, "app.handset.dev");
}
