//! Changing one's words without changing a fact: corrections, withdrawal, erasure.

use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::id::FactId;

/// New values for fields of an earlier fact of the same case (its `target`). Keys that are not named stay as they are.
///
/// `heads` names every correction of the target that the author saw and that no other seen one replaced (empty: none).
/// Two corrections neither of which saw the other are a *fork*: the later in server order shows, the other is kept and flagged.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Correction {
    /// The fact whose fields change.
    #[n(0)]
    pub target: FactId,
    /// The corrections seen.
    #[n(1)]
    pub heads: Vec<FactId>,
    /// Key to new value, or `undefined` to remove.
    #[n(2)]
    pub patch: Patch,
}

/// A raw map from key to new value; applied by [`crate::map::patched`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch(pub Vec<u8>);

impl<C> Encode<C> for Patch {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.writer_mut().write_all(&self.0).map_err(minicbor::encode::Error::write)
    }
}

impl<'b, C> Decode<'b, C> for Patch {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let start = d.position();
        d.skip()?;
        let end = d.position();
        Ok(Self(d.input()[start..end].to_vec()))
    }
}

/// The author takes the case back after it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Withdrawal {}

/// The named facts lose their bodies on every holder; a stub with id and SHA-256 stays.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Erasure {
    /// Which facts of the case.
    #[n(0)]
    pub facts: Vec<FactId>,
    /// Ground, as the office keeps it (a number of a decision; never the erased text).
    #[n(1)]
    pub ground: String,
}
