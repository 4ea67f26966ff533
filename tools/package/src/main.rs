//! `cargo xtask package` and `cargo xtask verify`: the installers of Handset, signed, and the check of them
//! that IT makes before it installs one.
//!
//! Promises: one commit gives the same bytes, but for signatures; what is not signed with a key that was
//! given says so in every place where it is signed; `verify` trusts nothing but the keys it is given. Must
//! never: take a file into a release that `SHA256SUMS` does not name, or print a key.
//!
//! | module              | changes when …                                                   |
//! |---------------------|------------------------------------------------------------------|
//! | `release`           | what identifies a release changes: version, commit, time, names  |
//! | `build`             | the program is compiled in another way                           |
//! | `channels`          | what the updater reads changes                                   |
//! | `linux_files`       | a file is installed on Linux, or goes to another place           |
//! | `deb`, `rpm`, `msi` | one kind of installer changes                                    |
//! | `repository`        | what apt reads changes                                           |
//! | `signing`           | something is signed in another way, or with another key          |
//! | `inventory`         | the bill of materials, the notices or the provenance changes     |
//! | `sums`              | the list of files and their hashes changes                       |
//! | `verify`            | IT checks something else                                         |
//! | `prove`             | an installer promises something else                             |

mod build;
mod channels;
mod deb;
mod inventory;
mod linux_files;
mod msi;
mod prove;
mod release;
mod repository;
mod rpm;
mod signing;
mod sums;
mod verify;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use xshell::Shell;

/// Installers, and the check of them.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", disable_version_flag = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build and sign the installers of this commit
    Package {
        /// Where the installers go
        #[arg(long, value_name = "DIR", default_value = "target/package/out")]
        out: PathBuf,
        /// Only these kinds of installers
        #[arg(long, value_enum, value_delimiter = ',', default_value = "deb,rpm,msi")]
        only: Vec<release::Kind>,
        /// Pack the programs of the build before, of whatever commit it was: for work on the packing
        #[arg(long)]
        built: bool,
    },
    /// Check every signature and hash of these files and folders
    Verify {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// The folder with the public keys that are trusted; without it, the keys beside the files, which prove
        /// only that nothing was changed since they were signed
        #[arg(long, value_name = "DIR")]
        keys: Option<PathBuf>,
    },
    /// Prove that the installers do what IT counts on: makes them, and installs them in roots of their own
    Prove {
        /// Where installers, roots and pictures go
        #[arg(long, value_name = "DIR", default_value = "target/package/proof")]
        out: PathBuf,
        /// Only these parts
        #[arg(long, value_enum, value_delimiter = ',')]
        only: Vec<prove::Part>,
        /// The installers of the run before
        #[arg(long)]
        reuse: bool,
    },
    /// Compile for Windows what only Windows compiles, and link nothing
    CheckWindows,
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().verb {
        Verb::Package { out, only, built } => {
            let release = release::Release::of_this_checkout(&out)?;
            make(&release, &only, built)?;
            Ok(ExitCode::SUCCESS)
        }
        Verb::Verify { files, keys } => {
            let report = verify::verify(&files, keys.as_deref())?;
            say(&report.to_string())?;
            Ok(if report.is_good() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Verb::Prove { out, only, reuse } => {
            prove::prove(&out, &only, reuse)?;
            Ok(ExitCode::SUCCESS)
        }
        Verb::CheckWindows => {
            let sh = Shell::new()?;
            build::check_windows(&sh, &sh.current_dir())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn make(release: &release::Release, kinds: &[release::Kind], built: bool) -> Result<()> {
    use release::Kind;

    let keys = signing::Keys::from_environment(release)?;
    say(&keys.notice())?;
    if release.is_dirty {
        say(
            "The checkout has changes that are in no commit: these installers are not of the commit they name.",
        )?;
    }
    release.empty_out()?;
    let inventory = inventory::Inventory::of(release)?;
    inventory.write(release)?;
    if kinds.iter().any(|kind| *kind != Kind::Msi) {
        let program = if built {
            build::Built::linux(release)
        } else {
            build::linux(release, &keys)?
        };
        let files = linux_files::LinuxFiles::of(release, &program);
        if kinds.contains(&Kind::Deb) {
            let deb = deb::make(release, &files)?;
            repository::make(release, &deb, &keys)?;
        }
        if kinds.contains(&Kind::Rpm) {
            rpm::make(release, &files, &keys)?;
        }
    }
    if kinds.contains(&Kind::Msi) {
        let program = if built {
            build::Built::windows(release)?
        } else {
            build::windows(release, &keys)?
        };
        msi::make(release, &program, &keys)?;
    }
    keys.write_public(release)?;
    // After every signature that changes bytes: Authenticode and the rpm's own.
    signing::sign_for_update(release, &keys)?;
    channels::write(release)?;
    inventory::write_provenance(release)?;
    sums::write(release, &keys)?;
    for file in sums::read(&release.out)?.files {
        let size = std::fs::metadata(release.out.join(&file.name))
            .with_context(|| format!("{} is not there", file.name))?
            .len();
        say(&format!("{:>10}  {}", size, file.name))?;
    }
    say(&format!("Made in {}.", release.out.display()))
}

fn say(text: &str) -> Result<()> {
    writeln!(io::stdout(), "{text}").context("nobody reads the output")
}
