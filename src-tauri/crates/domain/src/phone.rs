//! Phone numbers: what can be dialed, and how it reads.
//!
//! Promises: a [`E164`] holds a plus sign and 7 to 15 digits and nothing else, so that it can go
//! into a URI as it is; what is dialed is a valid number in the form that is shown; the strictest
//! mark of any row that may be a number counts for it. Must never: guess a country for a number that
//! does not say one, unless the contact's own country is known.

use apollo::types::{Account, Contact, PhoneKind, PhoneNumber};

use crate::places;

/// A number in E.164 form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct E164(String);

impl std::fmt::Debug for E164 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("E164(…)")
    }
}

/// Digits of an E.164 number: the country code and what follows (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

impl E164 {
    /// Accepts exactly the E.164 form.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let sound = DIGITS.contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        sound.then(|| Self(text.to_owned()))
    }

    /// Reads a number as a person or Apollo wrote it, with the country it is in, if known. Only a
    /// valid one, in the form that `display` shows.
    pub fn read(raw: &str, country: Option<&str>) -> Option<Self> {
        let region = country
            .and_then(places::iso_code)
            .and_then(|iso| iso.parse().ok());
        let (main, _) = split_extension(raw);
        let number = phonenumber::parse(region, main.trim()).ok()?;
        if !number.is_valid() {
            return None;
        }
        Self::parse(&number.format().mode(phonenumber::Mode::E164).to_string())
    }

    fn tariff(&self) -> Option<Tariff> {
        let number = phonenumber::parse(None, &self.0).ok()?;
        Tariff::of(&number, &self.0)
    }

    /// `+12025550143`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `+1 202-555-0143`
    pub fn display(&self) -> String {
        phonenumber::parse(None, &self.0).map_or_else(
            |_| self.0.clone(),
            |number| {
                number
                    .format()
                    .mode(phonenumber::Mode::International)
                    .to_string()
            },
        )
    }
}

/// What stands before an extension; longer ones first.
const EXTENSION_MARKS: [&str; 8] = [";ext=", "extension", "ext.", "ext", "x", "#", ",", ";"];
/// Digits of an extension at most.
const EXTENSION_DIGITS_MAX: usize = 8;

/// A number as entered, and the extension that was written behind it: `+1 (202) 555-0143 x123`,
/// `…,,123#`, `…;ext=123`.
fn split_extension(raw: &str) -> (&str, Option<&str>) {
    let digits_of = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    // ASCII only, so that places in one are places in the other.
    let lower = raw.to_ascii_lowercase();
    let first = EXTENSION_MARKS
        .iter()
        .filter_map(|mark| Some((lower.find(mark)?, *mark)))
        .filter(|(at, _)| {
            raw.get(..*at)
                .is_some_and(|main| digits_of(main) >= *DIGITS.start())
        })
        .min_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.len())));
    let Some((at, mark)) = first else {
        return (raw, None);
    };
    let is_filler = |character: char| !character.is_ascii_digit();
    let (main, rest) = raw.split_at(at);
    let extension = rest
        .get(mark.len()..)
        .unwrap_or_default()
        .trim_matches(is_filler);
    let is_sound = (1..=EXTENSION_DIGITS_MAX).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_digit());
    if is_sound {
        (main, Some(extension))
    } else {
        (raw, None)
    }
}

/// One number of a card.
#[derive(Clone)]
pub struct Line {
    /// None if the entered text is not a number that can be dialed.
    pub number: Option<E164>,
    /// As a person wrote it.
    pub entered: String,
    /// What is dialed behind it by hand: "123".
    pub extension: Option<String>,
    pub owner: Owner,
    pub kind: LineKind,
    /// What Apollo says of it, if anything.
    pub status: Option<NumberStatus>,
    /// Why a call to it may be unlike others; none for an ordinary number.
    pub tariff: Option<Tariff>,
    /// It is on a do-not-call list, or may be.
    pub do_not_call: bool,
    quality: NumberQuality,
}

/// What kind of line it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// One of the contact's, with Apollo's word for it.
    Contact(PhoneKind),
    /// The company's.
    Company,
}

/// What Apollo says of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberStatus {
    /// Apollo's own word: `valid_number`, `high_risk`, …
    Word(String),
    HighRisk,
    /// Apollo's own dialer does not call this country.
    CountryOff,
}

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Contact,
    Account,
}

/// A number that can cost much to call, or that leads to no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tariff {
    Premium,
    SharedCost,
    Personal,
    Satellite,
}

