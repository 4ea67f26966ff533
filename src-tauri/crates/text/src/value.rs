//! A text as it crosses to a window: an id and values, no sentence.

use std::{collections::BTreeMap, fmt};

use clock::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::TS;

/// Something to read. A window words it in the language of the system.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[serde(untagged)]
pub enum Text {
    /// A message of the catalogue.
    Message(Message),
    /// Whole sentences, one after the other.
    Sentences { sentences: Vec<Text> },
    /// What a person or Apollo wrote: shown as it is.
    Verbatim { verbatim: String },
}

/// A message of the catalogue with its values.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Message {
    id: &'static str,
    values: BTreeMap<&'static str, Value>,
}

/// One value of a message.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[serde(untagged)]
pub enum Value {
    /// A count, grouped as the language does; also selects the plural form.
    Number(u32),
    /// A point in time.
    Time {
        #[ts(type = "string")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
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
        Self::Message(message)
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
