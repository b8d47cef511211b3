#![allow(clippy::unwrap_used)]
use super::*;
use crate::body::PetitionKind;
use crate::case::sample::*;
use crate::case::{HeldAssignment, HeldPost};

fn standing(unit: FactId, state: CaseState) -> CaseStanding {
    CaseStanding {
        kind: CaseKind::Petition,
        petition_kind: Some(PetitionKind::Proposal),
        unit,
        forwarded_to: Vec::new(),
        author: WriterId(0xbb),
        post: Some(office(99)),
        state,
        withdrawn: false,
    }
}

/// One letter per verdict: `+` may, `u` not your unit, `d` not your duty, `y` not yours, `o` office only.
fn letter(verdict: Result<Standing, Refusal>) -> char {
    match verdict {
        Ok(_) => '+',
        Err(Refusal::NotYourUnit) => 'u',
        Err(Refusal::NotYourDuty) => 'd',
        Err(Refusal::NotYours) => 'y',
        Err(Refusal::OfficeOnly) => 'o',
        Err(_) => '?',
    }
}

/// Each column: own hamlet, neighbouring hamlet of the same commune, hamlet of another commune. All cases are a stranger's.
const TABLE: &str = "\
              visit problem petition report | receive close | note answer resubmit | correct withdraw | add tick | rehome
liaison         +uu     +uu      +uu    +uu |     ddd   ddd |  +uu    +uu      +uu |     yyy      yyy | +uu  +uu |    ooo
head            ddd     +uu      +uu    +uu |     ddd   ddd |  +uu    +uu      +uu |     yyy      yyy | +uu  +uu |    ooo
secretary       ddd     +uu      +uu    +uu |     ddd   ddd |  +uu    +uu      +uu |     yyy      yyy | +uu  +uu |    ooo
desk            ++u     ++u      ++u    ++u |     ++u   ++u |  ++u    ++u      uuu |     ++y      ++y | ++u  ++u |    ooo
leader          ++u     ++u      ++u    ++u |     ++u   ++u |  ++u    ++u      uuu |     yyy      yyy | ++u  ++u |    ooo
";

#[test]
fn each_role_may_do_exactly_this_in_each_unit() {
    let tree = tree();
    let mut out = TABLE.lines().next().map(|line| format!("{line}\n")).unwrap_or_default();
    for (role, unit) in [
        (Role::Liaison, COMMUNE),
        (Role::Head, AN_DINH),
        (Role::Secretary, AN_DINH),
        (Role::Desk, COMMUNE),
        (Role::Leader, COMMUNE),
    ] {
        let mut actor = actor(10, unit, role, DESK);
        for assignment in &mut actor.assignments {
            assignment.unit = AN_DINH;
        }
        let cell = |width: usize, action: &dyn Fn(FactId, &CaseStanding) -> Result<Standing, Refusal>| {
            let letters: String = [AN_DINH, AN_BINH, TAN_HOA]
                .map(|unit| letter(action(unit, &standing(unit, CaseState::Received))))
                .iter()
                .collect();
            format!("{letters:>width$}")
        };
        let may = |what: &Action<'_>| may_write(&tree, &actor, Some(office(10)), what, TODAY, TODAY);
        let begin = |kind| move |unit| Action::BeginCase { kind, unit };
        let begins = |width, kind| cell(width, &|unit, _| may(&begin(kind)(unit)));
        let acts = |width, event| cell(width, &|_, case| may(&Action::Act { event, case }));
        let theirs = FactId::new(WriterId(0xbb), 1);
        let correct = cell(8, &|_, case| may(&Action::Correct { case, target: theirs, target_post: Some(office(99)) }));
        let withdraw = cell(9, &|_, case| may(&Action::Withdraw { case }));
        let add = cell(4, &|_, case| may(&Action::Add { case }));
        let tick = cell(5, &|_, case| may(&Action::Tick { case }));
        let rehome = cell(7, &|unit, _| may(&Action::Rehome { unit }));
        out += &format!(
            "{:<14}{}{}{}{} |",
            role.key(),
            begins(5, CaseKind::Visit),
            begins(8, CaseKind::Problem),
            begins(9, CaseKind::Petition),
            begins(7, CaseKind::Report)
        );
        out += &format!("{}{} |", acts(8, Event::Receive), acts(6, Event::Close));
        out += &format!("{}{}{} |", acts(5, Event::Note), acts(7, Event::Answer), acts(9, Event::Resubmit));
        out += &format!("{correct}{withdraw} |{add}{tick} |{rehome}\n");
    }
    assert_eq!(out, TABLE, "\n{out}");
}

#[test]
fn the_author_goes_on_with_the_own_case_also_on_a_new_phone_and_the_successor_in_the_post_too() {
    let tree = tree();
    let case = CaseStanding { author: HEAD, post: Some(office(11)), ..standing(TAN_HOA, CaseState::Received) };
    let correct = Action::Correct { case: &case, target: FactId::new(HEAD, 1), target_post: case.post };
    let may = |actor: &Actor| may_write(&tree, actor, Some(office(10)), &correct, TODAY, TODAY);
    let mut author = actor(10, AN_DINH, Role::Head, WriterId(0xcc));
    assert_eq!(may(&author), Err(Refusal::NotYours));

    author.writers.push(HEAD);
    assert_eq!(may(&author), Ok(Standing::InTime));

    let mut successor = actor(10, AN_DINH, Role::Head, WriterId(0xdd));
    successor.posts[0].continues.push(office(11));
    assert_eq!(may(&successor), Ok(Standing::InTime));
}

