//! Where the phone stands with its office: tokens, a clone, a revoked phone.

use fieldbook_model::receipt::Receipt;
use fieldbook_protocol::enrol::Known;
use fieldbook_protocol::sync::{CheckAnswer, RefusedBefore};

use super::*;

#[test]
fn the_token_is_replaced_every_thirty_days_and_a_lost_answer_does_not_lock_out() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.settle(&mut office);
    assert_eq!(office.requests.last().unwrap().next_token, None);
    phone.pass(31 * 86_400);
    let effect = phone.next();
    office.answer(&effect).unwrap();
    phone.restart();
    phone.settle(&mut office);
    phone.nudge();
    phone.settle(&mut office);
    assert_ne!(office.token, [1; 32]);
    assert_eq!(phone.token(), Some(office.token));
    assert_eq!(phone.sync_state().next_token, None);
    assert!(office.enrolments.is_empty());
}

#[test]
fn a_cloned_phone_becomes_a_new_writer_and_files_again_what_was_not_confirmed() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let confirmed = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    phone.settle(&mut office);
    let root = phone.save(problem("KAM-0002-X"));
    let child = phone.save(words(root, "mất nước"));
    let note = phone.save(words(confirmed, "thêm"));
    office.log.insert(child, (Order::new(1, 500).0, [0; 32]));
    phone.pass(11);
    phone.settle(&mut office);

    let writer = phone.store.read(|tx| tx.account()).unwrap().writer;
    assert_ne!(writer, WRITER);
    assert_eq!(office.enrolments.len(), 1);
    // The first fact was taken as it is before the second one showed the clone.
    assert_eq!(phone.state(root), Some(FactState::Confirmed));
    assert_eq!((phone.state(child), phone.state(note)), (None, None));
    let again = phone.store.read(|tx| tx.facts_of(root)).unwrap();
    let moved: Vec<FactId> = again.iter().map(|kept| kept.id).filter(|id| id.writer == writer).collect();
    assert_eq!(moved, [FactId::new(writer, 1)]);
    assert!(again.iter().all(|kept| kept.state == FactState::Confirmed));
    let of_first = phone.store.read(|tx| tx.facts_of(confirmed)).unwrap();
    assert_eq!(of_first.len(), 2);
    let case = phone.store.read(|tx| tx.fold(root)).unwrap().unwrap().case;
    assert_eq!(case.receipt.as_deref(), Some("KAM-0002-X"));
    assert_eq!(case.text(Slot::Text), Some("mất nước"));
}

#[test]
fn references_between_refiled_facts_are_moved() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let root = phone.save(problem("KAM-0001-X"));
    let child = phone.save(words(root, "hỏng cầu"));
    office.log.insert(root, (Order::new(1, 500).0, [0; 32]));
    phone.pass(11);
    phone.settle(&mut office);
    let writer = phone.store.read(|tx| tx.account()).unwrap().writer;
    let moved = FactId::new(writer, 1);
    let case = phone.store.read(|tx| tx.fold(moved)).unwrap().unwrap().case;
    assert_eq!((case.receipt.as_deref(), case.text(Slot::Text)), (Some("KAM-0001-X"), Some("hỏng cầu")));
    assert_eq!((phone.state(root), phone.state(child)), (None, None));
    assert!(office.log.contains_key(&moved));
}

#[test]
fn a_revoked_phone_stops_says_so_and_tries_again_only_when_asked() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let id = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    office.fault = Some((403, FaultCode::Revoked, None));
    phone.exchange(&mut office);
    assert_eq!(phone.next(), Effect::Idle);
    assert_eq!(phone.status().problem, Some(super::super::Problem::Revoked));
    phone.restart();
    phone.exchange(&mut office);
    assert_eq!(phone.state(id), Some(FactState::Confirmed));
    assert_eq!(phone.status().problem, None);
}

#[test]
fn an_office_that_forgot_the_token_is_shown_the_certificate_and_confirms() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.settle(&mut office);
    office.token = [77; 32];
    phone.nudge();
    phone.exchange(&mut office);
    phone.nudge();
    office.fault = Some((202, FaultCode::AwaitConfirmation, None));
    phone.exchange(&mut office);
    assert_eq!(phone.status().problem, Some(super::super::Problem::AwaitConfirmation));
    assert!(matches!(phone.next(), Effect::Wait { .. }));
    phone.restart();
    office.fault = None;
    phone.settle(&mut office);
    assert_eq!(phone.status().problem, None);
    let [first, .., last] = office.enrolments.as_slice() else { panic!("asked once only") };
    assert_eq!((first.writer, first.certificate.is_some()), (WRITER.0, true));
    assert_eq!(first.token, last.token);
    assert_eq!(phone.store.read(|tx| tx.account()).unwrap().writer, WRITER);
}

