//! Contacts and their phone numbers (Apollo docs: reference section 5).

use clock::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Account, MAX_ROWS_PER_PAGE, redacted_debug};
use crate::{
    ids::{AccountId, ContactId, SequenceId, StageId, UserId},
    lenient,
};

/// A person in the team's Apollo.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Contact {
    /// The contact's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: ContactId,
    /// The full name; may be empty, see [`Contact::display_name`].
    #[serde(default, deserialize_with = "lenient::label")]
    pub name: String,
    /// The first name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub first_name: Option<String>,
    /// The last name; missing more often than one would think.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub last_name: Option<String>,
    /// The job title.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub title: Option<String>,
    /// The headline of the LinkedIn profile.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub headline: Option<String>,
    /// The email address.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub email: Option<String>,
    /// The LinkedIn profile, as Apollo stores it: `http://www.linkedin.com/in/…`.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub linkedin_url: Option<String>,
    /// The company's name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub organization_name: Option<String>,
    /// The company's account.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub account_id: Option<AccountId>,
    /// The teammate who owns the contact.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub owner_id: Option<UserId>,
    /// The city.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub city: Option<String>,
    /// The state or province.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub state: Option<String>,
    /// The country, by name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub country: Option<String>,
    /// An IANA time zone name, derived from the location; can be wrong for a mobile.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub time_zone: Option<String>,
    /// All numbers, in Apollo's order of `position`.
    #[serde(default, deserialize_with = "numbers")]
    pub phone_numbers: Vec<PhoneNumber>,
    /// One convenience number; may differ from the first of `phone_numbers`.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub sanitized_phone: Option<String>,
    /// The person does not want calls: a hard block.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub call_opted_out: bool,
    /// The stage.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub contact_stage_id: Option<StageId>,
    /// When anything last happened (JSON: `last_activity_date`).
    #[serde(
        rename = "last_activity_date",
        default,
        deserialize_with = "lenient::time_opt"
    )]
    pub last_activity_at: Option<Timestamp>,
    /// The sequences the contact is in (JSON: `emailer_campaign_ids`).
    #[serde(
        rename = "emailer_campaign_ids",
        default,
        deserialize_with = "lenient::list"
    )]
    pub sequence_ids: Vec<SequenceId>,
    /// The embedded account: in rows of `contacts/search`, slimmer than `accounts/show` gives it.
    #[serde(default, deserialize_with = "lenient::object_opt")]
    pub account: Option<Account>,
    /// The team's own fields, by field id: see [`super::CustomFields::named`].
    #[serde(default, deserialize_with = "lenient::map")]
    pub typed_custom_fields: Map<String, Value>,
    /// When Apollo last changed the record.
    #[serde(default, deserialize_with = "lenient::time_opt")]
    pub updated_at: Option<Timestamp>,
}

redacted_debug!(Contact {
    id,
    account_id,
    owner_id,
    contact_stage_id,
    call_opted_out,
    last_activity_at
});

/// A step on a contact's way, as the team names it (Apollo docs: reference section 5.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ContactStage {
    /// The stage's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: StageId,
    /// The name; may be empty.
    #[serde(default, deserialize_with = "lenient::label")]
    pub name: String,
}

impl Contact {
    /// A contact of which nothing but the id is known.
    pub fn with_id(id: impl Into<ContactId>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            first_name: None,
            last_name: None,
            title: None,
            headline: None,
            email: None,
            linkedin_url: None,
            organization_name: None,
            account_id: None,
            owner_id: None,
            city: None,
            state: None,
            country: None,
            time_zone: None,
            phone_numbers: Vec::new(),
            sanitized_phone: None,
            call_opted_out: false,
            contact_stage_id: None,
            last_activity_at: None,
            sequence_ids: Vec::new(),
            account: None,
            typed_custom_fields: Map::new(),
            updated_at: None,
        }
    }

    /// The name to show: the full name, else the parts there are, else the email address. `None`
    /// when Apollo knows none of them.
    pub fn display_name(&self) -> Option<String> {
        super::user::shown_name(
            &self.name,
            self.first_name.as_deref(),
            self.last_name.as_deref(),
            self.email.as_deref(),
        )
    }
}

/// What kind of line a number is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    /// A mobile.
    Mobile,
    /// At home.
    Home,
    /// The company's main line.
    WorkHq,
    /// A direct line at work.
    WorkDirect,
    /// Anything else, with Apollo's word where it gave one.
    Other(Option<String>),
}

impl PhoneKind {
    fn from_word(word: Option<String>) -> Self {
        match word.as_deref().map(str::trim) {
            Some("mobile") => Self::Mobile,
            Some("home") => Self::Home,
            Some("work_hq") => Self::WorkHq,
            Some("work_direct") => Self::WorkDirect,
            None | Some("other") => Self::Other(None),
            Some(_) => Self::Other(word),
        }
    }
}

