//! Makes sentences of texts where Rust itself shows them, in the language of this computer.

use clock::Timestamp;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::tz::TimeZone;
use unic_langid::LanguageIdentifier;

use crate::{
    source::{SOURCES, Source},
    value::{Message, Text, TimeStyle, Value},
};

/// A language of the catalogue, with the customs of the computer's region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// One of the folders of `locales`.
    messages: usize,
    /// How times and dates are written.
    customs: Customs,
}

/// How times and dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Customs {
    /// Nov 19, 2:05 PM
    American,
    /// 19 Nov, 14:05
    English,
    /// 19. Nov., 14:05
    German,
}

impl Language {
    /// The base language, with American customs.
    pub fn base() -> Self {
        Self::of_tag("en-US")
    }

    /// The first language of `tags` that the catalogue has, or the base.
    pub fn of_tags(tags: &[String]) -> Self {
        let known = tags.iter().find(|tag| position(tag).is_some());
        known
            .or_else(|| tags.first())
            .map_or_else(Self::base, |tag| Self::of_tag(tag))
    }

    /// The language for a system whose language is `tag`, such as `de-AT` or `en_GB.UTF-8`: the base
    /// where the catalogue does not have it.
    pub fn of_tag(tag: &str) -> Self {
        let messages = position(tag);
        let region = identifier(tag)
            .and_then(|wanted| wanted.region)
            .map(|region| region.as_str().to_owned());
        let customs = match (messages.map(|index| SOURCES[index].tag), region.as_deref()) {
            (Some("de"), _) => Customs::German,
            (Some(_), None | Some("US")) | (None, _) => Customs::American,
            (Some(_), Some(_)) => Customs::English,
        };
        Self {
            messages: messages.unwrap_or_default(),
            customs,
        }
    }
}

/// A tag as systems write it: `de_AT.UTF-8`.
fn identifier(tag: &str) -> Option<LanguageIdentifier> {
    tag.split(['.', '@']).next()?.parse().ok()
}

/// Which language of the catalogue a tag means.
fn position(tag: &str) -> Option<usize> {
    let wanted = identifier(tag)?;
    SOURCES.iter().position(|source| {
        identifier(source.tag).is_some_and(|ours| ours.language == wanted.language)
    })
}

/// The languages that the person wants, the best first, as the system names them: `de-AT`. None where
/// it does not say.
pub fn languages_of_this_computer() -> Vec<String> {
    sys_locale::get_locales().collect()
}

/// The messages of one language.
pub struct Catalogue {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
    customs: Customs,
    zone: TimeZone,
}

impl Catalogue {
    /// The catalogue in a language; times that name no zone are shown in `zone`.
    pub fn new(language: &Language, zone: TimeZone) -> Self {
        let source = SOURCES.get(language.messages).or_else(|| SOURCES.first());
        Self {
            language: source.map_or("en", |source| source.tag),
            bundle: source.map_or_else(|| FluentBundle::new_concurrent(Vec::new()), bundle),
            customs: language.customs,
            zone,
        }
    }

    /// The catalogue in the language of this computer.
    pub fn of_this_computer(zone: TimeZone) -> Self {
        Self::new(&Language::of_tags(&languages_of_this_computer()), zone)
    }

    /// The language of the messages, as a tag: for `lang` of a page.
    pub fn language(&self) -> &str {
        self.language
    }

    /// The sentence that a person reads. A message that is not in the catalogue is shown as its id;
    /// stage *tidy* finds it.
    pub fn word(&self, text: &Text) -> String {
        match text {
            Text::Verbatim { verbatim } => verbatim.clone(),
            Text::Sentences { sentences } => {
                let worded: Vec<_> = sentences.iter().map(|text| self.word(text)).collect();
                worded.join(" ")
            }
            Text::Message(message) => self
                .message(message)
                .unwrap_or_else(|| message.id().to_owned()),
        }
    }

    fn message(&self, message: &Message) -> Option<String> {
        let pattern = self.bundle.get_message(message.id())?.value()?;
        let mut values = FluentArgs::new();
        for (name, value) in message.values() {
            values.set(name, self.value(value));
        }
        // A value that cannot be resolved is written as its name.
        let mut errors = Vec::new();
        let worded = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut errors);
        Some(worded.into_owned())
    }

    fn value(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Choice(word) => FluentValue::from(*word),
            Value::Text(text) => FluentValue::from(self.word(text)),
            Value::List { list } => {
                let worded: Vec<_> = list.iter().map(|text| self.word(text)).collect();
                FluentValue::from(self.joined(&worded))
            }
            Value::Time { time, style, zone } => {
                let named = zone.as_deref().and_then(|name| TimeZone::get(name).ok());
                let zone = named.as_ref().unwrap_or(&self.zone);
                FluentValue::from(self.customs.time(*time, *style, zone))
            }
        }
    }

    fn joined(&self, parts: &[String]) -> String {
        let and = match self.customs {
            Customs::American if parts.len() > 2 => ", and ",
            Customs::American | Customs::English => " and ",
            Customs::German => " und ",
        };
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [most @ .., last] => format!("{}{and}{last}", most.join(", ")),
        }
    }
}

