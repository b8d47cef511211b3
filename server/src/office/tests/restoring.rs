//! A server that comes back from a backup: a new epoch, facts offered again, certificates.

use fieldbook_model::case::Refusal;
use fieldbook_protocol::enrol::Former;

use super::*;
use crate::office::offered;

/// Everything after this is forgotten.
pub(super) fn backup(org: &Org) -> std::path::PathBuf {
    let copy = org.folder.path().join("backup.db");
    let source = Sqlite::open(&org.folder.path().join("office.db")).unwrap();
    source.backup_to(&copy).unwrap();
    copy
}

pub(super) fn restore(mut org: Org, copy: &std::path::Path) -> Org {
    org.store = Store::new(Sqlite::open(copy).unwrap());
    org.write(|tx, now| epoch::begin_after_restore(tx, WriterId(0x0ff1cf), 0, now));
    org
}

/// What a phone does when it hears of a new epoch; gives what it offers.
pub(super) fn unconfirm(phone: &mut Phone, base: i64) -> Vec<Item> {
    let lost: Vec<Item> = phone.confirmed.values().filter(|item| item.order.unwrap().0 > base).cloned().collect();
    for item in &lost {
        phone.confirmed.remove(&item.id);
        if item.id.writer == phone.writer {
            phone.outbox.insert(item.id.seq, phone.own[&item.id.seq].clone());
        }
    }
    lost.into_iter().filter(|item| item.id.writer != phone.writer).collect()
}

/// Its first request to the restored office; gives what it offers.
pub(super) fn hear_of_restore(phone: &mut Phone, org: &Org) -> Vec<Item> {
    let told = phone.ask(org, phone.request(org)).unwrap();
    phone.epoch = told.epoch;
    unconfirm(phone, told.restored.unwrap().base)
}

pub(super) fn offer(phone: &mut Phone, org: &Org, offers: &[Item]) {
    let offering = SyncRequest { offered: Some(Pack::of(phone.writer, offers)), ..phone.request(org) };
    phone.ask(org, offering).unwrap();
}

#[test]
fn facts_confirmed_after_the_backup_come_back() {
    let org = Org::new();
    let (mut head, mut desk_phone) = (org.phone(org.heads[0]), org.phone(org.desks[0]));
    let kept = head.petition(&org, org.hamlets[0], "trước");
    head.sync(&org);
    desk_phone.sync(&org);
    let copy = backup(&org);
    let lost = head.petition(&org, org.hamlets[0], "sau");
    head.sync(&org);
    let answered = org.happen(lost, desk::Happening::plain(Event::Receive));
    desk_phone.sync(&org);
    head.sync(&org);
    assert!(head.has(answered) && desk_phone.has(lost));

    let org = restore(org, &copy);
    // The desk's phone comes first: everything it lost is other people's.
    let told = desk_phone.ask(&org, desk_phone.request(&org)).unwrap();
    assert!(told.facts.is_none() && told.acknowledged.is_none());
    let offers = unconfirm(&mut desk_phone, told.restored.unwrap().base);
    assert_eq!(offers.len(), 5);
    desk_phone.epoch = told.epoch;
    let offering = SyncRequest { offered: Some(Pack::of(desk_phone.writer, &offers)), ..desk_phone.request(&org) };
    let answer = desk_phone.ask(&org, offering).unwrap();
    desk_phone.take(&answer);
    assert!(desk_phone.has(kept) && !desk_phone.has(lost));

    hear_of_restore(&mut head, &org);
    head.sync(&org);
    desk_phone.sync(&org);
    assert!(head.has(lost) && desk_phone.has(lost), "its author filed it again");
    assert!(!desk_phone.has(answered));

    assert_eq!(org.write(|tx, _| offered::list(tx)).len(), 1, "what its author filed again waits for nobody");
    assert_eq!(org.write(|tx, now| offered::confirm(tx, None, now)), 1);
    assert!(org.write(|tx, _| offered::list(tx)).is_empty());
    desk_phone.sync(&org);
    head.sync(&org);
    assert!(desk_phone.has(answered) && head.has(answered));
    let folded = org.write(move |tx, now| desk::case(tx, lost, now)).unwrap();
    assert_eq!(folded.state, CaseState::Received);
}

