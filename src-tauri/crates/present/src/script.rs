//! A task's script or note as text: Apollo's editor may have left markup in it.
//!
//! Promises: what is no tag of HTML stays as it was written (`<First Name>`, an address in angle
//! brackets); character references are decoded once; line breaks stay; the address of a link is
//! shown; a cut is named. Must never: run or load anything.

use html_escape::{decode_html_entities, encode_double_quoted_attribute};
use text::{Text, message};

/// The longest text that is shown, in characters.
const CHARACTERS_MAX: usize = 20_000;

/// Elements that an editor makes. Anything else in angle brackets is text.
const TAGS: [&str; 54] = [
    "a",
    "abbr",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "li",
    "meta",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "title",
];
/// Of these, the ones that a line of text stands in. Without any, line breaks are the writer's own.
const BLOCKS: [&str; 12] = [
    "article",
    "blockquote",
    "body",
    "div",
    "h1",
    "h2",
    "h3",
    "li",
    "p",
    "pre",
    "section",
    "table",
];

/// What a rep is to say, as Apollo has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) text: String,
    /// The sentence below a text that was too long to be shown.
    pub(crate) cut: Option<Text>,
}

/// The text to show; none if there is none.
pub(crate) fn readable(source: &str) -> Option<Script> {
    let marked = Marked::read(source);
    let text = if marked.has_tags {
        let html = if marked.has_blocks {
            marked.html
        } else {
            marked.html.replace('\n', "<br>")
        };
        // No line is as long as the whole: nothing is wrapped.
        let width = html.len().max(1);
        html2text::config::plain_no_decorate()
            .raw_mode(true)
            .string_from_read(html.as_bytes(), width)
            // What cannot be read as HTML is shown as it came.
            .unwrap_or_else(|_| source.to_owned())
    } else {
        decode_html_entities(source).into_owned()
    };
    let text = tidied(&text);
    (!text.is_empty()).then(|| Script::of(text))
}

/// A source in which every angle bracket that is no tag is written as a reference.
struct Marked {
    html: String,
    has_tags: bool,
    has_blocks: bool,
}

impl Marked {
    fn read(source: &str) -> Self {
        let mut marked = Self {
            html: String::with_capacity(source.len()),
            has_tags: false,
            has_blocks: false,
        };
        let mut link: Option<(String, usize)> = None;
        let mut rest = source;
        while let Some(start) = rest.find('<') {
            let (before, from) = rest.split_at(start);
            marked.html.push_str(before);
            let Some(tag) = Tag::at(from) else {
                marked.html.push_str("&lt;");
                rest = &from[1..];
                continue;
            };
            marked.has_tags = true;
            marked.has_blocks |= BLOCKS.contains(&tag.name.as_str());
            match (tag.name.as_str(), tag.is_end) {
                // As wide as everything, it would be a line of thousands of dashes.
                ("hr", _) => marked.html.push_str("<br>"),
                // The text of a link stays, and its address is shown behind it.
                ("a", false) => {
                    link = tag.address().map(|address| (address, marked.html.len()));
                }
                ("a", true) => {
                    if let Some((address, begun)) = link.take() {
                        let label = marked.html.get(begun..).unwrap_or_default();
                        if decode_html_entities(label).trim() != address {
                            let shown = encode_double_quoted_attribute(&address).into_owned();
                            marked.html.push_str(" (");
                            marked.html.push_str(&shown);
                            marked.html.push(')');
                        }
                    }
                }
                _ => marked.html.push_str(tag.source),
            }
            rest = from.get(tag.source.len()..).unwrap_or_default();
        }
        marked.html.push_str(rest);
        marked
    }
}

struct Tag<'a> {
    /// With its brackets.
    source: &'a str,
    name: String,
    is_end: bool,
}

impl<'a> Tag<'a> {
    /// The tag that `text` begins with, if it is one.
    fn at(text: &'a str) -> Option<Self> {
        let end = text.find('>')?;
        let source = text.get(..=end)?;
        let inside = source.get(1..end)?;
        // Another bracket before the end: this one was text.
        if inside.contains('<') {
            return None;
        }
        let is_end = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let name_ends = inside
            .find(|letter: char| letter.is_whitespace())
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_ends);
        let name = name.to_ascii_lowercase();
        // `<i think so>` is what somebody typed: attributes of an editor's have values.
        let has_attributes = !attributes.trim().is_empty();
        let is_tag = TAGS.contains(&name.as_str()) && (!has_attributes || attributes.contains('='));
        is_tag.then_some(Self {
            source,
            name,
            is_end,
        })
    }

    /// Where a link leads, if it is an address of the web or of mail.
    fn address(&self) -> Option<String> {
        let at = self.source.to_ascii_lowercase().find("href=")?;
        let value = self.source.get(at + "href=".len()..)?;
        let quote = value.chars().next()?;
        let address = match quote {
            '"' | '\'' => value.get(1..)?.split(quote).next()?,
            _ => value.split([' ', '>']).next()?,
        };
        let address = decode_html_entities(address).into_owned();
        let is_address = ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        is_address.then_some(address)
    }
}

