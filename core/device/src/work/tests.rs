#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use fieldbook_model::body::{AnswerWay, CaseState, Event, Handling, Kind, Number, PetitionKind, ReportKind, Slot};
use fieldbook_model::case::{CaseBody, Refusal};
use fieldbook_model::coverage::HamletState;
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::receipt::Receipt;

use super::*;
use crate::store::query::{Attention, CaseFilter, OutboxState};
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
fn every_draft_comes_back_after_a_kill_with_its_page_and_time() {
    let phone = Phone::of_liaison();
    let draft = visit(&phone, "dở dang");
    let id = phone.store.keep_draft(None, &Draft::Visit(VisitDraft::default()), "unit", NOW).unwrap();
    phone.store.keep_draft(Some(id), &draft, "topics", NOW + 60).unwrap();

    let phone = phone.restarted();

    let lines = phone.store.drafts().unwrap();
    assert_eq!(lines, [DraftLine { id, draft, step: "topics".into(), started: NOW, updated: NOW + 60 }]);
}

#[test]
fn undo_within_ten_seconds_gives_the_draft_back_and_leaves_no_fact() {
    let phone = Phone::of_liaison();
    let before = phone.dump_views();
    let saved = phone.save(visit(&phone, "nhầm ấp"), NOW);

    let draft = phone.store.undo(saved.first, NOW + UNDO_SECONDS - 1).unwrap();

    assert_eq!(phone.dump_views(), before);
    assert_eq!(phone.store.read(|tx| tx.facts_of(saved.root)).unwrap(), []);
    assert!(phone.dir.path().join("1.jpg").exists());
    let Draft::Visit(restored) = phone.store.draft(draft).unwrap().draft else { panic!("a visit") };
    assert_eq!((restored.remark.as_str(), &restored.receipt), ("nhầm ấp", &saved.receipt));

    let again = phone.store.save(draft, NOW + 60).unwrap();
    assert_eq!(again.receipt, saved.receipt);
    assert!(again.root.seq > saved.root.seq, "a sequence number is never used twice");
    assert!(phone.store.read(|tx| tx.blob(&[1; 32])).unwrap().is_some());
}

#[test]
fn what_is_written_after_a_check_does_not_look_damaged_at_the_next() {
    let phone = Phone::of_liaison();
    for text in ["lượt đầu", "lượt sau", "lượt cuối"] {
        phone.save(visit(&phone, text), LATER);
        phone.store.read(|tx| tx.search("luot", None)).unwrap();
        assert_eq!(phone.store.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn a_draft_tells_what_it_became_until_another_is_saved() {
    let phone = Phone::of_liaison();
    let draft = phone.store.keep_draft(None, &visit(&phone, "xong"), "check", NOW).unwrap();
    assert_eq!(phone.store.saved_as(draft).unwrap(), None);

    let saved = phone.store.save(draft, NOW).unwrap();

    let phone = phone.restarted();
    assert_eq!(phone.store.saved_as(draft).unwrap().as_ref(), Some(&saved));
    phone.store.undo(saved.first, NOW).unwrap();
    assert_eq!(phone.store.saved_as(draft).unwrap(), None, "a form again");
    phone.store.save(draft, NOW).unwrap();
    phone.save(visit(&phone, "lượt sau"), LATER);
    assert_eq!(phone.store.saved_as(draft).unwrap(), None, "forgotten");
}

#[test]
fn a_late_keep_brings_back_neither_an_erased_draft_nor_a_saved_one() {
    let phone = Phone::of_liaison();
    let keep = |id, text: &str| phone.store.keep_draft(Some(id), &visit(&phone, text), "check", NOW);
    let erased = phone.store.keep_draft(None, &visit(&phone, "x"), "check", NOW).unwrap();
    let saved = phone.store.keep_draft(None, &visit(&phone, "y"), "check", NOW).unwrap();
    phone.store.erase_draft(erased).unwrap();
    let first = phone.store.save(saved, NOW).unwrap().first;

    assert!(matches!(keep(erased, "late"), Err(WorkError::NotFound)));
    assert!(matches!(keep(saved, "late"), Err(WorkError::NotFound)));

    assert_eq!(phone.store.drafts().unwrap(), []);
    phone.store.undo(first, NOW).unwrap();
    let Draft::Visit(back) = phone.store.draft(saved).unwrap().draft else { panic!("a visit") };
    assert_eq!(back.remark, "y");
}

#[test]
fn undo_is_too_late_after_ten_seconds_after_sending_and_when_the_clock_jumped_back() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "giữ lại"), NOW);
    for now in [NOW + UNDO_SECONDS, NOW - 1, i64::MIN, i64::MAX] {
        assert!(matches!(phone.store.undo(saved.first, now), Err(WorkError::TooLate)), "{now}");
    }
    phone.store.write(|tx| tx.set_state(saved.first, FactState::Sent, None)).unwrap();
    assert!(matches!(phone.store.undo(saved.first, NOW + 1), Err(WorkError::TooLate)));
    assert_eq!(case_of(&phone, saved.root).text(Slot::Remark), Some("giữ lại"));
    assert!(matches!(phone.store.undo(FactId::new(PHONE, 999), NOW), Err(WorkError::TooLate)));
}