#[test]
fn what_others_brought_back_is_not_filed_again_by_a_phone_that_becomes_another_writer() {
    let org = Org::new();
    let (mut head, mut desk_phone) = (org.phone(org.heads[0]), org.phone(org.desks[0]));
    desk_phone.sync(&org);
    let copy = backup(&org);
    let lost = head.petition(&org, org.hamlets[0], "sau");
    head.ask(&org, head.request(&org)).unwrap();
    desk_phone.sync(&org);
    let org = restore(org, &copy);
    let offers = hear_of_restore(&mut desk_phone, &org);
    offer(&mut desk_phone, &org, &offers);

    // The answer that confirmed it never came to its author, who has something else under its number too.
    let facts = head.own.values().map(|fact| (fact.id.seq, fact.hash().into()));
    let facts = facts.chain([(lost.seq, ByteArray::from([9; 32]))]).collect();
    let former = Some(Former { writer: head.writer.0, facts });
    let request = EnrolRequest { former, ..org.request(Some(org.code(org.heads[0].0, CodeKind::Qr))) };
    let (writer, token) = (WriterId(request.writer), Token(*request.token));
    let Enrolment::Done(done) = org.enrol(request, None, "a") else { panic!() };

    let known = done.known.unwrap();
    assert!(known.held.is_some_and(|held| held.contains(&lost.seq)), "it waits for the desk");
    assert_eq!(known.taken, Some(vec![lost.seq]), "of two under one number the first that was offered stays");
    let mut again = Phone::new(writer, token, org.heads[0].1, done.certificate);
    let wanting = |phone: &Phone| SyncRequest { want: Some(vec![lost, FactId::new(head.writer, 99)]), ..phone.request(&org) };
    let answer = again.ask(&org, wanting(&again)).unwrap();
    assert_eq!(answer.unknown, Some(vec![FactId::new(head.writer, 99)]));
    org.write(|tx, now| offered::confirm(tx, None, now));
    again.sync(&org);
    assert!(again.has(lost));
}

/// A petition is lost in a restore, and the phone that wrote it was put back to before it. Gives the office, that phone, the desk's
/// phone with what it has to offer, and the petition.
fn lost_by_its_phone_too() -> (Org, Phone, (Phone, Vec<Item>), FactId) {
    let org = Org::new();
    let (mut head, mut desk_phone) = (org.phone(org.heads[0]), org.phone(org.desks[0]));
    head.sync(&org);
    desk_phone.sync(&org);
    let copy = backup(&org);
    let mut put_back = head.clone();
    let lost = head.petition(&org, org.hamlets[0], "sau");
    head.sync(&org);
    desk_phone.sync(&org);
    let org = restore(org, &copy);
    let offers = hear_of_restore(&mut desk_phone, &org);
    put_back.epoch = desk_phone.epoch;
    (org, put_back, (desk_phone, offers), lost)
}

#[test]
fn a_number_that_others_brought_back_is_not_given_out_again() {
    let (org, mut head, (mut desk_phone, offers), lost) = lost_by_its_phone_too();
    offer(&mut desk_phone, &org, &offers);

    assert_eq!(head.petition(&org, org.hamlets[0], "khác"), lost);
    assert_eq!(head.fault(&org), FaultCode::Cloned, "its phone files it again under another writer");
    for n in 0..10 {
        head.petition(&org, org.hamlets[0], &format!("{n}"));
    }
    assert_eq!(head.fault(&org), FaultCode::Cloned, "also when it is one of many");

    org.write(|tx, now| offered::confirm(tx, None, now));
    desk_phone.sync(&org);
    assert!(desk_phone.has(lost));
}

#[test]
fn what_hung_on_a_case_is_not_read_under_another_that_has_its_number_now() {
    let (org, mut head, (mut desk_phone, offers), lost) = lost_by_its_phone_too();
    assert_eq!(head.visit_like(&org), lost);
    head.sync(&org);

    offer(&mut desk_phone, &org, &offers);

    assert!(org.write(|tx, _| offered::list(tx)).is_empty());
    let folded = org.write(move |tx, now| desk::case(tx, lost, now)).unwrap();
    assert_eq!(folded.text(Slot::Text), None);
}

