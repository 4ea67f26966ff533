//! What to look for in a window: a role, an accessible name, a state, inside something else.
//!
//! Names are those of `docs/accessible-names.md`. Must never: offer a way to find an element by
//! class, id or markup.

use serde::Serialize;

/// One step of a path: an element by role, and by more where it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Step {
    role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "how", content = "text", rename_all = "snake_case")]
enum Name {
    Exact(String),
    Starts(String),
}

/// What is looked for: each step inside what the one before it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Query(Vec<Step>);

/// Anything with this role.
pub(crate) fn any(role: &str) -> Query {
    Query(vec![Step {
        role: role.to_owned(),
        name: None,
        selected: None,
        checked: None,
    }])
}

/// The element with this role and exactly this name.
pub(crate) fn named(role: &str, name: &str) -> Query {
    any(role).with_name(Name::Exact(name.to_owned()))
}

/// Elements with this role whose name starts with this.
pub(crate) fn starting(role: &str, name: &str) -> Query {
    any(role).with_name(Name::Starts(name.to_owned()))
}

impl Query {
    fn with_name(mut self, name: Name) -> Self {
        if let Some(step) = self.0.last_mut() {
            step.name = Some(name);
        }
        self
    }

    /// Only what is selected.
    #[must_use]
    pub(crate) fn selected(mut self) -> Self {
        if let Some(step) = self.0.last_mut() {
            step.selected = Some(true);
        }
        self
    }

    /// Only what is checked.
    #[must_use]
    pub(crate) fn checked(mut self) -> Self {
        if let Some(step) = self.0.last_mut() {
            step.checked = Some(true);
        }
        self
    }

    /// Looks for this one inside another.
    #[must_use]
    pub(crate) fn inside(self, outer: Self) -> Self {
        let mut path = outer.0;
        path.extend(self.0);
        Self(path)
    }
}

impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, step) in self.0.iter().rev().enumerate() {
            if place > 0 {
                f.write_str(" inside ")?;
            }
            f.write_str(&step.role)?;
            match &step.name {
                None => {}
                Some(Name::Exact(name)) => write!(f, " \"{name}\"")?,
                Some(Name::Starts(name)) => write!(f, " \"{name}…\"")?,
            }
            if step.selected == Some(true) {
                f.write_str(" (selected)")?;
            }
            if step.checked == Some(true) {
                f.write_str(" (checked)")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_from_the_inside_out() {
        let query = named("button", "Call")
            .inside(any("list"))
            .inside(starting("region", "Card"));
        assert_eq!(
            query.to_string(),
            "button \"Call\" inside list inside region \"Card…\""
        );
    }

    #[test]
    fn a_path_is_sent_from_the_outside_in() {
        let query = named("radio", "No answer")
            .checked()
            .inside(any("radiogroup"));
        assert_eq!(
            serde_json::to_value(&query).unwrap(),
            serde_json::json!([
                { "role": "radiogroup" },
                { "role": "radio", "name": { "how": "exact", "text": "No answer" }, "checked": true },
            ])
        );
    }
}
