//! Fields that a team has added to contacts and accounts (Apollo docs: reference section 9.3).
//!
//! A record holds their values by field id, and a choice by the id of its option; only the list of
//! fields knows the names. Promises: what has no name is not shown. Must never: print a value in
//! `Debug`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::redacted_debug;
use crate::{ids::FieldId, lenient, text};

/// A field that the team has added.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomField {
    /// The field's id, as records hold it: without the `contact.` that `fields` writes before it.
    pub id: FieldId,
    /// The name, as the team's admins wrote it.
    pub name: String,
    /// What has the field: `contact`, `account` and others (JSON: `modality`).
    pub modality: Option<String>,
    /// What the values are: `string`, `picklist`, `date` and others, an open set (JSON: `type`).
    pub kind: Option<String>,
    /// The names of a choice's options, by option id.
    pub options: BTreeMap<String, String>,
}

redacted_debug!(CustomField { id, modality, kind });

/// A value under the name that a person knows it by.
#[derive(Clone, PartialEq, Eq)]
pub struct NamedValue {
    /// The field's name.
    pub name: String,
    /// The value as text; several choices are separated by commas.
    pub value: String,
}

impl std::fmt::Debug for NamedValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NamedValue").finish_non_exhaustive()
    }
}

/// All fields that the team has added, in Apollo's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomFields {
    /// The fields.
    pub fields: Vec<CustomField>,
}

impl CustomFields {
    /// The values of a record, such as [`super::Contact::typed_custom_fields`], under their names
    /// and in the fields' order. Empty values, fields and options without a known name are left
    /// out: an id tells a person nothing.
    pub fn named(&self, values: &Map<String, Value>) -> Vec<NamedValue> {
        let fields = self.fields.iter();
        fields
            .filter_map(|field| {
                let value = field.shown(values.get(field.id.as_str())?)?;
                Some(NamedValue {
                    name: field.name.clone(),
                    value,
                })
            })
            .collect()
    }

    /// Whether a field's values may be ids of options that are not known.
    #[cfg(feature = "client")]
    pub(crate) fn lack_options(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.options.is_empty() && !field.is_plain())
    }

    /// Takes the options of another list of the same fields.
    #[cfg(feature = "client")]
    pub(crate) fn take_options(&mut self, other: Self) {
        let mut options: BTreeMap<FieldId, BTreeMap<String, String>> = other
            .fields
            .into_iter()
            .map(|field| (field.id, field.options))
            .collect();
        for field in &mut self.fields {
            if field.options.is_empty()
                && let Some(found) = options.remove(&field.id)
            {
                field.options = found;
            }
        }
    }
}

/// Kinds of field whose values are what they say.
#[cfg(feature = "client")]
const PLAIN_KINDS: [&str; 12] = [
    "string", "text", "textarea", "number", "integer", "float", "currency", "date", "datetime",
    "boolean", "url", "phone",
];

impl CustomField {
    #[cfg(feature = "client")]
    fn is_plain(&self) -> bool {
        self.kind
            .as_deref()
            .is_some_and(|kind| PLAIN_KINDS.contains(&kind.to_ascii_lowercase().as_str()))
    }

