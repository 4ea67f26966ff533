//! Sample data is served inside the process. Its own binary, since the sockets are those of a process.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]
#![cfg(target_os = "linux")]

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use clock::SystemClock;
use commands::{
    Core,
    arguments::NoArgs,
    host::{Caller, Environment, Host, HostError},
    run,
    update_source::Off,
};
use present::{Changed, Stage};

/// Nothing is done on this computer.
struct Quiet;

impl Host for Quiet {
    fn changed(&self, _: &Changed) {}
    fn dial(&self, _: &str) -> Result<(), HostError> {
        Ok(())
    }
    fn copy(&self, _: &str) -> Result<(), HostError> {
        Ok(())
    }
    fn open_link(&self, _: &str) -> Result<(), HostError> {
        Ok(())
    }
    fn open_folder(&self, _: &Path) -> Result<(), HostError> {
        Ok(())
    }
    fn licenses(&self) -> Option<String> {
        None
    }

    fn show_settings(&self) -> Result<(), HostError> {
        Ok(())
    }
    fn quit(&self) -> Result<(), HostError> {
        Ok(())
    }

    fn restart(&self) -> Result<(), HostError> {
        Ok(())
    }
}

/// Every TCP and UDP socket that this process has.
fn sockets() -> BTreeSet<String> {
    let mut of_network = BTreeSet::new();
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let table = fs::read_to_string(format!("/proc/self/net/{table}")).unwrap_or_default();
        for line in table.lines().skip(1) {
            let inode = line.split_whitespace().nth(9).unwrap_or_default();
            of_network.insert(format!("socket:[{inode}]"));
        }
    }
    fs::read_dir("/proc/self/fd")
        .expect("the kernel says what is open")
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .map(|target| target.to_string_lossy().into_owned())
        .filter(|target| of_network.contains(target))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sample_data_is_served_without_a_socket() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = Environment {
        data_dir: folder.path().join("data"),
        state_dir: folder.path().join("state"),
        log_dir: folder.path().join("logs"),
        downloads_dir: folder.path().join("downloads"),
        version: "0.0.0-test".to_owned(),
        clock: SystemClock::shared(),
        zone: jiff::tz::TimeZone::UTC,
        zone_notice: None,
        account_email: None,
        apollo_url: None,
        start_in_sandbox: true,
        vault: Arc::new(vault::MemoryVault::new()),
        updates: Arc::new(Off(text::Text::verbatim("none in a test"))),
    };
    let core = Core::start(environment, Arc::new(Quiet))
        .await
        .expect("it starts");
    let main = Caller {
        window: "main".to_owned(),
    };
    let status = run::status_get(&core, &main, NoArgs {})
        .await
        .expect("a status");
    assert!(status.sandbox);
    assert_eq!(status.stage, Stage::Ready);
    // What is shown was read from it.
    let mut reads = 0;
    loop {
        let report = run::report_get(&core, &main, NoArgs {})
            .await
            .expect("a report");
        if report.all.open > 0 {
            break;
        }
        reads += 1;
        assert!(reads < 600, "no call task was read");
        SystemClock::shared()
            .sleep(std::time::Duration::from_millis(50))
            .await;
    }
    assert_eq!(sockets(), BTreeSet::new());
    core.shut_down().await;
}