#[test]
fn work_on_a_lost_case_waits_until_the_case_is_confirmed() {
    let org = Org::new();
    let (mut head, mut liaison) = (org.phone(org.heads[0]), org.phone((org.liaison.0, org.liaison.1)));
    liaison.sync(&org);
    head.sync(&org);
    let copy = backup(&org);
    let lost = head.visit_like(&org);
    head.sync(&org);
    liaison.sync(&org);
    let org = restore(org, &copy);
    let offers = hear_of_restore(&mut liaison, &org);
    let note =
        CaseEvent { event: Event::Note, state: CaseState::Recorded, to: None, due: None, basis: None, way: None, day: None };
    let child = liaison.say(&org, Kind::CaseEvent, Some(lost), &note);
    liaison.sync(&org);
    assert_eq!(liaison.held, [child.seq].into());
    let offering = SyncRequest { offered: Some(Pack::of(liaison.writer, &offers)), ..liaison.request(&org) };
    let answer = liaison.ask(&org, offering).unwrap();
    liaison.take(&answer);
    org.write(|tx, now| offered::confirm(tx, None, now));
    liaison.sync(&org);
    assert!(liaison.has(lost) && liaison.has(child));
}

impl Phone {
    fn visit_like(&mut self, org: &Org) -> FactId {
        let body = Problem {
            unit: org.hamlets[0],
            urgency: Urgency::Normal,
            handling: Handling::Proposed,
            to_level: Some(Level::Commune),
            visit: None,
            receipt: None,
        };
        self.say(org, Kind::Problem, None, &body)
    }
}

#[test]
fn a_forgotten_phone_comes_back_with_its_certificate_when_the_desk_confirms() {
    let org = Org::new();
    let copy = backup(&org);
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    head.sync(&org);
    let org = restore(org, &copy);
    assert_eq!(head.fault(&org), FaultCode::UnknownToken);
    let request = EnrolRequest {
        writer: head.writer.0,
        token: head.token.to_field(),
        certificate: Some(head.certificate.clone()),
        ..org.request(None)
    };
    let forged = EnrolRequest { writer: 0xbad, ..request.clone() };
    assert!(matches!(org.enrol(forged, None, "x"), Enrolment::Refused { code: FaultCode::BadCode, .. }));
    assert_eq!(org.enrol(request.clone(), None, "x"), Enrolment::Awaits(head.writer));
    assert_eq!(org.enrol(request.clone(), None, "x"), Enrolment::Awaits(head.writer));
    assert_eq!(head.fault(&org), FaultCode::AwaitConfirmation);
    let writer = head.writer;
    org.write(move |tx, now| devices::confirm(tx, writer, now));
    assert!(matches!(org.enrol(request, None, "x"), Enrolment::Done(_)));
    hear_of_restore(&mut head, &org);
    head.sync(&org);
    assert!(head.has(case) && head.outbox.is_empty());
}

#[test]
fn what_waits_for_a_number_that_begins_no_case_any_more_is_refused() {
    let org = Org::new();
    let (mut head, mut liaison) = (org.phone(org.heads[0]), org.phone((org.liaison.0, org.liaison.1)));
    let kept = head.visit_like(&org);
    head.sync(&org);
    liaison.sync(&org);
    let copy = backup(&org);
    let org = restore(org, &copy);
    liaison.epoch = liaison.ask(&org, liaison.request(&org)).unwrap().epoch;
    head.epoch = liaison.epoch;
    let note =
        CaseEvent { event: Event::Note, state: CaseState::Recorded, to: None, due: None, basis: None, way: None, day: None };
    let lost = FactId::new(head.writer, kept.seq + 1);
    let child = liaison.say(&org, Kind::CaseEvent, Some(lost), &note);
    liaison.sync(&org);
    assert_eq!(liaison.held, [child.seq].into());

    // Put back to before the lost case, the head's phone gives its number out again.
    assert_eq!(head.say(&org, Kind::CaseEvent, Some(kept), &note), lost);
    head.sync(&org);

    let asking = SyncRequest { want: Some(vec![child]), ..liaison.request(&org) };
    let refused = liaison.ask(&org, asking).unwrap().refused.unwrap();
    assert_eq!((refused[0].seq, refused[0].code), (child.seq, Refusal::UnknownRoot.code()));
}

