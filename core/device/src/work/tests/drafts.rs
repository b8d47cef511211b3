//! Drafts: kept, given back, and gone when they must.

use super::*;
use crate::store::BlobState;

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
fn a_photo_of_two_records_stays_when_the_first_is_undone() {
    let phone = Phone::of_liaison();
    let first = phone.save(visit(&phone, "nhầm ấp"), NOW);
    let second = phone.save(visit(&phone, "đúng ấp"), NOW + 1);

    let draft = phone.store.undo(first.first, NOW + 2).unwrap();
    phone.store.erase_draft(draft).unwrap();

    let blob = phone.store.read(|tx| tx.blob(&[1; 32])).unwrap().unwrap();
    let shown = phone.store.read(|tx| tx.facts_of(second.root)).unwrap();
    let photo = shown.iter().find(|kept| kept.fact.as_ref().is_some_and(|fact| fact.kind == Kind::Photo));
    assert_eq!((blob.state, blob.of), (BlobState::Waiting, photo.map(|kept| kept.id)));
    assert!(phone.dir.path().join("1.jpg").exists());
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
