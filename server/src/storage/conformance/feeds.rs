//! Channels, and what is new in them.

use fieldbook_model::id::{FactId, Order, WriterId};

use super::{A, B, Finding, Open, PHONE, Text, begun, fact, plain, say};
use crate::storage::{FeedOp, FeedRow, NewFact, StorageError, Store};

pub(super) fn late_commit(open: Open<'_>) -> Finding {
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

pub(super) fn channels(open: Open<'_>) -> Finding {
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
        let ops = |rows: Vec<FeedRow>| rows.into_iter().map(|row| (row.pos, row.op)).collect::<Vec<_>>();
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

pub(super) fn news(open: Open<'_>) -> Finding {
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
