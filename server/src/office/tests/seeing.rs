//! What a phone is sent: its channels, all of them, nothing else.

use fieldbook_protocol::digest::{BUCKETS, Digest, bucket};
use fieldbook_protocol::sync::Check;
use rand::Rng;

use super::*;

#[test]
fn an_identity_that_arrives_after_its_post_ended_does_not_stay_on_the_phone() {
    let org = Org::new();
    let mut liaison = org.phone((org.liaison.0, org.liaison.1));
    liaison.sync(&org);
    let case = liaison.petition(&org, org.hamlets[0], "Mất nước");
    let identity = FactId::new(liaison.writer, 3);
    let request = liaison.request(&org);
    org.wait_days(2);
    org.end(org.liaison.1, org.today().plus(-1));

    let answer = liaison.ask(&org, request).unwrap();
    liaison.take(&answer);

    assert!(liaison.has(case) && liaison.late.contains(&3), "taken in, late");
    assert!(!liaison.has(identity), "but not this phone's to know any more");
}

#[test]
fn identities_go_to_the_authors_post_and_the_desk_only() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let mut liaison = org.phone((org.liaison.0, org.liaison.1));
    let mut desk = org.phone(org.desks[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    let body = Correction {
        target: FactId::new(head.writer, 3),
        heads: vec![],
        patch: Patch(to_body(&Identity { name: Some("Trần Thị Bẩy".into()), phone: None, address: None })),
    };
    let correction = head.say(&org, Kind::Correction, Some(case), &body);
    head.sync(&org);
    liaison.sync(&org);
    desk.sync(&org);
    assert!(desk.kinds_under(case).contains(&Kind::Identity) && desk.has(correction));
    assert!(!liaison.kinds_under(case).contains(&Kind::Identity));
    assert!(!liaison.has(correction), "a correction of an identity is as private as the identity");
    assert_eq!(liaison.kinds_under(case), [Kind::Petition, Kind::Words, Kind::Mask]);
}

#[test]
fn a_successor_in_the_post_can_answer() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    head.sync(&org);
    org.end(org.heads[0].1, org.today().plus(-1));
    let person = org.person("Trưởng ấp mới");
    let from = org.today();
    let post = org.state(
        Kind::Post,
        None,
        Post { person, unit: org.hamlets[0], title: "trưởng ấp".into(), role: Role::Head, from, to: None },
    );
    let mut successor = org.phone((person, post));
    successor.sync(&org);
    assert!(successor.kinds_under(case).contains(&Kind::Identity));
    head.sync(&org);
    assert!(head.kinds_under(case).is_empty(), "the former head lost sight of it");
}

#[test]
fn a_gained_unit_is_filled_in_and_a_lost_one_dropped() {
    let org = Org::new();
    let mut head = org.phone(org.heads[2]);
    let case = head.petition(&org, org.hamlets[2], "x");
    head.sync(&org);
    let mut liaison = org.phone((org.liaison.0, org.liaison.1));
    liaison.sync(&org);
    assert!(!liaison.has(case));
    let assignment = org.assign(org.liaison.0, org.hamlets[2]);
    liaison.sync(&org);
    assert!(liaison.has(case));
    let own = liaison.visit(&org, org.hamlets[2]);
    liaison.sync(&org);
    assert!(liaison.has(own));

    org.end(assignment, org.today());
    org.wait_days(1);
    liaison.sync(&org);
    assert!(!liaison.has(case) && !liaison.has(own));
    org.assign(org.liaison.0, org.hamlets[2]);
    liaison.sync(&org);
    assert!(liaison.has(case) && liaison.has(own), "own work comes back with the unit");
}

#[test]
fn a_lost_private_channel_takes_the_identity_but_leaves_the_case() {
    let org = Org::new();
    let (person, desk_post) = org.holder("Kiêm nhiệm", org.communes[0], Role::Desk);
    org.assign(person, org.hamlets[0]);
    let mut phone = org.phone((person, desk_post));
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    head.sync(&org);
    phone.sync(&org);
    assert!(phone.kinds_under(case).contains(&Kind::Identity));
    org.end(desk_post, org.today());
    org.wait_days(1);
    phone.sync(&org);
    assert_eq!(phone.kinds_under(case), [Kind::Petition, Kind::Words, Kind::Mask]);

    let identity = head.own.values().find(|fact| fact.kind == Kind::Identity).unwrap().id;
    let answer = phone.ask(&org, SyncRequest { want: Some(vec![identity]), ..phone.request(&org) }).unwrap();
    assert_eq!((answer.drop, answer.facts), (Some(vec![identity]), None), "a phone that still has it lets it go");
}

