//! One window as its user meets it: elements by role and name, a pointer, and a keyboard.
//!
//! Promises: every action waits for its element with a deadline, and a failure lists what was there
//! instead. Must never: set values or dispatch events from script; only the driver acts.

use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use fantoccini::{
    Client,
    actions::{InputSource, KeyAction, KeyActions},
    elements::{Element, ElementRef},
    error::CmdError,
    key::Key,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    deadline::{until, within},
    display::Size,
    elements::Query,
};

const ELEMENT_LIMIT: Duration = Duration::from_secs(15);
const COMMAND_LIMIT: Duration = Duration::from_secs(15);
const AUDIT_LIMIT: Duration = Duration::from_mins(1);
/// The key by which WebDriver passes an element (W3C WebDriver, section "Elements").
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window under control.
#[derive(Clone)]
pub(crate) struct Page {
    client: Client,
}

/// An element as found, with what assistive technology is told about it.
pub(crate) struct Found {
    element: Element,
    pub(crate) facts: Facts,
}

/// What can be asked about an element.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Facts {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) value: Option<String>,
    pub(crate) disabled: bool,
    pub(crate) focused: bool,
}

impl Page {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Everything that fits, as it is now.
    pub(crate) async fn all(&self, query: &Query) -> Result<Vec<Found>> {
        let script = "const q = window.__driveQueries; \
             return q.find(arguments[0]) \
             .map((element) => [q.pointerTarget(element), q.describe(element)]);";
        let found = self
            .ask("__driveQueries", "queries.js", script, vec![json!(query)])
            .await?;
        let found: Vec<(Value, Facts)> = serde_json::from_value(found)?;
        found
            .into_iter()
            .map(|(element, facts)| {
                let id = element[ELEMENT_KEY]
                    .as_str()
                    .context("the driver gave no element")?;
                let id = ElementRef::from(id.to_owned());
                Ok(Found {
                    element: Element::from_element_id(self.client.clone(), id),
                    facts,
                })
            })
            .collect()
    }

    /// Waits for exactly one element that fits.
    pub(crate) async fn find(&self, query: &Query) -> Result<Found> {
        self.find_within(ELEMENT_LIMIT, query).await
    }

    /// The same with another deadline.
    pub(crate) async fn find_within(&self, limit: Duration, query: &Query) -> Result<Found> {
        let found = until(limit, &format!("looking for {query}"), async || {
            let mut all = self.all(query).await?;
            ensure!(all.len() <= 1, "{} elements fit", all.len());
            Ok(all.pop())
        })
        .await;
        self.explain(found).await
    }

    /// Waits for at least one element that fits and takes the first.
    pub(crate) async fn first(&self, query: &Query) -> Result<Found> {
        let found = until(ELEMENT_LIMIT, &format!("looking for {query}"), async || {
            Ok(self.all(query).await?.into_iter().next())
        })
        .await;
        self.explain(found).await
    }

    /// Waits until the one element that fits is `satisfied`; a failure names what was `expected`.
    pub(crate) async fn find_when(
        &self,
        query: &Query,
        expected: &str,
        satisfied: impl Fn(&Facts) -> bool,
    ) -> Result<Found> {
        let found = until(
            ELEMENT_LIMIT,
            &format!("waiting for {query} {expected}"),
            async || {
                let mut all = self.all(query).await?;
                ensure!(all.len() <= 1, "{} elements fit", all.len());
                let found = all.pop();
                match &found {
                    Some(found) if !satisfied(&found.facts) => {
                        bail!("it was there, but not so: {:?}", found.facts)
                    }
                    _ => Ok(found),
                }
            },
        )
        .await;
        self.explain(found).await
    }

    /// Waits until nothing fits.
    pub(crate) async fn find_gone(&self, query: &Query) -> Result<()> {
        until(
            ELEMENT_LIMIT,
            &format!("waiting for {query} to go"),
            async || Ok(self.all(query).await?.is_empty().then_some(())),
        )
        .await
    }

    /// Waits until `poll` answers with something.
    pub(crate) async fn wait<T>(
        &self,
        what: &str,
        poll: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let found = until(ELEMENT_LIMIT, &format!("waiting for {what}"), poll).await;
        self.explain(found).await
    }

    /// Whether something fits now.
    pub(crate) async fn is_there(&self, query: &Query) -> Result<bool> {
        Ok(!self.all(query).await?.is_empty())
    }