/// One number of a contact (Apollo docs: reference section 5.2).
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// As a person entered it, in any format; empty when Apollo gave only the other.
    pub raw_number: String,
    /// In E.164, where Apollo could parse it.
    pub sanitized_number: Option<String>,
    /// What kind of line (JSON: `type`).
    pub kind: PhoneKind,
    /// The order; 0 is the main number.
    pub position: u32,
    /// `no_status`, `valid_number` and others: an open set.
    pub status: Option<String>,
    /// On a do-not-call list: `dnc_status` is set, and not to one of the words for *no*.
    pub do_not_call: bool,
    /// Whether Apollo's dialer may call this country (`dialer_flags.country_enabled`).
    pub country_enabled: Option<bool>,
    /// The country's name (`dialer_flags.country_name`).
    pub country_name: Option<String>,
    /// Apollo marks the number as one with a high risk of complaint
    /// (`dialer_flags.potential_high_risk_number`).
    pub high_risk: bool,
}

impl std::fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PhoneNumber")
            .field("kind", &self.kind)
            .field("position", &self.position)
            .field("do_not_call", &self.do_not_call)
            .finish_non_exhaustive()
    }
}

impl PhoneNumber {
    /// A number of which nothing but itself is known.
    pub fn with_number(raw_number: impl Into<String>, sanitized_number: Option<&str>) -> Self {
        Self {
            raw_number: raw_number.into(),
            sanitized_number: sanitized_number.map(str::to_owned),
            kind: PhoneKind::Other(None),
            position: 0,
            status: None,
            do_not_call: false,
            country_enabled: None,
            country_name: None,
            high_risk: false,
        }
    }
}

/// The words in `dnc_status` that mean *not on a list*. Every other word blocks: the spelling for
/// *on a list* is not known (Apollo docs: reference section 5.2), and a wrong guess must not dial.
const NOT_ON_DNC_LIST: [&str; 6] = ["", "not_found", "no", "none", "clear", "false"];

fn on_dnc_list(status: &Value) -> bool {
    match status {
        Value::Null | Value::Bool(false) => false,
        Value::String(word) => {
            !NOT_ON_DNC_LIST.contains(&word.trim().to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

#[derive(Deserialize)]
struct WireNumber {
    #[serde(default, deserialize_with = "lenient::text_opt")]
    raw_number: Option<String>,
    #[serde(default, deserialize_with = "lenient::text_opt")]
    sanitized_number: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient::text_opt")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::u32_opt")]
    position: Option<u32>,
    #[serde(default, deserialize_with = "lenient::text_opt")]
    status: Option<String>,
    #[serde(default)]
    dnc_status: Value,
    #[serde(default, deserialize_with = "lenient::object_opt")]
    dialer_flags: Option<WireDialerFlags>,
}

#[derive(Deserialize)]
struct WireDialerFlags {
    #[serde(default, deserialize_with = "lenient::label_opt")]
    country_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag_opt")]
    country_enabled: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    potential_high_risk_number: bool,
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = WireNumber::deserialize(deserializer)?;
        if wire.raw_number.is_none() && wire.sanitized_number.is_none() {
            return Err(serde::de::Error::custom("a phone number without a number"));
        }
        let flags = wire.dialer_flags;
        Ok(Self {
            raw_number: wire.raw_number.unwrap_or_default(),
            sanitized_number: wire.sanitized_number,
            kind: PhoneKind::from_word(wire.kind),
            // Without a position it goes last.
            position: wire.position.unwrap_or(u32::MAX),
            status: wire.status,
            do_not_call: on_dnc_list(&wire.dnc_status),
            country_enabled: flags.as_ref().and_then(|flags| flags.country_enabled),
            high_risk: flags
                .as_ref()
                .is_some_and(|flags| flags.potential_high_risk_number),
            country_name: flags.and_then(|flags| flags.country_name),
        })
    }
}

fn numbers<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<PhoneNumber>, D::Error> {
    let mut numbers: Vec<PhoneNumber> = lenient::list(d)?;
    numbers.sort_by_key(|number| number.position);
    Ok(numbers)
}

/// The order of a contact search (Apollo docs: reference section 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactSort {
    /// The latest activity first.
    LatestActivityFirst,
    /// The longest without activity first.
    OldestActivityFirst,
    /// The latest made first.
    LatestCreatedFirst,
    /// The latest changed first.
    LatestUpdatedFirst,
}

/// What to look for in `contacts/search`: *or* inside a list, *and* across (Apollo docs: reference
/// section 5.4).
#[derive(Clone, PartialEq, Eq)]
pub struct ContactSearch {
    /// In which stages; empty means any.
    pub stage_ids: Vec<StageId>,
    /// In which sequences; empty means any. Undocumented; seen applied.
    pub sequence_ids: Vec<SequenceId>,
    /// Words in names, titles, companies and email addresses.
    pub keywords: Option<String>,
    /// A LinkedIn profile, in any spelling. Undocumented; Apollo matches its own spelling exactly,
    /// so that is what is sent (Apollo docs: reference section 10, quirk 26).
    pub linkedin_url: Option<String>,
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, at most [`MAX_ROWS_PER_PAGE`].
    pub per_page: u32,
    /// In which order Apollo lists the contacts.
    pub sort: Option<ContactSort>,
}

redacted_debug!(ContactSearch {
    stage_ids,
    sequence_ids,
    page,
    per_page,
    sort
});

impl Default for ContactSearch {
    fn default() -> Self {
        Self {
            stage_ids: Vec::new(),
            sequence_ids: Vec::new(),
            keywords: None,
            linkedin_url: None,
            page: 1,
            per_page: MAX_ROWS_PER_PAGE,
            sort: None,
        }
    }
}