#[test]
fn repeating_a_request_while_filling_gives_the_same_facts() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    for n in 0..20 {
        head.petition(&org, org.hamlets[0], &format!("kiến nghị {n}"));
    }
    head.sync(&org);
    let mut desk = org.phone(org.desks[0]);
    desk.room = Some(700);
    let mut answers = 0;
    loop {
        let request = desk.request(&org);
        let (first, again) = (desk.ask(&org, request.clone()).unwrap(), desk.ask(&org, request).unwrap());
        assert_eq!((&first.facts, &first.cursor, &first.drop), (&again.facts, &again.cursor, &again.drop));
        desk.take(&first);
        answers += 1;
        // Work goes on between the answers.
        head.visit(&org, org.hamlets[0]);
        head.petition(&org, org.hamlets[0], "mới");
        if answers < 12 {
            head.sync(&org);
        }
        if first.more.is_none() {
            break;
        }
    }
    assert!(answers > 5);
    head.sync(&org);
    desk.sync(&org);
    assert_eq!(desk.kinds_under(FactId::new(head.writer, 1)).len(), 4);
    let theirs = head.confirmed.values().filter(|item| item.id.writer == head.writer).count();
    assert_eq!(desk.confirmed.values().filter(|item| item.id.writer == head.writer).count(), theirs);
}

#[test]
fn the_first_answer_is_small_and_names_come_first() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    for _ in 0..150 {
        head.petition(&org, org.hamlets[0], &"dài ".repeat(40));
    }
    head.sync(&org);
    let mut desk = org.phone(org.desks[0]);
    let first = desk.ask(&org, desk.request(&org)).unwrap();
    let pack = first.facts.clone().unwrap();
    assert!(pack.len() < 16 * 1024);
    assert!(first.more.unwrap() > 100);
    desk.take(&first);
    assert!(desk.has(org.hamlets[0]) && desk.has(org.heads[0].0) && desk.has(org.desks[0].1));
    desk.sync(&org);
    assert!(desk.has(FactId::new(head.writer, 600)));
}

#[test]
fn a_forwarded_case_is_seen_by_the_other_unit() {
    let org = Org::new();
    let (mut head, mut other) = (org.phone(org.heads[0]), org.phone(org.desks[1]));
    let case = head.petition(&org, org.hamlets[0], "Cầu yếu");
    head.sync(&org);
    other.sync(&org);
    assert!(!other.has(case));
    org.happen(case, desk::Happening::plain(Event::Receive));
    org.happen(case, desk::Happening::plain(Event::Sort));
    let to = org.communes[1];
    org.happen(case, desk::Happening::forward(to));
    other.sync(&org);
    assert!(other.has(case));
    assert!(!other.kinds_under(case).contains(&Kind::Identity));
    head.sync(&org);
    assert!(head.has(case));
}

#[test]
fn a_comparison_finds_what_is_missing_and_what_is_too_much() {
    let org = Org::new();
    let mut head = org.phone(org.heads[0]);
    let case = head.petition(&org, org.hamlets[0], "x");
    head.sync(&org);
    let ask = |phone: &Phone, parts: bool| {
        let hashes: Vec<_> = phone.confirmed.values().map(Item::hash).collect();
        let mut buckets = vec![Digest::default(); BUCKETS];
        hashes.iter().for_each(|hash| buckets[bucket(hash)].add(hash));
        let check = Check { whole: Digest::of(&hashes), parts: parts.then_some(buckets) };
        let answer = phone.ask(&org, SyncRequest { check: Some(check), ..phone.request(&org) }).unwrap();
        answer.check.unwrap()
    };
    assert!(ask(&head, false).same);
    let lost = head.confirmed.remove(&FactId::new(head.writer, 2)).unwrap();
    let answer = ask(&head, false);
    assert!(!answer.same && answer.parts.is_none());
    let parts = ask(&head, true).parts.unwrap();
    assert_eq!(parts.len(), 1);
    assert!(parts[0].1.contains(&lost.id));
    let wanted = SyncRequest { want: Some(vec![lost.id]), ..head.request(&org) };
    let answer = head.ask(&org, wanted.clone()).unwrap();
    head.take(&answer);
    assert!(ask(&head, false).same && head.kinds_under(case).len() == 4);

    let other = org.phone(org.heads[3]);
    let nothing = other.ask(&org, SyncRequest { want: wanted.want, room: Some(1), ..other.request(&org) }).unwrap();
    let sent = nothing.facts.map(|pack| pack.items(other.writer).unwrap()).unwrap_or_default();
    assert!(sent.iter().all(|item| item.id.writer != head.writer));
}

