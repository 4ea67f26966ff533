//! A start while another Handset may be open.
//!
//! Promises: the other one is asked to show its window, and is given a few seconds for it; one that
//! was stopped, or that hangs, is reported and not waited for. Must never: start a second Handset beside
//! one that has not answered.
//!
//! On Linux the name on the message bus is asked by this module, because the plugin that holds it
//! waits for its owner without end. Where the plugin finds the other start by a mutex (Windows) or a
//! socket (macOS), the plugin hands over by itself, and Handset sets no limit.

use text::message;

use crate::stopped::Stopped;

/// What came of asking.
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "the plugin asks there")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// There is none, as far as can be told.
    None,
    /// It shows its window; this start has nothing to do.
    Answered,
    /// It has the name and does not answer.
    Silent,
    /// Not even the message bus answers, so no window could be opened either.
    NoBus,
}

/// What a person is told about another Handset that does not answer.
pub(crate) fn explanation() -> Stopped {
    Stopped::because(
        message!("start-other-silent"),
        Some(message!("start-other-silent-next")),
    )
}

#[cfg(target_os = "linux")]
pub(crate) use on_linux::ask;

#[cfg(not(target_os = "linux"))]
pub(crate) fn ask(_: &str) -> Other {
    Other::None
}

#[cfg(target_os = "linux")]
mod on_linux {
    use std::{env, sync::mpsc, thread, time::Duration};

    use gio::{
        Cancellable, DBusCallFlags, DBusConnection,
        glib::{Error, Variant, VariantTy, variant::ToVariant},
    };

    use super::Other;

    /// How long the other Handset may take to show its window.
    const ANSWER_LIMIT: Duration = Duration::from_secs(5);
    /// How long all of the asking may take, the message bus included.
    const ASKING_LIMIT: Duration = Duration::from_secs(10);
    /// The interface of the single-instance plugin.
    const INTERFACE: &str = "org.SingleInstance.DBus";
    const BUS: &str = "org.freedesktop.DBus";

    /// Asks whatever has this app's name to show its window.
    pub(crate) fn ask(identifier: &str) -> Other {
        let name = format!("{identifier}.SingleInstance");
        let (told, tell) = mpsc::channel();
        let asking = thread::Builder::new()
            .name("handset-second-start".to_owned())
            .spawn(move || {
                // Whoever waited may have given up.
                let _ = told.send(ask_by_name(&name));
            });
        match asking {
            Ok(_) => tell.recv_timeout(ASKING_LIMIT).unwrap_or(Other::NoBus),
            Err(_) => Other::None,
        }
    }

    fn ask_by_name(name: &str) -> Other {
        let Ok(bus) = gio::bus_get_sync(gio::BusType::Session, Cancellable::NONE) else {
            // Without a message bus nobody else can be found; the lock of the store is left.
            return Other::None;
        };
        // By default GIO ends the process together with the bus.
        bus.set_exit_on_close(false);
        match has_owner(&bus, name) {
            Ok(true) => {}
            Ok(false) => return Other::None,
            Err(_) => return Other::NoBus,
        }
        if show_window(&bus, name).is_ok() {
            return Other::Answered;
        }
        // It may have ended meanwhile. A program that has the name and is no Handset is silent too.
        match has_owner(&bus, name) {
            Ok(false) => Other::None,
            _ => Other::Silent,
        }
    }

    fn has_owner(bus: &DBusConnection, name: &str) -> Result<bool, Error> {
        let path = "/org/freedesktop/DBus";
        let answer = call(bus, [BUS, path, BUS, "NameHasOwner"], &(name,).to_variant())?;
        Ok(answer
            .get::<(bool,)>()
            .is_some_and(|(has_owner,)| has_owner))
    }

    fn show_window(bus: &DBusConnection, name: &str) -> Result<(), Error> {
        let path = format!("/{}", name.replace('.', "/").replace('-', "_"));
        let arguments: Vec<String> = env::args_os()
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect();
        let folder = env::current_dir().unwrap_or_default();
        let parameters = (arguments, folder.to_string_lossy().into_owned()).to_variant();
        call(
            bus,
            [name, &path, INTERFACE, "ExecuteCallback"],
            &parameters,
        )
        .map(drop)
    }

    fn call(
        bus: &DBusConnection,
        [name, path, interface, method]: [&str; 4],
        parameters: &Variant,
    ) -> Result<Variant, Error> {
        bus.call_sync(
            Some(name),
            path,
            interface,
            method,
            Some(parameters),
            None::<&VariantTy>,
            DBusCallFlags::NO_AUTO_START,
            i32::try_from(ANSWER_LIMIT.as_millis()).unwrap_or(i32::MAX),
            Cancellable::NONE,
        )
    }
}
