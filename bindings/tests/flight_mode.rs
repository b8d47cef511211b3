//! A day of work without any network, over a real folder: what the apps rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{HAMLETS, Phone, begin, problem, proposed, visit, wait};
use fieldbook_ffi::calendar_day::CalendarMonth;
use fieldbook_ffi::case_page::{AnswerEntry, CorrectionEntry, HistoryWhat};
use fieldbook_ffi::cases::CaseFilter;
use fieldbook_ffi::change::Change;
use fieldbook_ffi::entry::{Entry, PromiseEntry};
use fieldbook_ffi::error::{Field, FieldbookError, InputFault, Rejection};
use fieldbook_ffi::hamlet::HamletState;
use fieldbook_ffi::outbox::Network;
use fieldbook_ffi::records::Sending;
use fieldbook_ffi::words::{AnswerWay, CaseKind, Met, PetitionKind, ReportKind, TopicMark};

fn everything() -> CaseFilter {
    CaseFilter { kind: None, unit_id: None, open_only: false, mine_only: false, words: String::new() }
}

#[test]
fn a_form_is_back_after_a_kill_and_becomes_records_with_receipts() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    let draft = wait(begin(&book, CaseKind::Visit));
    let mut entry = visit(&draft);
    assert_eq!(entry.topics.len(), 1, "the checklist of the commune");
    entry.topics[0].mark = Some(TopicMark::Done);
    entry.topics[0].remark = "Không có vụ việc".into();
    entry.place_reason = "Điện thoại không cho vị trí".into();
    entry.met = vec![Met::Head];
    entry.problems = vec![proposed("Cầu gãy lan can", String::new())];
    entry.promises = vec![PromiseEntry { text: "Sửa lan can".into(), month: None }];
    entry.photos = vec![wait(book.shrink_photo(phone.picture())).unwrap()];
    wait(book.keep_draft(draft.id, "photos".into(), Entry::Visit { entry: entry.clone() }, None)).unwrap();
    drop(book);

    let book = phone.at(60);
    let rows = wait(book.drafts()).unwrap();
    let restored = wait(book.draft(rows[0].id.clone())).unwrap();
    assert_eq!((restored.step.as_str(), visit(&restored)), ("photos", entry));
    let saved = wait(book.save(restored.id)).unwrap();

    assert_eq!((saved.receipt.as_deref().map(|r| &r[..3]), saved.more_receipts.len()), (Some("KAM"), 1));
    let page = wait(book.case(saved.id)).unwrap();
    let part = page.visit.unwrap();
    assert_eq!(
        (part.topics[0].remark.as_str(), part.promises[0].month),
        ("Không có vụ việc", CalendarMonth { year: 2026, month: 12 })
    );
    assert!(std::path::Path::new(page.photos[0].path.as_ref().unwrap()).exists());
    assert!(wait(book.drafts()).unwrap().is_empty());
}

#[test]
fn today_of_a_liaison_shows_hamlets_until_they_are_visited() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    let before = wait(book.today()).unwrap();
    assert_eq!((before.coverage.visited, before.coverage.assigned, before.may_visit), (0, 2, true));
    assert!(before.hamlets.iter().all(|hamlet| matches!(hamlet.state, HamletState::Overdue { .. })));

    let draft = wait(begin(&book, CaseKind::Visit));
    let mut entry = visit(&draft);
    entry.place_reason = "ghi ở nhà".into();
    wait(book.keep_draft(draft.id.clone(), String::new(), Entry::Visit { entry }, None)).unwrap();
    wait(book.save(draft.id)).unwrap();

    let after = wait(book.today()).unwrap();
    assert_eq!((after.coverage.visited, after.coverage.percent.as_deref()), (1, Some("50 %")));
    assert_eq!(after.hamlets.last().map(|hamlet| hamlet.state), Some(HamletState::Visited));
    assert_eq!((after.traffic.records_waiting > 0, after.traffic.network), (true, Network::Metered));
    assert_eq!(after.office_phone.as_deref(), Some("02750000000"));
}

#[test]
fn undo_gives_the_form_back_for_ten_seconds_and_keeps_the_receipt() {
    let phone = Phone::of_liaison();
    let saved = wait(problem(&phone.at(0), "Mất nước"));
    assert!(matches!(saved.sending, Sending::CanUndo { .. }));
    let receipt = saved.receipt.clone();

    let draft = wait(phone.at(9).undo(saved.undo_id)).unwrap();
    assert!(wait(phone.at(9).cases(everything(), None)).unwrap().rows.is_empty());
    let again = wait(phone.at(20).save(draft.id)).unwrap();

    assert_eq!(again.receipt, receipt);
    let late = wait(phone.at(31).undo(again.undo_id));
    assert_eq!(late, Err(FieldbookError::Rejected { code: Rejection::TooLateToUndo }));
}

