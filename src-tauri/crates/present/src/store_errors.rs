//! What a failure of the store says to a person.

use outbox::{Damage, Distrust, DistrustInside, PrivateFolder, StoreError};
use text::{Text, Value, message};

use crate::{Problem, ProblemCode};

/// A failure of the store, across IPC.
pub fn store_problem(error: &StoreError) -> Problem {
    let message = message!("store-not-saved", reason = store_reason(error));
    Problem::new(ProblemCode::NotSaved, message)
}

/// Why the store failed, as a clause without a full stop: "the disk is full".
pub fn store_reason(error: &StoreError) -> Text {
    match error {
        StoreError::DiskFull => message!("store-disk-full"),
        StoreError::NotWritable { reason } => {
            message!("store-not-writable", reason = reason.as_str())
        }
        StoreError::NotTrusted { folder, reason } => {
            let folder = match folder {
                PrivateFolder::Data => "data",
                PrivateFolder::Marks => "marks",
            };
            message!(
                "store-not-trusted",
                folder = Value::choice(folder),
                reason = distrust_reason(reason),
            )
        }
        StoreError::InUse => message!("store-in-use"),
        StoreError::OutboxTaken => message!("store-outbox-taken"),
        StoreError::CopyInUse => message!("store-copy-in-use"),
        StoreError::FolderGone => message!("store-folder-gone"),
        StoreError::NotWitnessed { reason } => {
            message!("store-not-witnessed", reason = reason.as_str())
        }
        StoreError::KeyNotAtHand { records } => {
            let records = u32::try_from(*records).unwrap_or(u32::MAX);
            message!("store-key-not-at-hand", records = records)
        }
        StoreError::Newer { found, known } => message!(
            "store-newer",
            found = found.to_string(),
            known = known.to_string(),
        ),
        StoreError::Damaged { reason } => {
            message!("store-damaged", reason = damage_reason(*reason))
        }
    }
}

/// Why a folder cannot be trusted, as a clause without a full stop: "it is a link to another place".
pub fn distrust_reason(distrust: &Distrust) -> Text {
    match distrust {
        Distrust::Link => message!("store-distrust-link"),
        Distrust::OthersOwn => message!("store-distrust-others-own"),
        Distrust::OthersWrite => message!("store-distrust-others-write"),
        Distrust::OthersRead => message!("store-distrust-others-read"),
        Distrust::Inside { name, what } => {
            let what = match what {
                DistrustInside::Link => "link",
                DistrustInside::OthersOwn => "others_own",
                DistrustInside::NeitherFileNorFolder => "neither",
                DistrustInside::NotAsMade => "not_as_made",
            };
            message!(
                "store-distrust-inside",
                what = Value::choice(what),
                name = name
                    .as_ref()
                    .map_or_else(|| message!("store-distrust-something"), Text::verbatim),
            )
        }
    }
}

/// How stored data is damaged, as a clause without a full stop: "a checksum does not match".
pub fn damage_reason(damage: Damage) -> Text {
    match damage {
        Damage::PartMissing => message!("store-damage-part-missing"),
        Damage::UnknownForm => message!("store-damage-unknown-form"),
        Damage::Contradiction => message!("store-damage-contradiction"),
        Damage::EndsEarly => message!("store-damage-ends-early"),
        Damage::Checksum => message!("store-damage-checksum"),
        Damage::OnlyCopyLeft => message!("store-damage-only-copy-left"),
        // A revision is a name, and is not grouped.
        Damage::EndsAtRevision { found, written } => message!(
            "store-damage-ends-at-revision",
            found = found.to_string(),
            written = written.to_string(),
        ),
        Damage::NotReadToEnd => message!("store-damage-not-read-to-end"),
        Damage::CopyNotWhole => message!("store-damage-copy-not-whole"),
        Damage::BrokeOff => message!("store-damage-broke-off"),
        Damage::RecordNotWhole => message!("store-damage-record-not-whole"),
        Damage::RecordOutOfPlace => message!("store-damage-record-out-of-place"),
        Damage::RecordForm => message!("store-damage-record-form"),
        Damage::RecordUnreadable => message!("store-damage-record-unreadable"),
        Damage::RecordTooLarge => message!("store-damage-record-too-large"),
        Damage::KeyFileLength => message!("store-damage-key-file-length"),
        Damage::NoRandomSource => message!("store-damage-no-random-source"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_trusted_is_named_with_what_is_wrong() {
        let says =
            |folder, reason| store_reason(&StoreError::NotTrusted { folder, reason }).english();
        assert_eq!(
            says(PrivateFolder::Data, Distrust::OthersOwn),
            "the data folder cannot be trusted: it belongs to another user of this computer. \
             Nothing in it was opened"
        );
        let inside = |name: Option<&str>| Distrust::Inside {
            name: name.map(ToOwned::to_owned),
            what: DistrustInside::Link,
        };
        let marks = says(PrivateFolder::Marks, inside(Some("room")));
        assert!(
            marks.starts_with(
                "the folder that remembers what was sent cannot be trusted: in it, room is a link"
            ),
            "{marks}"
        );
        assert!(says(PrivateFolder::Data, inside(None)).contains("in it, something is a link"));
    }

    #[test]
    fn what_a_person_reads_is_what_the_logs_hold() {
        let revisions = Damage::EndsAtRevision {
            found: 10_450,
            written: 10_451,
        };
        for damage in [Damage::Checksum, Damage::RecordNotWhole, revisions] {
            let error = StoreError::Damaged { reason: damage };
            assert_eq!(store_reason(&error).english(), error.to_string());
        }
    }
}
