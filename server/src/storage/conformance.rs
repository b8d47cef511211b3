//! The suite every storage must pass. An implementation calls [`run`] from a test of its own.

macro_rules! must {
    ($condition:expr) => {
        if !$condition {
            return Err(format!("line {}: not so: {}", line!(), stringify!($condition)).into());
        }
    };
}

mod parts;

use fieldbook_model::body::{Identity, Kind};
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};

use super::{
    Blob, ChannelNo, Device, DeviceState, Epoch, FeedOp, HeldFact, Invite, NewFact, OfferedFact, RefusedFact, StorageError,
    Store, Tx,
};

/// Opens the same place again, as after a restart of the program. The first call finds it empty.
pub type Open<'a> = &'a dyn Fn() -> Store;

/// What a storage does otherwise than it must.
pub type Finding = Result<(), String>;

/// A named part of the suite.
pub type Part = (&'static str, fn(Open<'_>) -> Finding);

/// Every part; each wants an empty place of its own.
pub const PARTS: &[Part] = &[
    ("a fact comes back as it was", fact_comes_back),
    ("orders have no gaps and go on across epochs and restarts", orders),
    ("a fact is kept once", kept_once),
    ("a failed job leaves the others alone", failed_job),
    ("a job of many parts lets others go first", parts::let_others_go_first),
    ("what a part changed stays when a later one fails", parts::one_fails),
    ("a reader never misses what commits late", late_commit),
    ("a reader changes nothing", reader_changes_nothing),
    ("an answer means durable", durable),
    ("verdicts are durable", verdicts),
    ("channels and feeds", channels),
    ("what is new is found whoever wrote it and whatever was undone", news),
    ("erased facts leave a stub", erased),
    ("phones and codes", phones),
    ("photos and values", photos),
];

/// Runs the whole suite; `place` makes an empty place and gives the way to open it. Gives the findings by part.
pub fn run(place: &dyn Fn() -> Box<dyn Fn() -> Store>) -> Vec<(&'static str, String)> {
    let findings = PARTS.iter().map(|(name, part)| (*name, part(&*place())));
    findings.filter_map(|(name, finding)| Some((name, finding.err()?))).collect()
}

const OFFICE: WriterId = WriterId(0xffff_0000_0000_0001);
const PHONE: WriterId = WriterId(0xa1);
const A: ChannelNo = ChannelNo(5);
const B: ChannelNo = ChannelNo(9);

fn say(error: impl ToString) -> String {
    error.to_string()
}

fn fact(writer: WriterId, seq: u64, root: Option<FactId>) -> Result<Fact, String> {
    let body = to_body(&Identity { name: Some(format!("{writer} {seq}")), phone: None, address: None });
    let statement = Statement { kind: Kind::Identity, time: 1, post: None, root, repairs: None, body };
    Fact::seal(FactId::new(writer, seq), statement).map_err(say)
}

fn plain(fact: &Fact, root: Option<Order>) -> NewFact<'_> {
    NewFact { fact, root, private: None, organisation: false, received_at: 7, late: false }
}

fn begun(store: &Store) -> Finding {
    store.write_now(|tx| epoch(tx, 1, OFFICE)).map_err(say)
}

fn epoch(tx: &mut dyn Tx, n: u32, writer: WriterId) -> Result<(), StorageError> {
    let (base_order, base_pos) = (tx.head()?, tx.feed_head()?);
    tx.add_epoch(&Epoch { n, writer, base_order, base_pos, began_at: 1 })
}

fn add(store: &Store, writer: WriterId, seq: u64) -> Result<Order, String> {
    let fact = fact(writer, seq, None)?;
    store.write_now::<_, StorageError>(move |tx| tx.insert_fact(&plain(&fact, None))).map_err(say)
}

