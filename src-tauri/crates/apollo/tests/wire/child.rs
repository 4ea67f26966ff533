//! A client in a process of its own: for what a process has only once, its environment and its
//! memory.

use std::{
    env,
    ffi::OsString,
    fs,
    path::PathBuf,
    pin::Pin,
    process::{Command, Stdio},
    sync::Arc,
};

use apollo::{Client, ProxySetting};
use budget::Priority::WrapUp;
use url::Url;

use crate::server::options;

const URL: &str = "WIRE_CHILD_URL";
const CA_FILE: &str = "WIRE_CHILD_CA_FILE";
const EMBEDDED: &str = "WIRE_CHILD_EMBEDDED";

/// Variables that name a way out of this network, or whom to trust.
const NETWORK_VARIABLES: [&str; 10] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

pub(crate) struct Child {
    variables: Vec<(&'static str, OsString)>,
}

/// What came of a client with the system's settings.
pub(crate) struct Report {
    /// `Ok(…)` or `Err(…)`, as printed.
    pub(crate) answer: String,
    /// The most memory the process ever had, where the system tells.
    pub(crate) peak_bytes: Option<u64>,
}

impl Child {
    /// A process that asks `url` whether its key is good, once.
    pub(crate) fn new(url: &Url) -> Self {
        Self {
            variables: vec![(URL, url.as_str().into())],
        }
    }

    pub(crate) fn variable(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// With the certificate file of the settings.
    #[cfg(target_os = "linux")]
    pub(crate) fn trusting(self, file: &std::path::Path) -> Self {
        self.variable(CA_FILE, file)
    }

    /// With an Apollo inside the process, which says yes.
    #[cfg(target_os = "linux")]
    pub(crate) fn embedded(self) -> Self {
        self.variable(EMBEDDED, "1")
    }

    pub(crate) async fn run(self) -> Report {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args([
                "--exact",
                "child::a_client_in_a_process_of_its_own",
                "--nocapture",
                "--ignored",
            ])
            .stdin(Stdio::null());
        for name in NETWORK_VARIABLES {
            command.env_remove(name);
        }
        command.envs(self.variables);
        let output = tokio::task::spawn_blocking(move || command.output())
            .await
            .unwrap()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let printed = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::to_owned)
        };
        Report {
            answer: printed("answer ")
                .unwrap_or_else(|| panic!("the child printed nothing: {output:?}")),
            peak_bytes: printed("peak_kib ").map(|kib| kib.parse::<u64>().unwrap() * 1024),
        }
    }
}

/// The other side of [`Child::run`]; by itself there is nothing to do.
#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
#[expect(
    clippy::print_stdout,
    reason = "the process that started it reads this"
)]
async fn a_client_in_a_process_of_its_own() {
    let Ok(url) = env::var(URL) else { return };
    let mut options = options(url.parse().unwrap());
    options.proxy = ProxySetting::System;
    options.extra_ca_pem = env::var_os(CA_FILE).map(|file| fs::read(PathBuf::from(file)).unwrap());
    let client = if env::var_os(EMBEDDED).is_some() {
        let says_yes = |_| {
            let answer = http::Response::new(br#"{"is_logged_in":true}"#.to_vec());
            Box::pin(async move { answer }) as Pin<Box<_>>
        };
        Client::embedded(options, Arc::new(says_yes))
    } else {
        Client::new(options)
    };
    let answer = match client {
        Ok(client) => client.auth().health(WrapUp).await,
        Err(error) => Err(error),
    };
    println!("\nanswer {answer:?}");
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("peak_kib {}", peak.trim().trim_end_matches(" kB"));
    }
}
