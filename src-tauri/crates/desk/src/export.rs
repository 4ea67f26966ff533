//! The day's receipts as CSV.
//!
//! Promises: ids, times and outcomes only, and notes where asked for; no cell can be taken for a
//! formula by a spreadsheet. Must never: hold a name or a number.

use crate::view::{Receipt, ReceiptKind, ReceiptState, VerificationState};

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One line for each receipt, after a line of names.
pub(crate) fn csv(
    rows: &[Receipt],
    with_notes: bool,
    note_of: &dyn Fn(uuid::Uuid) -> Option<String>,
) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut names = vec![
        "saved_at",
        "kind",
        "outcome",
        "state",
        "read_back",
        "task_id",
        "call_id",
        "wrap_up_id",
        "logged_as",
    ];
    if with_notes {
        names.push("note");
    }
    writer.write_record(&names)?;
    for row in rows {
        let call_id = row
            .steps
            .iter()
            .find(|step| step.is_call)
            .and_then(|step| step.apollo_id.clone());
        let mut cells = vec![
            row.saved_at.to_string(),
            kind_word(row.kind).to_owned(),
            safe(row.result.as_deref().unwrap_or_default()),
            state_word(row.state).to_owned(),
            verification_word(row.verification.state).to_owned(),
            row.task_id.to_string(),
            call_id.unwrap_or_default(),
            row.wrap_up_id.to_string(),
            safe(&row.logged_as),
        ];
        if with_notes {
            cells.push(safe(&note_of(row.wrap_up_id).unwrap_or_default()));
        }
        writer.write_record(&cells)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn safe(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn kind_word(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Call => "call",
        ReceiptKind::Skip => "skip",
    }
}

fn state_word(state: ReceiptState) -> &'static str {
    match state {
        ReceiptState::Held | ReceiptState::Saved => "saved",
        ReceiptState::Sending => "sending",
        ReceiptState::Waiting => "waiting",
        ReceiptState::Checking => "checking",
        ReceiptState::Sent => "sent",
        ReceiptState::Blocked => "blocked",
        ReceiptState::Discarded => "discarded",
    }
}

fn verification_word(state: VerificationState) -> &'static str {
    match state {
        VerificationState::None => "",
        VerificationState::Pending => "not yet",
        VerificationState::Verified => "verified",
        VerificationState::Differs => "differs",
        VerificationState::Doubled => "doubled",
        VerificationState::Missing => "missing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for text in ["=1+1", "+1 202", "-x", "@sum", "\tx"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        assert_eq!(safe("Left voicemail"), "Left voicemail");
    }
}
