//! The report, in Markdown: made to be shown to others.

use std::fmt::Write as _;

use clock::Timestamp;

use crate::{Finding, QUESTIONS, question::Means};

/// What an account was found to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    requests: u32,
    at: Timestamp,
}

impl Report {
    pub(crate) fn new(findings: Vec<Finding>, requests: u32, at: Timestamp) -> Self {
        Self {
            findings,
            requests,
            at,
        }
    }

    /// The answer to a question, if it was asked.
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings
            .iter()
            .find(|finding| finding.question.id == id)
    }

    /// How many requests it took.
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let day = self.at.strftime("%Y-%m-%d");
        let mut text = format!(
            "# What this Apollo account does\n\nMade by `cargo xtask probe` on {day} with {} requests. It holds no key, no\n\
             name, number, address, note or id. Please add it to an issue of Handset's.\n\n\
             | # | question | answer | seen |\n|---|---|---|---|\n",
            self.requests
        );
        for finding in &self.findings {
            let number = finding
                .question
                .number
                .map_or_else(String::new, |number| number.to_string());
            // Writing into a String cannot fail.
            let _ = writeln!(
                text,
                "| {number} | {} | {} | {} |",
                finding.question.asks, finding.answer, finding.seen
            );
        }
        let open: Vec<_> = QUESTIONS
            .iter()
            .filter(|question| self.finding(question.id).is_none())
            .collect();
        if !open.is_empty() {
            text.push_str("\nNot asked:\n\n");
        }
        for question in open {
            let why = match question.by {
                Means::Read => "the account has nothing to read it from",
                Means::Write => "it would write; see `--allow-writes`",
                Means::Person => "no request can tell",
            };
            let _ = writeln!(text, "- {} ({why})", question.asks);
        }
        text
    }
}
