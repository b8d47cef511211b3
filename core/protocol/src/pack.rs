//! Facts inside a message: a table of writers, runs of ids, and the facts' own bytes one after another.
//!
//! `[[writer, …], [[writer index, first sequence, count, order step?], …], item, item, …]`. Writer index 0 is the phone that
//! speaks or is spoken to and is not in the table. An item is a fact's content, verbatim, or the 32 bytes of its SHA-256 when
//! it was erased.

use std::collections::BTreeMap;

use fieldbook_model::fact::{BadFact, Fact, FactHash};
use fieldbook_model::id::{FactId, Order, WriterId};
use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder};

/// The most facts one message may carry.
pub const MAX_FACTS: usize = 2_000;

/// What is left of a fact on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The fact.
    Whole(Fact),
    /// It was erased; its SHA-256 stays.
    Erased(FactHash),
}

/// A fact on its way, with its place in the order when it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Identity.
    pub id: FactId,
    /// Place in the order; none from a phone that pushes.
    pub order: Option<Order>,
    /// The fact or its stub.
    pub content: Content,
}

impl Item {
    /// SHA-256 of the fact, also when it was erased.
    pub fn hash(&self) -> FactHash {
        match &self.content {
            Content::Whole(fact) => fact.hash(),
            Content::Erased(hash) => *hash,
        }
    }
}

/// Packed facts as they stand in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack(Vec<u8>);

struct Run {
    writer: usize,
    first_seq: u64,
    count: u64,
    /// First order minus the one that would follow the run before; none without orders.
    order_step: Option<i64>,
}

impl Pack {
    /// Packs facts for, or from, the phone with writer `own`. Neighbours of one writer in sequence (and in order) share a run.
    pub fn of(own: WriterId, items: &[Item]) -> Self {
        let mut writers: Vec<WriterId> = Vec::new();
        let mut index: BTreeMap<WriterId, usize> = [(own, 0)].into();
        let mut runs: Vec<Run> = Vec::new();
        let mut expected: Option<(FactId, Option<Order>)> = None;
        let mut next_order = 0;
        for item in items {
            if expected == Some((item.id, item.order)) {
                if let Some(run) = runs.last_mut() {
                    run.count += 1;
                }
            } else {
                let writer = *index.entry(item.id.writer).or_insert_with(|| {
                    writers.push(item.id.writer);
                    writers.len()
                });
                let order_step = item.order.map(|o| o.0.wrapping_sub(next_order));
                runs.push(Run { writer, first_seq: item.id.seq, count: 1, order_step });
            }
            next_order = item.order.map_or(0, |o| o.0 + 1);
            expected = Some((FactId::new(item.id.writer, item.id.seq + 1), item.order.map(|o| Order(o.0 + 1))));
        }
        Self(write(&writers, &runs, items))
    }

    /// The facts in it, for the phone with writer `own`. Errors when it is not a pack, or carries more than [`MAX_FACTS`].
    pub fn items(&self, own: WriterId) -> Result<Vec<Item>, BadFact> {
        let malformed = |what: &str| BadFact::Malformed(what.into());
        let mut d = Decoder::new(&self.0);
        let Some(len @ 2..) = d.array()? else {
            return Err(malformed("a pack is an array of two or more"));
        };
        let writers: Vec<u64> = d.decode()?;
        let Some(run_count) = d.array()? else {
            return Err(malformed("runs are an array"));
        };
        if len - 2 > MAX_FACTS as u64 || run_count > len - 2 {
            return Err(malformed("too many facts in one message"));
        }
        let mut ids = Vec::with_capacity((len - 2) as usize);
        let mut next_order = 0_i64;
        for _ in 0..run_count {
            let run = read_run(&mut d)?;
            let writer = match run.writer {
                0 => own,
                n => WriterId(*writers.get(n - 1).ok_or_else(|| malformed("a writer that is not in the table"))?),
            };
            if run.count > MAX_FACTS as u64 {
                return Err(malformed("too many facts in one message"));
            }
            let first_order = run.order_step.map(|step| next_order.wrapping_add(step));
            for n in 0..run.count {
                let seq = run.first_seq.checked_add(n).ok_or_else(|| malformed("a sequence beyond 64 bits"))?;
                let order = first_order.map(|first| Order(first.wrapping_add(n as i64)));
                next_order = order.map_or(0, |o| o.0.wrapping_add(1));
                ids.push((FactId::new(writer, seq), order));
            }
        }
        if ids.len() as u64 != len - 2 {
            return Err(malformed("runs and facts do not agree"));
        }
        ids.into_iter().map(|(id, order)| Ok(Item { id, order, content: read_content(&mut d, &self.0, id)? })).collect()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.first() == Some(&0x82)
    }

