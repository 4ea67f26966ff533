//! What each command does, one function each, named as in the table, one file for each subject.
//!
//! Promises: arguments were parsed strictly; every error is a [`Problem`]. Must never: do more than
//! call the owner of the matter, and answer with what crate `present` makes of it.

mod budget;
mod call;
mod card;
mod key;
mod outcomes;
mod queue;
mod receipts;
mod rep;
mod report;
mod saving;
mod settings;
mod status;
mod update;

use std::sync::Arc;

use apollo::ids::TaskId;
use present::{Card, Problem, ProblemCode, Stage, task_gone};
use session::Session;
use text::message;

pub(crate) use self::{
    budget::*, call::*, card::*, key::*, outcomes::*, queue::*, receipts::*, rep::*, report::*,
    saving::*, settings::*, status::*, update::*,
};
use crate::Core;

type Answer<T> = Result<T, Problem>;

/// The rep's session, if there is a key and a rep.
fn session_of(core: &Core) -> Answer<Arc<Session>> {
    let workspace = core.workspace();
    workspace.session().ok_or_else(|| match workspace.stage() {
        Stage::ChooseRep => {
            Problem::new(ProblemCode::NotMapped, message!("commands-nobody-chosen"))
        }
        Stage::Welcome | Stage::Ready => Problem::new(
            ProblemCode::NotConnected,
            message!("commands-not-connected"),
        ),
    })
}

/// The result of an action, its error as a person reads it.
fn told<T>(done: Result<T, session::Error>, session: &Session) -> Answer<T> {
    done.map_err(|error| present::problem(&error, session))
}

fn card_of(session: &Session, task: &TaskId) -> Answer<Card> {
    let card = session.view(|view| present::card(view, task));
    card.ok_or_else(task_gone)
}
