//! A large push is taken in part by part, and nobody can tell but those who did not have to wait.

use super::*;
use crate::office::sync::PART;

/// Petitions that make several parts.
fn backlog(org: &Org) -> Phone {
    petitions(org, PART * 20)
}

fn petitions(org: &Org, count: usize) -> Phone {
    let mut liaison = org.phone((org.liaison.0, org.liaison.1));
    liaison.sync(org);
    for n in 0..count {
        liaison.petition(org, org.hamlets[n % 2], "Một ý kiến đủ dài để gói tin không còn nhỏ nữa");
    }
    liaison
}

fn own_facts(org: &Org, writer: WriterId) -> Vec<FactId> {
    let all = org.write(|tx, _| Ok(tx.facts_after(Order(0), 100_000)?));
    all.into_iter().map(|fact| fact.id).filter(|id| id.writer == writer).collect()
}

#[test]
fn it_is_answered_as_a_whole_and_again_the_same() {
    let org = Org::new();
    let liaison = backlog(&org);
    let request = liaison.request(&org);

    let first = liaison.ask(&org, request.clone()).unwrap();
    let again = liaison.ask(&org, request).unwrap();

    let runs = first.acknowledged.clone().unwrap();
    assert_eq!(runs.iter().map(|run| run.count).sum::<u64>(), liaison.outbox.len() as u64);
    assert_eq!(runs.len(), 1, "nobody came in between: {runs:?}");
    assert!(first.facts.is_none() && first.drop.is_none());
    assert_eq!(first.acknowledged, again.acknowledged);
    assert_eq!(own_facts(&org, liaison.writer).len(), liaison.outbox.len());
}

#[test]
fn a_clone_stores_nothing_of_it() {
    // Few bytes may be many facts: whatever goes in more than one part is looked through first.
    for facts in [PART * 5, PART * 20] {
        a_clone_stores_nothing_of(facts);
    }
}

fn a_clone_stores_nothing_of(facts: usize) {
    let org = Org::new();
    let mut liaison = petitions(&org, facts);
    let mut clone = liaison.clone();
    liaison.say(&org, Kind::Visit, None, &visit(&org, org.hamlets[0]));
    let last: BTreeMap<u64, Fact> = liaison.outbox.clone().into_iter().next_back().into_iter().collect();
    let all = std::mem::replace(&mut liaison.outbox, last);
    liaison.sync(&org);

    liaison.outbox = all;
    clone.say(&org, Kind::Visit, None, &visit(&org, org.hamlets[1]));
    assert_eq!(clone.fault(&org), FaultCode::Cloned);

    assert_eq!(own_facts(&org, liaison.writer).len(), 1);
}

#[test]
fn a_neighbour_gets_in_between_and_is_not_passed_over() {
    let org = Org::new();
    let mut liaison = backlog(&org);
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);

    let mut next = Next::begin(liaison.token, liaison.request(&org), org.now());
    let (mut steps, mut cases) = (0, Vec::new());
    let answer = loop {
        next = match org.step(next).unwrap() {
            Next::Answer(_, answer) => break answer,
            further @ (Next::Write(_) | Next::Read(_)) => further,
        };
        steps += 1;
        cases.push(head.petition(&org, org.hamlets[0], "Giữa chừng"));
        head.sync(&org);
        assert!(head.outbox.is_empty());
    };
    assert!(steps > liaison.outbox.len() / PART, "{steps} steps");
    liaison.take(&answer);
    assert!(liaison.outbox.is_empty(), "all of it is acknowledged");
    liaison.sync(&org);
    head.sync(&org);
    assert!(cases.iter().all(|case| liaison.has(*case)), "what came in between arrives");
    let own = liaison.own.values().filter(|fact| fact.is_root() && fact.read::<Petition>().unwrap().unit == org.hamlets[0]);
    assert!(own.into_iter().all(|fact| head.has(fact.id)), "and the push itself reaches others");
}

#[test]
fn a_phone_for_which_there_is_nothing_keeps_out_of_the_writers_way() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    head.sync(&org);
    let idle = |head: &Phone| {
        let looked = org.step(Next::begin(head.token, head.request(&org), org.now())).unwrap();
        matches!(looked, Next::Answer(..))
    };
    assert!(idle(&head));
    org.wait_days(1);
    assert!(!idle(&head), "that it was here today is noted");
    head.sync(&org);
    assert!(idle(&head));
}
