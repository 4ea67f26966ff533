//! What can be typed after `handset`.
//!
//! Promises: a value that cannot be used is refused before anything starts, with a sentence that
//! says why, and exit code 2. Must never: read a file or the network.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    path::PathBuf,
};

use clap::Parser;
use url::{Host, Url};

/// A desktop dialing app for Apollo.io sequence call queues.
#[derive(Debug, Parser)]
#[command(name = "handset", version, about)]
pub(crate) struct Arguments {
    /// Start with the built-in sample team instead of Apollo
    #[arg(long, conflicts_with = "apollo_url")]
    pub(crate) sandbox: bool,

    /// Talk to this Apollo for this run, for example a sandbox on this computer
    #[arg(long, value_name = "URL", value_parser = parse_apollo_url)]
    pub(crate) apollo_url: Option<Url>,

    /// Keep everything of this run in this folder, and run beside another Handset. Only a mark of
    /// what was sent stays outside, so that a restored or copied folder is noticed
    #[arg(long, value_name = "DIR", value_parser = parse_data_dir)]
    pub(crate) data_dir: Option<PathBuf>,

    /// In place of the policy of this computer, in a build that is not released
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) policy: Option<PathBuf>,

    /// The key that updates are signed with, in a build that is not released
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "KEY", hide = true)]
    pub(crate) update_key: Option<String>,

    /// A link that was clicked: opens Handset, or brings its window to the front
    #[arg(value_name = "LINK", value_parser = parse_link)]
    pub(crate) link: Option<Url>,
}

/// A link of Handset's own scheme, which anybody can put on a page: so it opens the app, and says nothing that the
/// app acts on.
fn parse_link(text: &str) -> Result<Url, String> {
    match Url::parse(text) {
        Ok(url) if url.scheme() == "handset" => Ok(url),
        _ => Err("only links that begin with handset: can be opened".to_owned()),
    }
}

/// An origin that a key may be sent to: `https`, or `http` to this computer only.
fn parse_apollo_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|_| "it is not a full address such as https://api.apollo.io".to_owned())?;
    let Some(host) = url.host() else {
        return Err("it names no host".to_owned());
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it must not hold a user name or a password".to_owned());
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("it must be a scheme and a host only, without a path".to_owned());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_computer(&host) => Ok(url),
        "http" => Err(
            "the key would travel unprotected: use https (http is accepted for an \
                       address of this computer only)"
                .to_owned(),
        ),
        _ => Err("it must begin with https://".to_owned()),
    }
}

fn is_this_computer(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => *address == Ipv4Addr::LOCALHOST,
        Host::Ipv6(address) => *address == Ipv6Addr::LOCALHOST,
    }
}

/// An absolute folder, so that a later change of the working folder cannot move it.
fn parse_data_dir(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    let path = std::path::absolute(text).map_err(|error| error.to_string())?;
    if path.exists() && !path.is_dir() {
        return Err("it is a file, and Handset needs a folder".to_owned());
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(std::iter::once("handset").chain(arguments.iter().copied()))
    }

    fn refusal(arguments: &[&str]) -> String {
        let error = parse(arguments).expect_err("must be refused");
        assert_eq!(error.exit_code(), 2, "{error}");
        error.to_string()
    }

    #[test]
    fn nothing_typed_starts_with_the_settings_of_the_user() {
        let arguments = parse(&[]).unwrap();
        assert!(!arguments.sandbox);
        assert_eq!(arguments.apollo_url, None);
        assert_eq!(arguments.data_dir, None);
    }

    #[test]
    fn an_apollo_url_is_https_or_this_computer() {
        for good in [
            "https://api.apollo.io",
            "http://127.0.0.1:4000",
            "http://[::1]:1",
            "http://localhost:9/",
        ] {
            assert!(parse(&["--apollo-url", good]).is_ok(), "{good}");
        }
        assert!(refusal(&["--apollo-url", "http://apollo.example"]).contains("https"));
        assert!(refusal(&["--apollo-url", "http://127.0.0.1.example.com"]).contains("https"));
        assert!(refusal(&["--apollo-url", "ftp://apollo.example"]).contains("https://"));
        assert!(refusal(&["--apollo-url", "apollo"]).contains("not a full address"));
    }

    #[test]
    fn an_apollo_url_with_more_than_scheme_and_host_is_refused() {
        assert!(refusal(&["--apollo-url", "https://key@apollo.example"]).contains("user name"));
        assert!(
            refusal(&["--apollo-url", "https://apollo.example/api"]).contains("without a path")
        );
        assert!(
            refusal(&["--apollo-url", "https://apollo.example?key=1"]).contains("without a path")
        );
    }

    #[test]
    fn the_sandbox_and_another_apollo_exclude_each_other() {
        refusal(&["--sandbox", "--apollo-url", "https://apollo.example"]);
    }

    #[test]
    fn a_data_folder_becomes_absolute_and_a_file_is_refused() {
        let arguments = parse(&["--data-dir", "somewhere"]).unwrap();
        assert!(arguments.data_dir.unwrap().is_absolute());
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(refusal(&["--data-dir", file.path().to_str().unwrap()]).contains("is a file"));
        refusal(&["--data-dir", ""]);
    }

    #[test]
    fn a_link_of_handset_opens_it_and_any_other_is_refused() {
        for good in ["handset:", "handset://open", "HANDSET://open?x=1"] {
            assert!(parse(&[good]).unwrap().link.is_some(), "{good}");
        }
        // As the menu's entry and Windows' registry call it, so that no link can be an option.
        assert!(parse(&["--", "handset:"]).unwrap().link.is_some());
        refusal(&["--", "--sandbox"]);
        refusal(&["--", "handset:", "--sandbox"]);
        for bad in ["https://apollo.example", "tel:+12025550143", "handset"] {
            assert!(refusal(&[bad]).contains("handset:"), "{bad}");
        }
    }

    #[test]
    fn an_unknown_word_is_refused_and_help_and_version_succeed() {
        refusal(&["--fast"]);
        refusal(&["queue"]);
        for good in ["--help", "--version"] {
            assert_eq!(parse(&[good]).expect_err("prints and stops").exit_code(), 0);
        }
    }
}