/// Random work, duties that come and go, forwards: whatever a phone was ever sent was in its scope, and in the end it holds
/// exactly what the office says it should.
#[test]
fn nobody_is_ever_sent_what_is_outside_their_channels() {
    for seed in 0..6 {
        let mut random = StdRng::seed_from_u64(seed);
        let org = Org::new();
        let mut phones: Vec<(FactId, Phone)> = org.heads.iter().chain(&org.desks).map(|who| (who.0, org.phone(*who))).collect();
        phones.push((org.liaison.0, org.phone((org.liaison.0, org.liaison.1))));
        let mut cases = Vec::new();
        for _ in 0..60 {
            let n = random.random_range(0..phones.len());
            let hamlet = org.hamlets[random.random_range(0..4)];
            match random.random_range(0..6) {
                0 | 1 => cases.push(phones[n].1.petition(&org, hamlet, "x")),
                2 => _ = phones[n].1.visit(&org, hamlet),
                3 => {
                    org.wait_days(1);
                    let assignment = org.assign(org.liaison.0, hamlet);
                    if random.random_bool(0.5) {
                        org.end(assignment, org.today());
                    }
                }
                4 if !cases.is_empty() => {
                    let case = cases[random.random_range(0..cases.len())];
                    let now = org.now();
                    // A case in another state, or refused, is left alone.
                    let _ = org.store.write_now(move |tx| {
                        desk::happen(tx, case, &desk::Happening::plain(Event::Receive), now)?;
                        desk::happen(tx, case, &desk::Happening::plain(Event::Sort), now)?;
                        desk::happen(tx, case, &desk::Happening::forward(hamlet), now)
                    });
                }
                _ => {
                    let (person, phone) = &mut phones[n];
                    phone.room = Some(random.random_range(300..4_000));
                    let answer = phone.ask(&org, phone.request(&org)).unwrap();
                    must_be_in_scope(&org, *person, phone, &answer);
                    if random.random_bool(0.7) {
                        phone.take(&answer);
                    }
                }
            }
        }
        for (_, phone) in &mut phones {
            phone.room = None;
            phone.sync(&org);
        }
        for (person, phone) in &mut phones {
            phone.sync(&org);
            let (person, today) = (*person, org.today());
            let held = org.write(move |tx, _| {
                let scope = crate::office::reference::Reference::load(tx)?.scope(person, today);
                Ok(tx.held_by(&scope.channels)?)
            });
            let should: BTreeSet<FactId> = held.into_iter().map(|(id, _)| id).collect();
            let does: BTreeSet<FactId> = phone.confirmed.keys().copied().collect();
            assert_eq!(does.difference(&should).collect::<Vec<_>>(), Vec::<&FactId>::new(), "too much, seed {seed}");
            assert_eq!(should.difference(&does).collect::<Vec<_>>(), Vec::<&FactId>::new(), "too little, seed {seed}");
        }
    }
}

fn must_be_in_scope(org: &Org, person: FactId, phone: &Phone, answer: &SyncAnswer) {
    let sent = answer.facts.iter().flat_map(|pack| pack.items(phone.writer).unwrap());
    let ids: Vec<FactId> = sent.map(|item| item.id).collect();
    let today = org.today();
    let outside = org.write(move |tx, _| {
        let scope = crate::office::reference::Reference::load(tx)?.scope(person, today);
        let mut outside = Vec::new();
        for id in ids {
            let fact = tx.fact(id)?.unwrap();
            let case = tx.channels_of(fact.root)?.iter().any(|channel| scope.has(*channel));
            if !case || fact.private.is_some_and(|private| !scope.has(private)) {
                outside.push(id);
            }
        }
        Ok(outside)
    });
    assert_eq!(outside, []);
}

#[test]
fn own_work_on_a_hamlet_that_was_lost_and_regained_over_a_thin_line_comes_back() {
    let org = Org::new();
    let (person, post, [_, duty]) = org.liaison;
    let mut liaison = org.phone((person, post));
    liaison.sync(&org);
    let visit = liaison.visit(&org, org.hamlets[1]);
    org.wait_days(2);
    org.end(duty, org.today().plus(-1));
    let mut head = org.phone(org.heads[0]);
    head.petition(&org, org.hamlets[0], "đường hỏng");
    head.sync(&org);
    liaison.room = Some(1);
    let answer = liaison.ask(&org, liaison.request(&org)).unwrap();
    assert_eq!((answer.drop.as_deref(), answer.more.is_some()), (Some([visit].as_slice()), true));
    liaison.take(&answer);
    org.assign(person, org.hamlets[1]);

    liaison.sync(&org);

    assert!(liaison.has(visit));
}
