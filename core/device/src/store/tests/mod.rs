#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod photos;

use std::collections::BTreeMap;

use fieldbook_model::body::{CaseState, Correction, Event, Kind, Patch, PetitionKind, Slot, Urgency};
use fieldbook_model::fact::{Fact, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_model::map;
use fieldbook_protocol::pack::{Content, Item};
use rusqlite::Connection;

use super::query::CaseFilter;
use super::sample::*;
use super::*;
use crate::work::{Draft, PetitionDraft};

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("phone.db");
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("CREATE TABLE later(x); PRAGMA user_version = 99").unwrap();
    drop(newer);
    let before = std::fs::read(&path).unwrap();

    let refusal = Store::open(&path).unwrap_err();

    assert!(matches!(refusal, StoreError::Newer { found: 99, known: schema::VERSION }));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert!(!dir.path().join("phone.db-wal").exists());
}

#[test]
fn a_file_that_is_no_database_is_called_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("phone.db");
    std::fs::write(&path, b"not a database at all, but long enough to have a header of its own, and then some more of it.....")
        .unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Corrupt { .. })));
}

#[test]
fn the_database_is_durable_and_distrustful() {
    let phone = Phone::of_liaison();
    phone
        .store
        .write::<_, StoreError>(|tx| {
            let pragma = |name: &str| tx.sql().query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0)).unwrap();
            assert_eq!(
                (pragma("synchronous"), pragma("foreign_keys"), pragma("trusted_schema"), pragma("secure_delete")),
                (2, 1, 0, 1)
            );
            let journal: String = tx.sql().query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
            assert_eq!(journal, "wal");
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_transaction_that_is_cut_leaves_nothing() {
    let phone = Phone::of_liaison();
    let before = (phone.dump(), phone.dump_views());

    let cut: Result<(), StoreError> = phone.store.write(|tx| {
        for fact in petition("Mất nước") {
            tx.receive(&phone.item(&fact))?;
        }
        tx.settle()?;
        Err(StoreError::StorageFull)
    });

    assert!(cut.is_err());
    let phone = phone.restarted();
    assert_eq!((phone.dump(), phone.dump_views()), before);
}

#[test]
fn facts_in_any_order_of_arrival_add_up_to_the_same() {
    let facts = [petition("Mất nước ba ngày"), vec![event_fact(50, PETITION, Event::Receive, CaseState::Received)]].concat();
    let phone = Phone::of_liaison();
    let items: Vec<Item> = facts.iter().map(|fact| phone.item(fact)).collect();
    for item in &items {
        phone.store.write(|tx| tx.receive(item)).unwrap();
    }
    let other = Phone::of_liaison();

    for item in items.iter().rev() {
        other.store.write(|tx| tx.receive(item)).unwrap();
    }

    assert!(phone.dump().contains("Mất nước ba ngày"));
    assert_eq!(phone.dump(), other.dump());
    assert_eq!(phone.dump_views(), other.dump_views());
}

#[test]
fn the_same_fact_twice_is_known_and_another_content_is_told() {
    let phone = Phone::of_liaison();
    let facts = petition("Mất nước");
    phone.receive(&facts);
    let other = &petition("Khác hẳn")[1];

    let (again, differs) = phone
        .store
        .write::<_, StoreError>(|tx| {
            let item =
                |fact: &Fact| Item { id: fact.id, order: Some(Order::new(1, 900)), content: Content::Whole(fact.clone()) };
            Ok((tx.receive(&item(&facts[0]))?, tx.receive(&item(other))?))
        })
        .unwrap();

    assert_eq!((again, differs), (Arrived::Known, Arrived::Differs));
    assert_eq!(titles(&phone.store, "mat nuoc"), ["Mất nước"]);
}

#[test]
fn a_case_of_an_unknown_kind_is_kept_verbatim_and_an_unknown_event_shows() {
    let phone = Phone::of_liaison();
    let strange =
        raw_fact(OTHER_PHONE, 7, Kind::Other(77), None, Some(HEAD_POST), map::from_entries(&[(5, vec![0x83, 1, 2, 3])].into()));
    phone.receive(&petition("Mất nước"));

    phone.receive(&[strange.clone(), event_fact(50, PETITION, Event::Other(70), CaseState::InProgress)]);

    let kept = phone.store.read(|tx| tx.fact(strange.id)).unwrap().unwrap();
    assert_eq!(kept.fact.unwrap().content(), strange.content());
    let line = &phone.store.read(|tx| tx.cases(&CaseFilter::default(), None)).unwrap().lines[0];
    assert_eq!((line.root, line.state), (PETITION, CaseState::InProgress));
}

#[test]
fn a_correction_keeps_the_keys_of_a_newer_version_byte_for_byte() {
    let phone = Phone::of_head();
    let newer = vec![0x83, 0x18, 0x2a, 0x61, b'x', 0xf5];
    let mut entries = map::entries(&to_body(&petition_body())).unwrap();
    entries.insert(99, newer.clone());
    let root = raw_fact(OTHER_PHONE, 1, Kind::Petition, None, Some(HEAD_POST), map::from_entries(&entries));
    phone.receive(&[root]);

    let changes = [(2, Some(map::encoded(Urgency::Urgent)))].into();
    phone.store.correct(PETITION, PETITION, &changes, NOW).unwrap();

    let case = phone.store.read(|tx| tx.case(PETITION)).unwrap().unwrap().folded.case;
    let body = map::entries(case.effective_body(PETITION).unwrap()).unwrap();
    assert_eq!((&body[&99], &body[&2]), (&newer, &map::encoded(Urgency::Urgent)));
}

#[test]
fn corrections_that_did_not_see_each_other_show_as_two_versions_until_one_names_both() {
    let phone = Phone::of_head();
    phone.receive(&petition("Mất nước"));
    let words = FactId::new(OTHER_PHONE, 2);
    let correction = |seq, text: &str| {
        let patch = map::from_entries(&[(1, map::encoded(text))].into());
        fact(
            OTHER_PHONE,
            seq,
            Kind::Correction,
            Some(PETITION),
            Some(HEAD_POST),
            &Correction { target: words, heads: vec![], patch: Patch(patch) },
        )
    };
    let line = |phone: &Phone| phone.store.read(|tx| tx.cases(&CaseFilter::default(), None)).unwrap().lines[0].clone();

    phone.receive(&[correction(4, "Mất nước hai ngày"), correction(5, "Mất nước ba ngày")]);
    assert_eq!((line(&phone).title.as_str(), line(&phone).fork), ("Mất nước ba ngày", true));

    phone.store.correct_texts(PETITION, &[(Slot::Text, "Mất nước bốn ngày".to_owned())].into(), NOW).unwrap();
    assert_eq!((line(&phone).title.as_str(), line(&phone).fork), ("Mất nước bốn ngày", false));
}

#[test]
fn what_was_erased_leaves_no_byte() {
    let marker = "bimatcuanguoidan";
    let phone = Phone::of_liaison();
    let files: Vec<_> = (0..300).map(|n| petition_no(n, &format!("đơn số {n} {}", "x".repeat(n as usize % 90)))).collect();
    files.iter().for_each(|facts| phone.receive(facts));
    phone.receive(&petition(&format!("Tên tôi là {marker}")));
    assert!(phone.holds_bytes(marker));
    assert_eq!(titles(&phone.store, marker).len(), 1);

    phone.receive(&[erasure(60, PETITION, &[FactId::new(OTHER_PHONE, 2), FactId::new(OTHER_PHONE, 3)])]);

    assert!(!phone.holds_bytes(marker));
    assert_eq!(titles(&phone.store, marker).len(), 0);
    let stub = phone.store.read(|tx| tx.fact(FactId::new(OTHER_PHONE, 2))).unwrap().unwrap();
    assert_eq!((stub.fact, stub.hash), (None, petition(&format!("Tên tôi là {marker}"))[1].hash()));
    assert!(!phone.restarted().holds_bytes(marker));
}

#[test]
fn a_fact_that_comes_after_its_erasure_comes_without_its_content() {
    let phone = Phone::of_liaison();
    let facts = petition("bimatcuanguoidan");
    phone.receive(&facts[..1]);
    phone.receive(&[erasure(60, PETITION, &[facts[1].id])]);

    phone.receive(&facts[1..2]);

    assert!(!phone.holds_bytes("bimatcuanguoidan"));
    assert_eq!(phone.store.read(|tx| tx.fact(facts[1].id)).unwrap().unwrap().fact, None);
}

/// A restored office has another text there, from a phone that was put back.
#[test]
fn a_number_whose_text_was_erased_may_stand_for_another_later() {
    let phone = Phone::of_liaison();
    let facts = petition("bimatcuanguoidan");
    phone.receive(&facts);
    phone.receive(&[erasure(60, PETITION, &[facts[1].id])]);
    phone.store.write(|tx| tx.drop_root(PETITION)).unwrap();

    phone.receive(&petition("lời khác"));

    let text = |phone: &Phone| phone.store.read(|tx| tx.fact(facts[1].id)).unwrap().unwrap().fact;
    assert!(text(&phone).is_some());
    phone.store.write(|tx| tx.drop_root(PETITION)).unwrap();
    phone.receive(&facts);
    assert!(text(&phone).is_none(), "what was erased stays so");
}

#[test]
fn an_erasure_means_an_own_fact_only_when_the_office_has_it() {
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, "cùng một số"), NOW);
    let words: Vec<FactId> = phone.store.read(|tx| tx.facts_of(saved.root)).unwrap().iter().map(|kept| kept.id).collect();
    let [_, words, ..] = words[..] else { panic!("a visit has words") };
    let text = |phone: &Phone| phone.store.read(|tx| tx.fact(words)).unwrap().unwrap().fact;

    phone.receive(&[erasure(60, FactId::new(OTHER_PHONE, 1), &[words])]);
    assert!(text(&phone).is_some(), "the number may have been given out again");

    phone.confirm_all();
    assert!(text(&phone).is_none());
}

