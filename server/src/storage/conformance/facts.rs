//! Facts as they come, stay and are erased.

use fieldbook_model::body::Kind;
use fieldbook_model::id::{FactId, Order, WriterId};

use super::{A, Finding, Open, PHONE, Text, add, begun, epoch, fact, plain, say};
use crate::storage::{NewFact, StorageError};

pub(super) fn fact_comes_back(open: Open<'_>) -> Finding {
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

pub(super) fn orders(open: Open<'_>) -> Finding {
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

pub(super) fn kept_once(open: Open<'_>) -> Finding {
    let store = open();
    begun(&store)?;
    add(&store, PHONE, 1)?;
    must!(add(&store, PHONE, 1).is_err());
    must!(add(&store, PHONE, 2)? == Order::new(1, 2));
    Ok(())
}

pub(super) fn erased(open: Open<'_>) -> Finding {
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
