//! Merges, splits, re-homing: work goes on, nothing is lost, whoever was offline.

use super::*;

fn merge(org: &Org, from: FactId, into: FactId, on: Day) {
    org.write(move |tx, now| desk::merge(tx, &UnitsMerged { from: vec![from], into, on }, now));
}

#[test]
fn cases_of_a_merged_unit_are_seen_by_the_unit_that_goes_on() {
    let org = Org::new();
    let (mut old, mut successor) = (org.phone(org.heads[0]), org.phone(org.heads[1]));
    let case = old.petition(&org, org.hamlets[0], "trước khi sáp nhập");
    old.sync(&org);
    successor.sync(&org);
    assert!(!successor.has(case));
    merge(&org, org.hamlets[0], org.hamlets[1], org.today());
    successor.sync(&org);
    assert!(successor.has(case) && successor.has(org.hamlets[0]));
}

#[test]
fn a_merge_takes_effect_on_its_day() {
    let org = Org::new();
    let (mut old, mut successor) = (org.phone(org.heads[0]), org.phone(org.heads[1]));
    let case = old.petition(&org, org.hamlets[0], "x");
    old.sync(&org);
    merge(&org, org.hamlets[0], org.hamlets[1], org.today().plus(5));
    successor.sync(&org);
    assert!(!successor.has(case));
    org.wait_days(5);
    successor.sync(&org);
    assert!(successor.has(case));
}

#[test]
fn work_for_a_unit_merged_while_the_phone_was_offline_is_accepted_and_seen() {
    let org = Org::new();
    let mut liaison = org.phone((org.liaison.0, org.liaison.1));
    let mut successor = org.phone(org.heads[1]);
    liaison.sync(&org);
    successor.sync(&org);
    let visit = liaison.visit(&org, org.hamlets[0]);
    merge(&org, org.hamlets[0], org.hamlets[1], org.today());
    liaison.sync(&org);
    assert!(liaison.refused.is_empty(), "{:?}", liaison.refused);
    successor.sync(&org);
    assert!(successor.has(visit));
}

#[test]
fn after_a_split_the_parent_has_the_work_until_the_desk_gives_it_on() {
    let org = Org::new();
    let (mut head, mut neighbour) = (org.phone(org.heads[0]), org.phone(org.heads[1]));
    let case = head.petition(&org, org.hamlets[0], "x");
    head.sync(&org);
    neighbour.sync(&org);
    let (north, south) =
        (org.unit(Level::Hamlet, "Bắc", Some(org.communes[0])), org.unit(Level::Hamlet, "Nam", Some(org.communes[0])));
    let (from, on) = (org.hamlets[0], org.today());
    org.write(move |tx, now| desk::split(tx, &UnitSplit { from, into: vec![north, south], on }, now));
    let (mut in_north, mut in_south) =
        (org.phone(org.holder("Bắc", north, Role::Head)), org.phone(org.holder("Nam", south, Role::Head)));
    let mut desk_phone = org.phone(org.desks[0]);
    for phone in [&mut in_north, &mut in_south, &mut desk_phone] {
        phone.sync(&org);
    }
    assert!(desk_phone.has(case) && !in_north.has(case) && !in_south.has(case));

    org.write(move |tx, now| desk::rehome(tx, case, north, now));
    for phone in [&mut in_north, &mut in_south, &mut head] {
        phone.sync(&org);
    }
    assert!(in_north.has(case) && !in_south.has(case));
    assert!(!head.has(case), "it left the unit that ended");
}

#[test]
fn a_corrected_unit_moves_the_case() {
    let org = Org::new();
    let mut liaison = org.phone((org.liaison.0, org.liaison.1));
    let mut heads = [org.phone(org.heads[0]), org.phone(org.heads[1])];
    let case = liaison.visit(&org, org.hamlets[0]);
    liaison.sync(&org);
    heads.iter_mut().for_each(|head| _ = head.sync(&org));
    assert!(heads[0].has(case) && !heads[1].has(case));
    let patch = Patch(fieldbook_model::map::from_entries(&[(0, fieldbook_model::map::encoded(org.hamlets[1]))].into()));
    liaison.say(&org, Kind::Correction, Some(case), &Correction { target: case, heads: vec![], patch });
    liaison.sync(&org);
    heads.iter_mut().for_each(|head| _ = head.sync(&org));
    assert!(!heads[0].has(case) && heads[1].has(case));
}