/// A copy of the phone, on which the same draft was thrown away, saved it; the one or the other may be another writer since.
#[test]
fn an_erasure_of_an_own_text_leaves_no_byte_of_the_draft_it_was() {
    let marker = "bimatcuanguoidan";
    let phone = Phone::of_liaison();
    let account = phone.store.read(|tx| tx.account()).unwrap();
    let copy = WriterId(0xc0b1);
    phone.receive(&[enrolled(59, copy, account.person)]);
    for (n, writer) in [(60, account.writer), (61, copy)] {
        let draft = phone.store.keep_draft(None, &visit(&phone, marker), "", NOW).unwrap();
        phone.store.delete_draft(draft).unwrap();
        assert!(phone.holds_bytes(marker));

        phone.receive(&[erasure(n, FactId::new(writer, 90), &[FactId::new(writer, 91)])]);

        assert!(!phone.holds_bytes(marker), "{writer}");
    }
}

#[test]
fn what_was_put_right_leaves_no_byte_in_its_draft_once_erased() {
    let marker = "bimatcuanguoidan";
    let phone = Phone::of_liaison();
    let saved = phone.save(visit(&phone, marker), NOW);
    phone.store.write(|tx| tx.refuse(saved.root, 5, NOW)).unwrap();
    let draft = phone.store.repair(saved.root, NOW).unwrap();
    let Draft::Visit(mut again) = phone.store.draft(draft).unwrap().draft else { panic!("a visit") };
    again.place_reason = "không có mạng".into();
    phone.store.keep_draft(Some(draft), &Draft::Visit(again), "review", NOW).unwrap();
    let repaired = phone.store.save(draft, NOW).unwrap();
    phone.confirm_all();
    let texts: Vec<FactId> = [saved.root, repaired.root]
        .iter()
        .flat_map(|root| phone.store.read(|tx| tx.facts_of(*root)).unwrap())
        .filter(|kept| kept.fact.as_ref().is_some_and(|fact| fact.kind == Kind::Words))
        .map(|kept| kept.id)
        .collect();
    assert!(phone.holds_bytes(marker));

    phone.receive(&[erasure(60, repaired.root, &texts)]);

    assert!(!phone.holds_bytes(marker));
}

