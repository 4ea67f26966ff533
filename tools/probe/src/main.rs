//! `cargo xtask probe`: asks a real account, with a key that its owner types.

use std::{
    io::{IsTerminal as _, Read as _, Write as _},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use apollo::{ApiKey, Client, ClientOptions, ProxySetting};
use budget::Budget;
use clap::Parser;
use clock::SystemClock;
use probe::Writes;
use url::Url;

/// Asks an Apollo account the open questions of docs/APOLLO.md. It reads only, unless told so.
///
/// The key comes from the keyboard (it is not shown) or from standard input; never from an
/// argument, which other programs can see.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask probe", disable_version_flag = true)]
struct Arguments {
    /// Apollo's origin; the sandbox's for a rehearsal
    #[arg(long, default_value = "https://api.apollo.io")]
    base_url: Url,
    /// Certificates to trust beside the system's, in PEM
    #[arg(long, value_name = "FILE")]
    extra_ca: Option<PathBuf>,
    /// Answer also what only writing tells: makes about seven calls and one task for --contact.
    /// Apollo cannot delete them
    #[arg(long, requires_all = ["contact", "contact_name", "user"])]
    allow_writes: bool,
    /// The id of a contact made for this
    #[arg(long, value_name = "ID", requires = "allow_writes")]
    contact: Option<String>,
    /// That contact's whole name; nothing is written if the id has another
    #[arg(long, value_name = "NAME", requires = "allow_writes")]
    contact_name: Option<String>,
    /// The id of the user for whom calls and task are written
    #[arg(long, value_name = "ID", requires = "allow_writes")]
    user: Option<String>,
    /// The id of an outcome, to see whether logging it moves the contact's stage
    #[arg(long, value_name = "ID", requires = "allow_writes")]
    outcome: Option<String>,
    /// Write the report here too
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Arguments {
    fn writes(&self) -> Option<Writes> {
        Some(Writes {
            contact_id: self.contact.clone()?,
            contact_name: self.contact_name.clone()?,
            user_id: self.user.clone()?,
            outcome_id: self.outcome.clone(),
        })
        .filter(|_| self.allow_writes)
    }
}

fn main() -> ExitCode {
    match ask(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A person reads this: no trace, whatever the environment says.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn ask(arguments: Arguments) -> Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(Box::pin(run(arguments)))
}

async fn run(arguments: Arguments) -> Result<()> {
    let key = key()?;
    let extra_ca_pem = arguments
        .extra_ca
        .as_ref()
        .map(std::fs::read)
        .transpose()
        .context("the certificate file could not be read")?;
    let clock = SystemClock::shared();
    let client = Client::new(ClientOptions {
        base_url: arguments.base_url.clone(),
        key,
        user_agent: format!("Handset-probe/{}", env!("CARGO_PKG_VERSION")),
        budget: Arc::new(Budget::new(clock.clone(), None)),
        clock: clock.clone(),
        proxy: ProxySetting::System,
        extra_ca_pem,
        https_only: true,
    })?;
    let mut err = std::io::stderr();
    writeln!(
        err,
        "Asking Apollo. It takes about a minute; nothing is changed unless --allow-writes is given."
    )?;
    let report = probe::probe(&client, &clock, arguments.writes().as_ref()).await?;
    let text = report.markdown();
    std::io::stdout().write_all(text.as_bytes())?;
    if let Some(path) = &arguments.out {
        std::fs::write(path, &text)
            .with_context(|| format!("the report could not be written to {}", path.display()))?;
    }
    Ok(())
}

/// The key, from a keyboard without showing it, or from a pipe.
fn key() -> Result<ApiKey> {
    let typed = if std::io::stdin().is_terminal() {
        rpassword::prompt_password("Apollo API key (not shown): ")?
    } else {
        let mut piped = String::new();
        std::io::stdin()
            .take(KEY_BYTES_MAX)
            .read_to_string(&mut piped)
            .context("the key could not be read from standard input")?;
        piped
    };
    match ApiKey::parse(&typed) {
        Ok(key) => Ok(key),
        Err(_) => bail!("That is no Apollo key. Nothing was sent."),
    }
}

/// More than any key has.
const KEY_BYTES_MAX: u64 = 4096;
