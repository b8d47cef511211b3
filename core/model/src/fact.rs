//! A fact: what one person stated once. Its bytes are kept and passed on verbatim.

use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::body::Kind;
use crate::id::{FactId, WriterId};
use crate::map;

/// The largest content of one fact, in bytes; a longer text is refused where it is typed.
pub const MAX_CONTENT: usize = 24 * 1024;

/// SHA-256 over writer, sequence (both eight bytes, big-endian) and content.
pub type FactHash = [u8; 32];

/// Why bytes are not a fact.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadFact {
    /// Not the structure of a fact.
    #[error("not a fact: {0}")]
    Malformed(String),
    /// Nested deeper than [`map::MAX_DEPTH`].
    #[error("not a fact: nested too deep")]
    TooDeep,
    /// Longer than [`MAX_CONTENT`].
    #[error("a fact of {0} bytes is longer than {MAX_CONTENT}; shorten the text")]
    TooLong(usize),
}

impl From<minicbor::decode::Error> for BadFact {
    fn from(error: minicbor::decode::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

/// What is stated, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What kind of thing is stated.
    pub kind: Kind,
    /// The phone's clock when it was stated, Unix seconds. Never trusted for order.
    pub time: i64,
    /// The post the author acted in; none for the office itself.
    pub post: Option<FactId>,
    /// The case this belongs to; none when this fact begins one.
    pub root: Option<FactId>,
    /// The refused fact this one puts right; its held followers move here.
    pub repairs: Option<FactId>,
    /// The body's bytes: a map with small integer keys.
    pub body: Vec<u8>,
}

/// A fact with its identity and its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Identity: writer and sequence.
    pub id: FactId,
    /// What kind of thing is stated.
    pub kind: Kind,
    /// The phone's clock when it was stated, Unix seconds. Never trusted for order.
    pub time: i64,
    /// The post the author acted in; none for the office itself.
    pub post: Option<FactId>,
    /// The case this belongs to: the fact's own id when it begins one.
    pub root: FactId,
    /// The refused fact this one puts right.
    pub repairs: Option<FactId>,
    content: Vec<u8>,
    body_at: std::ops::Range<usize>,
}

impl Fact {
    /// Gives a statement its id and its final bytes.
    pub fn seal(id: FactId, s: Statement) -> Result<Self, BadFact> {
        let mut content = Vec::with_capacity(s.body.len() + 40);
        let body_at = write_content(&mut content, id.writer, &s);
        let fact = Self {
            id,
            kind: s.kind,
            time: s.time,
            post: s.post,
            root: s.root.unwrap_or(id),
            repairs: s.repairs,
            content,
            body_at,
        };
        fact.checked()
    }

    /// Reads a fact from the bytes it travelled in, which are kept as they are.
    pub fn open(id: FactId, content: Vec<u8>) -> Result<Self, BadFact> {
        let mut d = Decoder::new(&content);
        let Some(len @ 5..=32) = d.array()? else {
            return Err(BadFact::Malformed("a fact is an array of five or more".into()));
        };
        let kind = Kind::from_code(d.u32()?);
        let time = d.i64()?;
        let post = read_reference(&mut d, id.writer)?;
        let root = read_reference(&mut d, id.writer)?.unwrap_or(id);
        let start = d.position();
        d.skip()?;
        let body_at = start..d.position();
        let repairs = if len > 5 { read_reference(&mut d, id.writer)? } else { None };
        for _ in 6..len {
            d.skip()?;
        }
        if d.position() != content.len() {
            return Err(BadFact::Malformed("bytes after the fact".into()));
        }
        Self { id, kind, time, post, root, repairs, content, body_at }.checked()
    }

    /// The bytes that are kept, hashed and sent.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// The body's bytes: a map with small integer keys.
    pub fn body(&self) -> &[u8] {
        &self.content[self.body_at.clone()]
    }

    /// The body as a type of this version; keys it does not know are passed over.
    pub fn read<'b, T: Decode<'b, ()>>(&'b self) -> Result<T, BadFact> {
        Ok(minicbor::decode(self.body())?)
    }

    /// SHA-256 over id and content.
    pub fn hash(&self) -> FactHash {
        hash(self.id, &self.content)
    }

    /// Whether this fact begins a case (or a unit, a person, a post …).
    pub fn is_root(&self) -> bool {
        self.root == self.id
    }

    /// What it states, without its id: used when a phone must file the same statement again as a new writer.
    /// References, known or not, pass through `replace`.
    pub fn restate(&self, replace: &dyn Fn(FactId) -> FactId) -> Result<Statement, BadFact> {
        Ok(Statement {
            kind: self.kind,
            time: self.time,
            post: self.post.map(replace),
            root: (!self.is_root()).then(|| replace(self.root)),
            repairs: self.repairs.map(replace),
            body: map::rewrite_references(self.body(), replace)?,
        })
    }

    fn checked(self) -> Result<Self, BadFact> {
        if self.content.len() > MAX_CONTENT {
            return Err(BadFact::TooLong(self.content.len()));
        }
        map::check(self.body())?;
        Ok(self)
    }
}

