//! Where calls may go, by how a number begins.

use serde::{Deserialize, Serialize};

/// The most beginnings that are stored, of each kind.
pub const DESTINATIONS_MAX: usize = 100;
/// Digits of an E.164 number at most (ITU-T E.164).
const DIGITS_MAX: usize = 15;

/// Where calls may go, by how a number begins: "+1900". The longest beginning that fits a number
/// counts; a forbidden one before an allowed one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Destinations {
    /// Dialed without a question, also where numbers like it cost more or are unusual.
    pub allowed: Vec<String>,
    /// Never dialed.
    pub forbidden: Vec<String>,
}

/// What settings say of numbers that begin like this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DestinationRule {
    Allowed,
    /// By this beginning.
    Forbidden(String),
}

/// This is not how a number begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotABeginning(pub String);

impl Destinations {
    /// The rule of a number in E.164: that of the longest beginning that fits.
    pub fn rule_of(&self, number: &str) -> Option<DestinationRule> {
        let longest = |starts: &[String]| {
            let fitting = starts.iter().filter(|start| number.starts_with(*start));
            fitting.max_by_key(|start| start.len()).cloned()
        };
        match (longest(&self.allowed), longest(&self.forbidden)) {
            (Some(allowed), Some(forbidden)) if allowed.len() > forbidden.len() => {
                Some(DestinationRule::Allowed)
            }
            (_, Some(forbidden)) => Some(DestinationRule::Forbidden(forbidden)),
            (Some(_), None) => Some(DestinationRule::Allowed),
            (None, None) => None,
        }
    }

    /// The same with every beginning as it is compared: a plus sign and digits. An error names the
    /// text that is no beginning.
    pub fn tidied(&self) -> Result<Self, NotABeginning> {
        let tidied = |starts: &[String]| {
            let mut seen = Vec::new();
            for start in starts {
                let plain: String = start
                    .chars()
                    .filter(|character| !character.is_whitespace() && !"-().".contains(*character))
                    .collect();
                let digits = plain.strip_prefix('+').unwrap_or_default();
                let is_sound = (1..=DIGITS_MAX).contains(&digits.len())
                    && digits.bytes().all(|byte| byte.is_ascii_digit())
                    && !digits.starts_with('0');
                if !is_sound {
                    return Err(NotABeginning(start.trim().to_owned()));
                }
                if !seen.contains(&plain) {
                    seen.push(plain);
                }
            }
            Ok(seen)
        };
        Ok(Self {
            allowed: tidied(&self.allowed)?,
            forbidden: tidied(&self.forbidden)?,
        })
    }
}
