//! What a phone sends: once, in order, judged, and never blocked.

use fieldbook_model::case::Refusal;
use fieldbook_protocol::sync::Acknowledged;

use super::*;

#[test]
fn a_visit_reaches_the_desk_and_the_other_one_does_not_see_it() {
    let org = Org::new();
    let (mut head, mut desk, mut other) = (org.phone(org.heads[0]), org.phone(org.desks[0]), org.phone(org.desks[1]));
    let case = head.petition(&org, org.hamlets[0], "Đường ngập");
    head.sync(&org);
    desk.sync(&org);
    other.sync(&org);
    assert!(head.outbox.is_empty() && head.refused.is_empty());
    assert_eq!(desk.kinds_under(case).len(), 4);
    assert!(other.kinds_under(case).is_empty());
}

#[test]
fn a_lost_answer_costs_nothing_and_stores_nothing_twice() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    head.petition(&org, org.hamlets[0], "Mất nước");
    let request = head.request(&org);
    let first = head.ask(&org, request.clone()).unwrap();
    let again = head.ask(&org, request).unwrap();
    assert_eq!(first.acknowledged, again.acknowledged);
    let Some([Acknowledged { first_seq: 1, count: 4, .. }]) = first.acknowledged.as_deref() else {
        panic!("one run of four: {:?}", first.acknowledged)
    };
    head.take(&again);
    assert!(head.outbox.is_empty());
    let facts = org.write(|tx, _| Ok(tx.facts_after(Order(0), 10_000)?));
    assert_eq!(facts.iter().filter(|fact| fact.id.writer == head.writer).count(), 4);
}

#[test]
fn two_phones_that_take_turns_see_each_others_work_once() {
    let org = Org::new();
    let mut phones = [org.phone(org.heads[0]), org.phone((org.liaison.0, org.liaison.1))];
    phones.iter_mut().for_each(|phone| _ = phone.sync(&org));
    let mut cases = Vec::new();
    for turn in 0..10 {
        let phone = &mut phones[turn % 2];
        cases.push(if turn % 2 == 0 { phone.petition(&org, org.hamlets[0], "x") } else { phone.visit(&org, org.hamlets[0]) });
        for answer in phone.sync(&org) {
            let sent = answer.facts.iter().flat_map(|pack| pack.items(phone.writer).unwrap());
            assert!(sent.into_iter().all(|item| item.id.writer != phone.writer), "own facts are not sent back");
        }
    }
    for phone in &mut phones {
        phone.sync(&org);
        assert!(cases.iter().all(|case| phone.has(*case)));
    }
}

#[test]
fn a_refused_fact_is_told_again_and_never_blocks_the_next() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.petition(&org, org.hamlets[3], "ấp của người khác");
    let good = head.petition(&org, org.hamlets[0], "ấp mình");
    let request = head.request(&org);
    let lost = head.ask(&org, request).unwrap();
    head.sync(&org);
    assert_eq!(head.refused.get(&1), Some(&Refusal::NotYourUnit.code()));
    assert_eq!(lost.refused.unwrap()[0].seq, 1);
    assert_eq!(head.held, [2, 3, 4].into());
    assert!(head.has(good) && head.outbox.is_empty());
}

#[test]
fn a_repair_releases_what_waited_also_when_the_answer_was_lost() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let wrong = head.petition(&org, org.hamlets[3], "nhầm ấp");
    head.sync(&org);
    let right = head.say_at(org.now(), Kind::Petition, None, Some(wrong), &petition(org.hamlets[0]));
    let lost = head.ask(&org, head.request(&org)).unwrap();
    assert_eq!(lost.acknowledged.map(|runs| runs.iter().map(|run| run.count).sum()), Some(4_u64));
    head.sync(&org);
    assert!(head.held.is_empty() && head.has(right));
    assert!((2..=4).all(|seq| head.has(FactId::new(head.writer, seq))));

    let later = head.say(&org, Kind::Words, Some(wrong), &words("viết thêm theo mã cũ"));
    head.sync(&org);
    assert!(head.has(later), "the old name still means the case");
    let folded = org.write(move |tx, now| desk::case(tx, right, now)).unwrap();
    assert_eq!(folded.text(Slot::Text), Some("viết thêm theo mã cũ"));
}

#[test]
fn what_waits_goes_when_the_repair_is_refused_too_for_it_comes_again_under_that() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let wrong = head.petition(&org, org.hamlets[3], "nhầm ấp");
    head.sync(&org);
    let wrong_again = head.say_at(org.now(), Kind::Petition, None, Some(wrong), &petition(org.hamlets[2]));
    head.sync(&org);
    assert!(org.write(move |tx, _| Ok(tx.held_for(wrong)?)).is_empty(), "nothing of it stays here");
    head.say(&org, Kind::Words, Some(wrong_again), &words("nhầm ấp"));
    head.sync(&org);
    let right = head.say_at(org.now(), Kind::Petition, None, Some(wrong_again), &petition(org.hamlets[0]));
    head.sync(&org);
    assert!(head.has(right));
    let folded = org.write(move |tx, now| desk::case(tx, right, now)).unwrap();
    assert_eq!(folded.text(Slot::Text), Some("nhầm ấp"));
}

#[test]
fn a_clone_is_told_so_and_nothing_of_it_is_stored() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let mut clone = head.clone();
    head.visit(&org, org.hamlets[0]);
    head.petition(&org, org.hamlets[0], "a");
    head.sync(&org);
    clone.petition(&org, org.hamlets[0], "b");
    clone.petition(&org, org.hamlets[0], "c");
    let before = org.write(|tx, _| Ok(tx.head()?));
    assert_eq!(clone.fault(&org), FaultCode::Cloned);
    assert_eq!(org.write(|tx, _| Ok(tx.head()?)), before);
}

#[test]
fn work_written_before_a_post_ended_is_taken_and_flagged_late() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let in_time = org.now();
    org.wait_days(10);
    org.end(org.heads[0].1, Day::of(in_time));
    let root = head.say_at(in_time, Kind::Petition, None, None, &petition(org.hamlets[0]));
    head.say(&org, Kind::Petition, None, &petition(org.hamlets[0]));
    let answers = head.sync(&org);
    assert_eq!(head.late, [1].into());
    assert_eq!(head.refused.get(&2), Some(&Refusal::PostEnded.code()));
    assert!(answers.iter().flat_map(|answer| answer.drop.iter().flatten()).any(|dropped| *dropped == root));
    let mut desk = org.phone(org.desks[0]);
    desk.sync(&org);
    assert!(desk.has(root));
}

#[test]
fn facts_of_another_writer_are_not_taken() {
    let org = Org::new();
    let (mut head, mut other) = (org.phone(org.heads[0]), org.phone(org.heads[1]));
    other.visit(&org, org.hamlets[1]);
    std::mem::swap(&mut head.outbox, &mut other.outbox);
    assert_eq!(head.fault(&org), FaultCode::Malformed);
}

#[test]
fn a_received_petition_gets_its_due_day_and_law() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "Đèn đường hỏng");
    head.sync(&org);
    org.happen(case, desk::Happening::plain(Event::Receive));
    head.sync(&org);
    let folded = org.write(move |tx, now| desk::case(tx, case, now)).unwrap();
    assert_eq!(folded.state, CaseState::Received);
    // Three working days from Sunday, 22 November 2026.
    assert_eq!(folded.due, Some(org.today().plus(3)));
    assert!(folded.basis.is_some());
    assert_eq!(head.kinds_under(case).iter().filter(|kind| **kind == Kind::CaseEvent).count(), 1);
}