fn fact_comes_back(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let first = fact(WriterId(u64::MAX), 1, None)?;
    let second = fact(PHONE, u64::MAX >> 1, Some(first.id))?;
    let (one, two) = (first.clone(), second.clone());
    let orders = store.write_now::<_, StorageError>(move |tx| {
        let root = tx.insert_fact(&NewFact { organisation: true, ..plain(&one, None) })?;
        let private = NewFact { private: Some(A), late: true, ..plain(&two, Some(root)) };
        Ok((root, tx.insert_fact(&private)?))
    });
    let (root, child) = orders.map_err(say)?;
    store
        .read_now(|tx| {
            let stored = tx.fact(second.id).map_err(say)?.ok_or("the fact is gone")?;
            must!(stored.open().map_err(say)? == Some(second.clone()));
            must!(stored.order == child && stored.root == root && stored.private == Some(A) && stored.late);
            must!(stored.hash == second.hash() && stored.kind == Kind::Identity && stored.received_at == 7);
            must!(tx.facts_of(root).map_err(say)?.len() == 2);
            must!(tx.reference_head().map_err(say)? == root);
            must!(tx.reference_after(Order(0), 9).map_err(say)?.len() == 1);
            must!(tx.last_judged(first.id.writer).map_err(say)? == 1);
            must!(tx.last_seq(first.id.writer).map_err(say)? == 1 && tx.last_seq(WriterId(3)).map_err(say)? == 0);
            must!(tx.fact(FactId::new(PHONE, 1)).map_err(say)?.is_none());
            Ok::<_, Text>(())
        })
        .map_err(say)
}

fn orders(open: Open<'_>) -> Finding {
    let store = open();
    let too_early = fact(PHONE, 1, None)?;
    must!(store.write_now::<_, StorageError>(move |tx| tx.insert_fact(&plain(&too_early, None))).is_err());
    begun(&store)?;
    must!(add(&store, PHONE, 1)? == Order::new(1, 1));
    must!(add(&store, PHONE, 5)? == Order::new(1, 2));
    drop(store);
    let store = open();
    must!(add(&store, PHONE, 2)? == Order::new(1, 3));
    store.write_now(|tx| epoch(tx, 3, WriterId(2))).map_err(say)?;
    must!(add(&store, PHONE, 3)? == Order::new(3, 4));
    let epochs = store.read_now::<_, StorageError>(|tx| tx.epochs()).map_err(say)?;
    must!(epochs.len() == 2 && epochs[1].base_order == Order::new(1, 3));
    Ok(())
}

fn kept_once(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    add(&store, PHONE, 1)?;
    must!(add(&store, PHONE, 1).is_err());
    must!(add(&store, PHONE, 2)? == Order::new(1, 2));
    Ok(())
}

fn failed_job(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let waiting: Vec<_> = (1..=9_u64)
        .map(|seq| {
            let (store, fact) = (store.clone(), fact(PHONE, seq, None));
            std::thread::spawn(move || {
                let fact = fact.map_err(StorageError::Other)?;
                store.write_now::<_, StorageError>(move |tx| {
                    let order = tx.insert_fact(&plain(&fact, None))?;
                    tx.append_feed(A, FeedOp::New, order)?;
                    if seq % 3 == 0 { Err(StorageError::Busy) } else { Ok(order) }
                })
            })
        })
        .collect();
    for (seq, job) in (1..=9_u64).zip(waiting) {
        let result = job.join().map_err(|_| "a job's thread stopped")?;
        must!(result.is_err() == (seq % 3 == 0));
    }
    store
        .read_now(|tx| {
            let facts = tx.facts_after(Order(0), 99).map_err(say)?;
            must!(facts.len() == 6 && facts.iter().all(|fact| fact.id.seq % 3 != 0));
            must!(facts.iter().zip(1..).all(|(fact, n)| fact.order == Order::new(1, n)));
            must!(tx.feed_head().map_err(say)? == 6);
            Ok::<_, Text>(())
        })
        .map_err(say)
}

fn late_commit(open: Open<'_>) -> Finding {
    const WRITERS: u64 = 4;
    const EACH: u64 = 40;
    let store = open();
    begun(&store)?;
    let writing: Vec<_> = (1..=WRITERS)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || (1..=EACH).try_for_each(|seq| fed(&store, WriterId(writer), seq)))
        })
        .collect();
    let (mut seen, mut after) = (Vec::new(), 0);
    loop {
        // Asked before reading: then nothing can come between the last look and the end.
        let finished = writing.iter().all(std::thread::JoinHandle::is_finished);
        let rows = store.read_now::<_, StorageError>(|tx| tx.feed_after(&[A], after, 16)).map_err(say)?;
        if rows.is_empty() && finished {
            break;
        }
        after = rows.last().map_or(after, |row| row.pos);
        seen.extend(rows.into_iter().map(|row| row.order));
    }
    for job in writing {
        job.join().map_err(|_| "a job's thread stopped")??;
    }
    must!(seen.len() as u64 == WRITERS * EACH);
    must!(seen.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
    Ok(())
}