#[test]
fn who_it_was_forwarded_to_decides_as_well() {
    let tree = tree();
    let there = actor(10, OTHER_COMMUNE, Role::Desk, DESK);
    let mut case = standing(AN_DINH, CaseState::Forwarded);
    let may = |case: &CaseStanding| {
        may_write(&tree, &there, Some(office(10)), &Action::Act { event: Event::Receive, case }, TODAY, TODAY)
    };
    assert_eq!(may(&case), Err(Refusal::NotYourUnit));

    case.forwarded_to.push(OTHER_COMMUNE);
    assert_eq!(may(&case), Ok(Standing::InTime));
}

#[test]
fn a_post_that_ended_vouches_for_sixty_days_for_what_was_written_before() {
    let last = TODAY.plus(-10);
    let post = HeldPost { id: office(10), unit: AN_DINH, role: Role::Head, from: Day(0), to: Some(last), continues: vec![] };
    for (written, judged, verdict) in [
        (last, last, Ok(Standing::InTime)),
        (last, TODAY, Ok(Standing::Late)),
        (last, last.plus(60), Ok(Standing::Late)),
        (last, last.plus(61), Err(Refusal::TooLate)),
        (last.plus(1), TODAY, Err(Refusal::PostEnded)),
        (Day(-5), last, Ok(Standing::InTime)),
        (Day(0), Day(-1), Err(Refusal::NotYourPost)),
    ] {
        assert_eq!(post.vouches(written, judged), verdict, "written {written:?}, judged {judged:?}");
    }
}

#[test]
fn the_weaker_of_post_and_assignment_counts_and_the_best_assignment_is_taken() {
    let tree = tree();
    let mut actor = actor(10, AN_DINH, Role::Liaison, LIAISON);
    let begin = Action::BeginCase { kind: CaseKind::Visit, unit: AN_DINH };
    let may = |actor: &Actor| may_write(&tree, actor, Some(office(10)), &begin, TODAY.plus(-9), TODAY);

    actor.assignments[0].to = Some(TODAY.plus(-5));
    assert_eq!(may(&actor), Ok(Standing::Late));

    actor.assignments.push(HeldAssignment { unit: COMMUNE, from: Day(0), to: None });
    assert_eq!(may(&actor), Ok(Standing::InTime));
}

#[test]
fn a_merged_unit_still_takes_work_and_one_that_just_ended_does_not() {
    use crate::body::{Ended, Kind, UnitsMerged};
    let begin = Action::BeginCase { kind: CaseKind::Problem, unit: AN_DINH };
    let day = TODAY.plus(-30);
    let merge = fact(office(40), Kind::UnitsMerged, None, None, &UnitsMerged { from: vec![AN_DINH], into: AN_BINH, on: day });
    let end = fact(office(41), Kind::Ended, Some(AN_DINH), None, &Ended { last: day });
    let may = |change, unit| {
        let mut tree = tree();
        tree.apply(change);
        may_write(&tree, &actor(10, unit, Role::Head, HEAD), Some(office(10)), &begin, TODAY, TODAY)
    };

    assert_eq!(may(&merge, AN_DINH), Ok(Standing::InTime));
    assert_eq!(may(&merge, AN_BINH), Ok(Standing::InTime));
    assert_eq!(may(&end, AN_DINH), Err(Refusal::UnitEnded));
}

#[test]
fn a_foreign_or_missing_post_gives_no_right_and_the_office_needs_none() {
    let tree = tree();
    let begin = Action::BeginCase { kind: CaseKind::Problem, unit: AN_DINH };
    let head = actor(10, AN_DINH, Role::Head, HEAD);

    assert_eq!(may_write(&tree, &head, Some(office(12)), &begin, TODAY, TODAY), Err(Refusal::NotYourPost));
    assert_eq!(may_write(&tree, &head, None, &begin, TODAY, TODAY), Err(Refusal::NotYourPost));
    assert_eq!(may_write(&tree, &Actor::office(office(1)), None, &Action::Erase, TODAY, TODAY), Ok(Standing::InTime));
}

#[test]
fn what_a_person_may_do_now_follows_from_state_and_role() {
    let tree = tree();
    let root = FactId::new(HEAD, 1);
    let begun = fact(root, Kind::Petition, None, Some(office(10)), &petition(PetitionKind::Complaint));
    let case = folded(&[begun]).unwrap();
    let now = |actor: &Actor| actions_for(&case, actor, &tree, TODAY);

    assert_eq!(now(&actor(10, AN_DINH, Role::Head, HEAD)), [Event::Withdraw, Event::Note]);
    assert_eq!(now(&actor(12, COMMUNE, Role::Desk, DESK)), [Event::Receive, Event::Withdraw, Event::Return, Event::Note]);
    assert_eq!(now(&actor(13, OTHER_COMMUNE, Role::Desk, DESK)), []);
}
