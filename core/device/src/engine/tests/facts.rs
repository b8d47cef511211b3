//! Text: out, in, cut, refused, dropped, compared.

use fieldbook_model::case::Refusal;
use fieldbook_protocol::digest::{Digest, bucket};
use fieldbook_protocol::sync::{CheckAnswer, Restored};

use super::*;
use crate::store::sync::Trouble;

#[test]
fn a_saved_fact_waits_ten_seconds_and_then_goes_by_itself() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.settle(&mut office);
    let id = phone.save(problem("KAM-0001-X"));
    assert_eq!(phone.next(), Effect::Wait { until: (phone.now / 1000 + 10) * 1000 });
    phone.pass(10);
    phone.settle(&mut office);
    assert_eq!(phone.state(id), Some(FactState::Confirmed));
    assert_eq!(phone.status().waiting_facts, 0);
}

#[test]
fn a_lost_answer_costs_nothing() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let id = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    let effect = phone.next();
    office.answer(&effect).unwrap();
    phone.tell(Event::Failed(Failure::Cut("gone".into())));
    assert_eq!(phone.state(id), Some(FactState::Sent));
    phone.nudge();
    phone.settle(&mut office);
    assert_eq!(phone.state(id), Some(FactState::Confirmed));
    assert_eq!(office.log.len(), 1);
}

#[test]
fn a_kill_at_any_point_loses_nothing() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let first = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    phone.restart();
    let effect = phone.next();
    office.answer(&effect).unwrap();
    phone.restart();
    let second = phone.save(problem("KAM-0002-X"));
    phone.pass(11);
    phone.settle(&mut office);
    assert_eq!((phone.state(first), phone.state(second)), (Some(FactState::Confirmed), Some(FactState::Confirmed)));
    assert_eq!(office.log.len(), 2);
}

#[test]
fn a_refused_fact_is_flagged_its_followers_are_held_and_the_next_goes_on() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let root = phone.save(problem("KAM-0001-X"));
    let child = phone.save(words(root, "mất điện"));
    let next = phone.save(problem("KAM-0002-X"));
    office.refuse.insert(root.seq, Refusal::NotYourUnit.code());
    office.hold.push(child.seq);
    phone.pass(11);
    phone.settle(&mut office);
    assert_eq!(phone.state(root), Some(FactState::Refused));
    assert_eq!(phone.state(child), Some(FactState::Held));
    assert_eq!(phone.state(next), Some(FactState::Confirmed));
    assert_eq!(phone.store.read(|tx| tx.refusal(root)).unwrap(), Some(Refusal::NotYourUnit.code()));
    assert_eq!(phone.status().rejected, 1);

    let repair = Statement { repairs: Some(root), ..problem("KAM-0001-X") };
    let repaired = phone.save(repair);
    office.hold.clear();
    office.also = Some(SyncAnswer {
        acknowledged: Some(vec![Acknowledged { first_seq: child.seq, count: 1, first_order: Order::new(1, 900).0 }]),
        ..SyncAnswer::default()
    });
    phone.pass(11);
    phone.settle(&mut office);
    assert_eq!(phone.state(repaired), Some(FactState::Confirmed));
    assert_eq!(phone.state(child), Some(FactState::Confirmed));
}

#[test]
fn facts_and_cursor_come_together_or_not_at_all() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.page = 2;
    (1..=5).for_each(|seq| office.publish(&of_other(seq)));
    phone.exchange(&mut office);
    assert_eq!(phone.status().expected, 3);
    let effect = phone.next();
    office.answer(&effect).unwrap();
    phone.restart();
    assert_eq!(phone.state(FactId::new(OTHER, 3)), None);
    phone.settle(&mut office);
    assert_eq!((1..=5).filter(|seq| phone.state(FactId::new(OTHER, *seq)) == Some(FactState::Confirmed)).count(), 5);
    assert_eq!((phone.status().received, phone.status().expected), (5, 0));
}

#[test]
fn the_same_answer_twice_changes_nothing_the_second_time() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.publish(&of_other(1));
    phone.settle(&mut office);
    office.feed.push(office.feed[0].clone());
    phone.nudge();
    phone.settle(&mut office);
    let kept = phone.store.read(|tx| tx.facts_of(FactId::new(OTHER, 1))).unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(phone.store.read(|tx| tx.troubles()).unwrap(), []);
}