fn fed(store: &Store, writer: WriterId, seq: u64) -> Finding {
    let fact = fact(writer, seq, None)?;
    let written = store.write_now::<_, StorageError>(move |tx| {
        let order = tx.insert_fact(&plain(&fact, None))?;
        tx.join_channel(order, A)?;
        tx.append_feed(A, FeedOp::New, order)
    });
    written.map(|_| ()).map_err(say)
}

fn reader_changes_nothing(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    must!(store.read_now(|tx| tx.put_value("x", b"y")) == Err(StorageError::ReadOnly));
    Ok(())
}

fn durable(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    for seq in 1..=20 {
        add(&store, PHONE, seq)?;
    }
    let stopped = store.write_now::<(), StorageError>(|tx| {
        tx.put_value("half", b"done")?;
        std::panic::resume_unwind(Box::new("on purpose"))
    });
    must!(matches!(stopped, Err(StorageError::Stopped(_))));
    // Opened beside the first handle, which was not closed: what was answered is there.
    let beside = open();
    must!(beside.read_now::<_, StorageError>(|tx| tx.last_seq(PHONE)).map_err(say)? == 20);
    must!(beside.read_now::<_, StorageError>(|tx| tx.value("half")).map_err(say)?.is_none());
    must!(add(&beside, PHONE, 21)? == Order::new(1, 21));
    must!(add(&store, PHONE, 22)? == Order::new(1, 22));
    Ok(())
}

fn verdicts(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let (root, child) = (FactId::new(PHONE, 1), FactId::new(PHONE, 2));
    let refused = RefusedFact { id: root, hash: [1; 32], code: 6, root, at: 3 };
    let held = HeldFact { id: child, content: vec![1, 2], hash: [2; 32], waits_for: root };
    let offered = OfferedFact { id: FactId::new(OFFICE, 9), order: Order::new(1, 4), content: vec![3], by: PHONE, at: 4 };
    let (kept, waits, offer) = (refused, held.clone(), offered.clone());
    store
        .write_now::<_, StorageError>(move |tx| {
            tx.insert_refusal(&kept)?;
            tx.insert_held(&waits)?;
            tx.insert_alias(root, FactId::new(PHONE, 3))?;
            tx.insert_offered(&offer)?;
            tx.insert_offered(&OfferedFact { by: OFFICE, ..offer })
        })
        .map_err(say)?;
    drop(store);
    let store = open();
    let looked = store.write_now(move |tx| {
        must!(tx.refusal(root).map_err(say)? == Some(refused));
        must!(tx.refusals(5).map_err(say)?.len() == 1 && tx.refusals_for(PHONE, root).map_err(say)? == [refused]);
        must!(tx.held(child).map_err(say)?.as_ref() == Some(&held) && tx.held_for(root).map_err(say)? == [held.clone()]);
        must!(tx.alias(root).map_err(say)? == Some(FactId::new(PHONE, 3)) && tx.alias(child).map_err(say)?.is_none());
        must!(tx.offered(9).map_err(say)? == [offered.clone()]);
        must!(tx.last_judged(PHONE).map_err(say)? == 2 && tx.last_judged(OFFICE).map_err(say)? == 0);
        tx.forget_held(OFFICE).map_err(say)?;
        must!(tx.held(child).map_err(say)?.is_some());
        tx.forget_held(PHONE).map_err(say)?;
        must!(tx.held(child).map_err(say)?.is_none());
        tx.insert_held(&held).map_err(say)?;
        tx.remove_held(child).map_err(say)?;
        tx.remove_offered(offered.id).map_err(say)?;
        must!(tx.held_for(root).map_err(say)?.is_empty() && tx.offered(9).map_err(say)?.is_empty());
        Ok::<_, Text>(())
    });
    looked.map_err(say)
}

