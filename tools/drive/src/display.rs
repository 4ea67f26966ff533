//! A screen nobody sees: one Xvfb on a display number that it picks itself. There is no window
//! manager, so windows are placed and sized here. Must never: touch the person's own display.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::{
    deadline::within,
    process::{Environment, Pipes, Process},
};

const START_LIMIT: Duration = Duration::from_secs(20);

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Size {
    pub(crate) const SMALL: Self = Self {
        width: 1100,
        height: 720,
    };
    pub(crate) const LARGE: Self = Self {
        width: 1440,
        height: 900,
    };
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

/// One running X server.
pub(crate) struct Display {
    _server: Process,
    number: String,
    pub(crate) size: Size,
}

impl Display {
    /// Starts a server whose only screen has the given size.
    pub(crate) async fn start(size: Size, log: &Path) -> Result<Self> {
        let mut server = Process::start(
            Path::new("Xvfb"),
            // The server picks a free number and writes it to its standard output (1).
            [
                "-displayfd",
                "1",
                "-screen",
                "0",
                &format!("{size}x24"),
                "-dpi",
                "96",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            &Environment::bare(),
            Pipes::ReadOutput,
            log,
        )?;
        let output = server.take_output()?;
        let read = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(output).read_line(&mut line).map(|_| line)
        });
        let line = within(START_LIMIT, "waiting for Xvfb", async { Ok(read.await??) }).await?;
        let number = line.trim();
        ensure!(!number.is_empty(), "Xvfb gave no display number");
        Ok(Self {
            _server: server,
            number: format!(":{number}"),
            size,
        })
    }

    /// What `DISPLAY` must be for a program to draw here.
    pub(crate) fn name(&self) -> &str {
        &self.number
    }

    /// Puts the window of a process with the title in front of all others over the whole screen, and
    /// hands the keyboard to it. False if there is no such window yet.
    pub(crate) fn spread(&self, process_id: u32, title: &str) -> Result<bool> {
        let Some(window) = self.window(process_id, title)? else {
            return Ok(false);
        };
        let (width, height) = (self.size.width.to_string(), self.size.height.to_string());
        self.xdotool(&["windowmove", &window, "0", "0"])?;
        self.xdotool(&["windowsize", &window, &width, &height])?;
        self.xdotool(&["windowraise", &window])?;
        self.xdotool(&["windowfocus", &window])?;
        Ok(true)
    }

    /// The window of a process with exactly this title, if it is visible now.
    pub(crate) fn window(&self, process_id: u32, title: &str) -> Result<Option<String>> {
        for window in self.windows(process_id)? {
            let name = self
                .xdotool(&["getwindowname", &window])
                .unwrap_or_default();
            if name == title {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }

    /// Every visible window of a process, from the bottom to the top.
    pub(crate) fn windows(&self, process_id: u32) -> Result<Vec<String>> {
        // xdotool ends with 1 and says nothing when there is none.
        let output = self
            .command("xdotool")
            .args([
                "search",
                "--onlyvisible",
                "--all",
                "--pid",
                &process_id.to_string(),
                "--name",
                ".",
            ])
            .output()
            .context("could not run xdotool")?;
        Ok(String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(str::to_owned)
            .collect())
    }

    /// The window that lies above all others.
    pub(crate) fn front_window(&self) -> Result<String> {
        // Without a window manager the windows are the root's children, from the bottom to the top.
        let windows =
            self.xdotool(&["search", "--onlyvisible", "--maxdepth", "1", "--name", "."])?;
        let front = windows.lines().last();
        front.map(str::to_owned).context("no window is visible")
    }

    /// Types a text and Enter key by key, as a keyboard does: nobody but the window that has the
    /// keyboard sees the text as a whole.
    pub(crate) fn type_with_enter(&self, text: &str) -> Result<()> {
        self.xdotool(&["type", "--delay", "8", "--", text])?;
        self.xdotool(&["key", "Return"]).map(drop)
    }

    fn xdotool(&self, arguments: &[&str]) -> Result<String> {
        let output = self
            .command("xdotool")
            .args(arguments)
            .output()
            .context("could not run xdotool")?;
        ensure!(
            output.status.success(),
            "xdotool {} failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// A command that sees this display and nothing else of the person's environment.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        Environment::bare()
            .with("DISPLAY", &self.number)
            .apply(&mut command);
        command
    }
}
