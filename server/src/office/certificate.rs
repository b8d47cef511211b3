//! The office's signed statement that a writer is the phone of a person, for the day the server has forgotten it.

use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::map;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// The key that signs certificates. Kept in a file of its own, never in the database or its backups.
pub struct OfficeKey(Ed25519KeyPair);

/// The seed is not 32 bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the office key must be 32 bytes; restore keys/ from where it was put away")]
pub struct BadKey;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Certificate {
    /// The writer.
    #[n(0)]
    pub writer: u64,
    /// Whose phone it is.
    #[n(1)]
    pub person: FactId,
    /// Name of the organisation.
    #[n(2)]
    pub organisation: String,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Signed {
    #[n(0)]
    statement: ByteVec,
    #[n(1)]
    signature: ByteVec,
}

impl OfficeKey {
    /// The key made of 32 secret random bytes.
    pub fn from_seed(seed: &[u8]) -> Result<Self, BadKey> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| BadKey)
    }

    /// Signs that `writer` is the phone of `person`.
    pub fn issue(&self, writer: WriterId, person: FactId, organisation: &str) -> Vec<u8> {
        let statement = map::encoded(Certificate { writer: writer.0, person, organisation: organisation.to_owned() });
        let signature = self.0.sign(&statement).as_ref().to_vec();
        map::encoded(Signed { statement: statement.into(), signature: signature.into() })
    }

    /// What a certificate says; none when this key did not sign it.
    pub fn read(&self, certificate: &[u8]) -> Option<Certificate> {
        let signed: Signed = minicbor::decode(certificate).ok()?;
        let key = UnparsedPublicKey::new(&ED25519, self.0.public_key().as_ref());
        key.verify(&signed.statement, &signed.signature).ok()?;
        minicbor::decode(&signed.statement).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_certificate_is_believed_only_from_its_own_key_and_unchanged() {
        let key = OfficeKey::from_seed(&[7; 32]).unwrap();
        let person = FactId::new(WriterId(1), 2);
        let bytes = key.issue(WriterId(9), person, "xã An Nhơn");
        assert_eq!(key.read(&bytes).unwrap().person, person);
        assert_eq!(OfficeKey::from_seed(&[8; 32]).unwrap().read(&bytes), None);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(key.read(&changed), None, "byte {at}");
        }
        assert!(OfficeKey::from_seed(&[1; 31]).is_err());
    }
}
