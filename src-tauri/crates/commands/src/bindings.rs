//! The TypeScript that windows are compiled against, made from the Rust types.
//!
//! Promises: every type that crosses IPC, and one map of all commands, in the folder given. Must
//! never: be edited by hand in `ui/src/generated`; `cargo xtask bindings` writes it anew.

use std::{fmt::Write as _, fs, io, path::Path};

#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use present::*;
use ts_rs::{Config, TS};

#[allow(
    clippy::wildcard_imports,
    reason = "the table names the arguments and answers of every command"
)]
use crate::arguments::*;

const NOTICE: &str = "// Made by `cargo xtask bindings` from the Rust types. Do not edit.\n";

/// Writes all bindings into `folder`, which should be empty.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let config = Config::default().with_out_dir(folder);
    let mut commands = Map::default();
    macro_rules! add {
        ($($name:ident($arguments:ty) -> $answer:ty [$($window:ident),+] changes [$($tag:ident),*];)+) => {$(
            export::<$arguments>(&config)?;
            export::<$answer>(&config)?;
            commands.add(
                stringify!($name),
                &<$arguments as TS>::name(&config),
                &<$answer as TS>::name(&config),
                &[$(stringify!($window)),+],
            );
        )+};
    }
    crate::for_each_command!(add);
    export::<Problem>(&config)?;
    export::<Changed>(&config)?;
    fs::write(folder.join("commands.ts"), commands.file())?;
    let messages = text::messages(text::base_sources()).map_err(io::Error::other)?;
    fs::write(folder.join("messages.ts"), messages_file(&messages))
}

/// Every message of the catalogue with the names of its values.
fn messages_file(messages: &text::Messages) -> String {
    let mut file = NOTICE.replace("the Rust types", "`locales/en-US`");
    file.push_str("\n/** Every message, and the names of the values it takes. */\nexport interface Messages {\n");
    for (id, names) in messages {
        let names: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let names = match &names[..] {
            [] => "never".to_owned(),
            names => names.join(" | "),
        };
        // Writing to a `String` cannot fail.
        let _ = writeln!(file, "  \"{id}\": {names};");
    }
    file.push_str("}\n");
    file
}

fn export<T: TS + 'static>(config: &Config) -> io::Result<()> {
    match T::export_all(config) {
        // `()` and other built-in types have no file of their own.
        Ok(()) | Err(ts_rs::ExportError::CannotBeExported(_)) => Ok(()),
        Err(error) => Err(io::Error::other(error)),
    }
}

#[derive(Default)]
struct Map {
    imports: std::collections::BTreeSet<String>,
    rows: String,
}

impl Map {
    fn add(&mut self, name: &str, arguments: &str, answer: &str, windows: &[&str]) {
        for name in [arguments, answer] {
            if name.chars().next().is_some_and(char::is_uppercase) {
                self.imports.insert(name.to_owned());
            }
        }
        let windows: Vec<_> = windows
            .iter()
            .map(|window| format!("\"{window}\""))
            .collect();
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            self.rows,
            "  {name}: {{ args: {arguments}; answer: {answer}; windows: {} }};",
            windows.join(" | ")
        );
    }

    fn file(&self) -> String {
        let mut file = NOTICE.to_owned();
        for import in &self.imports {
            let _ = writeln!(file, "import type {{ {import} }} from \"./{import}\";");
        }
        let _ = write!(
            file,
            "\n/** Every command a window can call: what it takes, what it answers, who may call it. */\n\
             export type Commands = {{\n{}}};\n",
            self.rows
        );
        file
    }
}