#[test]
fn what_is_missing_is_named_and_nothing_typed_is_lost() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    let draft = wait(begin(&book, CaseKind::Problem));
    let mut entry = proposed("", HAMLETS[0].to_string());
    entry.place = "tổ 4".into();
    wait(book.keep_draft(draft.id.clone(), "text".into(), Entry::Problem { entry: entry.clone() }, None)).unwrap();

    let saved = wait(book.save(draft.id.clone()));

    assert_eq!(saved, Err(FieldbookError::Invalid { field: Field::Text, fault: InputFault::Missing }));
    assert_eq!(wait(book.draft(draft.id)).unwrap().entry, Entry::Problem { entry });
}

#[test]
fn lists_come_fifty_a_page_and_search_needs_no_marks() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    for number in 1..=53 {
        wait(problem(&book, &format!("Đường ngập số {number}")));
    }
    let first = wait(book.cases(everything(), None)).unwrap();
    let second = wait(book.cases(everything(), first.next.clone())).unwrap();
    assert_eq!((first.rows.len(), second.rows.len(), second.next), (50, 3, None));
    assert!(first.rows[0].text.ends_with("53"), "latest first");

    let found = wait(book.cases(CaseFilter { words: "duong ngap 17".into(), ..everything() }, None)).unwrap();
    assert_eq!(found.rows.len(), 1);
    let receipt = found.rows[0].receipt.clone().unwrap().to_lowercase().replace('-', " ");
    assert_eq!(wait(book.find_receipt(receipt)).unwrap(), Some(found.rows[0].id.clone()));
}

#[test]
fn a_petition_keeps_the_resident_apart_and_expects_a_due_day() {
    let phone = Phone::of_head();
    let book = phone.at(0);
    let draft = wait(begin(&book, CaseKind::Petition));
    let Entry::Petition { mut entry } = draft.entry else { panic!("not a petition") };
    (entry.kind, entry.text, entry.name) = (Some(PetitionKind::Feedback), "Nước giếng có mùi".into(), "Nguyễn Văn An".into());
    wait(book.keep_draft(draft.id.clone(), "review".into(), Entry::Petition { entry }, None)).unwrap();
    let saved = wait(book.save(draft.id)).unwrap();

    let page = wait(book.case(saved.id)).unwrap();
    let resident = page.resident.unwrap();
    assert_eq!((resident.name.as_str(), resident.masked), ("Nguyễn Văn An", false));
    assert!(page.row.due_is_expected && page.row.days_left > Some(0));
}

#[test]
fn a_denunciation_leaves_no_byte() {
    let phone = Phone::of_head();
    let book = phone.at(0);
    let draft = wait(begin(&book, CaseKind::Petition));
    let Entry::Petition { mut entry } = draft.entry else { panic!("not a petition") };
    entry.text = "CANARY-IN-A-DRAFT".into();
    entry.photos = vec![wait(book.shrink_photo(phone.picture())).unwrap()];
    let picture = entry.photos[0].path.clone();
    wait(book.keep_draft(draft.id.clone(), "text".into(), Entry::Petition { entry: entry.clone() }, None)).unwrap();
    let denunciation =
        Entry::Petition { entry: fieldbook_ffi::entry::PetitionEntry { kind: Some(PetitionKind::Denunciation), ..entry } };
    let kept = wait(book.keep_draft(draft.id.clone(), "text".into(), denunciation, None));
    assert_eq!(kept, Err(FieldbookError::Invalid { field: Field::PetitionKind, fault: InputFault::NotTakenHere }));

    wait(book.erase_draft(draft.id)).unwrap();
    let advised = wait(book.advise_denunciation(HAMLETS[0].to_string())).unwrap();

    assert!(!phone.holds("CANARY-IN-A-DRAFT"));
    assert!(!std::path::Path::new(&picture).exists());
    assert_eq!(advised.receipt, None);
}

#[test]
fn nothing_to_report_takes_one_call_and_is_not_asked_again() {
    let phone = Phone::of_head();
    let book = phone.at(2 * 86_400);
    let due = wait(book.today()).unwrap().reports_due;
    assert_eq!(due.iter().map(|report| report.kind).collect::<Vec<_>>(), [ReportKind::Weekly], "Sunday ends the week");

    wait(book.nothing_to_report(due[0].unit_id.clone(), ReportKind::Weekly)).unwrap();

    assert!(wait(book.today()).unwrap().reports_due.is_empty());
    let page = wait(book.cases(CaseFilter { kind: Some(CaseKind::Report), ..everything() }, None)).unwrap();
    assert!(wait(book.case(page.rows[0].id.clone())).unwrap().report.unwrap().nothing);
}