#[test]
fn a_held_fact_whose_case_went_out_of_sight_goes() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.refuse.insert(1, 6);
    office.hold = vec![2];
    let wrong = phone.save(problem("KAM-0001-X"));
    let remark = phone.save(words(wrong, "thêm"));
    phone.pass(11);
    phone.settle(&mut office);
    assert_eq!(phone.state(remark), Some(FactState::Held));
    let elsewhere = FactId::new(OTHER, 9);

    office.also = Some(SyncAnswer { drop: Some(vec![elsewhere, remark]), ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(&mut office);

    assert_eq!((phone.state(wrong), phone.state(remark)), (Some(FactState::Refused), None));
}

#[test]
fn a_held_fact_that_is_unknown_to_the_office_goes_again() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let held = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    office.hold = vec![held.seq];
    phone.settle(&mut office);
    assert_eq!(phone.state(held), Some(FactState::Held));
    office.hold.clear();

    phone.pass(2 * 86_400);
    let check = Some(CheckAnswer { same: true, parts: None });
    office.also = Some(SyncAnswer { check, ..SyncAnswer::default() });
    phone.settle(&mut office);

    assert_eq!(phone.state(held), Some(FactState::Confirmed));
    assert!(office.log.contains_key(&held));
}

/// The office was restored, told a copy of this phone first, and had the copy's text under the number.
#[test]
fn a_held_fact_whose_number_stands_for_another_is_filed_again() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.settle(&mut office);
    let held = phone.save(problem("KAM-0001-X"));
    phone.store.write(|tx| tx.set_state(held, FactState::Held, None)).unwrap();
    let other = Fact::seal(held, problem("KAM-0002-X")).unwrap();
    let order = Order::new(1, 500);
    let item = Item { id: held, order: Some(order), content: Content::Whole(other) };
    office.also = Some(SyncAnswer {
        acknowledged: Some(vec![Acknowledged { first_seq: held.seq, count: 1, first_order: order.0 }]),
        facts: Some(Pack::of(WRITER, &[item])),
        ..SyncAnswer::default()
    });
    phone.nudge();

    phone.exchange(&mut office);

    assert_eq!(phone.state(held), Some(FactState::Sent), "the verdict is about the other");
    assert!(phone.sync_state().enrolment.is_some(), "it becomes another writer and files it again");
}

/// The phone was put back to an older state and gave the number out again; the old text came back to the restored office, which had
/// forgotten what waited, and is of a case that is not for this phone any more.
#[test]
fn a_held_fact_that_is_taken_by_name_only_goes_again() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.epoch = 2;
    phone.settle(&mut office);
    let held = phone.save(problem("KAM-0001-X"));
    phone.store.write(|tx| tx.set_state(held, FactState::Held, None)).unwrap();
    phone.pass(2 * 86_400);
    let asks = |phone: &Phone| phone.store.read(|tx| tx.wanted(10)).unwrap() == [held];
    for _ in 0..3 {
        if asks(&phone) {
            office.also = Some(SyncAnswer {
                acknowledged: Some(vec![Acknowledged { first_seq: held.seq, count: 1, first_order: Order::new(1, 500).0 }]),
                drop: Some(vec![held]),
                ..SyncAnswer::default()
            });
        } else {
            let check = Some(CheckAnswer { same: true, parts: None });
            office.also = Some(SyncAnswer { check, ..SyncAnswer::default() });
        }
        phone.exchange(&mut office);
    }
    assert_eq!(phone.state(held), Some(FactState::Confirmed));
    assert!(office.log.contains_key(&held), "with its bytes");
}

#[test]
fn a_new_code_ends_the_stop_and_a_late_answer_to_the_old_token_does_not_stop_the_phone_anew() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let id = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    office.fault = Some((403, FaultCode::Revoked, None));
    phone.exchange(&mut office);
    assert_eq!(phone.status().problem, Some(super::super::Problem::Revoked));
    phone.nudge();
    assert!(matches!(phone.next(), Effect::Post { .. }));
    phone.store.write(|tx| tx.begin_account(AGAIN, [2; 32], &enrol_answer("LEM"), phone.now / 1000)).unwrap();
    assert_eq!(phone.status().problem, None);

    phone.tell(Event::Answered(fault(403, FaultCode::Revoked, None)));

    assert_eq!(phone.status().problem, None);
    office.token = [2; 32];
    office.enrolments.push(EnrolRequest {
        protocol: 1,
        code: None,
        writer: AGAIN.0,
        token: [2; 32].into(),
        device: String::new(),
        look: false,
        certificate: None,
        former: None,
    });
    phone.settle(&mut office);
    assert_eq!((phone.state(id), phone.state(FactId::new(AGAIN, 1))), (None, Some(FactState::Confirmed)));
}

