//! Text as a person should read it.
//!
//! Names arrive HTML-escaped, sometimes several times over and in odd capitals
//! (`O&amp;Amp;Apos;Rourke`; Apollo docs: reference section 10, quirk 25). Promises: escapes are
//! undone until nothing changes, at most [`MAX_ROUNDS`] times. Must never: touch notes or numbers.

/// How often escapes are undone before the text is taken as it is.
const MAX_ROUNDS: u8 = 8;

/// A name or title with its escapes undone, white space trimmed; `None` when nothing is left.
pub(crate) fn label(raw: &str) -> Option<String> {
    let mut current = raw.to_owned();
    for _ in 0..MAX_ROUNDS {
        let next = html_escape::decode_html_entities(&lower_entities(&current)).into_owned();
        if next == current {
            break;
        }
        current = next;
    }
    let trimmed = current.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// A LinkedIn address of a person as Apollo stores and matches it: `http://www.linkedin.com/in/slug`
/// (Apollo docs: reference section 10, quirk 26). Anything else stays as it is.
#[cfg(feature = "client")]
pub(crate) fn linkedin_url(raw: &str) -> String {
    let raw = raw.trim();
    let slug = raw
        .split_once("linkedin.com/in/")
        .map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    match slug {
        Some(slug) if !slug.is_empty() => format!("http://www.linkedin.com/in/{slug}"),
        _ => raw.to_owned(),
    }
}

/// Apollo title-cases names, and with them the entities inside: `&Amp;` is no entity, `&amp;` is.
/// Only the five that an escaper writes are lowered, since `&Auml;` and `&auml;` differ.
fn lower_entities(text: &str) -> String {
    const WRITTEN_BY_ESCAPERS: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at + 1);
        out.push_str(before);
        rest = tail;
        for entity in WRITTEN_BY_ESCAPERS {
            if let Some(head) = rest.get(..entity.len())
                && head.eq_ignore_ascii_case(entity)
            {
                out.push_str(entity);
                rest = &rest[entity.len()..];
                break;
            }
        }
        if let Some(digits) = rest.strip_prefix("#X") {
            out.push_str("#x");
            rest = digits;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn escapes_are_undone_until_nothing_changes() {
        for (raw, shown) in [
            ("O&amp;Amp;Apos;Rourke", "O'Rourke"),
            ("Smith &amp;amp; Sons", "Smith & Sons"),
            ("&Quot;Ace&QUOT; Ltd", "\"Ace\" Ltd"),
            ("Andr&eacute; &Eacute;mile", "André Émile"),
            ("D&#X27;Arcy", "D'Arcy"),
            ("D&#39;Arcy", "D'Arcy"),
            ("AT&T", "AT&T"),
            ("R & D; Labs", "R & D; Labs"),
            ("  padded  ", "padded"),
            ("Zoë & Ça &", "Zoë & Ça &"),
        ] {
            assert_eq!(label(raw).as_deref(), Some(shown), "{raw}");
        }
    }

    #[test]
    fn blank_text_is_absent() {
        assert_eq!(label("  &#32; "), None);
    }
}