#[test]
fn after_that_it_is_withdrawn_until_somebody_works_on_it() {
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
fn of_a_denunciation_only_that_it_was_one_is_kept() {
    let phone = Phone::of_head();

    let saved = phone.store.advise_denunciation(HAMLET, None, NOW).unwrap();

    assert_eq!(saved.receipt, None);
    assert_eq!(kinds(&phone, saved.root), [Kind::Petition]);
    let case = case_of(&phone, saved.root);
    assert_eq!((case.state, case.words.len(), case.identity), (CaseState::Advised, 0, None));
    let draft = Draft::Petition(PetitionDraft { kind: Some(PetitionKind::Denunciation), ..petition_draft("tố cáo") });
    assert!(matches!(
        phone.store.keep_draft(None, &draft, "text", NOW),
        Err(WorkError::Invalid(Invalid { field: Field::Kind, .. }))
    ));
}

#[test]
fn a_draft_that_proves_to_be_a_denunciation_leaves_no_byte() {
    let marker = "tocaobimat";
    let phone = Phone::of_head();
    for n in 0..40 {
        phone.save(
            Draft::Petition(petition_draft(&"lời dân nói ".repeat(n))).clone_with_text(n),
            NOW + i64::from(n as u32) * 20,
        );
    }
    let long = format!("{marker} {}", "dài dòng ".repeat(400));
    let mut draft = petition_draft(&long);
    draft.photos = vec![phone.photo(9)];
    let id = phone.store.keep_draft(None, &Draft::Petition(draft.clone()), "text", NOW).unwrap();
    draft.address = marker.into();
    phone.store.keep_draft(Some(id), &Draft::Petition(draft), "who", NOW).unwrap();
    assert!(phone.holds_bytes(marker));

    phone.store.erase_draft(id).unwrap();

    assert!(!phone.holds_bytes(marker));
    assert!(!phone.dir.path().join("9.jpg").exists());
    assert!(!phone.restarted().holds_bytes(marker));
}

impl Draft {
    fn clone_with_text(mut self, n: usize) -> Self {
        if let Self::Petition(petition) = &mut self {
            petition.text = format!("đơn {n} {}", petition.text);
        }
        self
    }
}

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

#[test]
fn an_answer_before_there_is_a_result_is_told_at_once() {
    let phone = Phone::of_head();
    let saved = phone.save(Draft::Petition(petition_draft("Mất nước")), NOW);
    let answer = Answer { way: AnswerWay::Phone, day: None, text: "đã gọi".into() };
    let early = phone.store.answer_resident(saved.root, &answer, None, LATER);
    assert!(matches!(early, Err(WorkError::Refused(Refusal::NotAllowedNow))));
}

#[test]
fn a_promise_comes_back_next_month_until_it_is_ticked_off() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "tháng mười một"), NOW);
    let next_month = NOW + 20 * 86_400;
    assert_eq!(phone.store.read(|tx| tx.today(NOW)).unwrap().follow_ups, []);
    let open = phone.store.read(|tx| tx.today(next_month)).unwrap().follow_ups;
    assert_eq!((open[0].text.as_str(), open[0].root), ("Sửa đèn đường", saved.root));
    let tick = |done| VisitDraft {
        unit: Some(HAMLET),
        place_reason: "x".into(),
        ticks: vec![TickDraft { follow_up: open[0].id, done }],
        ..VisitDraft::default()
    };

    phone.save(Draft::Visit(tick(false)), next_month);
    assert_eq!(phone.store.read(|tx| tx.today(next_month)).unwrap().follow_ups.len(), 1);
    phone.save(Draft::Visit(tick(true)), next_month + 20);
    assert_eq!(phone.store.read(|tx| tx.today(next_month)).unwrap().follow_ups, []);
    assert_eq!(case_of(&phone, saved.root).follow_ups[0].ticks.len(), 2);
}