/// Country codes of no country (ITU-T E.164, list of assigned codes): satellites and networks across
/// borders, and services that cost more.
const CODES_WITHOUT_COUNTRY: [(&str, Tariff); 8] = [
    ("+808", Tariff::SharedCost),
    ("+870", Tariff::Satellite),
    ("+878", Tariff::Personal),
    ("+881", Tariff::Satellite),
    ("+882", Tariff::Satellite),
    ("+883", Tariff::Satellite),
    ("+888", Tariff::Satellite),
    ("+979", Tariff::Premium),
];

impl Tariff {
    fn of(number: &phonenumber::PhoneNumber, e164: &str) -> Option<Self> {
        let of_code = CODES_WITHOUT_COUNTRY
            .iter()
            .find(|(code, _)| e164.starts_with(code))
            .map(|(_, tariff)| *tariff);
        of_code.or_else(
            || match number.number_type(&phonenumber::metadata::DATABASE) {
                phonenumber::Type::PremiumRate => Some(Self::Premium),
                phonenumber::Type::SharedCost => Some(Self::SharedCost),
                phonenumber::Type::PersonalNumber | phonenumber::Type::Pager => {
                    Some(Self::Personal)
                }
                _ => None,
            },
        )
    }
}

/// How doubtful a number is, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NumberQuality {
    Sound,
    Risky,
    Invalid,
}

/// The numbers of a contact and its account, each once, in the order to try them: those that can be
/// dialed first, and of them those that Apollo has no doubt about.
pub fn lines(contact: Option<&Contact>, account: Option<&Account>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    if let Some(contact) = contact {
        let country = contact.country.as_deref();
        let mut numbers: Vec<&PhoneNumber> = contact.phone_numbers.iter().collect();
        numbers.sort_by_key(|number| number.position);
        for number in numbers {
            push(&mut lines, of_contact(number, country));
        }
        if let Some(text) = &contact.sanitized_phone {
            push(
                &mut lines,
                read(
                    "",
                    Some(text),
                    LineKind::Contact(PhoneKind::Other(None)),
                    country,
                ),
            );
        }
    }
    if let Some(account) = account {
        let country = account.country.as_deref();
        let entered = account.phone.as_deref().unwrap_or_default();
        let sanitized = account.sanitized_phone.as_deref();
        if sanitized.is_some() || !entered.is_empty() {
            let line = Line {
                owner: Owner::Account,
                ..read(entered, sanitized, LineKind::Company, country)
            };
            push(&mut lines, line);
        }
    }
    hold_back_marked(&mut lines);
    lines.sort_by_key(Line::rank);
    lines
}

impl Line {
    /// Whether it can be dialed as a number.
    pub fn can_dial(&self) -> bool {
        self.number.is_some() && !self.do_not_call
    }

    /// International format, grouped; as entered if it is no number.
    pub fn display(&self) -> String {
        let number = self.number.as_ref();
        number.map_or_else(|| self.entered.clone(), E164::display)
    }

    /// Where it stands in the list: 0 is tried first.
    fn rank(&self) -> u8 {
        match (self.can_dial(), self.quality) {
            (true, NumberQuality::Sound) if self.tariff.is_none() => 0,
            (true, NumberQuality::Sound) => 1,
            (true, NumberQuality::Risky) => 2,
            (true, NumberQuality::Invalid) => 3,
            (false, _) => 4,
        }
    }
}

/// Rows that are one line become one, with the marks of all of them.
fn push(lines: &mut Vec<Line>, line: Line) {
    let is_same = |other: &&mut Line| match (&line.number, &other.number) {
        (Some(number), Some(known)) => {
            // A bare main number beside one with an extension says nothing new.
            number == known && (line.extension == other.extension || line.extension.is_none())
        }
        (None, None) => line.entered == other.entered,
        _ => false,
    };
    match lines.iter_mut().find(is_same) {
        Some(known) => {
            known.do_not_call |= line.do_not_call;
            known.quality = known.quality.max(line.quality);
            if known.status.is_none() || line.quality > NumberQuality::Sound {
                known.status = line.status.or(known.status.take());
            }
        }
        None => lines.push(line),
    }
}

/// A number on a do-not-call list holds back every line that it is, or might be.
fn hold_back_marked(lines: &mut [Line]) {
    let marked: Vec<Marked> = lines
        .iter()
        .filter(|line| line.do_not_call)
        .map(|line| match &line.number {
            Some(number) => Marked::Number(number.clone()),
            None => Marked::EndsIn(tail_of(&line.entered)),
        })
        .collect();
    for line in lines {
        line.do_not_call |= marked.iter().any(|marked| marked.may_be(line));
    }
}

/// A number on a do-not-call list.
enum Marked {
    Number(E164),
    /// Apollo's row could not be read as a number: these are its last digits.
    EndsIn(String),
}

