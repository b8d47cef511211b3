//! Pictures: after their fact, from where the office stands, and only where they may go.

use fieldbook_model::body::Photo;
use fieldbook_protocol::sync::BlobState as AtOffice;
use fieldbook_protocol::ticket;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::photo;
use crate::store::BlobState;

const HASH: [u8; 32] = [5; 32];
const BYTES: u32 = 200_000;

fn with_photo(office: &mut Office) -> Phone {
    with_photo_at(office, "/photos/a.jpg")
}

fn with_photo_at(office: &mut Office, path: &str) -> Phone {
    let mut phone = Phone::enrolled();
    phone.settle(office);
    let root = phone.save(problem("KAM-0001-X"));
    let photo = Photo { hash: HASH.into(), bytes: BYTES, width: 1_024, height: 768, of: None, topic: None };
    let id = phone.save(Statement { kind: Kind::Photo, root: Some(root), body: to_body(&photo), ..problem("") });
    phone.store.write(|tx| tx.keep_blob(&HASH, path, BYTES, id)).unwrap();
    phone
}

fn text_only_on_mobile(phone: &mut Phone) {
    let set = phone.store.write(|tx| {
        let mut state = tx.sync_state()?;
        state.text_only_on_mobile = true;
        tx.set_sync_state(&state)
    });
    set.unwrap();
    phone.engine.set_metered(true);
}

/// Then the photo itself is next.
fn text_and_preview_go(phone: &mut Phone, office: &mut Office) {
    phone.pass(11);
    phone.exchange(office);
    phone.next();
    phone.tell(taken(0));
}

fn taken(offset: u64) -> Event {
    Event::Answered(Answer { status: 204, upload_offset: Some(offset), ..Answer::default() })
}

#[test]
fn text_goes_first_then_the_preview_then_the_photo() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    assert!(matches!(phone.next(), Effect::Wait { .. }));
    phone.pass(11);
    assert!(matches!(phone.exchange(&mut office), Effect::Post { .. }));
    assert!(matches!(phone.next(), Effect::PutPreview { hash: HASH, .. }));
    phone.tell(taken(0));
    let mut sent = 0;
    while let Effect::Patch { offset, len, total, .. } = phone.next() {
        assert_eq!((offset, total), (sent, u64::from(BYTES)));
        sent += len;
        phone.tell(taken(sent));
    }
    assert_eq!(sent, u64::from(BYTES));
    assert_eq!(phone.store.read(|tx| tx.blob(&HASH)).unwrap().unwrap().state, BlobState::Confirmed);
    assert_eq!(phone.status().waiting_photos, 0);
}