    /// Its size in a message, before compression.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

fn write(writers: &[WriterId], runs: &[Run], items: &[Item]) -> Vec<u8> {
    let mut out = Vec::with_capacity(items.len() * 64 + 32);
    // The encoder writes to a vector, which takes every byte.
    let _ = write_head(&mut out, writers, runs, items.len());
    for item in items {
        match &item.content {
            Content::Whole(fact) => out.extend_from_slice(fact.content()),
            Content::Erased(hash) => {
                let _ = Encoder::new(&mut out).bytes(hash);
            }
        }
    }
    out
}

fn write_head(
    out: &mut Vec<u8>,
    writers: &[WriterId],
    runs: &[Run],
    items: usize,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    let mut e = Encoder::new(out);
    e.array(items as u64 + 2)?.array(writers.len() as u64)?;
    for writer in writers {
        e.u64(writer.0)?;
    }
    e.array(runs.len() as u64)?;
    for run in runs {
        e.array(if run.order_step.is_some() { 4 } else { 3 })?.u64(run.writer as u64)?.u64(run.first_seq)?.u64(run.count)?;
        if let Some(step) = run.order_step {
            e.i64(step)?;
        }
    }
    Ok(())
}

fn read_run(d: &mut Decoder<'_>) -> Result<Run, BadFact> {
    let Some(len @ 3..=8) = d.array()? else {
        return Err(BadFact::Malformed("a run is an array of three or four".into()));
    };
    let run = Run {
        writer: usize::try_from(d.u64()?).unwrap_or(usize::MAX),
        first_seq: d.u64()?,
        count: d.u64()?,
        order_step: if len > 3 { Some(d.i64()?) } else { None },
    };
    for _ in 4..len {
        d.skip()?;
    }
    Ok(run)
}

fn read_content(d: &mut Decoder<'_>, all: &[u8], id: FactId) -> Result<Content, BadFact> {
    if d.datatype()? == Type::Bytes {
        let hash = d.bytes()?.try_into().map_err(|_| BadFact::Malformed("a stub is 32 bytes".into()))?;
        return Ok(Content::Erased(hash));
    }
    let start = d.position();
    d.skip()?;
    Ok(Content::Whole(Fact::open(id, all[start..d.position()].to_vec())?))
}

impl<C> Encode<C> for Pack {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.writer_mut().write_all(&self.0).map_err(minicbor::encode::Error::write)
    }
}

impl<'b, C> Decode<'b, C> for Pack {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let start = d.position();
        d.skip()?;
        let end = d.position();
        Ok(Self(d.input()[start..end].to_vec()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use fieldbook_model::body::Kind;
    use fieldbook_model::fact::Statement;

    const PHONE: WriterId = WriterId(0x1111);
    const OFFICE: WriterId = WriterId(0x2222);

    fn item(writer: WriterId, seq: u64, order: Option<i64>) -> Item {
        let id = FactId::new(writer, seq);
        let statement =
            Statement { kind: Kind::Words, time: 5, post: None, root: None, repairs: None, body: vec![0xa1, 1, 0x61, b'x'] };
        Item { id, order: order.map(Order), content: Content::Whole(Fact::seal(id, statement).unwrap()) }
    }

    #[test]
    fn facts_come_back_with_ids_orders_and_bytes() {
        let erased = Item { content: Content::Erased([7; 32]), ..item(OFFICE, 9, Some(3)) };
        let items = vec![
            item(PHONE, 1, Some(10)),
            item(PHONE, 2, Some(11)),
            item(PHONE, 4, Some(12)),
            item(OFFICE, 8, Some(2)),
            erased,
        ];
        let pack = Pack::of(PHONE, &items);
        assert_eq!(pack.items(PHONE).unwrap(), items);
        let pushed = vec![item(PHONE, 5, None), item(PHONE, 6, None)];
        assert_eq!(Pack::of(PHONE, &pushed).items(PHONE).unwrap(), pushed);
        assert!(Pack::of(PHONE, &[]).is_empty());
    }

    #[test]
    fn a_thousand_neighbours_cost_one_run() {
        let items: Vec<Item> = (1..=1000).map(|n| item(PHONE, n, Some(n as i64))).collect();
        let bare: usize = items.iter().map(|i| if let Content::Whole(f) = &i.content { f.content().len() } else { 0 }).sum();
        assert!(Pack::of(PHONE, &items).len() < bare + 24);
    }

    #[test]
    fn a_pack_that_lies_about_itself_is_refused() {
        let good = Pack::of(PHONE, &[item(PHONE, 1, None)]).0;
        let lies: [Vec<u8>; 5] = [
            vec![],
            vec![0x82, 0x80, 0x81, 0x83, 0, 1, 1],
            vec![0x82, 0x80, 0x81, 0x83, 0, 1, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80, 0x80],
            good[..good.len() - 1].to_vec(),
        ];
        for lie in lies {
            assert!(Pack(lie.clone()).items(PHONE).is_err(), "{lie:02x?}");
        }
    }
}
