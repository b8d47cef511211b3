//! What is kept row by row: verdicts, phones, photos.

use fieldbook_model::id::{FactId, Order, WriterId};

use super::{Finding, OFFICE, Open, PHONE, Text, add, begun, say};
use crate::storage::{Blob, Device, DeviceState, HeldFact, Invite, OfferedFact, RefusedFact, StorageError};

pub(super) fn verdicts(open: Open<'_>) -> Finding {
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
        must!(tx.offer(offered.id).map_err(say)?.as_ref() == Some(&offered) && tx.offer(root).map_err(say)?.is_none());
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

pub(super) fn phones(open: Open<'_>) -> Finding {
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

pub(super) fn photos(open: Open<'_>) -> Finding {
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
