//! Erasure: bodies go, stubs stay, also for those who come later and after a restore.

use std::sync::{Arc, Mutex};

use fieldbook_model::case::Refusal;

use super::restoring::{backup, hear_of_restore, is_in_a_file, offer, restore, unconfirm};
use super::*;
use crate::office::erase::{self, ErasureEntry};
use crate::office::offered;

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

/// An office back from a backup that is older than a case. A text of it was erased since, and the office owes that; the phones of
/// its author and of the desk have the text.
struct Owing {
    org: Org,
    head: Phone,
    desk_phone: Phone,
    case: FactId,
    words: FactId,
    copy: std::path::PathBuf,
}

impl Owing {
    fn begin() -> Self {
        let org = Org::new();
        let (mut head, mut desk_phone) = (org.phone(org.heads[0]), org.phone(org.desks[0]));
        head.sync(&org);
        desk_phone.sync(&org);
        let copy = backup(&org);
        let case = head.petition(&org, org.hamlets[0], "phải xóa");
        head.sync(&org);
        desk_phone.sync(&org);
        let words = FactId::new(head.writer, 2);
        let entry =
            ErasureEntry { root: case, facts: vec![words], ground: "quyết định".into(), at: org.now(), hashes: None };
        let org = restore(org, &copy);
        org.write(move |tx, now| erase::replay(tx, &entry, now));
        Self { org, head, desk_phone, case, words, copy }
    }
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
    let entry = ErasureEntry { root: case, facts: vec![identity], ground: "QĐ".into(), at: NOW, hashes: None };
    let again = entry.clone();
    assert!(org.write(move |tx, now| erase::replay(tx, &entry, now)).fact.is_some());
    assert!(org.write(move |tx, now| erase::replay(tx, &again, now)).fact.is_none());
    assert!(org.write(move |tx, _| Ok(tx.fact(identity)?)).unwrap().content.is_none());
}

#[test]
fn erased_text_is_not_kept_among_the_offers() {
    let org = Org::new();
    let (mut head, mut liaison) = (org.phone(org.heads[0]), org.phone((org.liaison.0, org.liaison.1)));
    liaison.sync(&org);
    head.sync(&org);
    let copy = backup(&org);
    let case = head.petition(&org, org.hamlets[0], "phải xóa");
    head.sync(&org);
    liaison.sync(&org);
    let org = restore(org, &copy);
    let offers = hear_of_restore(&mut liaison, &org);
    let offering = SyncRequest { offered: Some(Pack::of(liaison.writer, &offers)), ..liaison.request(&org) };
    liaison.ask(&org, offering.clone()).unwrap();
    hear_of_restore(&mut head, &org);
    head.sync(&org);
    assert!(org.write(|tx, _| offered::list(tx)).is_empty(), "what its author sent again is offered no more");

    let words = FactId::new(head.writer, 2);
    org.write(move |tx, now| erase::erase(tx, case, &[words], "quyết định", &mut |_| Ok(()), now));
    liaison.ask(&org, offering).unwrap();

    assert!(org.write(|tx, _| offered::list(tx)).is_empty());
    assert!(!is_in_a_file(&copy, "phải xóa"), "nor in the database, nor in its log of changes");
}

#[test]
fn what_was_erased_before_the_restore_leaves_no_byte_when_it_comes_again() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let copy = backup(&org);
    let case = head.petition(&org, org.hamlets[0], "phải xóa");
    head.sync(&org);
    let words = FactId::new(head.writer, 2);
    let entry = ErasureEntry { root: case, facts: vec![words], ground: "quyết định".into(), at: org.now(), hashes: None };
    let org = restore(org, &copy);
    org.write(move |tx, now| erase::replay(tx, &entry, now));
    hear_of_restore(&mut head, &org);

    head.sync(&org);

    assert!(org.write(move |tx, _| Ok(tx.fact(words)?)).unwrap().content.is_none());
    assert!(!is_in_a_file(&copy, "phải xóa"));
}

#[test]
fn what_was_erased_before_the_restore_is_not_kept_while_it_waits_for_its_root() {
    let Owing { org, mut head, mut desk_phone, words, copy, .. } = Owing::begin();
    // The head's post has ended since, so what comes again is refused, and what hangs on it waits.
    org.end(org.heads[0].1, org.today().plus(-100));
    for phone in [&mut desk_phone, &mut head] {
        let told = phone.ask(&org, phone.request(&org)).unwrap();
        let offers = unconfirm(phone, told.restored.unwrap().base);
        phone.epoch = told.epoch;
        let offering = SyncRequest { offered: Some(Pack::of(phone.writer, &offers)), ..phone.request(&org) };
        let answer = phone.ask(&org, offering).unwrap();
        let items = answer.facts.iter().flat_map(|pack| pack.items(phone.writer).unwrap());
        let erased = items.filter(|item| item.id == words).all(|item| matches!(item.content, Content::Erased(_)));
        assert!(erased);
        phone.take(&answer);
    }
    assert_eq!(head.refused.get(&1), Some(&Refusal::PostEnded.code()));
    assert_eq!(head.held, [3, 4].into(), "the erased one does not wait");

    org.write(|tx, now| offered::confirm(tx, None, now));

    Sqlite::open(&copy).unwrap().scrub().unwrap();
    assert!(!is_in_a_file(&copy, "phải xóa"));
}

/// The case came again after an earlier restore, and the text did not, so the text has the earlier order.
#[test]
fn who_offers_a_text_erased_before_the_restore_hears_of_it_though_its_case_has_a_later_order() {
    let Owing { org, head, mut desk_phone, case, words, .. } = Owing::begin();
    let mut offers = hear_of_restore(&mut desk_phone, &org);
    for item in offers.iter_mut().filter(|item| item.id == case) {
        item.order = item.order.map(|order| Order(order.0 + 100));
    }
    offer(&mut desk_phone, &org, &offers);

    org.write(|tx, now| offered::confirm(tx, None, now));
    desk_phone.sync(&org);

    assert_eq!(desk_phone.confirmed[&words].content, Content::Erased(head.own[&2].hash()));
}

/// A phone that was put back to before it gives the number out again.
#[test]
fn an_erasure_from_before_the_restore_does_not_mean_another_text_under_the_same_number() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let mut other = org.phone(org.desks[0]);
    let (copy, mut put_back) = (backup(&org), head.clone());
    let case = head.petition(&org, org.hamlets[0], "phải xóa");
    head.sync(&org);
    let words = FactId::new(head.writer, 2);
    let (_, ledger) = erase_all(&org, case, vec![words]);
    other.sync(&org);
    let org = restore(org, &copy);
    org.write(move |tx, now| erase::replay(tx, &ledger[0], now));
    put_back.petition(&org, org.hamlets[0], "lời khác");
    hear_of_restore(&mut put_back, &org);

    put_back.sync(&org);
    let offers = hear_of_restore(&mut other, &org);
    offer(&mut other, &org, &offers);
    org.write(|tx, now| offered::confirm(tx, None, now));
    other.sync(&org);

    assert!(org.write(move |tx, _| Ok(tx.fact(words)?)).unwrap().content.is_some());
    assert!(matches!(other.confirmed[&words].content, Content::Whole(_)));
}
