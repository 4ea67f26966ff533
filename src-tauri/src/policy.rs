//! What the computer's administrator has fixed: `/etc/handset/policy.json` on Linux,
//! `HKLM\Software\Policies\Handset` on Windows, managed preferences on macOS; the same names everywhere.
//!
//! Promises: a policy that cannot be understood to its last word is refused whole, and says why. Must
//! never: take a policy from a place that an ordinary account can write to, where the system can tell.
//!
//! | name              | value                                  | default            |
//! |-------------------|----------------------------------------|--------------------|
//! | `updates.enabled` | `true`, `false`; in the registry 1, 0  | `true`             |
//! | `updates.server`  | the folder of the lists, `https://…`   | that of Handset    |
//! | `updates.channel` | `stable`, `beta`                       | `stable`           |

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;
use url::Url;

/// Where a policy is, for people.
#[cfg(target_os = "linux")]
pub(crate) const PLACE: &str = "/etc/handset/policy.json";
#[cfg(windows)]
pub(crate) const PLACE: &str = r"HKLM\Software\Policies\Handset";
#[cfg(target_os = "macos")]
pub(crate) const PLACE: &str = "/Library/Managed Preferences/app.handset.plist";

/// The policy of this computer. Without one, everything is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Policy {
    pub(crate) updates: Updates,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Updates {
    #[serde(deserialize_with = "yes_or_no")]
    pub(crate) enabled: bool,
    /// The folder in which the lists of the channels are.
    #[serde(deserialize_with = "folder")]
    pub(crate) server: Option<Url>,
    pub(crate) channel: Channel,
}

impl Default for Updates {
    fn default() -> Self {
        Self {
            enabled: true,
            server: None,
            channel: Channel::Stable,
        }
    }
}

/// Which releases a computer is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Stable,
    Beta,
}

impl Channel {
    /// The list of its newest release.
    pub(crate) fn list(self) -> &'static str {
        match self {
            Self::Stable => "stable.json",
            Self::Beta => "beta.json",
        }
    }
}

/// Why a policy is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PolicyError {
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    #[cfg(unix)]
    #[error("an ordinary account can write to it")]
    WritableByOthers,
    #[error("{0}")]
    Invalid(String),
}

/// Reads the policy of this computer.
pub(crate) fn of_this_computer() -> Result<Policy, PolicyError> {
    match place::read()? {
        Some(value) => parse(value),
        None => Ok(Policy::default()),
    }
}

/// The policy of a test, from a file of the account that runs it.
#[cfg(debug_assertions)]
pub(crate) fn of_a_test(file: &std::path::Path) -> Result<Policy, PolicyError> {
    let not_read = |error: std::io::Error| PolicyError::Unreadable(error.to_string());
    let bytes = std::fs::read(file).map_err(not_read)?;
    let value =
        serde_json::from_slice(&bytes).map_err(|error| PolicyError::Invalid(error.to_string()))?;
    parse(value)
}

/// Parses a policy to its last word; the error names the field.
fn parse(value: Value) -> Result<Policy, PolicyError> {
    let not = |what: &str| PolicyError::Invalid(format!("{what} has to be an object"));
    // Serde would take a list for one, with the fields in order.
    let sections = value.as_object().ok_or_else(|| not("the policy"))?;
    if let Some((name, _)) = sections.iter().find(|(_, section)| !section.is_object()) {
        return Err(not(name));
    }
    serde_path_to_error::deserialize(value).map_err(|error| PolicyError::Invalid(error.to_string()))
}

/// The registry has no truth values.
fn yes_or_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Bool(value) => Ok(value),
        Value::Number(number) if number.as_u64() == Some(0) => Ok(false),
        Value::Number(number) if number.as_u64() == Some(1) => Ok(true),
        _ => Err(D::Error::custom("it has to be true or false")),
    }
}

fn folder<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let url = Url::parse(&text).map_err(|_| {
        D::Error::custom("it has to be a full address, such as https://updates.example.com/handset")
    })?;
    let is_protected =
        url.scheme() == "https" || (cfg!(debug_assertions) && url.scheme() == "http");
    if !is_protected || url.cannot_be_a_base() || url.query().is_some() || url.fragment().is_some()
    {
        return Err(D::Error::custom(
            "it has to begin with https:// and to end with the name of a folder",
        ));
    }
    Ok(Some(url))
}

#[cfg(unix)]
mod place {
    use std::{fs, io, os::unix::fs::MetadataExt as _, path::Path};

    use super::{PLACE, PolicyError, Value};

    /// Others than the administrator may not write to it.
    const WRITABLE_BY_OTHERS: u32 = 0o022;

    pub(super) fn read() -> Result<Option<Value>, PolicyError> {
        read_at(Path::new(PLACE), 0)
    }