#[test]
fn corrections_notes_and_photos_join_the_history() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    let id = wait(problem(&book, "Cột điện nghiêng")).id;
    let correction = CorrectionEntry { case_id: id.clone(), text: Some("Cột điện nghiêng 30 độ".into()), place: None };
    wait(book.correct(correction)).unwrap();
    wait(book.note(id.clone(), "Đã báo điện lực".into())).unwrap();
    let photo = wait(book.add_photo(id.clone(), phone.picture())).unwrap();

    let page = wait(book.case(id.clone())).unwrap();

    assert_eq!(page.text, "Cột điện nghiêng 30 độ");
    assert!(page.history.iter().any(|line| line.what == HistoryWhat::Corrected));
    assert!(page.history.iter().any(|line| line.text == "Đã báo điện lực" && !line.received));
    assert_eq!(wait(book.photo_path(page.photos[0].hash.clone())).unwrap(), Some(photo.path));
    let answer = AnswerEntry { case_id: id, way: AnswerWay::InPerson, day: None, text: "Chưa có kết quả".into() };
    assert!(matches!(
        wait(book.answer_resident(answer)),
        Err(FieldbookError::Rejected { code: Rejection::WouldBeRefused { .. } })
    ));
}

#[test]
fn practice_never_touches_the_notebook() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    wait(problem(&book, "Việc thật"));
    assert!(wait(book.set_practice(true)).unwrap().practice);
    wait(problem(&book, "Việc tập"));
    assert_eq!(wait(book.cases(everything(), None)).unwrap().rows.len(), 2);
    drop(book);

    let book = phone.at(1);
    assert!(wait(book.today()).unwrap().practice, "still practising after a kill");
    assert!(!wait(book.set_practice(false)).unwrap().practice);

    let rows = wait(book.cases(everything(), None)).unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["Việc thật"]);
    assert!(!phone.holds("Việc tập"));
}

#[test]
fn without_an_office_or_a_network_sending_says_why_and_everything_stays() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    wait(problem(&book, "Mất điện"));
    assert_eq!(wait(book.sync_now()), Err(FieldbookError::SignInAgain), "no invitation was ever scanned");
    assert_eq!(wait(book.evacuate_and_sign_out()), Err(FieldbookError::SignInAgain));

    let outbox = wait(book.outbox()).unwrap();

    assert_eq!((outbox.records.len(), outbox.attention.len()), (1, 0));
    wait(book.start_sending()).unwrap();
    wait(book.stop_sending()).unwrap();
}

#[test]
fn views_can_be_rebuilt_and_the_notebook_is_sound() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    wait(problem(&book, "Mất điện"));
    let before = wait(book.cases(everything(), None)).unwrap();

    wait(book.rebuild()).unwrap();

    assert_eq!(wait(book.cases(everything(), None)).unwrap(), before);
    assert_eq!(wait(book.check()).unwrap().findings, [""; 0]);
}

#[test]
fn letting_go_of_a_call_does_not_stop_the_save() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    let draft = wait(begin(&book, CaseKind::Problem));
    let entry = Entry::Problem { entry: proposed("Mất điện", HAMLETS[0].to_string()) };
    wait(book.keep_draft(draft.id.clone(), String::new(), entry, None)).unwrap();
    wait(async {
        let mut save = Box::pin(book.save(draft.id));
        // One look begins the save; then the caller goes away.
        let begun = std::future::poll_fn(|context| std::task::Poll::Ready(save.as_mut().poll(context).is_ready()));
        begun.await;
    });
    // The save goes on by itself on the notebook's own threads; nobody tells when it is done.
    let saved = || wait(book.cases(everything(), None)).unwrap().rows.len();
    assert!((0..10_000).any(|_| saved() == 1), "the save never ended");
    drop(book);

    let rows = wait(phone.at(1).cases(everything(), None)).unwrap().rows;

    assert_eq!(rows.len(), 1);
}

#[test]
fn news_say_what_changed() {
    let phone = Phone::of_liaison();
    let book = phone.at(0);
    let changes = book.changes();
    wait(begin(&book, CaseKind::Problem));
    assert_eq!(wait(changes.next()), Some(Change::Drafts));
    changes.stop();
    assert_eq!(wait(changes.next()), None);
}
