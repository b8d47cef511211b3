//! Bodies as raw CBOR maps: reading one key, patching, and rewriting references without understanding the rest.

use std::collections::BTreeMap;
use std::convert::Infallible;

use minicbor::data::{Tag, Type};
use minicbor::{Decoder, Encode, Encoder};

use crate::fact::BadFact;
use crate::id::FactId;

/// The deepest nesting a body may have; deeper is refused before it can hurt.
pub const MAX_DEPTH: usize = 16;

/// A body's entries by key, each value as the bytes it came in.
pub type Entries = BTreeMap<u32, Vec<u8>>;

/// Splits a definite map with small integer keys into its entries. Errors when it is anything else, has a key twice, or
/// is nested deeper than [`MAX_DEPTH`].
pub fn entries(map: &[u8]) -> Result<Entries, BadFact> {
    let mut out = Entries::new();
    each(map, |key, value| match out.insert(key, value.to_vec()) {
        None => Ok(()),
        Some(_) => Err(BadFact::Malformed(format!("key {key} stands twice"))),
    })?;
    Ok(out)
}

/// Whether [`entries`] can split it.
pub fn check(map: &[u8]) -> Result<(), BadFact> {
    let (mut last, mut ascend) = (None, true);
    each(map, |key, _| {
        ascend &= last < Some(key);
        last = Some(key);
        Ok(())
    })?;
    // Keys that ascend, as all of ours do, cannot stand twice.
    if ascend { Ok(()) } else { entries(map).map(|_| ()) }
}

fn each(map: &[u8], mut take: impl FnMut(u32, &[u8]) -> Result<(), BadFact>) -> Result<(), BadFact> {
    let mut d = Decoder::new(map);
    let Some(len) = d.map()? else {
        return Err(BadFact::Malformed("a body is a definite map".into()));
    };
    for _ in 0..len {
        let key = d.u32()?;
        let start = d.position();
        skip(&mut d, 0)?;
        take(key, &map[start..d.position()])?;
    }
    if d.position() != map.len() {
        return Err(BadFact::Malformed("bytes after the body".into()));
    }
    Ok(())
}

/// Writes entries back as a map, keys ascending.
pub fn from_entries(entries: &Entries) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.values().map(|v| v.len() + 2).sum::<usize>() + 3);
    encode_with(&mut out, |e| e.map(entries.len() as u64).map(|_| ()));
    for (key, value) in entries {
        encode_into(&mut out, *key);
        out.extend_from_slice(value);
    }
    out
}

/// One value as CBOR bytes.
pub fn encoded<T: Encode<()>>(value: T) -> Vec<u8> {
    let mut out = Vec::new();
    encode_into(&mut out, value);
    out
}

/// Appends one value to `out`.
pub fn encode_into<T: Encode<()>>(out: &mut Vec<u8>, value: T) {
    encode_with(out, |e| e.encode(value).map(|_| ()));
}

fn encode_with(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), minicbor::encode::Error<Infallible>>,
) {
    if let Err(error) = write(&mut Encoder::new(out)) {
        // A vector takes every byte and none of our encoders refuses a value.
        unreachable!("{error}");
    }
}

/// `base` with `patch` laid over it: a value replaces, CBOR `undefined` removes, every other key stays as it is.
pub fn patched(base: &[u8], patch: &[u8]) -> Result<Vec<u8>, BadFact> {
    let mut entries_now = entries(base)?;
    for (key, value) in entries(patch)? {
        if value == [0xf7] {
            entries_now.remove(&key);
        } else {
            entries_now.insert(key, value);
        }
    }
    Ok(from_entries(&entries_now))
}

/// Copies one CBOR value, with every reference to a fact passed through `replace`. Understands the structure, not the
/// meaning, so it also works for bodies of newer versions.
pub fn rewrite_references(value: &[u8], replace: &dyn Fn(FactId) -> FactId) -> Result<Vec<u8>, BadFact> {
    let mut out = Vec::with_capacity(value.len() + 8);
    let mut d = Decoder::new(value);
    copy(&mut d, value, &mut out, replace, 0)?;
    Ok(out)
}

fn copy(
    d: &mut Decoder<'_>,
    all: &[u8],
    out: &mut Vec<u8>,
    replace: &dyn Fn(FactId) -> FactId,
    depth: usize,
) -> Result<(), BadFact> {
    let start = d.position();
    let form = d.datatype()?;
    if form == Type::Tag && d.probe().tag()? == Tag::new(FactId::TAG) {
        let id: FactId = d.decode()?;
        encode_into(out, replace(id));
        return Ok(());
    }
    let items = items_within(d, depth)?;
    out.extend_from_slice(&all[start..d.position()]);
    for _ in 0..items {
        copy(d, all, out, replace, depth + 1)?;
    }
    Ok(())
}

/// Passes one value, refusing indefinite lengths and deep nesting.
fn skip(d: &mut Decoder<'_>, depth: usize) -> Result<(), BadFact> {
    for _ in 0..items_within(d, depth)? {
        skip(d, depth + 1)?;
    }
    Ok(())
}

/// Passes the head of a value that has others in it and tells how many; passes any other value whole.
fn items_within(d: &mut Decoder<'_>, depth: usize) -> Result<u64, BadFact> {
    if depth > MAX_DEPTH {
        return Err(BadFact::TooDeep);
    }
    let indefinite = || BadFact::Malformed("lengths are definite".into());
    let form = d.datatype()?;
    if form == Type::Tag {
        d.tag()?;
        return Ok(1);
    }
    if form == Type::Array {
        return d.array()?.ok_or_else(indefinite);
    }
    if form == Type::Map {
        return Ok(d.map()?.ok_or_else(indefinite)?.saturating_mul(2));
    }
    d.skip()?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_patch_replaces_removes_and_leaves_the_rest() {
        let base = from_entries(&[(1, encoded("a")), (2, encoded(2u8)), (77, encoded(vec![1u8, 2]))].into());
        let patch = from_entries(&[(1, encoded("b")), (2, vec![0xf7]), (3, encoded(true))].into());
        let now = entries(&patched(&base, &patch).unwrap()).unwrap();
        assert_eq!(now, [(1, encoded("b")), (3, encoded(true)), (77, encoded(vec![1u8, 2]))].into());
    }

    #[test]
    fn a_body_that_could_hurt_is_refused() {
        assert!(entries(&[0xa2, 1, 1, 1, 2]).is_err(), "one key twice");
        for twice in [&[0xa2, 1, 1, 1, 2][..], &[0xa3, 2, 1, 1, 1, 2, 1]] {
            assert!(check(twice).is_err(), "one key twice");
        }
        assert_eq!(check(&[0xa2, 2, 1, 1, 2]), Ok(()));
        assert!(entries(&[0xbf, 0xff]).is_err(), "indefinite length");
        assert!(
            entries(&[0xa1, 1, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).is_err(),
            "a length beyond the bytes"
        );
        assert_eq!(entries(&[vec![0xa1, 1], vec![0x81; 40], vec![0]].concat()), Err(BadFact::TooDeep));
    }
}
