//! How a phone becomes a writer, and how it is shut out.

use fieldbook_protocol::enrol::{Former, Known};

use super::*;

#[test]
fn a_look_tells_whose_code_it_is_and_uses_nothing_up() {
    let org = Org::new();
    let code = org.code(org.heads[0].0, CodeKind::Qr);
    assert_eq!(code.len(), 26);
    let request = org.request(Some(code.to_lowercase()));
    let Enrolment::Done(looked) = org.enrol(EnrolRequest { look: true, ..request.clone() }, None, "a") else { panic!() };
    assert_eq!((looked.name.as_str(), looked.posts.len(), looked.label.as_str()), ("Trưởng ấp 0", 1, ""));
    let Enrolment::Done(done) = org.enrol(request.clone(), None, "a") else { panic!() };
    assert!(done.label.len() >= 3 && !done.certificate.is_empty());
    assert_eq!(org.enrol(request.clone(), None, "a"), Enrolment::Done(done), "a lost answer is given again");
    let other = EnrolRequest { code: request.code, ..org.request(None) };
    assert!(matches!(org.enrol(other, None, "a"), Enrolment::Refused { code: FaultCode::BadCode, .. }), "good for one phone");
}

#[test]
fn a_code_is_void_after_three_days() {
    let org = Org::new();
    let request = org.request(Some(org.code(org.heads[0].0, CodeKind::Qr)));
    org.wait_days(3);
    assert!(matches!(org.enrol(request, None, "a"), Enrolment::Refused { code: FaultCode::BadCode, .. }));
}

#[test]
fn typed_codes_cannot_be_guessed_by_trying() {
    let org = Org::new();
    let code = org.code(org.heads[0].0, CodeKind::Typed);
    assert!(code.len() == 10 && code.bytes().all(|b| b.is_ascii_digit()));
    let wrong = if code == "0000000000" { "0000000001" } else { "0000000000" };
    for _ in 0..5 {
        let refused = org.enrol(org.request(Some(wrong.into())), None, "nơi này");
        assert!(matches!(refused, Enrolment::Refused { code: FaultCode::BadCode, .. }));
    }
    let waits = org.enrol(org.request(Some(code.clone())), None, "nơi này");
    assert!(
        matches!(waits, Enrolment::Refused { code: FaultCode::Slower, retry_after: Some(3_600) }),
        "not even the right one"
    );
    assert!(matches!(org.enrol(org.request(Some(code)), None, "nơi khác"), Enrolment::Done(_)));
}

#[test]
fn labels_differ_and_a_cloned_phone_gets_a_writer_of_its_own() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let request = org.request(None);
    let Enrolment::Done(first) = org.enrol(request.clone(), Some(head.token), "a") else { panic!() };
    let Enrolment::Done(again) = org.enrol(request.clone(), Some(head.token), "a") else { panic!() };
    assert_eq!(first, again);
    let listed = org.write(|tx, _| Ok(devices::list(tx)?));
    let labels: BTreeSet<_> = listed.iter().map(|(device, _)| device.label.clone()).collect();
    assert_eq!((labels.len(), listed.len()), (2, 2));
    let mut second = Phone::new(WriterId(request.writer), Token(*request.token), org.heads[0].1, first.certificate.clone());
    let case = head.petition(&org, org.hamlets[0], "x");
    head.sync(&org);
    second.sync(&org);
    assert!(second.has(case), "the same person's other writer sees it");
    second.say(&org, Kind::Withdrawal, Some(case), &Withdrawal {});
    second.sync(&org);
    assert!(second.refused.is_empty(), "own work stays own work");
}

#[test]
fn a_next_token_is_taken_when_it_is_first_used() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let next = Token([9; 32]);
    let request = SyncRequest { next_token: Some(next.to_field()), ..head.request(&org) };
    head.ask(&org, request).unwrap();
    head.sync(&org);
    let old = head.token;
    head.token = next;
    head.sync(&org);
    head.token = old;
    assert_eq!(head.fault(&org), FaultCode::UnknownToken);
}

#[test]
fn a_revoked_phone_is_told_so_and_may_not_come_back_by_certificate() {
    let org = Org::new();
    let head = org.phone(org.heads[0]);
    let writer = head.writer;
    org.write(move |tx, _| devices::revoke(tx, writer));
    assert_eq!(head.fault(&org), FaultCode::Revoked);
    let request = EnrolRequest { writer: writer.0, certificate: Some(head.certificate.clone()), ..org.request(None) };
    assert!(matches!(org.enrol(request, None, "a"), Enrolment::Refused { code: FaultCode::Revoked, .. }));
}

#[test]
fn a_wrong_clock_is_noted_and_changes_nothing() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let request = SyncRequest { now: org.now() + 90_000, ..head.request(&org) };
    head.ask(&org, request).unwrap();
    let device = org.write(|tx, _| Ok(devices::list(tx)?)).remove(0).0;
    assert_eq!((device.skew, device.last_seen), (90_000, Some(org.now())));
}

#[test]
fn a_phone_that_comes_with_a_new_code_hears_what_had_arrived_and_its_former_token_is_void() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.petition(&org, org.hamlets[0], "đã đến");
    let refused = head.visit(&org, org.hamlets[2]);
    let answer = head.ask(&org, head.request(&org)).unwrap();
    head.visit(&org, org.hamlets[0]);
    let facts = head.own.values().map(|fact| (fact.id.seq, ByteArray::from(fact.hash()))).collect();
    let former = Some(Former { writer: head.writer.0, facts });
    let request = EnrolRequest { former, ..org.request(Some(org.code(org.heads[0].0, CodeKind::Qr))) };

    let Enrolment::Done(done) = org.enrol(request.clone(), None, "a") else { panic!() };

    let known = done.known.clone().unwrap();
    assert_eq!(known.acknowledged, answer.acknowledged);
    assert_eq!(known.refused.as_ref().map(|refused| refused[0].seq), Some(refused.seq));
    assert_eq!(known.refused, answer.refused);
    assert_eq!(org.enrol(request, None, "a"), Enrolment::Done(done), "a lost answer is given again");
    assert_eq!(head.fault(&org), FaultCode::Revoked, "what is still under way comes too late");
}

#[test]
fn a_phone_that_was_put_back_hears_which_of_its_numbers_something_else_has() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let visit = head.visit(&org, org.hamlets[0]);
    head.sync(&org);
    let facts = vec![(visit.seq, ByteArray::from([9; 32])), (visit.seq + 100, ByteArray::from([8; 32]))];
    let former = Some(Former { writer: head.writer.0, facts });
    let request = EnrolRequest { former, ..org.request(Some(org.code(org.heads[0].0, CodeKind::Qr))) };

    let Enrolment::Done(done) = org.enrol(request, None, "a") else { panic!() };

    assert_eq!(done.known, Some(Known { taken: Some(vec![visit.seq]), ..Known::default() }));
}

#[test]
fn nobody_hears_of_the_facts_of_others_by_enrolling() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let visit = head.visit(&org, org.hamlets[0]);
    let hash = head.own[&visit.seq].hash();
    head.sync(&org);
    let former = Some(Former { writer: head.writer.0, facts: vec![(visit.seq, hash.into())] });
    let request = EnrolRequest { former, ..org.request(Some(org.code(org.heads[1].0, CodeKind::Qr))) };

    let Enrolment::Done(done) = org.enrol(request, None, "a") else { panic!() };

    assert_eq!(done.known, Some(Known::default()));
    head.sync(&org);
}