#[test]
fn another_content_under_a_known_id_is_reported_and_ours_is_kept() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.publish(&of_other(1));
    phone.settle(&mut office);
    let forged = Fact::seal(FactId::new(OTHER, 1), problem("BAD-0001-0")).unwrap();
    office.publish(&forged);
    phone.nudge();
    phone.settle(&mut office);
    let kept = phone.store.read(|tx| tx.fact(FactId::new(OTHER, 1))).unwrap().unwrap();
    assert_eq!(kept.hash, of_other(1).hash());
    let troubles = phone.store.read(|tx| tx.troubles()).unwrap();
    assert_eq!(troubles.iter().map(|t| (t.kind, t.subject)).collect::<Vec<_>>(), [(Trouble::Conflict, Some(forged.id))]);
}

#[test]
fn a_verdict_on_a_number_given_out_again_is_not_taken_for_the_fact_that_has_it_now() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let mine = phone.save(problem("KAM-0001-X"));
    let acknowledged = Some(vec![Acknowledged { first_seq: mine.seq, count: 1, first_order: office.head + 1 }]);
    office.also = Some(SyncAnswer { acknowledged, ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(&mut office);
    assert_eq!(phone.state(mine), Some(FactState::Waiting), "it was never part of a request");
    let verdict = |refused, held| SyncAnswer { refused, held, ..SyncAnswer::default() };
    for also in [verdict(Some(vec![Refused { seq: mine.seq, code: 6 }]), None), verdict(None, Some(vec![mine.seq]))] {
        office.also = Some(also);
        phone.nudge();
        phone.exchange(&mut office);
        assert_eq!(phone.state(mine), Some(FactState::Waiting));
    }
}

#[test]
fn what_was_only_offered_gives_way_to_what_the_office_has_under_its_number() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.publish(&of_other(1));
    phone.settle(&mut office);
    office.epoch = 2;
    office.feed.clear();
    office.also = Some(SyncAnswer { restored: Some(Restored { base: 0 }), ..SyncAnswer::default() });
    phone.nudge();
    phone.exchange(&mut office);
    assert_eq!(phone.state(FactId::new(OTHER, 1)), Some(FactState::Offered));
    let theirs = Fact::seal(FactId::new(OTHER, 1), problem("NEW-0001-0")).unwrap();
    office.head = Order::new(2, 50).0;
    office.also = Some(SyncAnswer {
        facts: Some(Pack::of(
            WRITER,
            &[Item { id: theirs.id, order: Some(Order(office.head)), content: Content::Whole(theirs.clone()) }],
        )),
        ..SyncAnswer::default()
    });

    phone.settle(&mut office);

    let kept = phone.store.read(|tx| tx.fact(theirs.id)).unwrap().unwrap();
    assert_eq!((kept.hash, kept.state), (theirs.hash(), FactState::Confirmed));
    let troubles = phone.store.read(|tx| tx.troubles()).unwrap();
    assert_eq!(troubles.iter().map(|t| (t.kind, t.subject)).collect::<Vec<_>>(), [(Trouble::Conflict, Some(theirs.id))]);
}

#[test]
fn what_was_given_up_makes_room_for_what_the_office_has_under_its_number() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.refuse.insert(1, 6);
    let root = phone.save(problem("KAM-0001-X"));
    let own = phone.save(words(root, "thêm một ý"));
    office.hold.push(own.seq);
    phone.pass(11);
    phone.settle(&mut office);
    phone.store.discard(root).unwrap();
    let theirs = Fact::seal(own, problem("NEW-0001-0")).unwrap();
    office.publish(&theirs);

    phone.nudge();
    phone.settle(&mut office);

    let kept = phone.store.read(|tx| tx.fact(own)).unwrap().unwrap();
    assert_eq!((kept.hash, kept.state), (theirs.hash(), FactState::Confirmed));
    let again = FactId::new(WRITER, own.seq + 1);
    let kept = phone.store.read(|tx| tx.fact(again)).unwrap().unwrap();
    assert_eq!((kept.state, kept.fact.unwrap().root), (FactState::Discarded, root));
}

