//! A right to send one photo and to do nothing else, for whoever sends it in the phone's place.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fieldbook_model::fact::FactHash;
use fieldbook_model::id::WriterId;
use sha2::{Digest as _, Sha256};

use crate::token::Token;

/// How long a ticket is good, seconds.
pub const LASTS: i64 = 7 * DAY;

/// The longest the office takes one for: a phone's clock may be ahead.
pub const LONGEST: i64 = LASTS + DAY;

const DAY: i64 = 24 * 3600;

/// So that a seal of this kind means nothing anywhere else.
const PURPOSE: &[u8] = b"fieldbook upload ticket 1";

const BYTES: usize = 8 + 8 + 32;
const BLOCK: usize = 64;

/// Made by the phone from its token, without asking: the office knows the token's SHA-256 and so can tell. Void with the token.
/// Never logged: `Debug` hides the seal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// Whose phone made it.
    pub writer: WriterId,
    /// Until when it is good, Unix seconds.
    pub until: i64,
    seal: [u8; 32],
}

impl Ticket {
    /// A ticket of this phone for the photo with this SHA-256.
    pub fn new(token: &Token, writer: WriterId, until: i64, photo: &FactHash) -> Self {
        let key = Sha256::digest(token.0).into();
        Self { writer, until, seal: seal(&key, writer, until, photo) }
    }

    /// Whether the phone with the token of this SHA-256 made it, for this photo.
    pub fn is_of(&self, token_hash: &[u8; 32], photo: &FactHash) -> bool {
        let expected = seal(token_hash, self.writer, self.until, photo);
        // All bytes are looked at, so the time says nothing about where the first wrong one is.
        expected.iter().zip(self.seal).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }

    /// The 64 characters that stand after `Ticket ` in the `Authorization` header.
    pub fn to_text(self) -> String {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.extend(self.writer.0.to_be_bytes());
        bytes.extend(self.until.to_be_bytes());
        bytes.extend(self.seal);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads the 64 characters; none when they are anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (writer, rest) = bytes.split_first_chunk()?;
        let (until, seal) = rest.split_first_chunk()?;
        Some(Self {
            writer: WriterId(u64::from_be_bytes(*writer)),
            until: i64::from_be_bytes(*until),
            seal: seal.try_into().ok()?,
        })
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({}, until {}, …)", self.writer, self.until)
    }
}

/// HMAC-SHA-256 (RFC 2104).
fn seal(key: &[u8; 32], writer: WriterId, until: i64, photo: &FactHash) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; BLOCK];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(PURPOSE)
        .chain_update(writer.0.to_be_bytes())
        .chain_update(until.to_be_bytes())
        .chain_update(photo)
        .finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTO: FactHash = [7; 32];
    const TOKEN: Token = Token([9; 32]);

    fn known(token: Token) -> [u8; 32] {
        Sha256::digest(token.0).into()
    }

    #[test]
    fn it_is_good_for_its_phone_and_its_photo_only() {
        let ticket = Ticket::new(&TOKEN, WriterId(3), 1_000, &PHOTO);
        assert!(ticket.is_of(&known(TOKEN), &PHOTO));
        assert!(!ticket.is_of(&known(TOKEN), &[8; 32]), "another photo");
        assert!(!ticket.is_of(&known(Token([1; 32])), &PHOTO), "another phone");
        assert!(!Ticket { until: 1_001, ..ticket }.is_of(&known(TOKEN), &PHOTO), "made longer");
        assert!(!Ticket { writer: WriterId(4), ..ticket }.is_of(&known(TOKEN), &PHOTO), "of another writer");
    }

    #[test]
    fn it_is_read_back_and_nothing_else_is() {
        let ticket = Ticket::new(&TOKEN, WriterId(3), 1_000, &PHOTO);
        let text = ticket.to_text();
        assert_eq!((text.len(), Ticket::from_text(&text)), (64, Some(ticket)));
        for wrong in ["", "Bearer", &text[1..], &format!("{text}AA"), &TOKEN.to_text()] {
            assert_eq!(Ticket::from_text(wrong), None, "{wrong}");
        }
    }

    /// Worked out with another implementation of HMAC, so that both sides of the wire can be written anew.
    #[test]
    fn its_seal_is_the_one_of_the_specification() {
        assert_eq!(
            Ticket::new(&TOKEN, WriterId(3), 1_000, &PHOTO).to_text(),
            "AAAAAAAAAAMAAAAAAAAD6Hj6W2y8tibYoUXdteu3KLdH3Ca9FMLSju5vPYZqTmXl"
        );
    }
}
