use apollo::ids::UserId;
use serde::Serialize;
use text::Text;
use ts_rs::TS;

/// The checks of a pasted key, as they go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConnectProgress {
    pub state: ConnectState,
    /// Always all of them, in order; a window shows them as a list.
    pub checks: Vec<Check>,
    /// Where the key is stored, or why it is not. One sentence, empty while checks run.
    pub sentence: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectState {
    /// Nothing was pasted yet.
    Idle,
    Running,
    /// A check failed; the key was not stored.
    Failed,
    /// All checks passed, but there is no keychain: ask whether to keep the key for this run.
    AskThisRun,
    /// All checks passed and the key is in use.
    Connected,
}

/// One check with its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Check {
    pub kind: CheckKind,
    /// What is asked: "Is it a key?".
    pub question: Text,
    pub state: CheckState,
    /// The answer in one sentence, once there is one.
    pub answer: Option<Text>,
    /// The one thing to do, if it failed.
    pub next_step: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// `auth/health`
    IsKey,
    /// `users/api_profile`
    Workspace,
    /// A one-row `phone_calls/search`
    Master,
    /// `usage_stats/api_usage_stats`
    Limits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    Waiting,
    Running,
    Passed,
    Failed,
    /// Not asked, because an earlier one failed.
    Skipped,
}

/// The people of the workspace, for *Who are you*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UserList {
    /// Suggested first, then by name; deactivated ones last.
    pub users: Vec<UserRow>,
    /// True while more are being read.
    pub loading: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct UserRow {
    #[ts(type = "string")]
    pub user_id: UserId,
    pub name: String,
    pub email: Option<String>,
    pub title: Option<String>,
    /// Deactivated in Apollo: shown, cannot be chosen.
    pub deactivated: bool,
    /// Why this one is suggested, if it is: "Same email as this computer's account".
    pub suggested_because: Option<Text>,
}

impl std::fmt::Debug for UserRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRow")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// What became of *Forget key*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ForgetReport {
    /// The keychain was read again afterwards and holds no key for this origin.
    pub proven_gone: bool,
    pub sentence: Text,
}