#[test]
fn a_dropped_case_goes_and_unsent_work_on_it_stays_and_is_sent() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.publish(&of_other(1));
    phone.settle(&mut office);
    let root = FactId::new(OTHER, 1);
    let unsent = phone.save(words(root, "thêm"));
    office.also = Some(SyncAnswer { drop: Some(vec![root]), ..SyncAnswer::default() });
    phone.nudge();
    phone.settle(&mut office);
    assert_eq!(phone.state(root), None);
    assert_eq!(phone.state(unsent), Some(FactState::Waiting));
    phone.pass(11);
    phone.settle(&mut office);
    assert!(office.log.contains_key(&unsent));
}

#[test]
fn an_answer_that_cannot_be_read_is_reported_and_own_facts_still_go() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let broken: Pack = minicbor::decode(&[0x83, 0x80, 0x81, 0x84, 0x00, 0x01, 0x01, 0x01, 0x01]).unwrap();
    let id = phone.save(problem("KAM-0001-X"));
    phone.pass(11);
    office.also = Some(SyncAnswer { facts: Some(broken), cursor: Some(vec![1].into()), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    assert_eq!(phone.state(id), Some(FactState::Confirmed));
    assert_eq!(phone.sync_state().cursor, None);
    assert_eq!(phone.store.read(|tx| tx.troubles()).unwrap()[0].kind, Trouble::Office);
    phone.nudge();
    phone.settle(&mut office);
    assert_eq!(phone.status().problem, None);
}

#[test]
fn retry_after_is_honoured_and_a_nudge_goes_at_once() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    office.fault = Some((503, FaultCode::Unavailable, Some(120)));
    phone.exchange(&mut office);
    let Effect::Wait { until } = phone.next() else { panic!("no wait") };
    assert!(until >= phone.now + 119_000, "{}", until - phone.now);
    phone.nudge();
    phone.settle(&mut office);
    assert_eq!(office.requests.len(), 2);
}

#[test]
fn failing_is_never_silent() {
    let mut phone = Phone::enrolled();
    let since = phone.now / 1000;
    for _ in 0..4 {
        while let Effect::Wait { until } = phone.next() {
            phone.now = until;
        }
        phone.tell(Event::Failed(Failure::Untrusted("unknown issuer".into())));
    }
    assert_eq!(phone.status().problem, Some(super::super::Problem::Untrusted { since }));
}

#[test]
fn batches_shrink_after_cuts_and_a_backlog_still_drains() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.settle(&mut office);
    let mut rng = SmallRng::seed_from_u64(3);
    for n in 0..40 {
        let root = phone.save(problem(&format!("KAM-{n:04}-X")));
        let text: String = (0..1_500).map(|_| char::from(rand::Rng::random_range(&mut rng, b' '..=b'~'))).collect();
        phone.save(words(root, &text));
    }
    phone.pass(11);
    for _ in 0..4 {
        phone.nudge();
        let Effect::Post { .. } = phone.next() else { panic!("no request") };
        phone.now += 30_000;
        phone.tell(Event::Failed(Failure::Stalled));
    }
    phone.nudge();
    let before = office.requests.len();
    phone.settle(&mut office);
    assert!(office.requests.len() > before + 1);
    assert_eq!(office.log.len(), 80);
}

#[test]
fn a_fact_the_office_cannot_read_is_found_and_sent_back_and_the_rest_goes() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.settle(&mut office);
    let ids: Vec<FactId> = (0..5).map(|n| phone.save(problem(&format!("KAM-{n:04}-X")))).collect();
    let bad = ids[2];
    phone.pass(11);
    for _ in 0..30 {
        let effect = phone.next();
        let Effect::Post { body, .. } = &effect else { break };
        let request: SyncRequest = frame::unpack(body).unwrap();
        let carries = request.facts.is_some_and(|pack| pack.items(WRITER).unwrap().iter().any(|item| item.id == bad));
        let answer = if carries { fault(400, FaultCode::Malformed, None) } else { office.answer(&effect).unwrap() };
        phone.tell(Event::Answered(answer));
    }
    assert_eq!(phone.state(bad), Some(FactState::Refused));
    assert_eq!(ids.iter().filter(|id| phone.state(**id) == Some(FactState::Confirmed)).count(), 4);
}