    pub(super) fn read_at(path: &Path, owner: u32) -> Result<Option<Value>, PolicyError> {
        let not_read = |error: io::Error| PolicyError::Unreadable(error.to_string());
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(not_read(error)),
        };
        let folder = match path.parent() {
            Some(folder) => fs::metadata(folder).map_err(not_read)?,
            None => return Err(PolicyError::WritableByOthers),
        };
        // Whoever may write to the folder can put another file there.
        for part in [&metadata, &folder] {
            if part.uid() != owner || part.mode() & WRITABLE_BY_OTHERS != 0 {
                return Err(PolicyError::WritableByOthers);
            }
        }
        let bytes = fs::read(path).map_err(not_read)?;
        parse_bytes(&bytes).map(Some)
    }

    #[cfg(not(target_os = "macos"))]
    fn parse_bytes(bytes: &[u8]) -> Result<Value, PolicyError> {
        serde_json::from_slice(bytes).map_err(|error| PolicyError::Invalid(error.to_string()))
    }

    #[cfg(target_os = "macos")]
    fn parse_bytes(bytes: &[u8]) -> Result<Value, PolicyError> {
        plist::from_bytes(bytes).map_err(|error| PolicyError::Invalid(error.to_string()))
    }
}

#[cfg(windows)]
mod place {
    use serde_json::Map;
    use windows_registry::{Key, LOCAL_MACHINE, Type};

    use super::{PolicyError, Value};

    /// Below `HKLM`, where only administrators write.
    const KEY: &str = r"Software\Policies\Handset";
    /// `ERROR_FILE_NOT_FOUND`, as the registry reports a key that is not there.
    const NOT_FOUND: i32 = 0x8007_0002_u32.cast_signed();

    pub(super) fn read() -> Result<Option<Value>, PolicyError> {
        match LOCAL_MACHINE.open(KEY) {
            Ok(key) => tree(&key)
                .map(Some)
                .map_err(|error| PolicyError::Unreadable(error.message())),
            Err(error) if error.code().0 == NOT_FOUND => Ok(None),
            Err(error) => Err(PolicyError::Unreadable(error.message())),
        }
    }

    /// A key as an object: its values, and its keys as objects.
    fn tree(key: &Key) -> windows_registry::Result<Value> {
        let mut object = Map::new();
        for (name, value) in key.values()? {
            let value = match value.ty() {
                Type::U32 => Value::from(u32::try_from(value)?),
                Type::U64 => Value::from(u64::try_from(value)?),
                _ => Value::from(String::try_from(value)?),
            };
            object.insert(name, value);
        }
        for name in key.keys()? {
            let child = key.open(&name)?;
            object.insert(name, tree(&child)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_policy_is_understood_and_what_it_does_not_name_is_the_default() {
        assert_eq!(parse(json!({})).unwrap(), Policy::default());
        let policy = parse(json!({ "updates": {
            "enabled": 0, "server": "https://updates.example.com/handset", "channel": "beta",
        }}))
        .unwrap();
        assert!(!policy.updates.enabled);
        assert_eq!(policy.updates.channel, Channel::Beta);
        assert_eq!(
            policy.updates.server.unwrap().as_str(),
            "https://updates.example.com/handset"
        );
    }

    #[test]
    fn one_wrong_word_refuses_the_whole_policy_and_is_named() {
        for (wrong, named) in [
            (json!({ "update": {} }), "update"),
            (
                json!({ "updates": { "enabled": true, "sever": "x" } }),
                "sever",
            ),
            (
                json!({ "updates": { "enabled": "yes" } }),
                "updates.enabled",
            ),
            (
                json!({ "updates": { "server": "ftp://example.com" } }),
                "updates.server",
            ),
            (
                json!({ "updates": { "server": "example.com" } }),
                "updates.server",
            ),
            (
                json!({ "updates": { "channel": "nightly" } }),
                "updates.channel",
            ),
            (json!([]), "policy"),
            (json!({ "updates": [] }), "updates"),
        ] {
            let error = parse(wrong.clone()).expect_err("refused").to_string();
            assert!(error.to_lowercase().contains(named), "{wrong}: {error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_policy_that_others_may_write_is_refused_and_none_is_none() {
        use std::{
            fs,
            os::unix::fs::{MetadataExt as _, PermissionsExt as _},
        };

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        let own = folder.path().metadata().unwrap().uid();
        assert_eq!(place::read_at(&file, own).unwrap(), None);
        fs::write(&file, "{}").unwrap();
        for (mode, is_read) in [(0o644, true), (0o664, false), (0o646, false), (0o600, true)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(place::read_at(&file, own).is_ok(), is_read, "{mode:o}");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(
            place::read_at(&file, own),
            Err(PolicyError::WritableByOthers)
        ));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(
            place::read_at(&file, own + 1),
            Err(PolicyError::WritableByOthers)
        ));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_policy_that_is_no_json_names_the_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(&file, "{\n  \"updates\": {\n").unwrap();
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644))
            .unwrap();
        let own = std::os::unix::fs::MetadataExt::uid(&file.metadata().unwrap());
        let error = place::read_at(&file, own).expect_err("refused").to_string();
        assert!(error.contains("line 3"), "{error}");
    }
}
