//! The day's receipts as CSV.
//!
//! It is for programs and for a whole team, so it is in English whatever the language of the computer.
//!
//! Promises: ids, times and outcomes only, and notes where asked for; no cell can be taken for a
//! formula by a spreadsheet. Must never: hold a name or a number.

use domain::wrap_up::WrapUpId;
use session::Session;
use text::{Catalogue, Language};

use crate::{
    queue::size,
    receipt::{Receipt, ReceiptKind, ReceiptState, ReceiptStepKind, VerificationState},
    receipts::receipts,
};

/// Signs that a spreadsheet takes for the beginning of a formula, the wide ones among them.
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Signs that may separate cells: in many countries, a spreadsheet expects another one than a comma.
const SEPARATORS: [char; 6] = [',', ';', '|', '\t', '\n', '\r'];
/// Tells a spreadsheet that the text is UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The day's receipts as CSV, with the number of rows; notes only where they are still here. None
/// where the list cannot be made.
pub fn day_as_csv(session: &Session, with_notes: bool) -> Option<(String, u32)> {
    let rows = receipts(session).rows;
    let note_of = |id: uuid::Uuid| {
        let result = session.outbox().result_of(WrapUpId(id))?;
        with_notes.then_some(result.details.note)
    };
    let catalogue = Catalogue::new(&Language::base(), session.zone().clone());
    let text = csv(&rows, &catalogue, with_notes, &note_of).ok()?;
    Some((text, size(rows.len())))
}

/// One line for each receipt, after a line of names.
fn csv(
    rows: &[Receipt],
    catalogue: &Catalogue,
    with_notes: bool,
    note_of: &dyn Fn(uuid::Uuid) -> Option<String>,
) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
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
            .find(|step| step.kind == ReceiptStepKind::LogCall)
            .and_then(|step| step.apollo_id.clone());
        let mut cells = vec![
            row.saved_at.to_string(),
            kind_word(row.kind).to_owned(),
            row.result
                .as_ref()
                .map_or_else(String::new, |result| catalogue.word(result)),
            state_word(row.state).to_owned(),
            verification_word(row.verification.state).to_owned(),
            row.task_id.to_string(),
            call_id.unwrap_or_default(),
            row.wrap_up_id.to_string(),
            catalogue.word(&row.logged_as),
        ];
        if with_notes {
            cells.push(note_of(row.wrap_up_id).unwrap_or_default());
        }
        writer.write_record(cells.iter().map(|cell| safe(cell)))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    let mut text = String::from(BYTE_ORDER_MARK);
    text.push_str(&String::from_utf8_lossy(&bytes));
    Ok(text)
}

/// The text with an apostrophe before whatever could begin a formula: at its start, and behind what
/// separates cells elsewhere.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut is_at_start = true;
    for character in text.chars() {
        if is_at_start && FORMULA_STARTS.contains(&character) {
            safe.push('\'');
        }
        // Some spreadsheets drop leading blanks; the cell begins behind them.
        is_at_start = SEPARATORS.contains(&character) || (is_at_start && character.is_whitespace());
        safe.push(character);
    }
    safe
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
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+1 202", "'+1 202"),
            ("-x", "'-x"),
            ("@sum", "'@sum"),
            ("  =1", "  '=1"),
            ("\u{a0}=1", "\u{a0}'=1"),
            ("\t=x", "\t'=x"),
            ("＝1+1", "'＝1+1"),
            ("Asked;=1+1;done", "Asked;'=1+1;done"),
            ("Asked\r\n=1+1", "Asked\r\n'=1+1"),
            ("Asked, +1 more", "Asked, '+1 more"),
            ("Left voicemail - twice", "Left voicemail - twice"),
        ] {
            assert_eq!(safe(text), written);
        }
    }
}