#[test]
fn a_dropped_case_is_gone_except_own_unsent_work() {
    let phone = Phone::of_head();
    phone.receive(&petition("Mất nước"));
    phone.store.add_note(PETITION, "đã hỏi công ty nước", None, NOW).unwrap();

    phone.store.write(|tx| tx.drop_root(PETITION)).unwrap();

    assert_eq!(titles(&phone.store, "nuoc").len(), 0);
    let left = phone.store.read(|tx| tx.facts_of(PETITION)).unwrap();
    assert!(left.iter().all(|kept| kept.state == FactState::Waiting) && left.len() == 2);
    phone.receive(&petition("Mất nước"));
    assert_eq!(titles(&phone.store, "nuoc").len(), 1);
}

#[test]
fn a_rebuild_gives_the_same_views_and_goes_on_after_a_kill_at_every_step() {
    let mut phone = busy_phone();
    let before = (phone.dump(), phone.dump_views());
    let mut steps = 0;

    while phone.store.rebuild_step().unwrap() == Rebuild::Going {
        phone = phone.restarted();
        assert!(phone.store.needs_rebuild().unwrap());
        steps += 1;
    }

    assert!(steps >= 5, "{steps} steps");
    assert!(!phone.store.needs_rebuild().unwrap());
    assert_eq!((phone.dump(), phone.dump_views()), before);
    phone.store.rebuild().unwrap();
    assert_eq!(phone.dump_views(), before.1);
}

