//! Who wrote a fact, and which one: the identity of everything that is kept.

use std::fmt;
use std::str::FromStr;

use minicbor::data::{Tag, Type};
use minicbor::{Decode, Decoder, Encode, Encoder};
use thiserror::Error;

/// A random 64-bit number made at each enrolment of a phone, and at each epoch of an office. Never reissued.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WriterId(pub u64);

impl fmt::Display for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Identity of a fact: the writer and the writer's own counter, starting at 1. A visit, problem, petition, unit, person,
/// post … is known by the id of its first fact, its *root*.
///
/// As text `f00dcafe00000001-12`, in bodies a tagged pair (see [`FactId::TAG`]) so that a reference can be found and
/// rewritten in a body that this version does not understand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId {
    /// Who wrote it.
    pub writer: WriterId,
    /// The writer's counter, from 1; gaps are allowed, reuse is not.
    pub seq: u64,
}

impl FactId {
    /// CBOR tag that marks a reference to a fact inside a body.
    pub const TAG: u64 = 6;

    /// Shorthand used all over the code.
    pub const fn new(writer: WriterId, seq: u64) -> Self {
        Self { writer, seq }
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.writer, self.seq)
    }
}

impl fmt::Debug for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that should have been an id and is not.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is not an id; an id looks like f00dcafe00000001-12")]
pub struct BadId(pub String);

impl FromStr for FactId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId(text.to_owned());
        let (writer, seq) = text.split_once('-').ok_or_else(bad)?;
        if writer.len() != 16 {
            return Err(bad());
        }
        let writer = u64::from_str_radix(writer, 16).map_err(|_| bad())?;
        let seq = seq.parse().map_err(|_| bad())?;
        Ok(Self::new(WriterId(writer), seq))
    }
}

impl<C> Encode<C> for FactId {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.tag(Tag::new(Self::TAG))?.array(2)?.u64(self.writer.0)?.u64(self.seq)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for FactId {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        if d.datatype()? == Type::Tag && d.tag()?.as_u64() != Self::TAG {
            return Err(minicbor::decode::Error::message("a reference has tag 6"));
        }
        if d.array()? != Some(2) {
            return Err(minicbor::decode::Error::message("a reference is a pair"));
        }
        Ok(Self::new(WriterId(d.u64()?), d.u64()?))
    }
}

/// Place of a confirmed fact in the one order of an organisation: epoch number, then the server's sequence within the
/// log. Phone clocks order nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Order(pub i64);

impl Order {
    const SEQ_BITS: u32 = 40;

    /// The order of entry `seq` (below 2^40) made in `epoch`.
    pub const fn new(epoch: u32, seq: i64) -> Self {
        Self(((epoch as i64) << Self::SEQ_BITS) | seq)
    }

    /// The epoch in which the fact was confirmed.
    pub const fn epoch(self) -> u32 {
        (self.0 >> Self::SEQ_BITS) as u32
    }

    /// The server's sequence within the log; it goes on across epochs.
    pub const fn seq(self) -> i64 {
        self.0 & ((1 << Self::SEQ_BITS) - 1)
    }
}