fn bundle(source: &Source) -> FluentBundle<FluentResource> {
    let tag = source.tag.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks that keep a value's writing direction apart are for windows: a terminal shows them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(if source.tag == "de" {
        |value, _| number(value, '.')
    } else {
        |value, _| number(value, ',')
    }));
    for (_, text) in source.files {
        // A file that cannot be read is found by stage *tidy*; what can be read of it is used.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
    }
    // `NUMBER($count)` in a file is the same as `$count` here.
    let _ = bundle.add_function("NUMBER", |values, _| {
        values.first().cloned().unwrap_or(FluentValue::None)
    });
    bundle
}

fn number(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string(), separator)),
        _ => None,
    }
}

/// "10450" as "10,450".
fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

impl Customs {
    fn time(self, at: Timestamp, style: TimeStyle, zone: &TimeZone) -> String {
        let format = match (self, style) {
            (Self::American, TimeStyle::Minutes) => "%-I:%M %p",
            (Self::American, TimeStyle::Seconds) => "%-I:%M:%S %p",
            (Self::American, TimeStyle::Day) => "%b %-d",
            (Self::American, TimeStyle::DayAndMinutes) => "%b %-d, %-I:%M %p",
            (_, TimeStyle::Minutes) => "%H:%M",
            (_, TimeStyle::Seconds) => "%H:%M:%S",
            (Self::English, TimeStyle::Day) => "%-d %b",
            (Self::English, TimeStyle::DayAndMinutes) => "%-d %b, %H:%M",
            // Names of months are English in jiff, so German has numbers.
            (Self::German, TimeStyle::Day) => "%-d.%-m.",
            (Self::German, TimeStyle::DayAndMinutes) => "%-d.%-m., %H:%M",
        };
        zone.to_datetime(at).strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    fn catalogue(tag: &str) -> Catalogue {
        Catalogue::new(&Language::of_tag(tag), TimeZone::UTC)
    }

    #[test]
    fn a_system_gets_its_language_or_the_base() {
        for (tag, messages, customs) in [
            ("en-US", 0, Customs::American),
            ("en_GB.UTF-8", 0, Customs::English),
            ("de_AT@euro", 1, Customs::German),
            ("C", 0, Customs::American),
            ("", 0, Customs::American),
            ("pl-PL", 0, Customs::American),
        ] {
            let language = Language::of_tag(tag);
            assert_eq!(language, Language { messages, customs }, "{tag}");
        }
    }

    #[test]
    fn the_first_language_counts_that_there_is() {
        let of = |tags: &[&str]| {
            let tags: Vec<_> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            Language::of_tags(&tags)
        };
        assert_eq!(of(&["fr-CA", "de-CH", "en"]), Language::of_tag("de-CH"));
        assert_eq!(of(&["C", "POSIX"]), Language::base());
        assert_eq!(of(&[]), Language::base());
    }

    #[test]
    fn a_time_is_written_as_the_region_does_and_in_the_zone_that_is_named() {
        let at: Timestamp = "2026-11-19T14:05:09Z".parse().unwrap();
        let worded = |tag, style| {
            let text = message!("time-tomorrow", time = Value::time(at, style));
            catalogue(tag).word(&text)
        };
        assert_eq!(worded("en-US", TimeStyle::Minutes), "tomorrow 2:05 PM");
        assert_eq!(worded("en-GB", TimeStyle::Seconds), "tomorrow 14:05:09");
        assert_eq!(
            worded("de", TimeStyle::DayAndMinutes),
            "morgen, 19.11., 14:05"
        );
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        let there = message!("time-tomorrow", time = Value::time_in(at, &tokyo));
        assert_eq!(catalogue("en-GB").word(&there), "tomorrow 23:05");
    }

    #[test]
    fn numbers_are_grouped_and_lists_joined() {
        let english = catalogue("en-GB");
        assert_eq!(grouped("10450", ','), "10,450");
        let names = ["Ada", "Ben", "Cleo"].map(Text::verbatim);
        let text = message!("time-tomorrow", time = Value::list(names));
        assert_eq!(english.word(&text), "tomorrow Ada, Ben and Cleo");
    }

    #[test]
    fn whole_sentences_stand_beside_each_other_and_nothing_is_nothing() {
        let texts = [
            Text::verbatim("One."),
            Text::empty(),
            Text::verbatim("Two."),
        ];
        assert_eq!(catalogue("en").word(&Text::sentences(texts)), "One. Two.");
        assert!(Text::sentences([Text::empty()]).is_empty());
        assert!(!message!("time-tomorrow", time = "x").is_empty());
    }

    #[test]
    fn a_text_prints_nothing_that_a_person_wrote() {
        let text = Text::sentences([
            message!("time-tomorrow", time = "Ada Lovelace"),
            Text::verbatim("Ada Lovelace"),
        ]);
        assert!(!format!("{text:?}").contains("Ada"), "{text:?}");
    }
}
