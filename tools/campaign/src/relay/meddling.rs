//! Machines between the app and Apollo that answer in Apollo's name: edges, gateways, firewalls.
//!
//! Promises: each one tells whether Apollo had acted before. Must never: answer as Apollo
//! does, except where a gateway or a stumble of Apollo's is known to look like it.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::http::{Reply, Request};
use crate::notes::POISON;

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meddling {
    /// A gateway that has no route: 404 in plain text.
    NoRoute,
    /// An edge that does not like the client: 403 in plain text.
    EdgeText,
    /// The same as a problem document.
    EdgeProblem,
    /// A firewall that takes a note for an attack: 403 as a page. Strikes nothing else.
    Firewall,
    /// A gateway's 200 with an empty object; Apollo never saw the request.
    EmptyObject,
    /// The same, after Apollo has acted.
    EmptyObjectAfterCommit,
    /// Apollo stumbles after it has acted: 422 with an error text of Ruby's.
    StumbleAfterCommit,
    /// A gateway that waited too long: 504 as a page, after Apollo has acted.
    TimeoutAfterCommit,
}

/// Whether Apollo sees the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    InsteadOfApollo,
    AfterCommit,
}

impl Meddling {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::NoRoute,
        Self::EdgeText,
        Self::EdgeProblem,
        Self::Firewall,
        Self::EmptyObject,
        Self::EmptyObjectAfterCommit,
        Self::StumbleAfterCommit,
        Self::TimeoutAfterCommit,
    ];

    /// As the table names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoRoute => "in between: 404 in plain text",
            Self::EdgeText => "in between: 403 error code: 1010",
            Self::EdgeProblem => "in between: 403 problem document",
            Self::Firewall => "in between: firewall's page on a note",
            Self::EmptyObject => "in between: 200 {} instead of Apollo",
            Self::EmptyObjectAfterCommit => "in between: 200 {} after the commit",
            Self::StumbleAfterCommit => "422 undefined method after the commit",
            Self::TimeoutAfterCommit => "in between: 504 after the commit",
        }
    }

    pub(crate) fn moment(self) -> Moment {
        match self {
            Self::NoRoute
            | Self::EdgeText
            | Self::EdgeProblem
            | Self::Firewall
            | Self::EmptyObject => Moment::InsteadOfApollo,
            Self::EmptyObjectAfterCommit | Self::StumbleAfterCommit | Self::TimeoutAfterCommit => {
                Moment::AfterCommit
            }
        }
    }

    pub(crate) fn reply(self) -> Reply {
        let (status, content_type, body) = match self {
            Self::NoRoute => ("404 Not Found", "text/plain", "default backend - 404"),
            Self::EdgeText => ("403 Forbidden", "text/plain", "error code: 1010"),
            Self::EdgeProblem => (
                "403 Forbidden",
                "application/problem+json",
                r#"{"title":"Error 1010: Access denied","status":403,"error_code":1010}"#,
            ),
            Self::Firewall => (
                "403 Forbidden",
                "text/html",
                "<html><head><title>Request Rejected</title></head><body>The requested URL was \
                 rejected. Your support ID is 42.</body></html>",
            ),
            Self::EmptyObject | Self::EmptyObjectAfterCommit => {
                ("200 OK", "application/json", "{}")
            }
            Self::StumbleAfterCommit => (
                "422 Unprocessable Entity",
                "application/json",
                r#"{"error":"Something's wrong with your API request. undefined method `[]' for nil"}"#,
            ),
            Self::TimeoutAfterCommit => (
                "504 Gateway Time-out",
                "text/html",
                "<html><head><title>504 Gateway Time-out</title></head><body></body></html>",
            ),
        };
        Reply {
            status,
            content_type,
            body: body.into(),
        }
    }

    fn concerns(self, request: &Request) -> bool {
        match self {
            Self::Firewall => request.is_write() && request.has_in_body(POISON),
            Self::NoRoute | Self::EdgeText | Self::EdgeProblem | Self::EmptyObject => true,
            Self::EmptyObjectAfterCommit | Self::StumbleAfterCommit | Self::TimeoutAfterCommit => {
                request.is_write()
            }
        }
    }
}

/// One of them at work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Armed {
    pub(crate) meddling: Meddling,
    /// What it strikes: paths that hold this; empty is all.
    pub(crate) path: &'static str,
    /// How many it strikes at most.
    pub(crate) left: u64,
    /// The chance with which it strikes each.
    pub(crate) chance: f64,
}

impl Armed {
    pub(super) fn strikes(
        &mut self,
        request: &Request,
        random: &mut ChaCha8Rng,
    ) -> Option<Meddling> {
        let is_meant = self.left > 0
            && request.path().contains(self.path)
            && self.meddling.concerns(request)
            && random.random_bool(self.chance);
        if !is_meant {
            return None;
        }
        self.left -= 1;
        Some(self.meddling)
    }
}