    fn shown(&self, value: &Value) -> Option<String> {
        match value {
            Value::Null | Value::Object(_) => None,
            Value::Bool(yes) => Some(if *yes { "Yes" } else { "No" }.to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => match self.options.get(text) {
                Some(option) => Some(option.clone()),
                // The id of an option that is gone or not known.
                None if is_object_id(text) => None,
                None => text::label(text),
            },
            Value::Array(values) => {
                let shown: Vec<String> = values
                    .iter()
                    .filter(|value| !value.is_array())
                    .filter_map(|value| self.shown(value))
                    .collect();
                (!shown.is_empty()).then(|| shown.join(", "))
            }
        }
    }
}

/// Whether a text has the form of one of Apollo's ids. Nothing but display depends on it.
fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// One field as either endpoint writes it: `fields` (`label`, an id with its modality in front) or
/// `typed_custom_fields` (`name`, `picklist_values`).
#[derive(Deserialize)]
struct WireField {
    #[serde(deserialize_with = "lenient::id")]
    id: String,
    #[serde(default, deserialize_with = "lenient::label_opt")]
    label: Option<String>,
    #[serde(default, deserialize_with = "lenient::label_opt")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text_opt")]
    modality: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient::text_opt")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    picklist_values: Vec<WireOption>,
}

#[derive(Deserialize)]
struct WireOption {
    #[serde(deserialize_with = "lenient::id")]
    id: String,
    #[serde(default, deserialize_with = "lenient::label_opt")]
    name: Option<String>,
}

impl<'de> Deserialize<'de> for CustomField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = WireField::deserialize(deserializer)?;
        let name = wire.name.or(wire.label);
        let name = name.ok_or_else(|| serde::de::Error::custom("a field without a name"))?;
        let id = match (&wire.modality, wire.id.split_once('.')) {
            (Some(modality), Some((front, id))) if front == modality => id.to_owned(),
            _ => wire.id,
        };
        let options = wire.picklist_values.into_iter();
        Ok(Self {
            id: FieldId::new(id),
            name,
            modality: wire.modality,
            kind: wire.kind,
            options: options
                .filter_map(|option| Some((option.id, option.name?)))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OPTION: &str = "64c0ffee0000000000000f0a";

    fn fields(rows: Value) -> CustomFields {
        CustomFields {
            fields: serde_json::from_value(rows).unwrap(),
        }
    }

    fn named(fields: &CustomFields, values: Value) -> Vec<(String, String)> {
        let Value::Object(values) = values else {
            panic!("not an object")
        };
        let named = fields.named(&values);
        named.into_iter().map(|it| (it.name, it.value)).collect()
    }

    #[test]
    fn values_get_the_names_of_their_fields_and_options_in_the_fields_order() {
        let fields = fields(json!([
            {"id": "contact.f2", "label": "Tier &amp; more", "modality": "contact", "type": "picklist",
             "picklist_values": [{"_id": OPTION, "id": OPTION, "key": OPTION, "name": "Gold"}, null]},
            {"id": "f1", "name": "Seats", "modality": "contact", "type": "number"},
            {"id": "f3", "name": "Beta", "type": "boolean"},
        ]));
        let values = json!({"f1": 12, "f2": [OPTION, "64c0ffee0000000000000f0b"], "f3": true,
            "f4": "of no known field"});
        assert_eq!(
            named(&fields, values),
            [
                ("Tier & more".to_owned(), "Gold".to_owned()),
                ("Seats".to_owned(), "12".to_owned()),
                ("Beta".to_owned(), "Yes".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_empty_or_only_an_id_is_not_shown() {
        let fields = fields(json!([
            {"id": "f1", "name": "Tier", "type": "picklist"},
            {"id": "f2", "name": "Note", "type": "string"},
        ]));
        for value in [
            json!(null),
            json!(""),
            json!([]),
            json!([OPTION]),
            json!({"a": 1}),
        ] {
            assert_eq!(
                named(&fields, json!({"f1": value, "f2": value})),
                [],
                "{value}"
            );
        }
    }

    #[test]
    fn options_come_from_the_other_list_where_the_first_has_none() {
        let mut plain = fields(
            json!([{"id": "contact.f1", "label": "Tier", "modality": "contact",
            "type": "picklist"}]),
        );
        assert!(plain.lack_options());
        plain.take_options(fields(json!([{"id": "f1", "name": "Tier",
            "picklist_values": [{"id": OPTION, "name": "Gold"}]}])));
        assert!(!plain.lack_options());
        assert_eq!(
            named(&plain, json!({"f1": OPTION})),
            [("Tier".to_owned(), "Gold".to_owned())]
        );
    }

    #[test]
    fn no_value_is_printed() {
        let value = NamedValue {
            name: "secret".to_owned(),
            value: "secret".to_owned(),
        };
        let fields = fields(json!([{"id": "f1", "name": "secret"}]));
        assert!(!format!("{value:?} {fields:?}").contains("secret"));
    }
}
