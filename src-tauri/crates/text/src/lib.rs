//! Texts for people: which message of the catalogue, with its values.
//!
//! The core names a message and its values. The sentence is made where it is shown: by a window in
//! TypeScript (`ui/src/text`), or by [`Catalogue`] in the few places where Rust itself shows it (a
//! start that failed, the command line). Both read the same Fluent files in `locales`.
//!
//! Entry points: [`message!`] makes a [`Text`]; [`Catalogue::of_this_computer`] makes it a sentence.
//!
//! Promises: a number, a time and a list are formatted by the reader's language and never before;
//! what people or Apollo wrote ([`Text::verbatim`]) passes unchanged. A `Text` prints its id and
//! nothing else, so that no name reaches a log.
//!
//! Must never: hold a sentence of its own. Stage *tidy* compares the ids and values of every use
//! with `locales` (`tools/tidy`).

mod catalogue;
mod messages;
mod source;
#[cfg(feature = "testing")]
mod testing;
mod value;

pub use crate::{
    catalogue::{Catalogue, Language, languages_of_this_computer},
    messages::{Messages, messages},
    source::base_sources,
    value::{Message, Text, TimeStyle, Value},
};

/// A [`Text`]: the id of a message, then its values by name.
///
/// ```
/// # use text::{Text, message};
/// let text: Text = message!("time-tomorrow", time = "8:00 AM");
/// ```
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::Text::from($crate::Message::new($id)$(.with(stringify!($name), $value))*)
    };
}
