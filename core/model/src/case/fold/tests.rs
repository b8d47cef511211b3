#![allow(clippy::unwrap_used)]
use minicbor::bytes::ByteArray;

use super::*;
use crate::body::{Patch, Photo};
use crate::case::sample::*;
use crate::case::{Fork, Placed};
use crate::fact::to_body;
use crate::id::{Order, WriterId};
use crate::map;

const ROOT: FactId = FactId::new(HEAD, 1);

fn head(seq: u64) -> FactId {
    FactId::new(HEAD, seq)
}

fn desk(seq: u64) -> FactId {
    FactId::new(DESK, seq)
}

fn begun() -> Fact {
    fact(ROOT, Kind::Petition, None, Some(office(10)), &petition(PetitionKind::Complaint))
}

fn on<T: minicbor::Encode<()>>(id: FactId, kind: Kind, body: &T) -> Fact {
    fact(id, kind, Some(ROOT), Some(office(10)), body)
}

/// A petition with words, identity, photo, promise, events, a correction and something of a newer version.
fn rich() -> Vec<Fact> {
    let photo = Photo { hash: ByteArray::from([7; 32]), bytes: 9, width: 4, height: 3, of: None, topic: None };
    let stamped = CaseEvent { due: Some(TODAY), basis: Some("art. 28".into()), ..event(Event::Receive, CaseState::Received) };
    let forwarded = CaseEvent { to: Some(TAN_HOA), ..event(Event::Forward, CaseState::Forwarded) };
    vec![
        begun(),
        on(head(2), Kind::Words, &words(None, "Mất nước")),
        on(head(3), Kind::Identity, &Identity { name: Some("Nguyễn Thị Sáu".into()), phone: None, address: None }),
        on(head(4), Kind::Mask, &Mask { name: "Nguyễn T. S.".into() }),
        on(head(5), Kind::Photo, &photo),
        on(head(6), Kind::FollowUp, &FollowUp { unit: AN_DINH, month: 24_322, owner: None }),
        on(desk(1), Kind::CaseEvent, &stamped),
        on(desk(2), Kind::CaseEvent, &forwarded),
        on(desk(3), Kind::Words, &words(Some(desk(2)), "Chuyển Tân Hòa")),
        on(head(7), Kind::Correction, &reworded(head(2), &[], Slot::Text, "Mất nước ba ngày")),
        on(head(8), Kind::FollowUpTick, &FollowUpTick { follow_up: head(6), done: true, visit: None }),
        on(desk(4), Kind::Other(900), &words(None, "?")),
    ]
}

#[test]
fn a_case_says_what_its_facts_say() {
    let facts = rich();
    let case = folded(&facts).unwrap();

    assert_eq!(case.text(Slot::Text), Some("Mất nước ba ngày"));
    assert_eq!(case.state, CaseState::Forwarded);
    assert_eq!(case.forwarded_to, [TAN_HOA]);
    assert_eq!((case.due, case.basis.as_deref()), (Some(TODAY), Some("art. 28")));
    assert_eq!(case.mask.as_deref(), Some("Nguyễn T. S."));
    assert_eq!(case.photos.len(), 1);
    assert_eq!(case.follow_ups[0].done, Some(true));
    assert_eq!(case.heads[&head(2)], [head(7)]);
    assert!(case.open && case.forks.is_empty() && !case.unconfirmed);
    let told: Vec<_> = case.history.iter().map(|line| (&line.what, line.text.as_deref())).collect();
    assert_eq!(told[0], (&HistoryWhat::Recorded, Some("Mất nước ba ngày")));
    assert_eq!(told[3].1, Some("Chuyển Tân Hòa"));
    assert_eq!(told[5], (&HistoryWhat::Unknown(Kind::Other(900)), None));
}

#[test]
fn confirmed_facts_in_any_slice_order_give_an_equal_case() {
    let facts = rich();
    let mut placed = confirmed(&facts);
    let case = Case::fold(ROOT, &placed, &[]);
    let mut seed = 1_u64;
    for _ in 0..200 {
        for i in (1..placed.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            placed.swap(i, (seed >> 33) as usize % (i + 1));
        }
        assert_eq!(Case::fold(ROOT, &placed, &[]), case);
    }
}

#[test]
fn unconfirmed_facts_follow_the_confirmed_ones_whatever_their_place() {
    let facts = [
        begun(),
        on(head(2), Kind::CaseEvent, &event(Event::Withdraw, CaseState::Withdrawn)),
        on(desk(1), Kind::CaseEvent, &event(Event::Receive, CaseState::Received)),
    ];
    let order = |seq| Some(Order::new(0, seq));
    let placed = |index: usize, order| Placed { fact: &facts[index], order };

    let case = Case::fold(ROOT, &[placed(1, None), placed(0, order(1)), placed(2, order(2))], &[]).unwrap();

    assert_eq!(case.state, CaseState::Withdrawn);
    assert!(case.unconfirmed && !case.open);
}

#[test]
fn two_corrections_that_never_saw_each_other_are_kept_until_one_names_both() {
    let mut facts = vec![begun(), on(head(2), Kind::Words, &words(None, "một"))];
    facts.push(on(head(3), Kind::Correction, &reworded(head(2), &[], Slot::Text, "hai")));
    facts.push(on(desk(1), Kind::Correction, &reworded(head(2), &[], Slot::Text, "ba")));
    facts.push(on(desk(2), Kind::Correction, &reworded(head(2), &[desk(1)], Slot::Remark, "thêm")));

    let forked = folded(&facts).unwrap();
    facts.push(on(head(4), Kind::Correction, &reworded(head(2), &[head(3), desk(2)], Slot::Text, "bốn")));
    let settled = folded(&facts).unwrap();

    assert_eq!(forked.text(Slot::Text), Some("ba"));
    assert_eq!(forked.forks, [Fork { target: head(2), shown: desk(2), kept: head(3) }]);
    assert_eq!(forked.heads[&head(2)], [head(3), desk(2)]);
    assert_eq!(settled.text(Slot::Text), Some("bốn"));
    assert!(settled.forks.is_empty());
    assert_eq!(settled.heads[&head(2)], [head(4)]);
}

