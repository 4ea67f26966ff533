//! How often a durable save asks the disk to sync: counted from outside, by strace.
//!
//! Time tells about a machine, this about a store: it is the same everywhere.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::contenders::Contender;

const CALLS: &str = "fsync,fdatasync,sync_file_range,msync";
/// The calls that wait until the disk has the data.
const DURABLE: [&str; 2] = ["fsync(", "fdatasync("];
/// Two runs are compared, so that what opening and closing syncs does not count.
const FEW: usize = 50;
const MANY: usize = 150;

/// The syncs of one save, of each contender; none where they cannot be counted.
pub(crate) fn count(folder: &Path) -> Vec<(Contender, Option<f64>)> {
    Contender::ALL
        .into_iter()
        .map(|contender| (contender, of(contender, folder).ok()))
        .collect()
}

fn of(contender: Contender, folder: &Path) -> Result<f64> {
    let syncs =
        u32::try_from(run(contender, MANY, folder)?.saturating_sub(run(contender, FEW, folder)?))?;
    Ok(f64::from(syncs) / f64::from(u32::try_from(MANY - FEW)?))
}

fn run(contender: Contender, saves: usize, folder: &Path) -> Result<usize> {
    let log = folder.join("strace");
    let name = clap::ValueEnum::to_possible_value(&contender).context("it has no name")?;
    let status = Command::new("strace")
        .args(["-f", "-qq", "-e", &format!("trace={CALLS}"), "-o"])
        .arg(&log)
        .arg(env::current_exe()?)
        .arg("--folder")
        .arg(folder)
        .args(["save", name.get_name(), &saves.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "strace ended with {status}");
    let log = fs::read_to_string(log)?;
    Ok(log
        .lines()
        .filter(|line| DURABLE.iter().any(|call| line.contains(call)))
        .count())
}