#[test]
fn what_is_saved_while_a_rebuild_runs_is_in_both() {
    let phone = busy_phone();
    let mut saved = BTreeMap::new();
    let mut n = 0;
    loop {
        n += 1;
        let text = format!("ghi giữa chừng lan{n}x");
        let root = phone.save(Draft::Problem(problem(&text)), NOW + n).root;
        if n % 2 == 0 {
            phone.confirm_all();
        }
        phone.receive(&[event_fact(900 + n.cast_unsigned(), PETITION, Event::Note, CaseState::Recorded)]);
        saved.insert(root, text);
        if phone.store.rebuild_step().unwrap() == Rebuild::Done {
            break;
        }
    }

    let swapped = phone.dump_views();
    for (root, text) in &saved {
        assert_eq!(phone.store.read(|tx| tx.search(text, None)).unwrap().lines.last().unwrap().root, *root, "{text}");
    }
    phone.store.rebuild().unwrap();
    assert_eq!(phone.dump_views(), swapped);
}

#[test]
fn damaged_views_are_put_right_by_a_rebuild() {
    let phone = busy_phone();
    let before = phone.dump_views();
    phone
        .store
        .write::<_, StoreError>(|tx| Ok(tx.sql().execute_batch("UPDATE cases SET title = 'sai', open = 0, state = 14")?))
        .unwrap();

    phone.store.rebuild().unwrap();

    assert_eq!(phone.dump_views(), before);
}

#[test]
fn two_phones_with_the_same_confirmed_facts_dump_the_same_whatever_else_they_hold() {
    let (phone, other) = (Phone::of_liaison(), Phone::of_head());
    phone.receive(&petition("Mất nước"));
    other.receive(&petition("Mất nước"));
    phone.save(Draft::Problem(problem("chưa gửi")), NOW);
    let draft = PetitionDraft {
        unit: Some(HAMLET),
        kind: Some(PetitionKind::Feedback),
        text: "dở dang".into(),
        ..PetitionDraft::default()
    };
    other.store.keep_draft(None, &Draft::Petition(draft), "text", NOW).unwrap();

    assert_eq!(phone.dump(), other.dump());
}

#[test]
fn sequence_numbers_go_on_after_a_restart_and_begin_anew_with_a_new_writer() {
    let phone = Phone::of_liaison();
    let next = |phone: &Phone| phone.store.write(|tx| tx.next_id()).unwrap();
    assert_eq!(next(&phone), FactId::new(PHONE, 1));
    let phone = phone.restarted();
    assert_eq!(next(&phone), FactId::new(PHONE, 2));
    let account = Account { writer: OTHER_PHONE, person: LIAISON, label: "KAM".into() };
    phone.store.write(|tx| tx.set_account(&account)).unwrap();
    assert_eq!(next(&phone), FactId::new(OTHER_PHONE, 1));
    phone.store.write(|tx| tx.set_account(&account)).unwrap();
    assert_eq!(next(&phone), FactId::new(OTHER_PHONE, 2));
}
