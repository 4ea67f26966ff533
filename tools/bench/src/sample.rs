//! Wrap-ups as a rep's day makes them, and rows of the same size for the other stores.

use anyhow::Result;
use apollo::{
    ids::{ContactId, TaskId, UserId},
    types::CallStatus,
};
use clock::Timestamp;
use domain::{
    draft::CallDetails, rep::MappedUser, rep::Rep, wrap_up::AfterCall, wrap_up::CallResult,
    wrap_up::CallWork, wrap_up::WrapUp,
};

const NOTE: &str = "Spoke with the office. Asked to be called back after the holidays, has a budget \
                    for next year, and wants to see prices for twenty seats.";
/// What surrounds the content of a wrap-up on disk: the frame (schema, mark, revision, two lengths,
/// checksum), its key, nonce and tag (store, module `frame`). The others store as many bytes.
const FRAME_BYTES: usize = 1 + 4 + 8 + 4 + 4 + 4;
const KEY_BYTES: usize = 1 + ORIGIN.len() + 1 + UUID_TEXT_BYTES;
const SEAL_BYTES: usize = 24 + 16;
const UUID_TEXT_BYTES: usize = 36;

pub(crate) const ORIGIN: &str = "https://api.apollo.io";
pub(crate) const REP: &str = "66f0a1b2c3d4e5f601230000";
pub(crate) const KEY: [u8; store::SEALING_KEY_BYTES] = [7; store::SEALING_KEY_BYTES];

/// The `number`th call of a long day.
pub(crate) fn wrap_up(number: usize) -> Result<WrapUp> {
    let started_at = Timestamp::from_second(1_795_000_000 + i64::try_from(number)? * 90)?;
    let ended_at = Timestamp::from_second(started_at.as_second() + 75)?;
    let work = CallWork {
        contact_id: Some(ContactId::new("66f0a1b2c3d4e5f601234567")),
        account_id: None,
        to_number: Some("+14155550123".to_owned()),
        own_numbers: Vec::new(),
        started_at,
        ended_at,
        result: CallResult {
            opts_out: false,
            status: CallStatus::Completed,
            outcome_id: None,
            outcome_name: "Connected - positive".to_owned(),
            details: CallDetails {
                note: NOTE.to_owned(),
                ..CallDetails::default()
            },
        },
        after: AfterCall::default(),
    };
    let rep = Rep {
        user_id: UserId::new(REP),
        name: "Ottoline Vandermeer".to_owned(),
        email: Some("ottoline@example.com".to_owned()),
    };
    Ok(WrapUp::call(
        TaskId::new(format!("66f0a1b2c3d4e5f6{number:08x}")),
        MappedUser::from_user_map(rep),
        ended_at,
        work,
    ))
}

/// A row as large as the sealed wrap-up is on disk, under the same id.
pub(crate) fn row(wrap_up: &WrapUp) -> Result<(String, Vec<u8>)> {
    let content = serde_json::to_vec(wrap_up)?;
    let length = content.len() + FRAME_BYTES + KEY_BYTES + SEAL_BYTES;
    // Noise, as sealed bytes are, so that no store can make them smaller.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ u64::try_from(length)?;
    let bytes = (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[0]
        })
        .collect();
    Ok((wrap_up.id.to_string(), bytes))
}
