//! Which messages there are, and the values each takes: for the types of the windows and for stage
//! *tidy*.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser::{self, ParserError},
};

/// The messages of one language: each id with the names of its values.
pub type Messages = BTreeMap<String, BTreeSet<String>>;

/// Reads Fluent sources. The error names a message that stands twice, or the lines that
/// cannot be read.
pub fn messages<'a>(sources: impl IntoIterator<Item = &'a str>) -> Result<Messages, String> {
    let mut messages = Messages::new();
    for source in sources {
        let resource = parser::parse(source).map_err(|(_, errors)| unreadable(source, &errors))?;
        for entry in resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let id = message.id.name.to_owned();
            let mut names = BTreeSet::new();
            if let Some(pattern) = &message.value {
                of_pattern(pattern, &mut names);
            }
            if messages.insert(id.clone(), names).is_some() {
                return Err(format!("{id} stands twice"));
            }
        }
    }
    Ok(messages)
}

fn unreadable(source: &str, errors: &[ParserError]) -> String {
    let lines: Vec<_> = errors
        .iter()
        .map(|error| {
            let before = source.get(..error.pos.start).unwrap_or_default();
            format!("line {}: {error}", before.matches('\n').count() + 1)
        })
        .collect();
    lines.join("; ")
}

fn of_pattern(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, names);
        }
    }
}

fn of_expression(expression: &Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Select { selector, variants } => {
            of_inline(selector, names);
            for variant in variants {
                of_pattern(&variant.value, names);
            }
        }
        Expression::Inline(inline) => of_inline(inline, names),
    }
}

fn of_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => of_arguments(arguments, names),
        InlineExpression::Placeable { expression } => of_expression(expression, names),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

fn of_arguments(arguments: &CallArguments<&str>, names: &mut BTreeSet<String>) {
    for inline in &arguments.positional {
        of_inline(inline, names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_a_message_are_found_wherever_they_stand() {
        let source = "\
plain = Nothing.
one = { $name } is here.
many = { $count ->
    [one] One of { $total }
   *[other] { NUMBER($count) } of { $total }
}
";
        let found = messages([source]).unwrap();
        let names = |id: &str| found[id].iter().map(String::as_str).collect::<Vec<_>>();
        assert!(names("plain").is_empty());
        assert_eq!(names("one"), ["name"]);
        assert_eq!(names("many"), ["count", "total"]);
    }

    #[test]
    fn what_stands_twice_or_cannot_be_read_is_named() {
        assert_eq!(
            messages(["a = b\n", "a = c\n"]),
            Err("a stands twice".to_owned())
        );
        let unreadable = messages(["fine = yes\nbroken = { $\n"]).unwrap_err();
        assert!(unreadable.starts_with("line "), "{unreadable}");
    }
}