#[test]
fn a_cut_photo_goes_on_from_what_the_office_has() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    text_and_preview_go(&mut phone, &mut office);
    assert!(matches!(phone.next(), Effect::Patch { offset: 0, .. }));
    phone.tell(Event::Failed(Failure::Cut("reset".into())));
    phone.nudge();
    let state = AtOffice { hash: HASH.into(), offset: 49_152, complete: false, rejected: false };
    office.also = Some(SyncAnswer { blobs: Some(vec![state]), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    assert_eq!(office.requests.last().unwrap().blobs, Some(vec![HASH.into()]));
    assert!(matches!(phone.next(), Effect::Patch { offset: 49_152, .. }));
    let wrong = Answer { upload_offset: Some(98_304), ..fault(409, FaultCode::WrongOffset, None) };
    phone.tell(Event::Answered(wrong));
    phone.nudge();
    phone.exchange(&mut office);
    assert!(matches!(phone.next(), Effect::Patch { offset: 98_304, .. }));
}

#[test]
fn a_photo_that_arrived_whole_and_was_never_looked_at_is_not_called_received() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    text_and_preview_go(&mut phone, &mut office);
    phone.next();
    phone.tell(Event::Failed(Failure::Cut("the office went down".into())));
    phone.nudge();
    let state = AtOffice { hash: HASH.into(), offset: u64::from(BYTES), complete: false, rejected: false };
    office.also = Some(SyncAnswer { blobs: Some(vec![state]), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    assert_eq!(phone.store.read(|tx| tx.blob(&HASH)).unwrap().unwrap().state, BlobState::Waiting);
    assert!(matches!(phone.next(), Effect::Patch { offset, len: 0, .. } if offset == u64::from(BYTES)), "asks it to look");
    phone.tell(taken(u64::from(BYTES)));
    assert_eq!(phone.store.read(|tx| tx.blob(&HASH)).unwrap().unwrap().state, BlobState::Confirmed);
}

#[test]
fn what_the_office_has_of_a_photo_is_still_known_when_the_next_part_is_cut() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    text_and_preview_go(&mut phone, &mut office);
    phone.next();
    phone.tell(taken(49_152));
    assert!(matches!(phone.next(), Effect::Patch { offset: 49_152, .. }));
    phone.tell(Event::Failed(Failure::Cut("reset".into())));
    assert_eq!(phone.store.read(|tx| tx.blob(&HASH)).unwrap().unwrap().sent, 49_152);
    assert!(phone.store.read(|tx| tx.has_uncertain_blobs()).unwrap());
}

#[test]
fn a_photo_left_by_a_killed_app_goes_on_from_what_the_office_has() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    text_and_preview_go(&mut phone, &mut office);
    let Effect::Patch { len, .. } = phone.next() else { panic!("the photo goes") };
    phone.tell(taken(len));
    assert!(matches!(phone.next(), Effect::Patch { offset, .. } if offset == len));
    phone.engine = Engine::new(Config::default());
    let line = phone.store.read(|tx| tx.blob(&HASH)).unwrap().unwrap();
    assert_eq!(line.sent, len.cast_signed(), "what is known to have arrived is shown meanwhile");
    let state = AtOffice { hash: HASH.into(), offset: len + 16_384, complete: false, rejected: false };
    office.also = Some(SyncAnswer { blobs: Some(vec![state]), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    assert_eq!(office.requests.last().unwrap().blobs, Some(vec![HASH.into()]));
    assert!(matches!(phone.next(), Effect::Patch { offset, .. } if offset == len + 16_384));
}

#[test]
fn a_photo_given_to_the_system_is_asked_about_before_more_of_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jpg");
    let bytes: Vec<u8> = (0..BYTES).map(|n| (n % 251) as u8).collect();
    std::fs::write(&file, &bytes).unwrap();
    let mut office = Office::new();
    let mut phone = with_photo_at(&mut office, file.to_str().unwrap());
    let seconds = phone.now / 1000;
    assert_eq!(photo::errands(&phone.store, folder.path(), seconds).unwrap(), [], "its fact goes first");
    text_and_preview_go(&mut phone, &mut office);
    phone.next();
    phone.tell(taken(49_152));

    let given = photo::errands(&phone.store, &folder.path().join("given"), seconds).unwrap();

    let [errand] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!((errand.hash, errand.offset), (HASH, 49_152));
    assert_eq!(std::fs::read(&errand.file).unwrap(), bytes[49_152..]);
    assert_eq!(errand.ticket.until, seconds + ticket::LASTS);
    assert!(errand.ticket.is_of(&Sha256::digest(phone.token().unwrap()).into(), &HASH));
    text_only_on_mobile(&mut phone);
    assert!(matches!(phone.next(), Effect::Wait { .. }), "nothing of it goes meanwhile");
    let whole = AtOffice { hash: HASH.into(), offset: u64::from(BYTES), complete: true, rejected: false };
    office.also = Some(SyncAnswer { blobs: Some(vec![whole]), ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(&mut office);
    assert_eq!(office.requests.last().unwrap().blobs, Some(vec![HASH.into()]));
    assert_eq!(phone.store.read(|tx| tx.blob(&HASH)).unwrap().unwrap().state, BlobState::Confirmed);
    assert_eq!(photo::errands(&phone.store, folder.path(), seconds).unwrap(), []);
}

#[test]
fn on_mobile_data_only_text_goes_when_the_person_chose_so() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    text_only_on_mobile(&mut phone);
    phone.pass(11);
    phone.exchange(&mut office);
    assert!(matches!(phone.next(), Effect::Wait { .. }));
    phone.engine.set_metered(false);
    assert!(matches!(phone.next(), Effect::PutPreview { .. }));
}

#[test]
fn a_picture_the_office_does_not_take_needs_attention_and_is_not_sent_again() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    text_and_preview_go(&mut phone, &mut office);
    phone.next();
    phone.tell(Event::Answered(fault(422, FaultCode::BadPicture, None)));
    assert!(matches!(phone.next(), Effect::Wait { .. }));
    assert_eq!(phone.store.read(|tx| tx.troubles()).unwrap().len(), 1);
}

#[test]
fn a_picture_attached_again_is_asked_about_because_it_may_have_been_erased() {
    let mut office = Office::new();
    let mut phone = with_photo(&mut office);
    phone.pass(11);
    phone.exchange(&mut office);
    phone.store.write(|tx| tx.photo_sent(HASH, u64::from(BYTES), 0)).unwrap();
    let again = phone.save(problem("KAM-0002-X"));
    phone.store.write(|tx| tx.keep_blob(&HASH, "/photos/a.jpg", BYTES, again)).unwrap();
    phone.pass(11);

    phone.exchange(&mut office);

    assert_eq!(office.requests.last().unwrap().blobs, Some(vec![HASH.into()]));
    phone.next();
    phone.tell(taken(0));
    assert!(matches!(phone.next(), Effect::Patch { offset: 0, .. }));
}
