//! The answer to one question, and what was seen.

use crate::question::Question;

/// The answer to a question that is put so that yes or no answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// It could not be told.
    Unclear,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unclear => "unclear",
        })
    }
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was asked.
    pub question: &'static Question,
    /// The answer.
    pub answer: Answer,
    /// What was seen: statuses, counts and Apollo's own names of states; nothing of a person.
    pub seen: String,
}

/// Gathers findings; a question is answered once.
pub(crate) type Findings = Vec<Finding>;

/// Adds an answer to the question of that name.
pub(crate) fn found(findings: &mut Findings, id: &str, answer: Answer, seen: impl Into<String>) {
    if let Some(question) = crate::question::named(id) {
        findings.push(Finding {
            question,
            answer,
            seen: seen.into(),
        });
    }
}

/// Yes or no.
pub(crate) fn whether(so: bool) -> Answer {
    if so { Answer::Yes } else { Answer::No }
}
