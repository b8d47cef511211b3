//! How tokens lie in the database: sealed with the notebook's key, which the operating system keeps.

use fieldbook_protocol::token::Token;
use minicbor::{Decode, Encode};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};

use super::StoreError;

/// Bytes of a notebook's key.
pub const KEY_LEN: usize = 32;

/// Seals tokens on their way into the database and opens them on their way out. Without a key they lie there as they are:
/// in tests, simulation and benchmarks, where no operating system keeps one.
#[derive(Debug, Default)]
pub struct Seal(Option<LessSafeKey>);

/// A token as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct SealedToken(#[cbor(with = "minicbor::bytes")] Vec<u8>);

impl Seal {
    /// A seal with this notebook's key.
    ///
    /// # Errors
    /// When the key does not have [`KEY_LEN`] bytes.
    pub fn with_key(key: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).map_err(failed)?))))
    }

    /// As it may lie in the database.
    pub(crate) fn seal(&self, token: Token) -> Result<SealedToken, StoreError> {
        let mut bytes = token.0.to_vec();
        let Some(key) = &self.0 else {
            return Ok(SealedToken(bytes));
        };
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(failed)?;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes).map_err(failed)?;
        Ok(SealedToken([nonce.as_slice(), &bytes].concat()))
    }

    /// The token again; none when another key sealed it.
    pub(crate) fn open(&self, sealed: &SealedToken) -> Option<Token> {
        let Some(key) = &self.0 else {
            return sealed.0.as_slice().try_into().ok().map(Token);
        };
        let (nonce, bytes) = sealed.0.split_first_chunk::<NONCE_LEN>()?;
        let mut bytes = bytes.to_vec();
        let token = key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::empty(), &mut bytes).ok()?;
        <[u8; 32]>::try_from(&*token).ok().map(Token)
    }
}

fn failed(_: ring::error::Unspecified) -> StoreError {
    StoreError::Seal
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TOKEN: Token = Token([7; 32]);

    #[test]
    fn a_sealed_token_opens_with_its_own_key_only() {
        let seal = Seal::with_key(&[1; KEY_LEN]).unwrap();
        let sealed = seal.seal(TOKEN).unwrap();
        assert!(!sealed.0.windows(TOKEN.0.len()).any(|part| part == TOKEN.0));
        assert_eq!(seal.open(&sealed), Some(TOKEN));
        assert_eq!(Seal::with_key(&[2; KEY_LEN]).unwrap().open(&sealed), None);
        assert_eq!(Seal::default().open(&sealed), None);
    }

    #[test]
    fn no_two_seals_of_a_token_are_alike() {
        let seal = Seal::with_key(&[1; KEY_LEN]).unwrap();
        assert_ne!(seal.seal(TOKEN).unwrap(), seal.seal(TOKEN).unwrap());
    }

    #[test]
    fn a_token_that_was_changed_or_cut_does_not_open() {
        let seal = Seal::with_key(&[1; KEY_LEN]).unwrap();
        let SealedToken(bytes) = seal.seal(TOKEN).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(seal.open(&SealedToken(changed)), None);
            assert_eq!(seal.open(&SealedToken(bytes[..at].to_vec())), None);
        }
    }

    #[test]
    fn a_key_of_another_length_is_no_key() {
        assert!(matches!(Seal::with_key(&[1; 16]), Err(StoreError::Seal)));
    }
}
