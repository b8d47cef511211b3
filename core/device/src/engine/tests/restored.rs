//! An office that came back from a backup.

use fieldbook_protocol::enrol::Known;
use fieldbook_protocol::sync::Restored;

use super::*;

#[test]
fn a_restored_office_gets_own_facts_again_and_those_of_others_offered() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let early = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    phone.settle(&mut office);
    let base = office.head;
    office.publish(&of_other(1));
    let late = phone.save(problem("KAM-0002-X"));
    phone.pass(11);
    phone.settle(&mut office);
    let former = office.feed[0].order;

    office.epoch = 2;
    office.head = Order::new(2, 50).0;
    office.log.remove(&late);
    office.feed.clear();
    office.also = Some(SyncAnswer { restored: Some(Restored { base }), ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(&mut office);
    assert_eq!(phone.state(early), Some(FactState::Confirmed));
    assert_eq!(phone.state(FactId::new(OTHER, 1)), Some(FactState::Offered));
    phone.settle(&mut office);
    assert_eq!(phone.state(late), Some(FactState::Confirmed));
    let offered: Vec<Item> =
        office.requests.iter().filter_map(|r| r.offered.as_ref()).flat_map(|p| p.items(WRITER).unwrap()).collect();
    assert_eq!(offered.iter().map(|item| (item.id, item.order)).collect::<Vec<_>>(), [(FactId::new(OTHER, 1), former)]);
    assert_eq!(phone.sync_state().epoch, 2);
}

/// An office that has come back from a backup without this phone's latest fact and another's, and phones know it.
fn restored(phone: &mut Phone, office: &mut Office) -> FactId {
    let base = office.head;
    office.publish(&of_other(1));
    let lost = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    phone.settle(office);
    office.epoch = 2;
    office.head = Order::new(2, 50).0;
    office.log.clear();
    office.feed.clear();
    office.also = Some(SyncAnswer { restored: Some(Restored { base }), ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(office);
    lost
}

/// A record that the office refused, and the one that is to take its place.
fn refused_and_repaired(phone: &mut Phone, office: &mut Office) -> (FactId, FactId) {
    office.refuse.insert(1, 6);
    let wrong = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    phone.settle(office);
    (wrong, phone.save(Statement { repairs: Some(wrong), ..problem("KAM-0001-X") }))
}

#[test]
fn a_refused_record_that_was_repaired_does_not_go_to_a_restored_office_again() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let (wrong, right) = refused_and_repaired(&mut phone, &mut office);
    phone.pass(11);
    office.refuse.clear();
    office.epoch = 2;
    office.also = Some(SyncAnswer { restored: Some(Restored { base: office.head }), ..SyncAnswer::default() });
    office.head = Order::new(2, 50).0;
    phone.nudge();
    phone.exchange(&mut office);

    phone.settle(&mut office);

    assert_eq!((phone.state(wrong), phone.state(right)), (Some(FactState::Refused), Some(FactState::Confirmed)));
    assert_eq!(phone.store.read(|tx| tx.resolve(wrong)).unwrap(), right);
}

#[test]
fn a_record_that_is_taken_after_all_stands_beside_its_repair() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let (wrong, right) = refused_and_repaired(&mut phone, &mut office);
    assert_eq!(phone.store.read(|tx| tx.resolve(wrong)).unwrap(), right);

    phone.store.write(|tx| tx.set_state(wrong, FactState::Confirmed, Some(Order(office.head + 1)))).unwrap();

    assert_eq!(phone.store.read(|tx| tx.resolve(wrong)).unwrap(), wrong);
    assert!(phone.store.check().unwrap().is_empty(), "both stand in the views");
}

#[test]
fn what_the_office_had_before_a_restore_keeps_its_id_when_the_phone_becomes_another_writer() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let lost = restored(&mut phone, &mut office);
    let new = phone.save(problem("KAM-0002-X"));

    phone.store.write(|tx| tx.begin_account(AGAIN, [2; 32], &enrol_answer("LEM"), phone.now / 1000)).unwrap();

    assert_eq!((phone.state(lost), phone.state(new)), (Some(FactState::Offered), None));
    assert_eq!(phone.state(FactId::new(AGAIN, 1)), Some(FactState::Waiting));
    assert_eq!(phone.state(FactId::new(AGAIN, 2)), None);
    let offered = phone.store.read(|tx| tx.to_offer(9, 9_000)).unwrap();
    assert!(offered.iter().any(|item| item.id == lost), "{offered:?}");
}

/// Others hold it under that number too, but the office has given it away to what stood there before the phone was put back.
#[test]
fn what_the_office_had_before_a_restore_is_filed_again_when_its_number_is_taken() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let lost = restored(&mut phone, &mut office);
    let known = Some(Known { taken: Some(vec![lost.seq]), ..Known::default() });

    let answer = EnrolAnswer { known, ..enrol_answer("LEM") };
    phone.store.write(|tx| tx.begin_account(AGAIN, [2; 32], &answer, phone.now / 1000)).unwrap();

    assert_eq!(phone.state(lost), None);
    assert_eq!(phone.state(FactId::new(AGAIN, 1)), Some(FactState::Waiting));
}

#[test]
fn what_is_dropped_goes_only_once_the_restored_office_was_offered_it() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    restored(&mut phone, &mut office);
    let others = FactId::new(OTHER, 1);
    assert_eq!(phone.state(others), Some(FactState::Offered));
    let mut dropped_while_it_sends = || {
        office.also = Some(SyncAnswer { drop: Some(vec![others]), ..SyncAnswer::default() });
        phone.exchange(&mut office);
        (office.requests.last().unwrap().offered.is_some(), phone.state(others))
    };

    assert_eq!(
        dropped_while_it_sends(),
        (false, Some(FactState::Offered)),
        "own facts went first; nobody else may have this one"
    );
    assert_eq!(dropped_while_it_sends(), (true, None));
}