fn channels(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let looked = store.write_now(|tx| {
        let mut roots = Vec::new();
        for seq in 1..=3 {
            let root = tx.insert_fact(&plain(&fact(PHONE, seq, None)?, None)).map_err(say)?;
            roots.push(root);
            let channel = if seq == 2 { B } else { A };
            tx.join_channel(root, channel).map_err(say)?;
            tx.append_feed(channel, FeedOp::New, root).map_err(say)?;
        }
        let secret = fact(PHONE, 4, Some(FactId::new(PHONE, 1)))?;
        tx.insert_fact(&NewFact { private: Some(B), ..plain(&secret, Some(roots[0])) }).map_err(say)?;
        must!(tx.roots_in(A, Order(0), 9).map_err(say)? == [roots[0], roots[2]]);
        must!(tx.roots_in(A, roots[0], 9).map_err(say)? == [roots[2]]);
        must!(tx.roots_with_private(B, Order(0), 9).map_err(say)? == [roots[0]]);
        must!(tx.held_by(&[A]).map_err(say)?.len() == 2 && tx.held_by(&[A, B]).map_err(say)?.len() == 4);
        tx.join_channel(roots[1], A).map_err(say)?;
        tx.join_channel(roots[1], A).map_err(say)?;
        tx.leave_channel(roots[1], B).map_err(say)?;
        tx.append_feed(B, FeedOp::Gone, roots[1]).map_err(say)?;
        must!(tx.channels_of(roots[1]).map_err(say)? == [A]);
        let ops = |rows: Vec<super::FeedRow>| rows.into_iter().map(|row| (row.pos, row.op)).collect::<Vec<_>>();
        must!(ops(tx.feed_after(&[B], 0, 9).map_err(say)?) == [(2, FeedOp::New), (4, FeedOp::Gone)]);
        must!(ops(tx.feed_after(&[A, B], 1, 2).map_err(say)?) == [(2, FeedOp::New), (3, FeedOp::New)]);
        must!(ops(tx.feed_of(A, 0, 2, 9).map_err(say)?) == [(1, FeedOp::New)]);
        must!(tx.feed_count(A, 0, i64::MAX, 9).map_err(say)? == 2 && tx.feed_count(A, 0, i64::MAX, 1).map_err(say)? == 1);
        tx.put_channel_set(u64::MAX, &[A, B]).map_err(say)?;
        must!(tx.channel_set(u64::MAX).map_err(say)? == Some(vec![A, B]) && tx.channel_set(1).map_err(say)?.is_none());
        Ok::<_, Text>(())
    });
    looked.map_err(say)
}

fn news(open: Open<'_>) -> Finding {
    let (store, beside) = (open(), open());
    begun(&store)?;
    let append = |store: &Store, channel, keep: bool| {
        let done = store.write_now::<_, StorageError>(move |tx| {
            let pos = tx.append_feed(channel, FeedOp::New, Order::new(1, 1))?;
            let seen = tx.feed_after(&[channel], pos - 1, 9)?;
            if keep && seen.len() == 1 { Ok(pos) } else { Err(StorageError::Busy) }
        });
        if keep { done.map_err(say) } else { Ok(0) }
    };
    let mut expected = Vec::new();
    for n in 0..40 {
        let (writing, channel) = (if n % 3 == 0 { &beside } else { &store }, if n % 4 == 0 { B } else { A });
        let undone = if n % 5 == 0 { append(writing, A, false)? } else { 0 };
        must!(undone == 0);
        expected.push((append(writing, channel, true)?, channel));
        let after = expected[n / 2].0;
        for looking in [&store, &beside] {
            for channels in [&[A][..], &[B], &[A, B]] {
                let looked = looking.read_now::<_, StorageError>(|tx| tx.feed_after(channels, after, 99)).map_err(say)?;
                let found: Vec<_> = looked.iter().map(|row| (row.pos, row.channel)).collect();
                let there = expected.iter().filter(|(pos, of)| *pos > after && channels.contains(of));
                must!(found == there.copied().collect::<Vec<_>>());
            }
        }
    }
    Ok(())
}