impl Marked {
    fn may_be(&self, line: &Line) -> bool {
        match (self, &line.number) {
            (Self::Number(marked), Some(number)) => marked == number,
            (Self::EndsIn(tail), Some(number)) => number.as_str().ends_with(tail),
            (_, None) => false,
        }
    }
}

/// As many digits as tell a number from others wherever it is.
const TAIL_DIGITS: usize = 7;

/// The last digits of a number that could not be read. With none at all it might be any number.
fn tail_of(text: &str) -> String {
    let (main, _) = split_extension(text);
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(TAIL_DIGITS);
    digits.get(from..).unwrap_or_default().to_owned()
}

fn of_contact(number: &PhoneNumber, country: Option<&str>) -> Line {
    let kind = LineKind::Contact(number.kind.clone());
    let sanitized = number.sanitized_number.as_deref();
    let mut line = read(&number.raw_number, sanitized, kind, country);
    line.status = number.status.as_deref().and_then(NumberStatus::of);
    line.quality = quality_of(number.status.as_deref());
    if number.high_risk {
        line.quality = line.quality.max(NumberQuality::Risky);
        line.status = line.status.or(Some(NumberStatus::HighRisk));
    }
    line.do_not_call = number.do_not_call;
    if number.country_enabled == Some(false) && line.number.is_some() {
        line.status = Some(NumberStatus::CountryOff);
    }
    line
}

/// A number as a person entered it, which may be empty, and what Apollo made of it.
fn read(entered: &str, sanitized: Option<&str>, kind: LineKind, country: Option<&str>) -> Line {
    let number = sanitized
        .and_then(|text| E164::read(text, country))
        .or_else(|| E164::read(entered, country));
    let as_entered = match entered.trim() {
        "" => sanitized.unwrap_or_default(),
        entered => entered,
    };
    // Apollo's own form has no extension, so the one that was entered counts.
    let extension = split_extension(as_entered).1;
    Line {
        owner: Owner::Contact,
        tariff: number.as_ref().and_then(E164::tariff),
        quality: NumberQuality::Sound,
        entered: as_entered.trim().to_owned(),
        extension: extension.map(str::to_owned),
        kind,
        status: None,
        do_not_call: false,
        number,
    }
}

/// How doubtful Apollo's status makes a number. The statuses are an open set; an unknown one counts
/// as the worst, short of a number that does not exist.
fn quality_of(status: Option<&str>) -> NumberQuality {
    match status {
        None | Some("" | "no_status" | "valid_number") => NumberQuality::Sound,
        Some(status) if status.starts_with("invalid") => NumberQuality::Invalid,
        Some(_) => NumberQuality::Risky,
    }
}

