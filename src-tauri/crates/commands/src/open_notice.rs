//! What a person reads when something happened to the data before or while it was opened.

use store::OpenNotice;
use text::{Text, message};

use crate::count::count;

/// What happened, and what is safe.
pub(crate) fn happened(notice: &OpenNotice) -> Text {
    match notice {
        OpenNotice::Recovered { wrap_ups, .. } => {
            message!("start-recovered", unsent = count(*wrap_ups))
        }
        OpenNotice::Unreadable { records } => {
            message!("start-unreadable", records = count(*records))
        }
        OpenNotice::Revived { wrap_ups } => message!("start-revived", unsent = count(*wrap_ups)),
        OpenNotice::Restored { wrap_ups } => message!("start-restored", unsent = count(*wrap_ups)),
        OpenNotice::Copied { wrap_ups } => message!("start-copied", unsent = count(*wrap_ups)),
    }
}

/// What to do next.
pub(crate) fn next(notice: &OpenNotice) -> Text {
    match notice {
        OpenNotice::Recovered { stored_in, .. } if stored_in.is_empty() => {
            message!("start-recovered-next")
        }
        OpenNotice::Recovered { stored_in, .. } => {
            message!("start-recovered-folder-next", folder = stored_in.as_str())
        }
        OpenNotice::Unreadable { .. } => message!("start-unreadable-next"),
        OpenNotice::Revived { .. } => message!("start-revived-next"),
        OpenNotice::Restored { .. } => message!("start-restored-next"),
        OpenNotice::Copied { wrap_ups: 0 } => message!("start-copied-empty-next"),
        OpenNotice::Copied { .. } => message!("start-copied-next"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_count_in_plain_words() {
        let recovered = |wrap_ups| OpenNotice::Recovered {
            stored_in: "damaged-20261125T024836Z".to_owned(),
            wrap_ups,
            drafts: 0,
        };
        let says = |notice| happened(&notice).english();
        assert!(says(recovered(0)).contains("no unsent call"));
        assert!(says(recovered(1)).contains("1 unsent call was recovered"));
        assert!(says(recovered(3)).contains("3 unsent calls were recovered"));
        let hint = next(&recovered(3)).english();
        assert!(hint.contains("damaged-20261125T024836Z"), "{hint}");
        assert!(
            says(OpenNotice::Unreadable { records: 2 }).starts_with("2 saved entries are sealed")
        );
        let restored = |wrap_ups| says(OpenNotice::Restored { wrap_ups });
        assert!(restored(0).contains("No call was unsent then."));
        assert!(restored(1).contains("1 call was unsent then."));
        let copied = |wrap_ups| says(OpenNotice::Copied { wrap_ups });
        assert!(copied(0).contains("It holds no unsent call."));
        assert!(copied(2).contains("2 unsent calls are in it,"));
        let revived = says(OpenNotice::Revived { wrap_ups: 1 });
        assert!(revived.starts_with("1 unsent call is here again"));
    }
}