/// SHA-256 over writer, sequence and content.
pub fn hash(id: FactId, content: &[u8]) -> FactHash {
    Sha256::new()
        .chain_update(id.writer.0.to_be_bytes())
        .chain_update(id.seq.to_be_bytes())
        .chain_update(content)
        .finalize()
        .into()
}

/// A typed body as bytes.
pub fn to_body<T: Encode<()>>(body: &T) -> Vec<u8> {
    map::encoded(body)
}

fn write_content(out: &mut Vec<u8>, own: WriterId, s: &Statement) -> std::ops::Range<usize> {
    out.extend_from_slice(&[if s.repairs.is_some() { 0x86 } else { 0x85 }]);
    map::encode_into(out, s.kind);
    map::encode_into(out, s.time);
    write_reference(out, own, s.post);
    write_reference(out, own, s.root);
    let start = out.len();
    out.extend_from_slice(&s.body);
    let body_at = start..out.len();
    if s.repairs.is_some() {
        write_reference(out, own, s.repairs);
    }
    body_at
}

/// In the envelope a reference to the writer's own fact is its bare sequence, another's is a pair, none is null.
fn write_reference(out: &mut Vec<u8>, own: WriterId, id: Option<FactId>) {
    match id {
        None => map::encode_into(out, None::<u64>),
        Some(id) if id.writer == own => map::encode_into(out, id.seq),
        Some(id) => map::encode_into(out, (id.writer.0, id.seq)),
    }
}

fn read_reference(d: &mut Decoder<'_>, own: WriterId) -> Result<Option<FactId>, BadFact> {
    let form = d.datatype()?;
    if form == Type::Null {
        d.null()?;
        return Ok(None);
    }
    if form == Type::Array {
        let (writer, seq) = d.decode()?;
        return Ok(Some(FactId::new(WriterId(writer), seq)));
    }
    Ok(Some(FactId::new(own, d.u64()?)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const OWN: WriterId = WriterId(0xf00d);
    const OTHER: WriterId = WriterId(0xcafe);

    fn statement() -> Statement {
        Statement {
            kind: Kind::Words,
            time: 1_793_466_000,
            post: Some(FactId::new(OTHER, 7)),
            root: Some(FactId::new(OWN, 3)),
            repairs: None,
            body: map::from_entries(&[(1, vec![0x61, b'a']), (99, map::encoded(FactId::new(OWN, 5)))].into()),
        }
    }

    #[test]
    fn a_fact_reads_back_from_its_own_bytes() {
        for repairs in [None, Some(FactId::new(OWN, 2))] {
            let fact = Fact::seal(FactId::new(OWN, 9), Statement { repairs, ..statement() }).unwrap();
            let again = Fact::open(fact.id, fact.content().to_vec()).unwrap();
            assert_eq!(again, fact);
            assert_eq!(again.hash(), fact.hash());
        }
    }

    #[test]
    fn the_same_content_of_another_writer_has_another_hash() {
        let fact = Fact::seal(FactId::new(OWN, 9), statement()).unwrap();
        assert_ne!(hash(FactId::new(OWN, 9), fact.content()), hash(FactId::new(OTHER, 9), fact.content()));
        assert_ne!(hash(FactId::new(OWN, 9), fact.content()), hash(FactId::new(OWN, 10), fact.content()));
    }

    #[test]
    fn restating_moves_every_reference_even_under_keys_of_a_newer_version() {
        let fact = Fact::seal(FactId::new(OWN, 9), statement()).unwrap();
        let moved = |id: FactId| if id.writer == OWN { FactId::new(WriterId(1), id.seq + 100) } else { id };
        let again = fact.restate(&moved).unwrap();
        assert_eq!(again.root, Some(FactId::new(WriterId(1), 103)));
        assert_eq!(again.post, Some(FactId::new(OTHER, 7)));
        let body = map::entries(&again.body).unwrap();
        assert_eq!(body[&99], map::encoded(FactId::new(WriterId(1), 105)));
        assert_eq!(body[&1], vec![0x61, b'a']);
    }

    #[test]
    fn bytes_that_are_not_a_fact_are_refused_with_a_reason() {
        let id = FactId::new(OWN, 1);
        let good = Fact::seal(id, statement()).unwrap();
        let mut trailing = good.content().to_vec();
        trailing.push(0);
        for bad in [vec![], vec![0x80], good.content()[..good.content().len() - 1].to_vec(), trailing] {
            assert!(matches!(Fact::open(id, bad), Err(BadFact::Malformed(_))));
        }
        let deep = Statement { body: [vec![0xa1, 0x01], vec![0x81; 4000], vec![0]].concat(), ..statement() };
        assert!(Fact::seal(id, deep).is_err());
        let long = Statement { body: map::from_entries(&[(1, map::encoded("x".repeat(MAX_CONTENT)))].into()), ..statement() };
        assert!(matches!(Fact::seal(id, long), Err(BadFact::TooLong(_))));
    }
}
