#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod drafts;
mod refused;
mod views;

use fieldbook_model::body::{AnswerWay, CaseState, Event, Handling, Kind, PetitionKind, Slot};
use fieldbook_model::case::{CaseBody, Refusal};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::receipt::Receipt;

use super::*;
use crate::store::query::CaseFilter;
use crate::store::sample::*;
use crate::store::{FactState, StoreError};

const LATER: i64 = NOW + UNDO_SECONDS;

fn petition_draft(text: &str) -> PetitionDraft {
    PetitionDraft {
        unit: Some(HAMLET),
        kind: Some(PetitionKind::Feedback),
        text: text.into(),
        name: "Nguyễn Văn An".into(),
        phone: "0900000009".into(),
        ..PetitionDraft::default()
    }
}

fn case_of(phone: &Phone, root: FactId) -> fieldbook_model::case::Case {
    phone.store.read(|tx| tx.case(root)).unwrap().unwrap().folded.case
}

fn refuse(phone: &Phone, id: FactId, code: Refusal) {
    phone
        .store
        .write::<_, StoreError>(|tx| {
            tx.refuse(id, code.code(), NOW)?;
            for kept in tx.facts_of(id)?.into_iter().filter(|kept| kept.id != id) {
                tx.set_state(kept.id, FactState::Held, None)?;
            }
            Ok(())
        })
        .unwrap();
}

fn kinds(phone: &Phone, root: FactId) -> Vec<Kind> {
    phone.store.read(|tx| tx.facts_of(root)).unwrap().into_iter().filter_map(|kept| kept.fact).map(|fact| fact.kind).collect()
}

#[test]
fn a_visit_is_saved_whole_and_its_problems_are_cases_of_their_own() {
    let phone = Phone::of_liaison();

    let saved = phone.save(visit(&phone, "mọi việc bình thường"), NOW);

    assert_eq!(kinds(&phone, saved.root), [Kind::Visit, Kind::Words, Kind::Photo, Kind::FollowUp, Kind::Words]);
    let case = case_of(&phone, saved.root);
    assert_eq!(case.text(Slot::Remark), Some("mọi việc bình thường"));
    assert_eq!(case.text(Slot::topic(0)), Some("đường sạch"));
    assert_eq!(
        (case.follow_ups[0].text.as_deref(), case.follow_ups[0].month),
        (Some("Sửa đèn đường"), Day::of(NOW).month() + 1)
    );
    let problems = phone.store.read(|tx| tx.search("cau hong", None)).unwrap().lines;
    let CaseBody::Problem(problem) = case_of(&phone, problems[0].root).body else { panic!("a problem") };
    assert_eq!((problem.visit, problem.handling), (Some(saved.root), Handling::Proposed));
    assert!(saved.receipt.unwrap().parse::<Receipt>().is_ok());
    assert_eq!(phone.store.drafts().unwrap(), []);
}

#[test]
fn what_cannot_be_undone_any_more_is_withdrawn_until_somebody_works_on_it() {
    let phone = Phone::of_head();
    let saved = phone.save(Draft::Petition(petition_draft("Mất nước")), NOW);
    phone.confirm_all();

    phone.store.withdraw(saved.root, NOW + 3_600).unwrap();

    let line = phone.store.read(|tx| tx.cases(&CaseFilter::default(), None)).unwrap().lines[0].clone();
    assert!(line.withdrawn && !line.open && line.unconfirmed);
    let other = phone.save(Draft::Petition(petition_draft("Mất điện")), LATER);
    phone.confirm_all();
    phone.receive(&[event_fact(50, other.root, Event::Start, CaseState::InProgress)]);
    assert!(matches!(phone.store.withdraw(other.root, NOW + 3_600), Err(WorkError::Refused(Refusal::NotAllowedNow))));
}

#[test]
fn a_petition_keeps_the_resident_apart_and_masks_the_name() {
    let phone = Phone::of_head();
    let saved = phone.save(Draft::Petition(petition_draft("Mất nước")), NOW);
    let case = case_of(&phone, saved.root);
    assert_eq!(kinds(&phone, saved.root), [Kind::Petition, Kind::Words, Kind::Identity, Kind::Mask]);
    assert_eq!((case.mask.as_deref(), case.identity.unwrap().name.as_deref()), (Some("Nguyễn V. A."), Some("Nguyễn Văn An")));
    let anonymous = PetitionDraft { anonymous: true, ..petition_draft("Mất điện") };
    let saved = phone.save(Draft::Petition(anonymous), LATER);
    assert_eq!(kinds(&phone, saved.root), [Kind::Petition, Kind::Words]);
}

