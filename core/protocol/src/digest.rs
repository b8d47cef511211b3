//! An order-free digest over what a phone holds, so that both sides can tell whether they agree.

use fieldbook_model::fact::FactHash;
use minicbor::{Decode, Encode};

/// In how many parts a set is compared when the whole does not agree.
pub const BUCKETS: usize = 64;

/// Count and wrapping sum of the first 16 bytes (big-endian) of each fact's SHA-256. Adding and removing cost the same, order
/// does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest {
    /// How many facts.
    pub count: u64,
    /// The sum.
    pub sum: u128,
}

impl Digest {
    /// Takes a fact in.
    pub fn add(&mut self, hash: &FactHash) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(value(hash));
    }

    /// Takes a fact out that was in.
    pub fn remove(&mut self, hash: &FactHash) {
        self.count = self.count.saturating_sub(1);
        self.sum = self.sum.wrapping_sub(value(hash));
    }

    /// The digest of all these facts.
    pub fn of<'a>(hashes: impl IntoIterator<Item = &'a FactHash>) -> Self {
        let mut digest = Self::default();
        for hash in hashes {
            digest.add(hash);
        }
        digest
    }
}

/// The part of the set a fact belongs to: the last byte of its SHA-256 modulo [`BUCKETS`].
pub fn bucket(hash: &FactHash) -> usize {
    usize::from(hash[31]) % BUCKETS
}

fn value(hash: &FactHash) -> u128 {
    hash.iter().take(16).fold(0, |sum, byte| (sum << 8) | u128::from(*byte))
}

impl<C> Encode<C> for Digest {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(2)?.u64(self.count)?.bytes(&self.sum.to_be_bytes())?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Digest {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        if d.array()? != Some(2) {
            return Err(minicbor::decode::Error::message("a digest is a pair"));
        }
        let count = d.u64()?;
        let sum = d.bytes()?.try_into().map_err(|_| minicbor::decode::Error::message("a digest has 16 bytes"))?;
        Ok(Self { count, sum: u128::from_be_bytes(sum) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_removing_undoes_adding() {
        let (a, b, c) = ([1; 32], [0xff; 32], [9; 32]);
        let mut digest = Digest::of([&a, &b, &c]);
        assert_eq!(digest, Digest::of([&c, &a, &b]));
        digest.remove(&b);
        assert_eq!(digest, Digest::of([&a, &c]));
        assert_ne!(digest, Digest::of([&a, &a]));
    }
}
