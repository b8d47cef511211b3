//! Photos of facts that are erased, dropped or refused.

use fieldbook_model::body::{Kind, Photo};
use fieldbook_model::id::{FactId, Order, WriterId};

use crate::store::sample::*;
use crate::store::*;

#[test]
fn an_erased_photo_goes_with_its_file() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "bình thường"), NOW);
    phone.confirm_all();
    let photo = phone.store.read(|tx| tx.case(saved.root)).unwrap().unwrap().folded.case.photos[0].0;
    assert!(phone.dir.path().join("1.jpg").exists());

    phone.receive(&[erasure(60, saved.root, &[photo])]);

    assert!(!phone.dir.path().join("1.jpg").exists());
    assert_eq!(phone.store.read(|tx| tx.blob(&[1; 32])).unwrap(), None);
}

#[test]
fn a_picture_that_another_fact_shows_goes_again_when_the_office_erased_it() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "bình thường"), NOW);
    phone.confirm_all();
    phone.store.write(|tx| tx.photo_sent([1; 32], 100, NOW)).unwrap();
    let photo = phone.store.read(|tx| tx.case(saved.root)).unwrap().unwrap().folded.case.photos[0].0;
    phone.save(visit(&phone, "cùng một ảnh"), NOW);
    phone.confirm_all();
    phone.store.write(|tx| tx.photo_sent([1; 32], 100, NOW)).unwrap();
    assert_eq!(phone.store.read(|tx| tx.blob(&[1; 32])).unwrap().unwrap().state, BlobState::Confirmed);

    phone.receive(&[erasure(60, saved.root, &[photo])]);

    assert_eq!(phone.store.read(|tx| tx.blob(&[1; 32])).unwrap().unwrap().state, BlobState::Waiting);
    assert_eq!(phone.store.read(|tx| tx.uncertain_blobs(9)).unwrap(), [[1; 32]], "the office is asked first");
    assert!(phone.dir.path().join("1.jpg").exists());
}

/// A liaison whose first record with the picture was refused, and what hangs on it held.
fn refused_with_the_picture() -> Phone {
    let phone = Phone::of_liaison();
    let refused = phone.save(visit(&phone, "cùng một ảnh"), NOW);
    phone.store.write(|tx| tx.set_state(refused.root, FactState::Refused, None)).unwrap();
    for kept in phone.store.read(|tx| tx.facts_of(refused.root)).unwrap() {
        phone.store.write(|tx| tx.set_state(kept.id, FactState::Held, None)).unwrap();
    }
    phone
}

#[test]
fn a_picture_still_goes_for_a_record_taken_under_a_writer_the_phone_was() {
    let phone = refused_with_the_picture();
    phone.save(visit(&phone, "bình thường"), NOW);
    phone.confirm_all();

    phone
        .store
        .write(|tx| {
            let account = tx.account()?;
            tx.set_account(&Account { writer: WriterId(77), ..account })
        })
        .unwrap();

    assert_eq!(phone.store.read(|tx| tx.next_photo()).unwrap().map(|photo| photo.hash), Some([1; 32]));
}

#[test]
fn a_photo_whose_fact_is_taken_after_its_case_was_dropped_is_owed_whoever_attached_it_first() {
    let phone = refused_with_the_picture();
    let saved = phone.save(visit(&phone, "bình thường"), NOW);
    let waiting = phone.store.read(|tx| tx.facts_of(saved.root)).unwrap();
    let confirm = |kept: &Kept, order| {
        phone.store.write(|tx| tx.set_state(kept.id, FactState::Confirmed, Some(Order::new(1, order)))).unwrap();
    };
    let is_photo = |kept: &&Kept| kept.fact.as_ref().is_some_and(|fact| fact.kind == Kind::Photo);
    for (order, kept) in (50..).zip(waiting.iter().filter(|kept| !is_photo(kept))) {
        confirm(kept, order);
    }
    phone.store.write(|tx| tx.drop_root(saved.root)).unwrap();
    assert!(phone.store.read(|tx| tx.blob(&[1; 32])).unwrap().is_some());

    phone
        .store
        .write(|tx| {
            for (order, kept) in (90..).zip(waiting.iter().filter(is_photo)) {
                tx.set_state(kept.id, FactState::Confirmed, Some(Order::new(1, order)))?;
            }
            tx.drop_root(saved.root)
        })
        .unwrap();

    assert_eq!(phone.store.read(|tx| tx.next_photo()).unwrap().map(|photo| photo.hash), Some([1; 32]));
}

#[test]
fn a_picture_that_is_owed_goes_also_when_a_record_that_is_refused_shows_it_too() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "bình thường"), NOW);
    phone.confirm_all();
    phone.store.write(|tx| tx.drop_root(saved.root)).unwrap();

    let refused = phone.save(visit(&phone, "cùng một ảnh"), NOW);
    phone.store.write(|tx| tx.refuse(refused.root, 6, NOW)).unwrap();

    assert_eq!(phone.store.read(|tx| tx.next_photo()).unwrap().map(|photo| photo.hash), Some([1; 32]));
}

#[test]
fn a_picture_that_is_owed_goes_also_when_a_draft_that_shows_it_too_is_thrown_away() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "bình thường"), NOW);
    phone.confirm_all();
    phone.store.write(|tx| tx.drop_root(saved.root)).unwrap();

    let draft = phone.store.keep_draft(None, &visit(&phone, "cùng một ảnh"), "", NOW).unwrap();
    phone.store.delete_draft(draft).unwrap();

    assert_eq!(phone.store.read(|tx| tx.next_photo()).unwrap().map(|photo| photo.hash), Some([1; 32]));
}

#[test]
fn an_owed_picture_that_the_office_erased_is_not_sent_because_others_show_it_too() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "bình thường"), NOW);
    phone.confirm_all();
    phone.store.write(|tx| tx.drop_root(saved.root)).unwrap();
    let root = FactId::new(OTHER_PHONE, 1);
    let photo = Photo { hash: [1; 32].into(), bytes: 100, width: 4, height: 3, of: None, topic: None };
    phone.receive(&petition("cùng một ảnh"));
    phone.receive(&[fact(OTHER_PHONE, 4, Kind::Photo, Some(root), Some(HEAD_POST), &photo)]);
    assert_eq!(phone.store.read(|tx| tx.next_photo()).unwrap().map(|photo| photo.hash), Some([1; 32]));

    phone.store.write(|tx| tx.photo_unknown([1; 32])).unwrap();

    assert!(phone.store.read(|tx| tx.waiting_photos_to_send(9)).unwrap().is_empty());
    assert_eq!(phone.store.read(|tx| tx.waiting()).unwrap().photos, 0);
}
