//! What the screens show of what was saved.

use std::collections::BTreeSet;

use fieldbook_model::body::{Number, ReportKind};
use fieldbook_model::coverage::HamletState;

use super::*;
use crate::store::query::OutboxState;

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