#[test]
fn only_the_difference_is_exchanged_after_a_comparison() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let (extra, missing) = (of_other(1), of_other(2));
    office.publish(&extra);
    phone.settle(&mut office);
    phone.pass(90_000);
    office.also = Some(SyncAnswer { check: Some(CheckAnswer { same: false, parts: None }), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    let sent = office.requests.last().unwrap().check.clone().unwrap();
    assert_eq!(sent.whole, Digest::of([&extra.hash()]));
    let parts = vec![(bucket(&extra.hash()) as u32, vec![]), (bucket(&missing.hash()) as u32, vec![missing.id])];
    let parts = if bucket(&extra.hash()) == bucket(&missing.hash()) { vec![parts[1].clone()] } else { parts };
    office.also = Some(SyncAnswer { check: Some(CheckAnswer { same: false, parts: Some(parts) }), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    assert!(office.requests.last().unwrap().check.clone().unwrap().parts.is_some());
    let item = Item { id: missing.id, order: Some(Order::new(1, 77)), content: Content::Whole(missing.clone()) };
    office.also = Some(SyncAnswer { facts: Some(Pack::of(WRITER, &[item])), ..SyncAnswer::default() });
    phone.settle(&mut office);
    assert!(office.requests.iter().any(|request| request.want == Some(vec![missing.id])));
    assert_eq!((phone.state(extra.id), phone.state(missing.id)), (None, Some(FactState::Confirmed)));
}

#[test]
fn a_clock_that_jumps_ten_years_either_way_holds_nothing_back() {
    const TEN_YEARS: i64 = 3_652 * 86_400;
    for jump in [TEN_YEARS, -TEN_YEARS] {
        let (mut phone, mut office) = (Phone::enrolled(), Office::new());
        phone.settle(&mut office);
        let id = phone.save(problem("KAM-0001-X"));
        phone.tell(Event::Nudge);
        phone.pass(jump);
        phone.settle(&mut office);
        assert_eq!(phone.state(id), Some(FactState::Confirmed), "{jump}");
        assert!(matches!(phone.next(), Effect::Wait { until } if until - phone.now <= 24 * 3_600_000));
    }
}

#[test]
fn bytes_are_counted_by_month() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    phone.engine.count(700, 300);
    phone.settle(&mut office);
    assert_eq!((phone.status().month_sent, phone.status().month_received), (700, 300));
    phone.pass(40 * 86_400);
    assert_eq!((phone.status().month_sent, phone.status().month_received), (0, 0));
}

#[test]
fn what_a_comparison_takes_away_leaves_no_byte() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let text = "Vườn nhà bà Bảy";
    let fact = Fact::seal(FactId::new(OTHER, 1), words(FactId::new(OTHER, 7), text)).unwrap();
    office.publish(&fact);
    phone.settle(&mut office);
    phone.pass(90_000);
    for parts in [None, Some(vec![(bucket(&fact.hash()) as u32, vec![])])] {
        office.also = Some(SyncAnswer { check: Some(CheckAnswer { same: false, parts }), ..SyncAnswer::default() });
        phone.exchange(&mut office);
    }

    assert_eq!(phone.state(fact.id), None);
    for file in std::fs::read_dir(phone.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(text.len()).any(|part| part == text.as_bytes()));
    }
}

#[test]
fn once_a_day_the_phone_asks_what_became_of_what_waits() {
    let (mut phone, mut office) = (Phone::enrolled(), Office::new());
    let root = phone.save(problem("KAM-0001-X"));
    let child = phone.save(words(root, "mất nước"));
    office.refuse.insert(root.seq, 3);
    office.hold.push(child.seq);
    phone.pass(11);
    phone.settle(&mut office);
    assert_eq!(phone.state(child), Some(FactState::Held));
    phone.pass(90_000);
    office.also = Some(SyncAnswer { check: Some(CheckAnswer { same: true, parts: None }), ..SyncAnswer::default() });
    phone.exchange(&mut office);
    office.also = Some(SyncAnswer { refused: Some(vec![Refused { seq: child.seq, code: 3 }]), ..SyncAnswer::default() });

    phone.exchange(&mut office);

    assert_eq!(office.requests.last().unwrap().want, Some(vec![child]));
    assert_eq!(phone.state(child), Some(FactState::Refused));
}
