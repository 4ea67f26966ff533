//! Sealing and opening of records.
//!
//! Promises: a fresh random nonce for every seal; a record that was changed, moved to another place
//! or sealed with another key does not open. Must never: print a key or a content.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use crate::{Damage, StoreError, error::damaged};

/// Bytes of the sealing key.
pub const SEALING_KEY_BYTES: usize = 32;

const NONCE_BYTES: usize = 24;

/// The ciphers: one seals, all open.
pub(crate) struct Sealer {
    current: XChaCha20Poly1305,
    /// The key of the key file, when the keychain is back: what was sealed without it still opens.
    former: Option<XChaCha20Poly1305>,
}

/// An opened record.
pub(crate) struct Opened {
    pub(crate) content: Zeroizing<Vec<u8>>,
    /// Sealed with the current key, and not with a former one.
    pub(crate) is_current: bool,
}

impl Sealer {
    pub(crate) fn new(
        current: &[u8; SEALING_KEY_BYTES],
        former: Option<&[u8; SEALING_KEY_BYTES]>,
    ) -> Self {
        Self {
            current: XChaCha20Poly1305::new(current.into()),
            former: former.map(|key| XChaCha20Poly1305::new(key.into())),
        }
    }

    /// Nonce and sealed content. `place` says what the record is, and must be given again to open it.
    pub(crate) fn seal(&self, place: &[u8], content: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut sealed = vec![0; NONCE_BYTES];
        getrandom::fill(&mut sealed).map_err(|_| damaged(Damage::NoRandomSource))?;
        let nonce = XNonce::from_slice(&sealed);
        let content = self
            .current
            .encrypt(
                nonce,
                Payload {
                    msg: content,
                    aad: place,
                },
            )
            .map_err(|_| damaged(Damage::RecordTooLarge))?;
        sealed.extend_from_slice(&content);
        Ok(sealed)
    }

    /// `None` when no key opens it.
    pub(crate) fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Opened> {
        let (nonce, content) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce = XNonce::from_slice(nonce);
        let open = |cipher: &XChaCha20Poly1305| {
            cipher
                .decrypt(
                    nonce,
                    Payload {
                        msg: content,
                        aad: place,
                    },
                )
                .ok()
                .map(Zeroizing::new)
        };
        if let Some(content) = open(&self.current) {
            return Some(Opened {
                content,
                is_current: true,
            });
        }
        let content = self.former.as_ref().and_then(open)?;
        Some(Opened {
            content,
            is_current: false,
        })
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_only_in_its_place_and_with_its_key() {
        let sealer = Sealer::new(&[1; 32], None);
        let sealed = sealer.seal(b"here", b"Call back on Tuesday").unwrap();
        assert_eq!(
            *sealer.open(b"here", &sealed).unwrap().content,
            b"Call back on Tuesday"
        );
        assert!(sealer.open(b"there", &sealed).is_none());
        assert!(Sealer::new(&[2; 32], None).open(b"here", &sealed).is_none());
        assert!(
            !Sealer::new(&[2; 32], Some(&[1; 32]))
                .open(b"here", &sealed)
                .unwrap()
                .is_current
        );
    }

    #[test]
    fn a_single_changed_bit_keeps_it_shut() {
        let sealer = Sealer::new(&[1; 32], None);
        let sealed = sealer.seal(b"here", b"note").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(sealer.open(b"here", &changed).is_none(), "bit {bit}");
        }
        assert!(sealer.open(b"here", &sealed[..10]).is_none());
    }

    #[test]
    fn the_same_content_never_looks_the_same_twice() {
        let sealer = Sealer::new(&[1; 32], None);
        assert_ne!(
            sealer.seal(b"", b"note").unwrap(),
            sealer.seal(b"", b"note").unwrap()
        );
    }
}
