//! Jobs that fail, end halfway or run beside one another.

use fieldbook_model::id::Order;

use super::{A, Finding, Open, PHONE, Text, add, begun, fact, plain, say};
use crate::storage::{FeedOp, StorageError};

pub(super) fn failed_job(open: Open<'_>) -> Finding {
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

pub(super) fn reader_changes_nothing(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    must!(store.read_now(|tx| tx.put_value("x", b"y")) == Err(StorageError::ReadOnly));
    Ok(())
}

pub(super) fn durable(open: Open<'_>) -> Finding {
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
