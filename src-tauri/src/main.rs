//! Starts the desktop app. Everything is in the library, so that tests reach it too.

// Without this a console window opens beside the app on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    handset::main()
}
