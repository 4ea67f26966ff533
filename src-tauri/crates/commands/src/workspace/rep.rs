//! The people of a workspace, and which of them the rep is.
//!
//! Promises: nobody who is deactivated can be chosen, and nobody before it is known whose team the
//! key is of. Must never: guess the rep.

use std::{sync::Arc, time::Duration};

use budget::Priority;
use domain::rep::Rep;
use present::{Problem, ProblemCode, UserList, store_problem};
use text::message;
use tracing::warn;

use super::Workspace;
use crate::{changes::WorkspaceChange, users};

/// How soon the people are read again after a failure; each wait is twice the one before.
const USERS_RETRY_MIN: Duration = Duration::from_secs(30);
const USERS_RETRY_MAX: Duration = Duration::from_mins(15);

impl Workspace {
    /// The people of the workspace, read at first use.
    pub(crate) fn users(self: &Arc<Self>, typed: Option<&str>) -> UserList {
        let (users, loading, has_client) = {
            let state = self.state();
            (
                state.users.clone(),
                state.users_loading,
                state.client.is_some(),
            )
        };
        if users.is_empty() && !loading && has_client {
            self.load_users();
        }
        UserList {
            users: users::rows(&users, self.account_email.as_deref(), typed),
            loading: self.state().users_loading,
        }
    }

    pub(super) fn load_users(self: &Arc<Self>) {
        let (client, keys) = {
            let mut state = self.state();
            let Some(client) = state.client.clone() else {
                return;
            };
            if state.users_loading || !state.users.is_empty() {
                return;
            }
            state.users_loading = true;
            (client, state.keys)
        };
        self.spawn(move |workspace| async move {
            let mut wait = USERS_RETRY_MIN;
            loop {
                let read = users::read(&client, Priority::OnDeck).await;
                let error = {
                    let mut state = workspace.state();
                    if state.keys != keys {
                        return;
                    }
                    state.users_loading = false;
                    match read {
                        Ok(users) => {
                            state.users = users;
                            None
                        }
                        Err(error) => Some(error),
                    }
                };
                workspace.name_owners();
                workspace.changed(WorkspaceChange::Users);
                let Some(error) = error else { return };
                warn!(%error, "the people could not be read; they are read again later");
                let until = error.retry_at().map(|at| {
                    let left = at.duration_since(workspace.clock.now());
                    Duration::try_from(left).unwrap_or_default()
                });
                workspace
                    .clock
                    .sleep(wait.max(until.unwrap_or_default()))
                    .await;
                wait = (wait * 2).min(USERS_RETRY_MAX);
                let mut state = workspace.state();
                if state.keys != keys || state.users_loading || !state.users.is_empty() {
                    return;
                }
                state.users_loading = true;
            }
        });
    }

    pub(super) fn name_owners(&self) {
        let (session, names) = {
            let state = self.state();
            (state.session.clone(), users::names(&state.users))
        };
        if let Some(session) = session {
            session.set_owners(names);
        }
    }

    /// Makes a person the rep.
    pub(crate) async fn choose_rep(
        self: &Arc<Self>,
        user_id: &apollo::ids::UserId,
    ) -> Result<(), Problem> {
        // A session has its team's outcomes, so nobody works before it is known which team it is.
        if !self.is_sure_of_team().await {
            return Err(Problem::new(
                ProblemCode::Unavailable,
                message!("commands-key-owner-unknown"),
            )
            .hint(message!("commands-key-owner-unknown-next")));
        }
        let opening = self.opening.lock().await;
        let user = self
            .state()
            .users
            .iter()
            .find(|user| user.id == *user_id)
            .cloned();
        let user = user
            .ok_or_else(|| Problem::new(ProblemCode::Invalid, message!("commands-person-gone")))?;
        if user.deactivated {
            return Err(Problem::new(
                ProblemCode::Invalid,
                message!("commands-person-deactivated"),
            ));
        }
        let rep = Rep {
            user_id: user.id.clone(),
            name: user.display_name(),
            email: user.email.clone(),
        };
        self.store
            .put_rep(Some(&rep))
            .await
            .map_err(|error| store_problem(&error))?;
        self.state().rep = Some(rep);
        self.open_session(&opening).await?;
        Ok(())
    }

    /// Asks anew who the rep is. Calls that the old rep saved still go out in their name: every
    /// wrap-up names its own rep.
    pub(crate) async fn change_rep(self: &Arc<Self>) -> Result<(), Problem> {
        let _opening = self.opening.lock().await;
        self.store
            .put_rep(None)
            .await
            .map_err(|error| store_problem(&error))?;
        self.state().rep = None;
        self.close_session().await;
        self.load_users();
        Ok(())
    }
}