/// Without blanks at the ends of lines and without more than one empty line in a row.
fn tidied(text: &str) -> String {
    let text = text.replace('\u{a0}', " ");
    let mut tidied = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.trim().to_owned()
}

impl Script {
    /// At most [`CHARACTERS_MAX`] of them.
    fn of(text: String) -> Self {
        let characters = text.chars().count();
        if characters <= CHARACTERS_MAX {
            return Self { text, cut: None };
        }
        let start: String = text.chars().take(CHARACTERS_MAX).collect();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            text: start.trim_end().to_owned(),
            cut: Some(message!(
                "card-script-cut",
                shown = number(CHARACTERS_MAX),
                characters = number(characters),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        readable(source).map_or_else(String::new, |script| script.text)
    }

    #[test]
    fn what_is_no_tag_stays_as_it_was_written() {
        for source in [
            "Hi <First Name>, this is <your name>.",
            "Kim Doe <kim@northwind.example>",
            "if a<b and c>d, 5 < 6 and 7 > 6",
            "<<agenda>> <i think so> <3",
            "AT&T, R&D; fish & chips",
            "a < b",
            "ends with <",
            "<https://northwind.example/a?b=1>",
        ] {
            assert_eq!(text(source), source, "{source}");
        }
        // And so inside of markup.
        assert_eq!(
            text("<p>Hi <b><First Name></b>, write to <kim@northwind.example></p>"),
            "Hi <First Name>, write to <kim@northwind.example>"
        );
    }

    #[test]
    fn references_are_decoded_once() {
        assert_eq!(text("Fish&nbsp;&amp; chips"), "Fish & chips");
        assert_eq!(text("<p>Fish&nbsp;&amp; chips</p>"), "Fish & chips");
        assert_eq!(text("&amp;lt;b&amp;gt;"), "&lt;b&gt;");
        assert_eq!(text("<p>&amp;lt;b&amp;gt;</p>"), "&lt;b&gt;");
        assert_eq!(text("&lt;First Name&gt;"), "<First Name>");
        assert_eq!(text("caf&eacute; &#8364;5"), "café €5");
    }

    #[test]
    fn lines_paragraphs_and_lists_stay_apart() {
        assert_eq!(text("one\ntwo\n\nthree"), "one\ntwo\n\nthree");
        assert_eq!(text("one<br>two<br/>three"), "one\ntwo\nthree");
        assert_eq!(text("one\ntwo <b>three</b>\nfour"), "one\ntwo three\nfour");
        assert_eq!(text("<div>one</div><div>two</div>"), "one\ntwo");
        assert_eq!(text("<p>Hi <b>there</b></p><p>Kim</p>"), "Hi there\n\nKim");
        let list = text("<ul><li>5 < 6</li><li>two</li></ul>");
        assert_eq!(list, "* 5 < 6\n* two");
        assert_eq!(text("<p>a</p><hr><p>b</p>").matches('a').count(), 1);
        assert!(text("<p>a</p><hr><p>b</p>").len() < 10);
    }

    #[test]
    fn the_address_of_a_link_is_shown() {
        assert_eq!(
            text(r#"<a href="https://northwind.example/plan?a=1&amp;b=2">the plan</a> first"#),
            "the plan (https://northwind.example/plan?a=1&b=2) first"
        );
        let bare = r#"<a href="https://northwind.example">https://northwind.example</a>"#;
        assert_eq!(text(bare), "https://northwind.example");
        assert_eq!(text(r#"<a href="javascript:alert(1)">click</a>"#), "click");
    }

    #[test]
    fn nothing_of_a_style_or_an_image_is_shown_and_nothing_is_nothing() {
        assert_eq!(text("<style>p { color: red }</style><p>Hi</p>"), "Hi");
        assert_eq!(readable("  <br/> "), None);
        assert_eq!(readable("<p>&nbsp;</p>"), None);
        assert_eq!(readable(""), None);
    }

    #[test]
    fn a_cut_is_named() {
        let script = readable(&"word ".repeat(6_000)).unwrap();
        assert_eq!(script.text.chars().count(), CHARACTERS_MAX - 1);
        assert_eq!(
            script.cut.unwrap().english(),
            "[Cut after 20,000 of 29,999 characters. The whole text is in Apollo.]"
        );
        let just = "x".repeat(CHARACTERS_MAX);
        assert_eq!(
            readable(&just),
            Some(Script {
                text: just,
                cut: None
            })
        );
    }
}
