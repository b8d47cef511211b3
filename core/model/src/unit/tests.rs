#![allow(clippy::unwrap_used)]
use super::*;
use crate::case::sample::*;

const NEW: FactId = office(40);
const ON: Day = Day(20_600);

fn merged() -> Vec<Fact> {
    let merge = UnitsMerged { from: vec![AN_DINH, AN_BINH], into: NEW, on: ON };
    let new = unit(NEW, Level::Hamlet, "ấp", "An Hòa", Some(COMMUNE));
    units().into_iter().chain([new, fact(office(41), Kind::UnitsMerged, None, None, &merge)]).collect()
}

#[test]
fn a_merge_hands_work_over_on_its_day_and_keeps_old_names_readable() {
    let tree = UnitTree::fold(merged().iter());

    assert_eq!(tree.current_home(AN_DINH, ON.plus(-1)), AN_DINH);
    assert_eq!(tree.current_home(AN_DINH, ON), NEW);
    assert_eq!(tree.last_day(AN_DINH), Some(ON.plus(-1)));
    assert!(!tree.exists_on(AN_DINH, ON));
    assert!(tree.is_within(AN_DINH, NEW));
    assert!(!tree.is_within(NEW, AN_DINH));
    assert_eq!(tree.predecessors(NEW), [AN_DINH, AN_BINH]);
    assert_eq!(tree.display(AN_DINH), "ấp An Định");
    assert_eq!(tree.find("an dinh"), [NEW]);
}

#[test]
fn facts_in_any_order_give_the_same_tree() {
    let mut facts = merged();
    let rename = UnitRenamed { label: "khu phố".into(), name: "6".into(), on: ON };
    facts.push(fact(office(42), Kind::UnitRenamed, Some(TAN_HOA), None, &rename));
    let tree = UnitTree::fold(facts.iter());

    assert_eq!(UnitTree::fold(facts.iter().rev()), tree);
    facts.rotate_left(4);
    assert_eq!(UnitTree::fold(facts.iter()), tree);
}

#[test]
fn a_merged_commune_takes_its_hamlets_along() {
    let merge = UnitsMerged { from: vec![OTHER_COMMUNE], into: COMMUNE, on: ON };
    let facts: Vec<Fact> = units().into_iter().chain([fact(office(41), Kind::UnitsMerged, None, None, &merge)]).collect();
    let tree = UnitTree::fold(facts.iter());

    assert!(tree.is_within(TAN_HOA, COMMUNE));
    assert_eq!(tree.children(COMMUNE), [AN_DINH, AN_BINH, TAN_HOA]);
    assert!(tree.descendants(COMMUNE).contains(&OTHER_COMMUNE));
    assert_eq!(tree.ancestors(TAN_HOA), [OTHER_COMMUNE, COMMUNE, PROVINCE]);
}

#[test]
fn after_a_split_the_parent_owns_the_work_and_the_old_name_finds_both_parts() {
    let split = UnitSplit { from: AN_DINH, into: vec![NEW, office(43)], on: ON };
    let mut facts = units();
    facts.push(unit(NEW, Level::Hamlet, "ấp", "Một", Some(COMMUNE)));
    facts.push(unit(office(43), Level::Hamlet, "ấp", "Hai", Some(COMMUNE)));
    facts.push(fact(office(41), Kind::UnitSplit, None, None, &split));
    let tree = UnitTree::fold(facts.iter());

    assert_eq!(tree.current_home(AN_DINH, ON), COMMUNE);
    assert!(!tree.is_within(AN_DINH, NEW));
    let mut found = tree.find("An Định");
    found.sort();
    assert_eq!(found, [NEW, office(43)]);
}

#[test]
fn a_name_counts_from_its_day_and_the_former_one_still_finds_the_unit() {
    let rename = UnitRenamed { label: "khu phố".into(), name: "6".into(), on: ON };
    let mut facts = units();
    facts.push(fact(office(41), Kind::UnitRenamed, Some(AN_DINH), None, &rename));
    facts.push(unit(office(44), Level::Hamlet, "khu phố", "16", Some(COMMUNE)));
    let tree = UnitTree::fold(facts.iter());

    assert_eq!(tree.display(AN_DINH), "khu phố 6");
    assert_eq!(tree.name_on(AN_DINH, ON.plus(-1)), Some(("ấp", "An Định")));
    assert_eq!(tree.find("6"), [AN_DINH]);
    assert_eq!(tree.find("định"), [AN_DINH]);
    assert_eq!(tree.find("khu"), [office(44), AN_DINH]);
    assert!(tree.find("  ").is_empty());
}

#[test]
fn units_merged_in_a_circle_end_no_walk() {
    let circle = [(AN_DINH, AN_BINH), (AN_BINH, AN_DINH)];
    let mut tree = tree();
    for (index, (from, into)) in circle.into_iter().enumerate() {
        let merge = UnitsMerged { from: vec![from, into], into, on: ON };
        tree.apply(&fact(office(50 + index as u64), Kind::UnitsMerged, None, None, &merge));
    }

    assert!(tree.find("An Định").is_empty());
    assert!(tree.is_within(AN_DINH, COMMUNE));
    assert_eq!(tree.children(COMMUNE), [AN_DINH, AN_BINH]);
    tree.current_home(AN_DINH, ON);
}

#[test]
fn a_corrected_unit_moves_to_its_new_parent() {
    let patch = map::from_entries(&[(3, map::encoded(OTHER_COMMUNE))].into());
    let correction = Correction { target: AN_DINH, heads: vec![], patch: crate::body::Patch(patch) };
    let mut tree = tree();

    assert!(tree.apply(&fact(office(41), Kind::Correction, Some(AN_DINH), None, &correction)));
    assert_eq!(tree.children(COMMUNE), [AN_BINH]);
    assert_eq!(tree.children(OTHER_COMMUNE), [AN_DINH, TAN_HOA]);
}
