//! Erasure: bodies go, stubs stay, also for those who come later and after a restore.

use std::sync::{Arc, Mutex};

use super::*;
use crate::office::erase::{self, ErasureEntry};

fn erase_all(org: &Org, root: FactId, facts: Vec<FactId>) -> (erase::Erased, Vec<ErasureEntry>) {
    let ledger = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&ledger);
    let erased = org.write(move |tx, now| {
        let mut write = |entry: &ErasureEntry| {
            lines.lock().unwrap().push(entry.clone());
            Ok(())
        };
        erase::erase(tx, root, &facts, "QĐ 12", &mut write, now)
    });
    let lines = ledger.lock().unwrap().clone();
    (erased, lines)
}

#[test]
fn an_erased_identity_is_a_stub_for_late_joiners_and_its_corrections_go_too() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    let identity = FactId::new(head.writer, 3);
    let patch = Patch(to_body(&Identity { name: Some("Khác".into()), phone: None, address: None }));
    let correction = head.say(&org, Kind::Correction, Some(case), &Correction { target: identity, heads: vec![], patch });
    head.sync(&org);
    let (_, ledger) = erase_all(&org, case, vec![identity]);
    assert_eq!(ledger[0].facts, [identity, correction]);
    let mut desk = org.phone(org.desks[0]);
    desk.sync(&org);
    for id in [identity, correction] {
        assert_eq!(desk.confirmed[&id].content, Content::Erased(head.own[&id.seq].hash()));
    }
    head.sync(&org);
    assert_eq!(head.confirmed[&identity].content, Content::Erased(head.own[&3].hash()));
}

#[test]
fn a_photo_that_nothing_shows_any_more_is_named_for_deletion() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    let photo = Photo { hash: ByteArray::from([8; 32]), bytes: 9, width: 1, height: 1, of: None, topic: None };
    let first = head.say(&org, Kind::Photo, Some(case), &photo);
    let second = head.say(&org, Kind::Photo, Some(case), &photo);
    head.sync(&org);
    assert!(erase_all(&org, case, vec![first]).0.photos.is_empty());
    assert_eq!(erase_all(&org, case, vec![second]).0.photos, [[8; 32]]);
}

#[test]
fn nothing_is_erased_when_the_ledger_cannot_be_written() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    let identity = FactId::new(head.writer, 3);
    head.sync(&org);
    let now = org.now();
    let failed = org.store.write_now(move |tx| erase::erase(tx, case, &[identity], "QĐ", &mut |_| Err("đầy".into()), now));
    assert!(matches!(failed, Err(OfficeFault::Ledger(_))));
    assert!(org.write(move |tx, _| Ok(tx.fact(identity)?)).unwrap().content.is_some());
}

#[test]
fn a_ledger_line_is_carried_out_again_after_a_restore_and_only_once() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    let identity = FactId::new(head.writer, 3);
    head.sync(&org);
    let entry = ErasureEntry { root: case, facts: vec![identity], ground: "QĐ".into(), at: NOW };
    let again = entry.clone();
    assert!(org.write(move |tx, now| erase::replay(tx, &entry, now)).fact.is_some());
    assert!(org.write(move |tx, now| erase::replay(tx, &again, now)).fact.is_none());
    assert!(org.write(move |tx, _| Ok(tx.fact(identity)?)).unwrap().content.is_none());
}