#[test]
fn a_correction_leaves_keys_of_a_newer_version_and_one_that_breaks_the_body_counts_for_nothing() {
    let mut body = map::entries(begun().body()).unwrap();
    body.insert(77, map::encoded("mới"));
    let root = raw(ROOT, Kind::Petition, None, Some(office(10)), map::from_entries(&body));
    let patch = |key: u32, value| Patch(map::from_entries(&[(key, value)].into()));
    let corrected = |seq, patch| on(head(seq), Kind::Correction, &Correction { target: ROOT, heads: vec![], patch });
    let facts = [root, corrected(2, patch(3, map::encoded(true))), corrected(3, patch(0, map::encoded("not a unit")))];

    let case = folded(&facts).unwrap();

    assert!(matches!(&case.body, CaseBody::Petition(petition) if petition.anonymous && petition.unit == AN_DINH));
    assert_eq!(map::entries(case.effective_body(ROOT).unwrap()).unwrap()[&77], map::encoded("mới"));
    assert_eq!(case.history[1].what, HistoryWhat::Corrected { target: ROOT });
    assert_eq!(case.history[2].what, HistoryWhat::Unknown(Kind::Correction));
    assert_eq!(case.heads[&ROOT], [head(2)]);
}

#[test]
fn erased_facts_are_gone_with_the_corrections_laid_over_them() {
    let mut facts = rich();
    let erasure = Erasure { facts: vec![head(2), head(3), head(4), head(5)], ground: "12/QĐ".into() };
    facts.push(on(office(900), Kind::Erasure, &erasure));

    let case = folded(&facts).unwrap();
    let by_stubs = Case::fold(ROOT, &confirmed(&facts), &[head(2)]).unwrap();

    assert_eq!((case.text(Slot::Text), &case.identity, &case.mask), (None, &None, &None));
    assert!(case.photos.is_empty());
    assert_eq!(case.effective_body(head(2)), None);
    assert_eq!(case.erased, [head(2), head(3), head(4), head(5)]);
    assert_eq!(by_stubs, case);
    assert_eq!(Case::fold(ROOT, &confirmed(&facts), &[ROOT]), None);
}

#[test]
fn an_unknown_event_moves_the_case_to_the_state_it_carries_and_a_note_moves_nothing() {
    let mut facts = vec![begun(), on(desk(1), Kind::CaseEvent, &event(Event::Other(50), CaseState::InProgress))];
    facts.push(on(head(2), Kind::CaseEvent, &event(Event::Note, CaseState::Recorded)));

    assert_eq!(folded(&facts).unwrap().state, CaseState::InProgress);
}

#[test]
fn a_case_begins_in_the_state_its_body_gives_and_opens_for_who_must_act() {
    let begun = |kind: Kind, body: Vec<u8>| folded(&[raw(ROOT, kind, None, None, body)]).map(|case| (case.state, case.open));

    assert_eq!(begun(Kind::Problem, to_body(&problem(Handling::OnTheSpot))), Some((CaseState::Settled, false)));
    assert_eq!(begun(Kind::Problem, to_body(&problem(Handling::Proposed))), Some((CaseState::Recorded, true)));
    assert_eq!(begun(Kind::Visit, to_body(&visit(TODAY))), Some((CaseState::Recorded, false)));
    assert_eq!(begun(Kind::Unit, vec![0xa0]), None);
    assert_eq!(begun(Kind::Visit, vec![0xa0]), None);
}

#[test]
fn of_a_denunciation_nothing_shows_whatever_reached_us() {
    let mut facts = rich();
    facts[0] = fact(ROOT, Kind::Petition, None, None, &petition(PetitionKind::Denunciation));

    let case = folded(&facts[..6]).unwrap();

    assert_eq!((case.state, case.open), (CaseState::Advised, false));
    assert!(case.words.is_empty() && case.identity.is_none() && case.mask.is_none() && case.photos.is_empty());
    assert!(case.history.iter().all(|line| line.text.is_none()));
}

#[test]
fn re_homing_moves_the_case_and_withdrawal_ends_it() {
    let mut facts = vec![begun(), on(office(900), Kind::Rehomed, &Rehomed { unit: AN_BINH })];
    let moved = folded(&facts).unwrap();
    facts.push(on(head(2), Kind::Withdrawal, &crate::body::Withdrawal {}));
    let withdrawn = folded(&facts).unwrap();

    assert_eq!((moved.unit, moved.first_unit), (AN_BINH, AN_DINH));
    assert!(withdrawn.withdrawn && !withdrawn.open);
    assert_eq!(withdrawn.state, CaseState::Withdrawn);
}

#[test]
fn facts_of_other_cases_and_bytes_nobody_can_read_do_no_harm() {
    let stranger = fact(FactId::new(WriterId(9), 1), Kind::Words, Some(office(1)), None, &words(None, "x"));
    let broken = raw(head(2), Kind::CaseEvent, Some(ROOT), None, map::from_entries(&[(0, map::encoded("?"))].into()));
    let facts = [begun(), stranger, broken.clone(), broken];

    let case = folded(&facts).unwrap();

    let told: Vec<_> = case.history.iter().map(|line| line.what.clone()).collect();
    assert_eq!(told, [HistoryWhat::Recorded, HistoryWhat::Unknown(Kind::CaseEvent)]);
}