    /// Clicks the one element that fits, once it can be clicked.
    pub(crate) async fn click(&self, query: &Query) -> Result<()> {
        let found = self
            .find_when(query, "to be enabled", |facts| !facts.disabled)
            .await?;
        self.click_found(&found)
            .await
            .with_context(|| format!("clicking {query}"))
    }

    /// Clicks an element.
    pub(crate) async fn click_found(&self, found: &Found) -> Result<()> {
        within(COMMAND_LIMIT, "clicking", async {
            found.element.click().await.map_err(with_kind)
        })
        .await
    }

    /// Types into the one text field that fits, after what is in it.
    pub(crate) async fn type_into(&self, query: &Query, text: &str) -> Result<()> {
        let found = self
            .find_when(query, "to be enabled", |facts| !facts.disabled)
            .await?;
        within(COMMAND_LIMIT, &format!("typing into {query}"), async {
            found.element.send_keys(text).await.map_err(with_kind)
        })
        .await
    }

    /// Replaces what is in the one text field that fits.
    pub(crate) async fn retype(&self, query: &Query, text: &str) -> Result<()> {
        self.click(query).await?;
        self.press_with(Key::Control, 'a').await?;
        if text.is_empty() {
            self.press(Key::Delete).await
        } else {
            self.type_keys(text).await
        }
    }

    /// Presses and releases one key, wherever the focus is.
    pub(crate) async fn press(&self, key: impl Into<char>) -> Result<()> {
        let key = key.into();
        self.perform(vec![
            KeyAction::Down { value: key },
            KeyAction::Up { value: key },
        ])
        .await
    }

    /// Presses a key while another is held.
    pub(crate) async fn press_with(
        &self,
        held: impl Into<char>,
        key: impl Into<char>,
    ) -> Result<()> {
        let (held, key) = (held.into(), key.into());
        self.perform(vec![
            KeyAction::Down { value: held },
            KeyAction::Down { value: key },
            KeyAction::Up { value: key },
            KeyAction::Up { value: held },
        ])
        .await
    }

