//! The desktop app: windows, IPC, the dial hand-off, log files, start and end.
//!
//! Promises: the only package that knows Tauri; every decision is the core's. Must never: talk to
//! Apollo, read the store or the keychain, or let a key or a person's data into a log.
//!
//! | module      | changes when …                                              |
//! |-------------|-------------------------------------------------------------|
//! | `arguments` | the command line changes                                    |
//! | `paths`     | a file moves                                                |
//! | `policy`    | an administrator can fix something else                     |
//! | `logging`   | the log files change                                        |
//! | `process`   | the system is told something else about this process       |
//! | `ipc`       | the way a command reaches the core changes                  |
//! | `events`    | the core needs something new from the desktop               |
//! | `dialer`    | other programs are handed something else                    |
//! | `updates`   | newer versions come in another way                          |
//! | `windows`   | a window is added, or what a page may reach changes         |
//! | `second_start` | another Handset is found in another way                  |
//! | `stopped`   | the window of a start that failed changes                   |
//! | `waiting`   | a start waits for something else                            |
//! | `shutdown`  | the way a run ends changes                                  |

mod arguments;
mod dialer;
mod events;
mod ipc;
mod logging;
mod paths;
mod policy;
mod process;
mod second_start;
mod shutdown;
mod stopped;
mod updates;
mod waiting;
mod windows;
mod zone;

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use arguments::Arguments;
use clap::Parser;
use clock::{SharedClock, SystemClock};
use commands::{
    Core, Start, StartError,
    host::{Environment, Host},
};
use paths::{Places, StoppedFolder};
use second_start::Other;
use shutdown::Ending;
use stopped::{Shown, Stopped};
use tauri::{AppHandle, Manager, Runtime, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;
use text::{Catalogue, Text, message};
use tracing_appender::non_blocking::WorkerGuard;
use waiting::Waited;

/// Runs Handset until it is quit.
pub fn main() -> ExitCode {
    let confined = process::keep_to_itself();
    let zone = zone::of_this_computer();
    let catalogue = Arc::new(Catalogue::of_this_computer(zone.zone.clone()));
    let say = |text: &Text| say_on_stderr(&catalogue.word(text));
    if let Err(error) = confined {
        say(&message!("start-core-files", reason = error.to_string()));
    }
    match process::leave_doors_behind() {
        Ok(None) => {}
        Ok(Some(code)) => return code,
        Err(error) => {
            say(&message!("start-doors-open", reason = error.to_string()));
            return ExitCode::FAILURE;
        }
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Without a terminal there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(arguments, zone, &catalogue) {
        Ok(never) => never,
        Err(error) => {
            tracing::error!(%error, "could not start");
            say(&Text::sentences([
                message!("start-stopped"),
                error.message(),
            ]));
            ExitCode::FAILURE
        }
    }
}

/// Why not even a window can say what is wrong.
#[derive(Debug, thiserror::Error)]
enum NoWindow {
    #[error("there is no display")]
    NoDisplay,
    #[error("the account has no folder for apps")]
    NoHome,
    #[error("the message bus does not answer")]
    NoBus,
    #[error("{0}")]
    System(#[from] tauri::Error),
}

impl NoWindow {
    /// What happened, and what to do next.
    fn message(&self) -> Text {
        match self {
            Self::NoDisplay => message!("start-no-display"),
            Self::NoHome => message!("start-no-home"),
            Self::NoBus => message!("start-no-bus"),
            Self::System(error) => Text::verbatim(error.to_string()),
        }
    }
}

/// Adds every command, behind the real ACL if built with [`context`]. Takes the builder, so that
/// tests can bring that of Tauri's mock runtime.
pub fn with_commands<R: Runtime>(builder: tauri::Builder<R>) -> tauri::Builder<R> {
    builder.invoke_handler(ipc::handler())
}

/// `tauri.conf.json`, the capabilities and the built UI, as compiled in.
#[expect(clippy::exit, reason = "in the code that Tauri makes")]
pub fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

fn run(
    arguments: Arguments,
    zone: zone::Chosen,
    catalogue: &Arc<Catalogue>,
) -> Result<ExitCode, NoWindow> {
    if cfg!(target_os = "linux") && !has_display() {
        return Err(NoWindow::NoDisplay);
    }
    // Where this program is, before an update puts another one there.
    let program = env::current_exe();
    updates::keep_tls_as_it_is();
    let context = context::<Wry>();
    let own_folder = arguments.data_dir.is_some();
    let places = match arguments.data_dir.clone() {
        Some(dir) => Places::inside(dir, &context.config().identifier),
        None => Places::of_user(&context.config().identifier).ok_or(NoWindow::NoHome)?,
    };
    let mut builder = with_commands(tauri::Builder::<Wry>::new());
    // A run with a folder of its own may run beside another; the store's lock guards the folder.
    let other = if own_folder {
        Other::None
    } else {
        second_start::ask(&context.config().identifier)
    };
    match other {
        Other::Answered => return Ok(ExitCode::SUCCESS),
        Other::NoBus => return Err(NoWindow::NoBus),
        Other::None | Other::Silent => {}
    }
    if !own_folder && other == Other::None {
        // The first plugin of all, so that a second start ends before it touches anything.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Err(error) = windows::bring_to_front(app) {
                tracing::error!(%error, "the window could not be brought to the front");
            }
        }));
    }
    // Nothing is read or written in a folder that cannot be trusted, or that another Handset may be
    // writing to: not the log, not even where the windows were.
    let refused = match other {
        Other::Silent => Some(second_start::explanation()),
        _ => refusal(&places),
    };
    if refused.is_none() {
        let windows = tauri_plugin_window_state::Builder::new()
            .with_filename(places.window_state_file().to_string_lossy())
            .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
            .with_denylist(&[windows::STOPPED]);
        builder = builder.plugin(windows.build());
    }
    let clock = SystemClock::shared();
    let restarts = Arc::new(AtomicBool::new(false));
    let app = builder
        .plugin(tauri_plugin_updater::Builder::new().build())
        .register_uri_scheme_protocol(windows::STOPPED_SCHEME, |context, request| {
            let (app, label) = (context.app_handle(), context.webview_label());
            stopped::respond(app, label, request.uri().path())
        })
        .manage(Arc::clone(catalogue))
        .manage(Shown::default())
        .manage(StoppedFolder::default())
        .manage(windows::Renewing::default())
        .manage(Ending::new(Arc::clone(&clock), Arc::clone(&restarts)))
        .manage(places.clone())
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && window.label() == windows::MAIN
                && let Some(core) = window.app_handle().try_state::<Arc<Core>>()
                && core.should_wait_to_close()
            {
                api.prevent_close();
            }
            if matches!(event, WindowEvent::Destroyed)
                && window.label() == windows::MAIN
                && let Err(error) = windows::main_is_gone(window.app_handle())
            {
                tracing::warn!(%error, "the windows could not follow the main one");
            }
        })
        .setup(move |app| {
            let app = app.handle();
            shutdown::exit_on_signals(app);
            let opened = match refused {
                Some(refused) => stopped::show(app, refused),
                None => set_up(app, arguments, &places, clock, zone),
            };
            process::close_memory();
            if let Err(error) = opened {
                // An error returned from here would be a panic.
                tracing::error!(%error, "no window could be opened");
                say(
                    app,
                    &message!("start-no-window", reason = error.to_string()),
                );
                app.exit(1);
            }
            Ok(())
        })
        .build(context)?;
    let code = app.run_return(|app, event| shutdown::on_event(app, &event));
    if restarts.load(Ordering::SeqCst)
        && let Err(error) = start_anew(program)
    {
        say_on_stderr(&catalogue.word(&message!("host-not-restarted", reason = error.to_string())));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

/// Starts the program that is installed now, as this one was started.
#[cfg(unix)]
fn start_anew(program: io::Result<PathBuf>) -> io::Result<()> {
    let mut again = again(program?);
    // This process becomes the new one, and lets go of whatever it held: a second one beside it would
    // find the data folder and the name on the message bus taken.
    Err(std::os::unix::process::CommandExt::exec(&mut again))
}

#[cfg(not(unix))]
fn start_anew(program: io::Result<PathBuf>) -> io::Result<()> {
    again(program?).spawn().map(drop)
}

fn again(program: PathBuf) -> Command {
    let mut again = Command::new(program);
    again.args(env::args_os().skip(1));
    again
}

/// Why the data folder cannot be used, if it cannot.
fn refusal(places: &Places) -> Option<Stopped> {
    let error = StartError::Store(commands::folder::ensure_private(&places.data_dir).err()?);
    let folder = places.data_dir.display().to_string();
    let message = Text::sentences([error.message(), message!("start-folder", folder = folder)]);
    Some(Stopped::because(message, error.hint()))
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn start_logging(app: &AppHandle, places: &Places) -> Option<WorkerGuard> {
    let catalogue = Arc::clone(app.state::<Arc<Catalogue>>().inner());
    match logging::start(&places.log_dir, catalogue) {
        Ok(guard) => Some(guard),
        Err(error) => {
            // Working without a log is better than not working.
            let folder = places.log_dir.display().to_string();
            say(
                app,
                &message!("start-no-log", folder = folder, reason = error.reason()),
            );
            None
        }
    }
}

/// Starts the log and the core and opens the main window, or the window that says why that is
/// impossible. Runs once it is clear that this is the only Handset.
fn set_up(
    app: &AppHandle,
    arguments: Arguments,
    places: &Places,
    clock: SharedClock,
    zone: zone::Chosen,
) -> tauri::Result<()> {
    let logging = start_logging(app, places);
    let log_dir = logging.is_some().then_some(places.log_dir.as_path());
    app.state::<Ending>().keep_until_the_end(logging);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        os = std::env::consts::OS,
        sandbox = arguments.sandbox,
        other_apollo = arguments.apollo_url.is_some(),
        own_folder = arguments.data_dir.is_some(),
        opened_by_link = arguments.link.is_some(),
        "started"
    );
    let mut start = Start::new(environment(app, arguments, places, clock, zone));
    let host: Arc<dyn Host> = Arc::new(events::Desktop::new(app.clone()));
    // Before any window: a window without a core could only say so.
    match tauri::async_runtime::block_on(Box::pin(start.attempt(Arc::clone(&host)))) {
        Ok(core) => {
            app.manage(core);
            windows::show_main(app)
        }
        Err(error) if error.waits_for_keychain() => {
            tracing::warn!("the core waits for the keychain");
            let waited = Waited {
                start,
                host,
                log_dir: log_dir.map(Path::to_owned),
            };
            waiting::begin(app, waited, &error)
        }
        Err(error) => {
            tracing::error!("the core could not start");
            let stopped = Stopped::because(error.message(), error.hint());
            stopped::show(app, stopped.with_logs(log_dir))
        }
    }
}

fn environment<R: Runtime>(
    app: &AppHandle<R>,
    arguments: Arguments,
    places: &Places,
    clock: SharedClock,
    zone: zone::Chosen,
) -> Environment {
    let vault = Arc::new(vault::Keychain::new(
        &app.config().identifier,
        Arc::clone(&clock),
    ));
    let zone::Chosen { zone, notice } = zone;
    let updates = updates::source(app, policy_reader(&arguments), update_key(app, &arguments));
    Environment {
        data_dir: places.data_dir.clone(),
        state_dir: places.state_dir.clone(),
        log_dir: places.log_dir.clone(),
        downloads_dir: places.downloads.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        clock,
        zone,
        zone_notice: notice,
        account_email: account_email(),
        apollo_url: arguments.apollo_url,
        start_in_sandbox: arguments.sandbox,
        vault,
        updates,
    }
}

/// Reads the policy of this computer. A build that is not released can be given another, for tests.
fn policy_reader(arguments: &Arguments) -> Box<updates::ReadPolicy> {
    #[cfg(debug_assertions)]
    if let Some(file) = arguments.policy.clone() {
        return Box::new(move || policy::of_a_test(&file));
    }
    let _ = arguments;
    Box::new(policy::of_this_computer)
}

/// The key that updates are signed with. A build that is not released can be given another, for
/// tests.
fn update_key<R: Runtime>(app: &AppHandle<R>, arguments: &Arguments) -> Option<String> {
    #[cfg(debug_assertions)]
    if let Some(key) = &arguments.update_key {
        return Some(key.clone());
    }
    let _ = arguments;
    updates::built_in_key(app)
}

/// The email of the computer's account: no system says it, but `EMAIL` is where people put it.
fn account_email() -> Option<String> {
    std::env::var("EMAIL")
        .ok()
        .filter(|text| text.contains('@'))
}

/// For whoever started Handset from a terminal, in the language of this computer.
fn say<R: Runtime>(app: &AppHandle<R>, text: &Text) {
    say_on_stderr(&app.state::<Arc<Catalogue>>().word(text));
}

/// For whoever started Handset from a terminal. The lints ban `eprintln!`, which panics.
fn say_on_stderr(text: &str) {
    // Nobody listening is no error.
    let _ = writeln!(std::io::stderr(), "{text}");
}
