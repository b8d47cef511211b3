//! What the office refused: put right, given up, and what hung on it.

use super::*;
use crate::store::query::Attention;

#[test]
fn a_refused_visit_is_repaired_under_the_same_receipt_and_its_followers_go_along() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "ngày sai"), NOW);
    phone.store.add_note(saved.root, "xin xem lại", None, LATER).unwrap();
    refuse(&phone, saved.root, Refusal::VisitInFuture);
    let attention = phone.store.read(|tx| tx.needs_attention()).unwrap();
    assert_eq!(attention[0].why, Attention::Refused { fact: saved.root, code: Refusal::VisitInFuture.code(), held: 6 });

    let draft = phone.store.repair(saved.root, LATER).unwrap();
    let Draft::Visit(mut again) = phone.store.draft(draft).unwrap().draft else { panic!("a visit") };
    assert_eq!((&again.receipt, again.photos.len(), again.promises.len()), (&saved.receipt, 1, 1));
    again.remark = "ngày đúng".into();
    phone.store.keep_draft(Some(draft), &Draft::Visit(again), "review", LATER).unwrap();
    let repaired = phone.store.save(draft, LATER).unwrap();

    assert_eq!(repaired.receipt, saved.receipt);
    let case = case_of(&phone, repaired.root);
    assert_eq!(case.text(Slot::Remark), Some("ngày đúng"));
    assert_eq!((case.photos.len(), case.follow_ups.len()), (1, 1), "what hung on the refused one is not doubled");
    assert!(case.history.iter().any(|line| line.text.as_deref() == Some("xin xem lại")));
    assert_eq!(phone.store.read(|tx| tx.needs_attention()).unwrap(), []);
    assert_eq!(phone.store.read(|tx| tx.resolve(saved.root)).unwrap(), repaired.root);
    assert!(matches!(phone.store.repair(saved.root, LATER), Err(WorkError::NotRefused)));

    phone.store.undo(repaired.first, LATER + 1).unwrap();
    assert_eq!(phone.store.read(|tx| tx.needs_attention()).unwrap().len(), 1);
}

#[test]
fn a_record_refused_twice_keeps_all_that_hung_on_it_and_names_one_root_only() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "đã họp dân"), NOW);
    refuse(&phone, saved.root, Refusal::NotYourUnit);
    let draft = phone.store.repair(saved.root, LATER).unwrap();
    let second = phone.store.save(draft, LATER).unwrap();

    refuse(&phone, second.root, Refusal::NotYourUnit);

    let unsent = |root| phone.store.read(|tx| tx.facts_of(root)).unwrap().into_iter().filter(|kept| kept.id != root).count();
    assert_eq!((unsent(saved.root), unsent(second.root)), (0, 4), "it is filed anew under the repair");
    let draft = phone.store.repair(second.root, LATER).unwrap();
    let third = phone.store.save(draft, LATER).unwrap();
    let case = case_of(&phone, third.root);
    assert_eq!((case.text(Slot::Remark), case.photos.len(), case.follow_ups.len()), (Some("đã họp dân"), 1, 1));
    assert_eq!(third.receipt, saved.receipt);
}

#[test]
fn a_discarded_case_takes_its_followers_along_and_stays_visible() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "không cần nữa"), NOW);
    assert!(matches!(phone.store.discard(saved.root), Err(WorkError::NotRefused)));
    refuse(&phone, saved.root, Refusal::NotYourUnit);

    phone.store.discard(saved.root).unwrap();

    let facts = phone.store.read(|tx| tx.facts_of(saved.root)).unwrap();
    assert!(facts.iter().all(|kept| kept.state == FactState::Discarded));
    assert_eq!(phone.store.read(|tx| tx.needs_attention()).unwrap(), []);
    let lines = phone.store.read(|tx| tx.search("khong can nua", None)).unwrap().lines;
    assert!(lines[0].discarded && !lines[0].open);
}

#[test]
fn a_refused_event_does_not_move_the_case() {
    let phone = Phone::of_head();
    let saved = phone.save(Draft::Petition(petition_draft("Mất nước")), NOW);
    phone.confirm_all();
    phone.receive(&[event_fact(50, saved.root, Event::Resolve, CaseState::Resolved)]);
    let answer = Answer { way: AnswerWay::Phone, day: None, text: "đã gọi".into() };
    let answered = phone.store.answer_resident(saved.root, &answer, None, LATER).unwrap();
    assert_eq!(case_of(&phone, saved.root).state, CaseState::Answered);

    phone.store.write(|tx| tx.refuse(answered.first, Refusal::NotAllowedNow.code(), NOW)).unwrap();

    assert_eq!(case_of(&phone, saved.root).state, CaseState::Resolved);
    let attention = phone.store.read(|tx| tx.needs_attention()).unwrap();
    assert!(matches!(attention[0].why, Attention::Refused { fact, .. } if fact == answered.first));
}