    /// Types a text key by key, wherever the focus is.
    pub(crate) async fn type_keys(&self, text: &str) -> Result<()> {
        self.perform(
            text.chars()
                .flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }])
                .collect(),
        )
        .await
    }

    /// Leaves a text field with Esc.
    pub(crate) async fn leave_field(&self) -> Result<()> {
        self.press(Key::Escape).await
    }

    async fn perform(&self, actions: Vec<KeyAction>) -> Result<()> {
        let keyboard = actions
            .into_iter()
            .fold(KeyActions::new("keyboard".to_owned()), InputSource::then);
        within(COMMAND_LIMIT, "pressing keys", async {
            self.client
                .perform_actions(keyboard)
                .await
                .map_err(with_kind)
        })
        .await
    }

    /// All text that is on screen.
    pub(crate) async fn text(&self) -> Result<String> {
        let text = self.run("return document.body.innerText;", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The size of the window, as the page knows it.
    pub(crate) async fn size(&self) -> Result<Size> {
        let script = "return { width: innerWidth, height: innerHeight };";
        Ok(serde_json::from_value(self.run(script, vec![]).await?)?)
    }

    /// What the page is told about the system's colors: "dark" or "light".
    pub(crate) async fn color_scheme(&self) -> Result<String> {
        let script =
            "return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';";
        Ok(self
            .run(script, vec![])
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Asks the core what it knows, by a command that this window may give. Only for what no screen
    /// shows; it is no way to act.
    pub(crate) async fn ask_core(&self, command: &str, arguments: Value) -> Result<Value> {
        let script = "const [command, args, done] = arguments; \
            window.__TAURI_INTERNALS__.invoke(command, { args }) \
              .then((answer) => done({ answer }), (problem) => done({ problem }));";
        let mut reply = within(
            COMMAND_LIMIT,
            &format!("asking the core: {command}"),
            async {
                let arguments = vec![json!(command), arguments];
                self.client
                    .execute_async(script, arguments)
                    .await
                    .map_err(with_kind)
            },
        )
        .await?;
        ensure!(
            reply["problem"].is_null(),
            "{command} was refused: {}",
            reply["problem"]
        );
        Ok(reply["answer"].take())
    }

    /// Sends the window to another address, as a script in its page could, and gives it the time to
    /// get there.
    pub(crate) async fn leave_for(&self, address: &str) -> Result<()> {
        let script = "const [address, done] = arguments; \
            addEventListener('pagehide', () => done(true)); \
            location.assign(address); \
            setTimeout(() => done(false), 400);";
        // A page that is left may take the answer with it.
        let _left = within(COMMAND_LIMIT, "leaving the page", async {
            self.client
                .execute_async(script, vec![json!(address)])
                .await
                .map_err(with_kind)
        })
        .await;
        Ok(())
    }

    /// What the window shows.
    pub(crate) async fn title_and_address(&self) -> Result<(String, String)> {
        let script = "return [document.title, location.href];";
        Ok(serde_json::from_value(self.run(script, vec![]).await?)?)
    }

    /// Waits until fonts are loaded, running animations have ended, and two frames were drawn.
    pub(crate) async fn settle(&self) -> Result<()> {
        let script = "const done = arguments[arguments.length - 1]; \
            document.fonts.ready \
              .then(() => Promise.allSettled(document.getAnimations() \
                .filter((a) => Number.isFinite(a.effect?.getComputedTiming().endTime)) \
                .map((a) => a.finished))) \
              .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
        within(COMMAND_LIMIT, "waiting for the window to be drawn", async {
            self.client
                .execute_async(script, vec![])
                .await
                .map(drop)
                .map_err(with_kind)
        })
        .await
    }

    /// What the rules of WCAG 2.2 A and AA find wrong with what is on screen, one line each.
    pub(crate) async fn accessibility_violations(&self) -> Result<Vec<String>> {
        #[derive(Deserialize)]
        struct Report {
            passed_rules: u32,
            violations: Vec<Violation>,
        }
        #[derive(Deserialize)]
        struct Violation {
            rule: String,
            help: String,
            r#where: Vec<String>,
        }
        self.ask("__driveAudit", "audit.js", "return true;", vec![])
            .await?;
        let script = "const done = arguments[arguments.length - 1]; \
            window.__driveAudit.run().then(done, (error) => done({ error: String(error) }));";
        let report = within(AUDIT_LIMIT, "running the accessibility rules", async {
            self.client
                .execute_async(script, vec![])
                .await
                .map_err(with_kind)
        })
        .await?;
        let report: Report = serde_json::from_value(report.clone())
            .with_context(|| format!("the accessibility rules did not run: {report}"))?;
        ensure!(
            report.passed_rules > 0,
            "no accessibility rule applied, so nothing was checked"
        );
        Ok(report
            .violations
            .iter()
            .map(
                |Violation {
                     rule,
                     help,
                     r#where,
                 }| format!("{rule}: {help}: {}", r#where.join("; ")),
            )
            .collect())
    }

    /// Roles and names of all that is there.
    pub(crate) async fn present(&self) -> Result<Vec<String>> {
        let script = "return window.__driveQueries.present();";
        let present = self
            .ask("__driveQueries", "queries.js", script, vec![])
            .await?;
        Ok(serde_json::from_value(present)?)
    }

    async fn explain<T>(&self, found: Result<T>) -> Result<T> {
        match found {
            Ok(found) => Ok(found),
            Err(error) => match self.present().await {
                Ok(present) => bail!("{error:#}\nThere was:\n  {}", present.join("\n  ")),
                Err(_) => Err(error),
            },
        }
    }

    /// Runs a script that needs one of our bundles, which is installed first if it is not there.
    async fn ask(
        &self,
        global: &str,
        bundle: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Value> {
        let guarded = format!(
            "if (!window.{global}) return {{ not_installed: true }}; return {{ answer: (function () {{ {script} }}).apply(null, arguments) }};"
        );
        let mut answer = self.run(&guarded, arguments.clone()).await?;
        if answer["not_installed"] == json!(true) {
            self.run(&crate::bundles::read(bundle)?, vec![]).await?;
            answer = self.run(&guarded, arguments).await?;
        }
        Ok(answer["answer"].take())
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        within(COMMAND_LIMIT, "asking the window", async {
            self.client
                .execute(script, arguments)
                .await
                .map_err(with_kind)
        })
        .await
    }
}

/// The driver's error with its kind, which the driver often gives instead of a message.
fn with_kind(error: CmdError) -> anyhow::Error {
    match error {
        CmdError::Standard(error) => anyhow!("{}: {}", error.error(), error.message),
        other => other.into(),
    }
}