fn erased(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let order = add(&store, PHONE, 1)?;
    store
        .write_now::<_, StorageError>(move |tx| {
            tx.link_photo(&[4; 32], order)?;
            tx.erase_fact(order)?;
            tx.erase_fact(order)
        })
        .map_err(say)?;
    let hash = fact(PHONE, 1, None)?.hash();
    store
        .read_now(|tx| {
            let stub = tx.fact_at(order).map_err(say)?.ok_or("the stub is gone")?;
            must!(stub.content.is_none() && stub.hash == hash && stub.kind == Kind::Identity);
            must!(tx.facts_with_photo(&[4; 32]).map_err(say)?.is_empty());
            Ok::<_, Text>(())
        })
        .map_err(say)
}

fn phones(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let device = Device {
        writer: WriterId(u64::MAX),
        person: FactId::new(OFFICE, 3),
        name: "máy".into(),
        label: "FFF".into(),
        state: DeviceState::Active,
        token: [1; 32],
        next_token: Some([2; 32]),
        enrolled_at: 5,
        last_seen: None,
        skew: -3,
        schema: 1,
    };
    let invite = Invite { code: [9; 32], person: device.person, typed: true, expires_at: 8, used_by: None };
    let looked = store.write_now(move |tx| {
        tx.put_device(&device).map_err(say)?;
        must!(tx.device_by_token(&[1; 32]).map_err(say)?.as_ref() == Some(&device));
        must!(tx.device_by_token(&[2; 32]).map_err(say)?.as_ref() == Some(&device));
        must!(tx.device_by_token(&[3; 32]).map_err(say)?.is_none());
        let revoked = Device { state: DeviceState::Revoked, next_token: None, last_seen: Some(6), ..device.clone() };
        tx.put_device(&revoked).map_err(say)?;
        must!(tx.device(device.writer).map_err(say)? == Some(revoked.clone()) && tx.devices().map_err(say)? == [revoked]);
        tx.put_invite(&invite).map_err(say)?;
        let used = Invite { used_by: Some(device.writer), ..invite.clone() };
        tx.put_invite(&used).map_err(say)?;
        must!(tx.invite(&[9; 32]).map_err(say)? == Some(used));
        tx.note_attempt("a", 10, 0).map_err(say)?;
        tx.note_attempt("b", 20, 11).map_err(say)?;
        must!(tx.attempts_since("a", 0).map_err(say)? == (0, 1) && tx.attempts_since("b", 20).map_err(say)? == (1, 1));
        Ok::<_, Text>(())
    });
    looked.map_err(say)
}

fn photos(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    let order = add(&store, PHONE, 1)?;
    let blob = Blob { hash: [4; 32], offset: 16_384, complete: false, rejected: false, changed_at: 3 };
    let looked = store.write_now(move |tx| {
        tx.put_blob(&blob).map_err(say)?;
        let whole = Blob { offset: 20_000, complete: true, ..blob };
        tx.put_blob(&whole).map_err(say)?;
        must!(tx.blob(&[4; 32]).map_err(say)? == Some(whole) && tx.blob(&[5; 32]).map_err(say)?.is_none());
        tx.remove_blob(&[4; 32]).map_err(say)?;
        must!(tx.blob(&[4; 32]).map_err(say)?.is_none());
        tx.link_photo(&[4; 32], order).map_err(say)?;
        must!(tx.facts_with_photo(&[4; 32]).map_err(say)? == [order]);
        tx.put_value("name", b"one").map_err(say)?;
        tx.put_value("name", b"two").map_err(say)?;
        must!(tx.value("name").map_err(say)?.as_deref() == Some(&b"two"[..]) && tx.value("none").map_err(say)?.is_none());
        Ok::<_, Text>(())
    });
    looked.map_err(say)
}

/// A finding as an error of a job.
struct Text(String);

impl From<StorageError> for Text {
    fn from(error: StorageError) -> Self {
        Self(error.to_string())
    }
}

impl<T: Into<String>> From<T> for Text
where
    T: AsRef<str>,
{
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