#[test]
fn what_is_missing_is_named_by_its_field_and_the_draft_stays() {
    let phone = Phone::of_liaison();
    let whole = VisitDraft { unit: Some(HAMLET), place_reason: "ở nhà".into(), ..VisitDraft::default() };
    let today = Day::of(NOW);
    let wrong: [(Draft, Field, Why); 9] = [
        (Draft::Visit(VisitDraft { unit: None, ..whole.clone() }), Field::Unit, Why::Missing),
        (Draft::Visit(VisitDraft { place_reason: " ".into(), ..whole.clone() }), Field::PlaceReason, Why::Missing),
        (Draft::Visit(VisitDraft { day: Some(today.plus(1)), ..whole.clone() }), Field::Day, Why::InFuture),
        (Draft::Visit(VisitDraft { day: Some(today.plus(-8)), ..whole.clone() }), Field::Day, Why::TooOld),
        (Draft::Visit(VisitDraft { problems: vec![problem("")], ..whole.clone() }), Field::Problem(0), Why::Missing),
        (Draft::Visit(VisitDraft { remark: "x".repeat(9_000), ..whole }), Field::Text(Slot::Remark), Why::TooLong),
        (Draft::Problem(ProblemDraft { to_level: None, ..problem("Cầu hỏng") }), Field::Level, Why::Missing),
        (Draft::Petition(PetitionDraft { name: String::new(), ..petition_draft("x") }), Field::Name, Why::Missing),
        (Draft::Petition(PetitionDraft { kind: None, ..petition_draft("x") }), Field::Kind, Why::Missing),
    ];
    for (draft, field, why) in wrong {
        let id = phone.store.keep_draft(None, &draft, "review", NOW).unwrap();
        let Err(WorkError::Invalid(invalid)) = phone.store.save(id, NOW) else { panic!("{field:?} must be refused") };
        assert_eq!((invalid.field, invalid.why), (field, why));
        assert_eq!(phone.store.draft(id).unwrap().draft, draft);
    }
    assert_eq!(phone.store.read(|tx| tx.cases(&CaseFilter::default(), None)).unwrap().lines, []);
}

#[test]
fn what_the_office_would_refuse_is_told_before_it_is_saved() {
    let head = Phone::of_head();
    let id = head.store.keep_draft(None, &visit(&head, "của người khác"), "review", NOW).unwrap();
    assert!(matches!(head.store.save(id, NOW), Err(WorkError::Refused(Refusal::NotYourDuty))));
    let elsewhere = Draft::Problem(ProblemDraft { unit: Some(OTHER_HAMLET), ..problem("Cầu hỏng") });
    let id = head.store.keep_draft(None, &elsewhere, "review", NOW).unwrap();
    assert!(matches!(head.store.save(id, NOW), Err(WorkError::Refused(Refusal::NotYourUnit))));
    assert_eq!(head.store.read(|tx| tx.waiting_counts()).unwrap().cases, 0);
}

#[test]
fn of_several_posts_that_fit_one_must_be_chosen() {
    let phone = Phone::of_head();
    let second = fieldbook_model::body::Post {
        person: HEAD,
        unit: HAMLET,
        title: "bí thư chi bộ".into(),
        role: fieldbook_model::body::Role::Secretary,
        from: Day::of(NOW).plus(-10),
        to: None,
    };
    phone.receive(&[fact(OFFICE, 70, Kind::Post, None, None, &second)]);
    let secretary = FactId::new(OFFICE, 70);
    let id = phone.store.keep_draft(None, &Draft::Problem(problem("Cầu hỏng")), "review", NOW).unwrap();

    let Err(WorkError::ChoosePost(fits)) = phone.store.save(id, NOW) else { panic!("must ask") };
    assert_eq!(fits, [HEAD_POST, secretary]);

    let chosen = ProblemDraft { post: Some(secretary), ..problem("Cầu hỏng") };
    let id = phone.store.keep_draft(Some(id), &Draft::Problem(chosen), "review", NOW).unwrap();
    let saved = phone.store.save(id, NOW).unwrap();
    assert_eq!(case_of(&phone, saved.root).post, Some(secretary));
}

#[test]
fn an_answer_before_there_is_a_result_is_told_at_once() {
    let phone = Phone::of_head();
    let saved = phone.save(Draft::Petition(petition_draft("Mất nước")), NOW);
    let answer = Answer { way: AnswerWay::Phone, day: None, text: "đã gọi".into() };
    let early = phone.store.answer_resident(saved.root, &answer, None, LATER);
    assert!(matches!(early, Err(WorkError::Refused(Refusal::NotAllowedNow))));
}

#[test]
fn nothing_can_be_written_before_enrolment() {
    let dir = tempfile::tempdir().unwrap();
    let store = crate::store::Store::open(&dir.path().join("phone.db")).unwrap();
    let id = store.keep_draft(None, &Draft::Problem(problem("Cầu hỏng")), "review", NOW).unwrap();
    assert!(matches!(store.save(id, NOW), Err(WorkError::Store(StoreError::NotEnrolled))));
    assert_eq!(store.drafts().unwrap().len(), 1);
}