#[test]
fn an_enrolment_whose_answer_was_lost_goes_on_after_a_restore() {
    let org = Org::new();
    let (mut head, mut desk_phone) = (org.phone(org.heads[0]), org.phone(org.desks[0]));
    head.sync(&org);
    desk_phone.sync(&org);
    let copy = backup(&org);
    let request = org.request(None);
    let Enrolment::Done(_) = org.enrol(request.clone(), Some(head.token), "a") else { panic!() };
    desk_phone.sync(&org);
    let org = restore(org, &copy);
    let offers = hear_of_restore(&mut desk_phone, &org);
    offer(&mut desk_phone, &org, &offers);
    assert_eq!(org.write(|tx, now| offered::confirm(tx, None, now)), 1, "that it is a writer");

    let of_others = org.enrol(request.clone(), Some(desk_phone.token), "a");
    assert!(matches!(of_others, Enrolment::Refused { code: FaultCode::Cloned, .. }));
    let Enrolment::Done(_) = org.enrol(request, Some(head.token), "a") else { panic!() };
}

#[test]
fn two_restores_from_one_backup_are_two_epochs() {
    let org = Org::new();
    let copy = backup(&org);
    let org = restore(org, &copy);
    let n = org.write(|tx, now| epoch::begin_after_restore(tx, WriterId(0x0ff1d0), 7, now));
    assert_eq!(n, 8);
    assert_eq!(org.write(|tx, _| Ok(epoch::present(tx)?.writer)), WriterId(0x0ff1d0));
    assert!(org.unit(Level::Hamlet, "mới", None).writer == WriterId(0x0ff1d0));
}

#[test]
fn a_repair_is_taken_in_the_place_of_what_a_restored_office_forgot_it_refused() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let copy = backup(&org);
    let wrong = head.petition(&org, org.hamlets[3], "nhầm ấp");
    head.sync(&org);
    let org = restore(org, &copy);
    hear_of_restore(&mut head, &org);
    // The phone sends what waited for the refused root again, and not that root itself, which it repaired meanwhile.
    for seq in 2..=4 {
        head.outbox.insert(seq, head.own[&seq].clone());
    }
    head.sync(&org);
    let right = head.say_at(org.now(), Kind::Petition, None, Some(wrong), &petition(org.hamlets[0]));

    head.sync(&org);

    assert!(head.held.is_empty() && head.has(right) && !head.has(wrong));
    let folded = org.write(move |tx, now| desk::case(tx, right, now)).unwrap();
    assert_eq!(folded.text(Slot::Text), Some("nhầm ấp"));
}

#[test]
fn what_waited_before_a_restore_is_not_taken_beside_what_was_filed_in_its_place() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let wrong = head.petition(&org, org.hamlets[3], "nhầm ấp");
    head.sync(&org);
    assert!(!head.held.is_empty());
    let org = {
        let copy = backup(&org);
        restore(org, &copy)
    };
    // Meanwhile the repair was refused too, and the phone filed its words again under the repair.
    let told = head.ask(&org, head.request(&org)).unwrap();
    head.epoch = told.epoch;
    let right = head.say_at(org.now(), Kind::Petition, None, Some(wrong), &petition(org.hamlets[0]));
    let again = head.say(&org, Kind::Words, Some(right), &words("nhầm ấp"));

    head.sync(&org);

    let facts = org.write(|tx, _| Ok(tx.facts_after(Order(0), 10_000)?));
    let texts: Vec<FactId> = facts.iter().filter(|fact| fact.kind == Kind::Words).map(|fact| fact.id).collect();
    assert_eq!(texts, [again]);
}

/// Whether the text stands in a database or beside it.
pub(super) fn is_in_a_file(database: &std::path::Path, text: &str) -> bool {
    ["", "-wal"].iter().any(|end| {
        let bytes = std::fs::read(format!("{}{end}", database.display())).unwrap_or_default();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[test]
fn a_phone_that_asks_hears_the_verdict_on_its_own_and_drops_what_it_may_not_see() {
    let org = Org::new();
    let (mut head, mut other) = (org.phone(org.heads[0]), org.phone(org.heads[2]));
    let refused = head.visit(&org, org.hamlets[2]);
    head.sync(&org);
    let theirs = other.petition(&org, org.hamlets[2], "của người khác");
    other.sync(&org);

    let answer = head.ask(&org, SyncRequest { want: Some(vec![refused, theirs]), ..head.request(&org) }).unwrap();

    assert_eq!(answer.refused.unwrap()[0].seq, refused.seq);
    assert_eq!((answer.drop, answer.facts), (Some(vec![theirs]), None));
}
