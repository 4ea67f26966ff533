//! The Fluent files, as compiled in.

/// One language: its tag, and the sources of its messages.
pub(crate) struct Source {
    pub(crate) tag: &'static str,
    pub(crate) files: &'static [(&'static str, &'static str)],
}

macro_rules! sources {
    ($tags:tt $names:tt) => { sources!(@each $tags $names) };
    (@each [$($tag:literal),+] $names:tt) => { &[$(sources!(@one $tag $names)),+] };
    (@one $tag:literal [$($name:literal),+ $(,)?]) => {
        Source {
            tag: $tag,
            files: &[$((
                $name,
                include_str!(concat!("../../../../locales/", $tag, "/", $name, ".ftl")),
            )),+],
        }
    };
}

/// Every language, the base first. A file is added here and in each folder of `locales`.
pub(crate) const SOURCES: &[Source] = sources! {
    ["en-US", "de"]
    [
        "apollo",
        "backend",
        "budget",
        "call-time",
        "card",
        "commands",
        "components",
        "connect",
        "connecting",
        "connection",
        "due",
        "ending",
        "host",
        "keychain",
        "keys",
        "limits",
        "loading",
        "local-time",
        "main-window",
        "names",
        "outcomes",
        "palette",
        "phone",
        "problem",
        "queue",
        "reach",
        "receipt",
        "receipts",
        "report",
        "settings",
        "settings-errors",
        "skip",
        "start",
        "store",
        "time",
        "today",
        "undo",
        "update",
        "welcome",
        "who",
        "wrap-up",
    ]
};

/// The Fluent sources of the base language: every message there is.
pub fn base_sources() -> impl Iterator<Item = &'static str> {
    SOURCES
        .iter()
        .take(1)
        .flat_map(|source| source.files.iter().map(|(_, text)| *text))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_file_of_every_language_is_compiled_in() {
        let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../locales");
        for source in SOURCES {
            let on_disk: BTreeSet<_> = fs::read_dir(locales.join(source.tag))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            let compiled: BTreeSet<_> = source
                .files
                .iter()
                .map(|(name, _)| format!("{name}.ftl"))
                .collect();
            assert_eq!(on_disk, compiled, "{}", source.tag);
        }
    }
}
