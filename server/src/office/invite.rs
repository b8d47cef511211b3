//! Enrolment codes: made by the desk, good for one phone of one person, for three days.

use fieldbook_model::id::FactId;
use rand::{Rng, RngCore};
use sha2::{Digest, Sha256};

use super::OfficeFault;
use super::reference::Reference;
use crate::storage::{Invite, StorageError, Tx};

/// How long a code is good, seconds.
pub const GOOD_FOR: i64 = 72 * 3_600;

/// For how long wrong typed codes count, seconds.
pub(crate) const ATTEMPT_WINDOW: i64 = 3_600;

/// How many wrong typed codes one source may send in the window.
const ATTEMPTS_OF_ONE: u32 = 5;

/// How many wrong typed codes may come in the window from everywhere: against ten digits this is nothing, and one that
/// changes its address gains nothing by it.
const ATTEMPTS_OF_ALL: u32 = 200;

/// Crockford's letters and digits: none that are mistaken for another.
const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How a code reaches the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// 128 bits in 26 characters, inside a QR.
    Qr,
    /// Ten digits, typed by hand.
    Typed,
}

/// Makes a code for a person. Only its SHA-256 is kept, so it is shown once.
pub fn create(
    tx: &mut dyn Tx,
    person: FactId,
    kind: CodeKind,
    now: i64,
    random: &mut dyn RngCore,
) -> Result<String, OfficeFault> {
    if Reference::load(tx)?.person(person).is_none() {
        return Err(OfficeFault::unknown(person));
    }
    let code = match kind {
        CodeKind::Qr => letters(random.random::<u128>()),
        CodeKind::Typed => format!("{:010}", random.random_range(0..10_000_000_000_u64)),
    };
    let typed = kind == CodeKind::Typed;
    tx.put_invite(&Invite { code: code_hash(&code), person, typed, expires_at: now + GOOD_FOR, used_by: None })?;
    Ok(code)
}

/// A code as it is compared: no spaces or hyphens, capitals.
pub(crate) fn normal(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether a code has the form of one that is typed by hand.
pub(crate) fn is_typed(code: &str) -> bool {
    code.len() <= 12 && code.chars().all(|c| c.is_ascii_digit())
}

pub(crate) fn code_hash(code: &str) -> [u8; 32] {
    Sha256::digest(code.as_bytes()).into()
}

/// Whether a source has sent so many wrong typed codes that it must wait.
pub(crate) fn must_wait(tx: &mut dyn Tx, source: &str, now: i64) -> Result<bool, StorageError> {
    let (own, all) = tx.attempts_since(source, now - ATTEMPT_WINDOW)?;
    Ok(own >= ATTEMPTS_OF_ONE || all >= ATTEMPTS_OF_ALL)
}

/// 128 bits, five to a character, the two spare ones in front.
fn letters(bits: u128) -> String {
    let places = (0..26).rev();
    places.map(|place| char::from(BASE32[((bits >> (place * 5)) & 31) as usize])).collect()
}