impl NumberStatus {
    fn of(word: &str) -> Option<Self> {
        (!matches!(word, "no_status" | "")).then(|| Self::Word(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_e164_form_is_a_number_to_dial() {
        for bad in [
            "",
            "+",
            "12025550143",
            "+1 2025550143",
            "+0123456789",
            "+1202555014a",
            "+123",
        ] {
            assert!(E164::parse(bad).is_none(), "{bad}");
        }
        assert!(E164::parse("+12025550143;ext=1").is_none());
        assert_eq!(
            E164::parse("+12025550143").unwrap().as_str(),
            "+12025550143"
        );
    }

    #[test]
    fn a_national_number_is_read_only_with_its_country() {
        assert!(E164::read("020 7946 0123", None).is_none());
        let number = E164::read("020 7946 0123", Some("United Kingdom")).unwrap();
        assert_eq!(number.as_str(), "+442079460123");
        assert_eq!(number.display(), "+44 20 7946 0123");
    }

    fn rows(rows: &[(&str, bool, &str)]) -> Vec<Line> {
        let mut contact = Contact::with_id("c");
        for (place, (raw, do_not_call, status)) in rows.iter().enumerate() {
            let mut number = PhoneNumber::with_number(*raw, None);
            number.position = u32::try_from(place).unwrap();
            number.do_not_call = *do_not_call;
            number.status = Some((*status).to_owned());
            contact.phone_numbers.push(number);
        }
        lines(Some(&contact), None)
    }

    fn shown(lines: &[Line]) -> Vec<(String, bool)> {
        let shown = lines.iter().map(|line| (line.display(), line.can_dial()));
        shown.collect()
    }

    #[test]
    fn the_strictest_mark_wins_whichever_row_comes_first() {
        let (marked, plain) = (("+12025550143", true, ""), ("+1 202-555-0143", false, ""));
        for order in [[marked, plain], [plain, marked]] {
            let lines = rows(&order);
            assert_eq!(lines.len(), 1);
            assert!(lines[0].do_not_call && !lines[0].can_dial());
        }
        // Whichever field it stands in.
        let mut contact = Contact::with_id("c");
        contact.sanitized_phone = Some("+12025550143".to_owned());
        let mut number = PhoneNumber::with_number("+1 202 555 0143 x9", None);
        number.do_not_call = true;
        contact.phone_numbers.push(number);
        let mut account = Account::with_id("a");
        account.phone = Some("(202) 555-0143".to_owned());
        account.country = Some("United States".to_owned());
        let lines = lines(Some(&contact), Some(&account));
        assert!(
            lines.iter().all(|line| !line.can_dial()),
            "{:?}",
            shown(&lines)
        );
    }

    #[test]
    fn a_marked_row_that_cannot_be_read_holds_back_what_it_might_be() {
        let lines = rows(&[
            ("+1 202-555-0143", false, ""),
            ("+1 202-555-0199", false, ""),
            ("555-0143", true, ""),
        ]);
        let dialed: Vec<_> = lines.iter().filter(|line| line.can_dial()).collect();
        assert_eq!(dialed.len(), 1);
        assert_eq!(dialed[0].display(), "+1 202-555-0199");
        // Nothing tells which one it is.
        let lines = rows(&[("+1 202-555-0143", false, ""), ("ask her", true, "")]);
        assert!(lines.iter().all(|line| !line.can_dial()));
    }

    #[test]
    fn what_is_dialed_is_what_is_shown() {
        let mut number = PhoneNumber::with_number("", Some("+4402079460123"));
        number.status = Some("valid_number".to_owned());
        let mut contact = Contact::with_id("c");
        contact.phone_numbers.push(number);
        let lines = lines(Some(&contact), None);
        let dialed = lines[0].number.as_ref().unwrap().as_str();
        assert_eq!(dialed, "+442079460123");
        assert_eq!(lines[0].display(), "+44 20 7946 0123");
        assert!(
            E164::read("+4400000000", None).is_none(),
            "not a number of any plan"
        );
    }

    #[test]
    fn an_extension_stands_beside_its_number_and_keeps_lines_apart() {
        for raw in [
            "+1 (202) 555-0143 x123",
            "+1 202-555-0143 ext. 123",
            "+1 202-555-0143 Extension 123",
            "+12025550143;ext=123",
            "+12025550143,,123#",
            "+1 202 555 0143 #123",
        ] {
            let lines = rows(&[(raw, false, "")]);
            assert_eq!(lines[0].display(), "+1 202-555-0143", "{raw}");
            assert_eq!(lines[0].extension.as_deref(), Some("123"), "{raw}");
            assert!(lines[0].can_dial(), "{raw}");
        }
        let two = rows(&[
            ("+1 202-555-0143 x101", false, ""),
            ("+1 202-555-0143 x102", false, ""),
        ]);
        assert_eq!(two.len(), 2);
        assert_eq!(rows(&[("+1 202-555-0143", false, "")])[0].extension, None);
        assert_eq!(
            split_extension("555x1"),
            ("555x1", None),
            "no number before it"
        );
    }

    #[test]
    fn what_was_entered_of_an_account_and_what_apollo_made_of_it_are_one_line() {
        let mut account = Account::with_id("a");
        account.phone = Some("ask for Kim: (202) 555-0143 x9".to_owned());
        account.sanitized_phone = Some("+12025550143".to_owned());
        let lines = lines(None, Some(&account));
        assert_eq!(shown(&lines), [("+1 202-555-0143".to_owned(), true)]);
        assert_eq!(lines[0].extension.as_deref(), Some("9"));
    }

    #[test]
    fn the_first_that_can_be_used_comes_first_and_what_is_doubted_last() {
        let lines = rows(&[
            ("+1 202-555-0141", false, "invalid_number"),
            ("+1 202-555-0142", false, "high_risk"),
            ("+1 202-555-0143", false, "no_status"),
            ("+1 202-555-0144", true, "valid_number"),
            ("+1 202-555-0145", false, "valid_number"),
        ]);
        let order: Vec<_> = lines
            .iter()
            .map(|line| line.display().chars().last().unwrap())
            .collect();
        assert_eq!(order, ['3', '5', '2', '1', '4']);
        let status = NumberStatus::Word("high_risk".to_owned());
        assert_eq!(lines[2].status, Some(status));
    }

    #[test]
    fn a_number_that_stands_twice_is_offered_once() {
        let mut contact = Contact::with_id("c");
        contact.sanitized_phone = Some("+12025550143".to_owned());
        let mut account = Account::with_id("a");
        account.phone = Some("+1 202-555-0143".to_owned());
        account.sanitized_phone = Some("+12025550143".to_owned());
        assert_eq!(lines(Some(&contact), Some(&account)).len(), 1);
    }
}