#[test]
fn an_answer_to_the_writer_before_moves_no_cursor() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.publish(&of_other(1));
    let effect = phone.next();
    let late = office.answer(&effect).unwrap();
    phone.store.write(|tx| tx.begin_account(AGAIN, [2; 32], &enrol_answer("LEM"), phone.now / 1000)).unwrap();

    phone.tell(Event::Answered(late));

    assert_eq!(phone.sync_state().cursor, None);
}

#[test]
fn what_had_arrived_under_the_former_writer_is_not_filed_again() {
    let phone = Phone::enrolled();
    let [arrived, not] = ["KAM-0001-X", "KAM-0002-X"].map(|receipt| phone.save(problem(receipt)));
    let former = phone.store.read(|tx| tx.former()).unwrap().unwrap();
    assert_eq!(former.facts.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [arrived.seq, not.seq]);
    let order = Order::new(1, 40).0;
    let acknowledged = Some(vec![Acknowledged { first_seq: arrived.seq, count: 1, first_order: order }]);
    let answer = EnrolAnswer { known: Some(Known { acknowledged, ..Known::default() }), ..enrol_answer("LEM") };

    phone.store.write(|tx| tx.begin_account(AGAIN, [2; 32], &answer, phone.now / 1000)).unwrap();

    assert_eq!((phone.state(arrived), phone.state(not)), (Some(FactState::Confirmed), None));
    assert_eq!(phone.state(FactId::new(AGAIN, 1)), Some(FactState::Waiting));
    assert_eq!(phone.state(FactId::new(AGAIN, 2)), None);
}

#[test]
fn what_was_erased_before_a_restore_is_not_filed_again() {
    let phone = Phone::enrolled();
    let [erased, kept] = ["KAM-0001-X", "KAM-0002-X"].map(|receipt| phone.save(problem(receipt)));
    let answer =
        EnrolAnswer { known: Some(Known { erased: Some(vec![erased.seq]), ..Known::default() }), ..enrol_answer("LEM") };

    phone.store.write(|tx| tx.begin_account(AGAIN, [2; 32], &answer, phone.now / 1000)).unwrap();

    assert_eq!((phone.state(erased), phone.state(kept)), (None, None));
    assert_eq!(phone.state(FactId::new(AGAIN, 1)), Some(FactState::Waiting));
    assert_eq!(phone.state(FactId::new(AGAIN, 2)), None);
}

/// A fact of it waits at the office under the writer it was before.
fn another_writer_with_something_held() -> (Phone, Office, FactId) {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let held = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    office.hold = vec![held.seq];
    phone.settle(&mut office);
    phone.store.write(|tx| tx.begin_account(AGAIN, [1; 32], &enrol_answer("LEM"), phone.now / 1000)).unwrap();
    assert_eq!(phone.state(held), Some(FactState::Held));
    (phone, office, held)
}

#[test]
fn what_waited_under_a_writer_the_phone_was_is_sent_back_when_the_office_says_so() {
    let (mut phone, mut office, held) = another_writer_with_something_held();

    let refused_before = Some(vec![RefusedBefore { id: held, code: 6 }]);
    office.also = Some(SyncAnswer { refused_before, ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(&mut office);

    assert_eq!(phone.state(held), Some(FactState::Refused));
    assert_eq!(phone.store.read(|tx| tx.refusal(held)).unwrap(), Some(6));
}

#[test]
fn what_waited_under_a_writer_the_phone_was_is_filed_again_when_the_office_lost_it() {
    let (mut phone, mut office, held) = another_writer_with_something_held();

    phone.pass(2 * 86_400);
    let check = Some(CheckAnswer { same: true, parts: None });
    office.also = Some(SyncAnswer { check: check.clone(), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    phone.exchange(&mut office);
    assert_eq!(phone.state(held), Some(FactState::Held), "it waits there");
    office.hold.clear();
    phone.pass(2 * 86_400);
    office.also = Some(SyncAnswer { check, ..SyncAnswer::default() });
    phone.exchange(&mut office);
    phone.exchange(&mut office);

    let filed = FactId::new(AGAIN, 1);
    assert_eq!((phone.state(held), phone.state(filed)), (None, Some(FactState::Waiting)));
    assert_eq!(phone.state(FactId::new(AGAIN, 2)), None);
}

#[test]
fn a_phone_put_back_gives_no_number_and_no_receipt_out_again() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let receipt = phone.store.write(|tx| tx.next_receipt()).unwrap();
    let forgotten = Receipt::new(receipt.label().clone(), receipt.counter() + 3).to_string();
    office.publish(&Fact::seal(FactId::new(WRITER, 5), problem(&forgotten)).unwrap());
    phone.settle(&mut office);

    assert_eq!(phone.save(problem("KAM-0009-X")), FactId::new(WRITER, 6));
    assert_eq!(phone.store.write(|tx| tx.next_receipt()).unwrap().counter(), receipt.counter() + 4);
}
