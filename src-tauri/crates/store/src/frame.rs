//! The form of a record on disk.
//!
//! ```text
//! schema version  1 byte, first: a newer one is refused before anything else is believed
//! mark            4 bytes, the same for all
//! revision        8 bytes, grows with every write of the store
//! key length      4 bytes │ key
//! body length     4 bytes │ body: JSON, or nonce and sealed JSON
//! checksum        4 bytes over all of the above
//! ```
//!
//! Promises: a frame says by itself what it is, so that it can be found in the raw bytes of a
//! damaged store, without sled (`recover`). All numbers are little-endian.

use crate::{Damage, StoreError, error::damaged};

/// The schema that this Handset writes.
pub(crate) const SCHEMA: u8 = 3;
/// Found in front of every frame, after its schema version.
pub(crate) const MARK: [u8; 4] = [0x9e, b'H', b'd', 0xb3];

/// A frame that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    pub(crate) revision: u64,
    pub(crate) key: &'a [u8],
    pub(crate) body: &'a [u8],
    /// Everything in front of the body's length: what a sealed body is bound to.
    pub(crate) place: &'a [u8],
    /// The whole frame.
    pub(crate) bytes: &'a [u8],
}

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoFrame {
    Newer { found: u8 },
    Damaged,
}

/// The part of a frame that a sealed body is bound to.
pub(crate) fn place(key: &[u8], revision: u64) -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![SCHEMA];
    bytes.extend_from_slice(&MARK);
    bytes.extend_from_slice(&revision.to_le_bytes());
    push_with_length(&mut bytes, key)?;
    Ok(bytes)
}

/// A whole frame.
pub(crate) fn encode(mut place: Vec<u8>, body: &[u8]) -> Result<Vec<u8>, StoreError> {
    push_with_length(&mut place, body)?;
    let checksum = crc32fast::hash(&place);
    place.extend_from_slice(&checksum.to_le_bytes());
    Ok(place)
}

fn push_with_length(bytes: &mut Vec<u8>, part: &[u8]) -> Result<(), StoreError> {
    let length = u32::try_from(part.len()).map_err(|_| damaged(Damage::RecordTooLarge))?;
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(part);
    Ok(())
}

/// Reads the frame that starts `bytes`; more may follow it.
pub(crate) fn decode(bytes: &[u8]) -> Result<Frame<'_>, NoFrame> {
    let (schema, rest) = bytes.split_first().ok_or(NoFrame::Damaged)?;
    if *schema > SCHEMA {
        return Err(NoFrame::Newer { found: *schema });
    }
    let parse = || {
        let rest = rest.strip_prefix(&MARK)?;
        let (revision, rest) = rest.split_first_chunk()?;
        let (key, rest) = split_with_length(rest)?;
        let place = bytes.get(..bytes.len() - rest.len())?;
        let (body, rest) = split_with_length(rest)?;
        let checked = bytes.get(..bytes.len() - rest.len())?;
        let (checksum, rest) = rest.split_first_chunk()?;
        let whole = bytes.get(..bytes.len() - rest.len())?;
        (u32::from_le_bytes(*checksum) == crc32fast::hash(checked)).then_some(Frame {
            revision: u64::from_le_bytes(*revision),
            key,
            body,
            place,
            bytes: whole,
        })
    };
    // A schema of zero was never written.
    if *schema == 0 { None } else { parse() }.ok_or(NoFrame::Damaged)
}

fn split_with_length(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

/// Every intact frame in `bytes`, wherever it lies.
pub(crate) fn find_all(bytes: &[u8]) -> impl Iterator<Item = Frame<'_>> {
    bytes
        .windows(1 + MARK.len())
        .enumerate()
        .filter(|(_, window)| window.ends_with(&MARK))
        .filter_map(|(start, _)| decode(bytes.get(start..)?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(key: &[u8], revision: u64, body: &[u8]) -> Vec<u8> {
        encode(place(key, revision).unwrap(), body).unwrap()
    }

    #[test]
    fn a_frame_says_what_went_into_it() {
        let bytes = frame(b"key", 9, b"body");
        let read = decode(&bytes).unwrap();
        assert_eq!(
            (read.key, read.revision, read.body),
            (&b"key"[..], 9, &b"body"[..])
        );
        assert_eq!(read.bytes, bytes);
        assert_eq!(read.place, place(b"key", 9).unwrap());
    }

    #[test]
    fn no_changed_bit_and_no_cut_goes_unnoticed() {
        let bytes = frame(b"key", 9, b"body");
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(decode(&changed).is_err(), "bit {bit}");
        }
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length]), Err(NoFrame::Damaged));
        }
    }

    #[test]
    fn a_newer_schema_is_told_from_damage_whatever_follows_it() {
        assert_eq!(
            decode(&[SCHEMA + 1]),
            Err(NoFrame::Newer { found: SCHEMA + 1 })
        );
    }

    #[test]
    fn frames_are_found_among_rubble() {
        let mut rubble = vec![0x9e; 100];
        rubble.extend(frame(b"a", 1, b"one"));
        rubble.extend(MARK);
        rubble.extend(frame(b"b", 2, b"two"));
        let cut = frame(b"c", 3, b"three");
        rubble.extend(&cut[..cut.len() - 1]);
        let found: Vec<_> = find_all(&rubble).map(|frame| frame.body).collect();
        assert_eq!(found, [b"one", b"two"]);
    }
}
