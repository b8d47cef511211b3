//! What a phone of version 1 reads of an answer, as it read it then. Kept as it was: it says what later servers have to speak.

use minicbor::Decode;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::data::{Tag, Type};
use minicbor::decode::{Decoder, Error};

/// The answer to a sync.
#[derive(Debug, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct SyncAnswer {
    #[n(0)]
    pub epoch: u32,
    #[n(1)]
    pub now: i64,
    #[n(2)]
    pub acknowledged: Option<Vec<(u64, u64, i64)>>,
    #[n(3)]
    pub refused: Option<Vec<(u64, u32)>>,
    #[n(4)]
    pub held: Option<Vec<u64>>,
    #[n(5)]
    pub facts: Option<Facts>,
    #[n(6)]
    pub cursor: Option<ByteVec>,
    #[n(7)]
    pub more: Option<u64>,
    #[n(8)]
    pub drop: Option<Vec<Reference>>,
    #[n(9)]
    pub blobs: Option<Vec<(ByteArray<32>, u64, bool, bool)>>,
    #[n(10)]
    pub limits: Option<Limits>,
    #[n(11)]
    pub restored: Option<Restored>,
    #[n(12)]
    pub check: Option<Check>,
    #[n(13)]
    pub late: Option<Vec<u64>>,
}

/// The answer to an enrolment.
#[derive(Debug, PartialEq, Eq, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct EnrolAnswer {
    #[n(0)]
    pub organisation: String,
    #[n(1)]
    pub person: Reference,
    #[n(2)]
    pub name: String,
    #[n(3)]
    pub posts: Vec<Post>,
    #[n(4)]
    pub label: String,
    #[n(5)]
    pub epoch: u32,
    #[n(6)]
    pub certificate: ByteVec,
    #[n(7)]
    pub office_phone: Option<String>,
    #[n(8)]
    pub now: i64,
    #[n(9)]
    pub limits: Limits,
}

/// Why not.
#[derive(Debug, PartialEq, Eq, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct Fault {
    #[n(0)]
    pub code: u32,
    #[n(1)]
    pub detail: Option<String>,
}

/// A post of a person.
#[derive(Debug, PartialEq, Eq, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct Post {
    #[n(0)]
    pub id: Reference,
    #[n(1)]
    pub title: String,
    #[n(2)]
    pub unit: String,
}

/// What a server takes at once.
#[derive(Debug, PartialEq, Eq, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct Limits {
    #[n(0)]
    pub batch_bytes: u32,
    #[n(1)]
    pub batch_facts: u32,
    #[n(2)]
    pub blob_step: u32,
}

/// The server came back from a backup.
#[derive(Debug, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct Restored {
    #[n(0)]
    pub base: i64,
}

/// What came of a comparison.
#[derive(Debug, Decode)]
#[cbor(map)]
#[expect(missing_docs, reason = "the wire's README says what they are")]
pub struct Check {
    #[n(0)]
    pub same: bool,
    #[n(1)]
    pub parts: Option<Vec<(u32, Vec<Reference>)>>,
}

/// A fact's id: tag 6, writer, sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference(pub u64, pub u64);

impl<'b, C> Decode<'b, C> for Reference {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
        if d.tag()? != Tag::new(6) || d.array()? != Some(2) {
            return Err(Error::message("a reference is 6([writer, sequence])"));
        }
        Ok(Self(d.u64()?, d.u64()?))
    }
}

/// A pack, unpacked: writer (0 is the phone), sequence, order, and the content or the hash of what was erased.
#[derive(Debug)]
pub struct Facts(pub Vec<(Reference, i64, Vec<u8>)>);

impl<'b, C> Decode<'b, C> for Facts {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
        let definite = || Error::message("of indefinite length");
        let length = d.array()?.ok_or_else(definite)?;
        let writers: Vec<u64> = d.decode()?;
        let mut ids = Vec::new();
        let mut next = 0;
        for _ in 0..d.array()?.ok_or_else(definite)? {
            let fields = d.array()?.ok_or_else(definite)?;
            let (writer, first, count) = (d.u64()?, d.u64()?, d.u64()?);
            let order = next + if fields > 3 { d.i64()? } else { 0 };
            next = order + count.cast_signed();
            let writer = match usize::try_from(writer).map_err(Error::custom)?.checked_sub(1) {
                None => 0,
                Some(n) => *writers.get(n).ok_or_else(|| Error::message("a writer that is not in the table"))?,
            };
            ids.extend((0..count).map(|n| (Reference(writer, first + n), order + n.cast_signed())));
        }
        if length != 2 + ids.len() as u64 {
            return Err(Error::message("not as many facts as ids"));
        }
        let mut facts = Vec::new();
        for (id, order) in ids {
            let content = if d.datatype()? == Type::Bytes {
                d.bytes()?.to_vec()
            } else {
                let from = d.position();
                d.skip()?;
                d.input()[from..d.position()].to_vec()
            };
            facts.push((id, order, content));
        }
        Ok(Self(facts))
    }
}
