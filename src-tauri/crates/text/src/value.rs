//! A text as it crosses to a window: an id and values, no sentence.

use std::{collections::BTreeMap, fmt};

use clock::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::{Config, TS};

/// Something to read. It crosses to a window as an id and values, and the seam there writes it in the
/// language of the system (`ui/src/backend/worded.ts`) before anything else sees it: to a window it is
/// a string.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Text {
    /// A message of the catalogue; boxed, since a text is part of errors.
    Message(Box<Message>),
    /// Whole sentences, one after the other.
    Sentences { sentences: Vec<Text> },
    /// What a person or Apollo wrote: shown as it is.
    Verbatim { verbatim: String },
}

/// A message of the catalogue with its values.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    id: &'static str,
    values: BTreeMap<&'static str, Value>,
}

/// One value of a message.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A count, grouped as the language does; also selects the plural form.
    Number(u32),
    /// A point in time.
    Time {
        time: Timestamp,
        style: TimeStyle,
        /// IANA name of the zone to show it in; the rep's own if there is none.
        zone: Option<String>,
    },
    /// Several texts, joined as the language does.
    List { list: Vec<Text> },
    /// A word that selects a variant of the message, or a text within it.
    Text(Text),
    /// Selects a variant of the message, and is never shown.
    Choice(&'static str),
}

/// How much of a point in time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeStyle {
    /// 2:05 PM, or 14:05
    Minutes,
    /// 2:05:09 PM, or 14:05:09
    Seconds,
    /// Nov 19, or 19. Nov.
    Day,
    /// Nov 19, 2:05 PM, or 19. Nov., 14:05
    DayAndMinutes,
}

impl Text {
    /// What a person or Apollo wrote.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::Verbatim {
            verbatim: text.into(),
        }
    }

    /// Nothing to read.
    pub fn empty() -> Self {
        Self::Sentences {
            sentences: Vec::new(),
        }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Message(_) => false,
            Self::Sentences { sentences } => sentences.iter().all(Self::is_empty),
            Self::Verbatim { verbatim } => verbatim.is_empty(),
        }
    }

    /// Whole sentences, one after the other.
    pub fn sentences(sentences: impl IntoIterator<Item = Text>) -> Self {
        let sentences: Vec<_> = sentences
            .into_iter()
            .filter(|sentence| !sentence.is_empty())
            .collect();
        match <[Text; 1]>::try_from(sentences) {
            Ok([only]) => only,
            Err(sentences) => Self::Sentences { sentences },
        }
    }

    /// What a person or Apollo wrote, if this is nothing else: to search and to sort by.
    pub fn as_verbatim(&self) -> Option<&str> {
        match self {
            Self::Verbatim { verbatim } => Some(verbatim),
            Self::Message(_) | Self::Sentences { .. } => None,
        }
    }

    /// The id of the message, if it is one.
    pub fn id(&self) -> Option<&'static str> {
        match self {
            Self::Message(message) => Some(message.id),
            Self::Sentences { .. } | Self::Verbatim { .. } => None,
        }
    }
}

/// A string, since windows see the sentence.
impl TS for Text {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(config: &Config) -> String {
        <str as TS>::name(config)
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => message.fmt(f),
            Self::Sentences { sentences } => f.debug_list().entries(sentences).finish(),
            Self::Verbatim { .. } => f.write_str("Verbatim"),
        }
    }
}

impl From<Message> for Text {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl Message {
    /// A message without values. [`crate::message!`] is how one is made.
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            values: BTreeMap::new(),
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.insert(name, value.into());
        self
    }

    pub(crate) fn id(&self) -> &'static str {
        self.id
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Value {
    /// A point in time, in the rep's zone.
    pub fn time(time: Timestamp, style: TimeStyle) -> Self {
        Self::Time {
            time,
            style,
            zone: None,
        }
    }

    /// A time of day in another zone.
    pub fn time_in(time: Timestamp, zone: &TimeZone) -> Self {
        Self::Time {
            time,
            style: TimeStyle::Minutes,
            zone: zone.iana_name().map(ToOwned::to_owned),
        }
    }

    /// Several texts, joined by the language's *and*.
    pub fn list(list: impl IntoIterator<Item = Text>) -> Self {
        Self::List {
            list: list.into_iter().collect(),
        }
    }

    /// A word of the code that selects a variant.
    pub fn choice(word: &'static str) -> Self {
        Self::Choice(word)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Value")
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Text::verbatim(text))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Text::verbatim(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalogue, Language, message};

    /// The windows read what is written here, and make the sentences themselves:
    /// `ui/src/text/wire.test.ts` compares them with the same file.
    #[test]
    fn what_crosses_is_what_the_windows_read_and_both_make_the_same_sentence_of_it() {
        let at: Timestamp = "2026-11-19T14:05:09Z".parse().unwrap();
        let texts = [
            Text::verbatim("Ada"),
            Text::empty(),
            message!("time-tomorrow", time = Value::time(at, TimeStyle::Minutes)),
            message!("time-tomorrow", time = Value::time(at, TimeStyle::Seconds)),
            message!(
                "time-tomorrow",
                time = Value::time(at, TimeStyle::DayAndMinutes)
            ),
            message!("due-later", day = Value::time(at, TimeStyle::Day)),
            message!(
                "time-tomorrow",
                time = Value::time_in(at, &TimeZone::get("Asia/Tokyo").unwrap()),
            ),
            message!("today-logged", logged = 1),
            message!("today-logged-unsent", logged = 1_200, unsent = 3),
            message!("reach-stopped", state = Value::choice("archived")),
            message!(
                "reach-asked-not-to",
                name = "Ada",
                when = message!("time-said-today", time = "10:42")
            ),
            message!(
                "receipt-read-back-doubled",
                time = Value::time(at, TimeStyle::Minutes),
                calls = Value::list(["a", "b", "c"].map(Text::verbatim)),
            ),
            Text::sentences([message!("connection-limit"), Text::verbatim("So be it.")]),
        ];
        let english = Catalogue::new(&Language::of_tag("en-GB"), TimeZone::UTC);
        let rows: Vec<_> = texts
            .iter()
            .map(|text| serde_json::json!({ "wire": text, "english": english.word(text) }))
            .collect();
        let written = include_str!("../../../../ui/src/text/wire.json");
        let written: serde_json::Value = serde_json::from_str(written).unwrap();
        let now = serde_json::Value::from(rows);
        assert_eq!(written, now, "ui/src/text/wire.json should be:\n{now:#}");
    }
}