#[test]
fn today_shows_the_hamlets_with_the_most_overdue_first() {
    let phone = Phone::of_liaison();
    phone.save(visit(&phone, "đã xuống"), NOW);

    let today = phone.store.read(|tx| tx.today(NOW)).unwrap();

    let states: Vec<_> = today.hamlets.iter().map(|line| (line.unit, line.state)).collect();
    assert!(matches!(states[0], (OTHER_HAMLET, HamletState::Overdue { months_missed: 10.. })));
    assert_eq!(states[1], (HAMLET, HamletState::Visited));
    assert_eq!((today.coverage.visited, today.coverage.assigned), (1, 2));
    assert_eq!((today.waiting.cases, today.waiting.photos, today.waiting.photo_bytes), (2, 1, 100));
    let card = phone.store.read(|tx| tx.hamlet(HAMLET, NOW)).unwrap().unwrap();
    assert_eq!((card.name.as_str(), card.officers[0].name.as_str()), ("ấp An Định", "Trần Văn Đức"));
    assert_eq!((card.state, card.latest.len(), card.follow_ups.len()), (Some(HamletState::Visited), 2, 1));
}

#[test]
fn the_outbox_tells_honestly_where_each_record_is() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "gửi đi"), NOW);
    let line = |phone: &Phone| {
        let lines = phone.store.read(|tx| tx.sending()).unwrap();
        lines.into_iter().find(|line| line.case.root == saved.root).unwrap()
    };
    assert_eq!((line(&phone).state, line(&phone).photos_received, line(&phone).photos), (OutboxState::Waiting, 0, 1));

    let ids: BTreeSet<FactId> = phone.store.read(|tx| tx.facts_of(saved.root)).unwrap().iter().map(|kept| kept.id).collect();
    phone
        .store
        .write::<_, StoreError>(|tx| ids.iter().try_for_each(|id| tx.set_state(*id, FactState::Sent, None).map(|_| ())))
        .unwrap();
    assert_eq!(line(&phone).state, OutboxState::Sent);

    phone.confirm_all();
    assert_eq!((line(&phone).state, line(&phone).photos_received), (OutboxState::Received, 0));
}

#[test]
fn a_report_counts_records_and_an_empty_one_takes_no_words() {
    let phone = Phone::of_head();
    phone.save(Draft::Petition(petition_draft("Mất nước")), NOW);
    phone.save(Draft::Problem(ProblemDraft { handling: Some(Handling::OnTheSpot), ..problem("Đèn hỏng") }), NOW + 20);
    let gone = phone.save(Draft::Problem(problem("Nhầm")), NOW + 40);
    phone.store.withdraw(gone.root, NOW + 60).unwrap();
    let today = Day::of(NOW);
    let report = ReportDraft {
        kind: Some(ReportKind::Daily),
        unit: Some(HAMLET),
        from: Some(today),
        to: Some(today),
        nothing: true,
        ..ReportDraft::default()
    };

    let saved = phone.save(Draft::Report(report), NOW + 80);

    let CaseBody::Report(report) = case_of(&phone, saved.root).body else { panic!("a report") };
    let number = |number| report.numbers.as_ref().unwrap().iter().find(|(n, _)| *n == number).unwrap().1;
    assert_eq!((number(Number::PetitionsNew), number(Number::ProblemsNew), number(Number::ProblemsDone)), (1, 1, 1));
    assert_eq!((number(Number::Open), number(Number::Visits)), (1, 0));
    assert_eq!(kinds(&phone, saved.root), [Kind::Report]);
}

#[test]
fn units_to_pick_begin_with_own_and_recent_ones_and_old_names_find_them() {
    let phone = Phone::of_liaison();
    phone.save(Draft::Problem(ProblemDraft { unit: Some(OTHER_HAMLET), ..problem("Cầu hỏng") }), NOW);
    let units = phone.store.read(|tx| tx.units_to_pick(NOW)).unwrap();
    let order: Vec<_> = units.iter().map(|line| (line.unit, line.own)).collect();
    assert_eq!(order, [(OTHER_HAMLET, true), (HAMLET, true), (COMMUNE, false)]);
    assert_eq!(phone.store.read(|tx| tx.find_units("binh hoa", NOW)).unwrap()[0].unit, OTHER_HAMLET);
}

#[test]
fn nothing_can_be_written_before_enrolment() {
    let dir = tempfile::tempdir().unwrap();
    let store = crate::store::Store::open(&dir.path().join("phone.db")).unwrap();
    let id = store.keep_draft(None, &Draft::Problem(problem("Cầu hỏng")), "review", NOW).unwrap();
    assert!(matches!(store.save(id, NOW), Err(WorkError::Store(StoreError::NotEnrolled))));
    assert_eq!(store.drafts().unwrap().len(), 1);
}
