//! Starts the desktop app. Everything is in the library, so that tests reach it too.

// Without this a console window opens beside the app on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

/// Keys and notes pass through buffers of libraries that do not wipe them. Freed memory is wiped here,
/// whoever freed it; only the memory of the web view's own libraries is not reached.
#[global_allocator]
static WIPES_WHAT_IS_FREED: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    handset::main()
}
