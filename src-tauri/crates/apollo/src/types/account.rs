//! Accounts: companies (Apollo docs: reference section 6).

use clock::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::redacted_debug;
use crate::{
    ids::{AccountId, UserId},
    lenient,
};

/// A company in the team's Apollo. Embedded ones are slimmer than those of `accounts/show`.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Account {
    /// The account's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: AccountId,
    /// The company's name; may be empty.
    #[serde(default, deserialize_with = "lenient::label")]
    pub name: String,
    /// The domain, such as `northwind.example`.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub domain: Option<String>,
    /// The web site.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub website_url: Option<String>,
    /// The LinkedIn page.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub linkedin_url: Option<String>,
    /// The main line, as entered.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub phone: Option<String>,
    /// The main line in E.164, where Apollo could parse it.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub sanitized_phone: Option<String>,
    /// The industry.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub industry: Option<String>,
    /// The number of employees, estimated (JSON: `estimated_num_employees`).
    #[serde(
        rename = "estimated_num_employees",
        default,
        deserialize_with = "lenient::u64_opt"
    )]
    pub employee_count: Option<u64>,
    /// The year of foundation.
    #[serde(default, deserialize_with = "lenient::u32_opt")]
    pub founded_year: Option<u32>,
    /// The city.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub city: Option<String>,
    /// The state or province.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub state: Option<String>,
    /// The country, by name.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub country: Option<String>,
    /// A sentence about the company.
    #[serde(default, deserialize_with = "lenient::label_opt")]
    pub short_description: Option<String>,
    /// The yearly revenue as Apollo prints it, such as `40M`.
    #[serde(default, deserialize_with = "lenient::text_opt")]
    pub annual_revenue_printed: Option<String>,
    /// The teammate who owns the account.
    #[serde(default, deserialize_with = "lenient::id_opt")]
    pub owner_id: Option<UserId>,
    /// When anything last happened (JSON: `last_activity_date`).
    #[serde(
        rename = "last_activity_date",
        default,
        deserialize_with = "lenient::time_opt"
    )]
    pub last_activity_at: Option<Timestamp>,
    /// The team's own fields, by field id: see [`super::CustomFields::named`].
    #[serde(default, deserialize_with = "lenient::map")]
    pub typed_custom_fields: Map<String, Value>,
}

redacted_debug!(Account {
    id,
    owner_id,
    last_activity_at
});

impl Account {
    /// An account of which nothing but the id is known.
    pub fn with_id(id: impl Into<AccountId>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            domain: None,
            website_url: None,
            linkedin_url: None,
            phone: None,
            sanitized_phone: None,
            industry: None,
            employee_count: None,
            founded_year: None,
            city: None,
            state: None,
            country: None,
            short_description: None,
            annual_revenue_printed: None,
            owner_id: None,
            last_activity_at: None,
            typed_custom_fields: Map::new(),
        }
    }
}
