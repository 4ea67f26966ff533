//! Phone numbers: what can be dialed, and how it reads.
//!
//! Promises: a [`E164`] holds a plus sign and 7 to 15 digits and nothing else, so that it can go
//! into a URI as it is. Must never: guess a country for a number that does not say one, unless the
//! contact's own country is known.

use apollo::types::{Account, Contact, PhoneKind, PhoneNumber};

use crate::{places, view::Phone};

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

    /// Reads a number as a person wrote it, with the country it is in, if known.
    pub fn read(raw: &str, country: Option<&str>) -> Option<Self> {
        let region = country
            .and_then(places::iso_code)
            .and_then(|iso| iso.parse().ok());
        let number = phonenumber::parse(region, raw.trim()).ok()?;
        if !number.is_valid() {
            return None;
        }
        Self::parse(&number.format().mode(phonenumber::Mode::E164).to_string())
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

/// One number of a card, with what may be done with it.
#[derive(Clone)]
pub struct Line {
    pub number: Option<E164>,
    pub view: Phone,
}

/// The numbers of a contact and its account, each once, in the order to try them.
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
            push(&mut lines, bare(text, "other", country));
        }
    }
    if let Some(account) = account {
        let country = account.country.as_deref();
        if let Some(text) = account.sanitized_phone.as_ref().or(account.phone.as_ref()) {
            push(&mut lines, bare(text, "company", country));
        }
    }
    for (index, line) in lines.iter_mut().enumerate() {
        line.view.index = u32::try_from(index).unwrap_or(u32::MAX);
    }
    lines
}

fn push(lines: &mut Vec<Line>, line: Line) {
    let known = line.number.is_some() && lines.iter().any(|other| other.number == line.number);
    if !known {
        lines.push(line);
    }
}

fn of_contact(number: &PhoneNumber, country: Option<&str>) -> Line {
    let sanitized = number.sanitized_number.as_deref();
    let parsed = sanitized
        .and_then(E164::parse)
        .or_else(|| E164::read(&number.raw_number, country));
    let kind = match &number.kind {
        PhoneKind::Mobile => "mobile",
        PhoneKind::Home => "home",
        PhoneKind::WorkHq => "work, head office",
        PhoneKind::WorkDirect => "work, direct",
        PhoneKind::Other(Some(word)) => word,
        PhoneKind::Other(None) => "other",
    };
    let as_entered = if number.raw_number.trim().is_empty() {
        sanitized.unwrap_or_default()
    } else {
        &number.raw_number
    };
    let mut line = line(parsed, as_entered, kind);
    line.view.status = number.status.as_deref().and_then(status_words);
    if number.do_not_call {
        line.view.do_not_call = true;
        line.view.can_dial = false;
        line.view.why_not = Some("On a do-not-call list.".to_owned());
    } else if number.country_enabled == Some(false) && line.view.can_dial {
        line.view.status = Some("Apollo's dialer does not call this country".to_owned());
    }
    line
}

fn bare(text: &str, kind: &str, country: Option<&str>) -> Line {
    let parsed = E164::parse(text).or_else(|| E164::read(text, country));
    line(parsed, text, kind)
}

fn line(number: Option<E164>, as_entered: &str, kind: &str) -> Line {
    let display = number
        .as_ref()
        .map_or_else(|| as_entered.trim().to_owned(), E164::display);
    let can_dial = number.is_some();
    Line {
        number,
        view: Phone {
            index: 0,
            display,
            kind: kind.to_owned(),
            status: None,
            do_not_call: false,
            can_dial,
            why_not: (!can_dial).then(|| "Not a number that can be dialed.".to_owned()),
        },
    }
}

fn status_words(status: &str) -> Option<String> {
    match status {
        "no_status" | "" => None,
        "valid_number" => Some("valid".to_owned()),
        other => Some(other.replace('_', " ")),
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
