#![allow(clippy::unwrap_used)]
use super::*;
use crate::body::CaseState;
use crate::body::{Erasure, Handling, Identity, Level, Patch, Role, Unit, Withdrawal};
use crate::case::sample::*;

const ROOT: FactId = FactId::new(HEAD, 1);
const POST: Option<FactId> = Some(office(10));

fn head() -> Actor {
    actor(10, AN_DINH, Role::Head, HEAD)
}

fn desk() -> Actor {
    actor(10, COMMUNE, Role::Desk, DESK)
}

fn case(kind: PetitionKind) -> Case {
    let mut facts = vec![fact(ROOT, Kind::Petition, None, POST, &petition(kind))];
    if kind != PetitionKind::Denunciation {
        facts.push(fact(FactId::new(HEAD, 2), Kind::Words, Some(ROOT), POST, &words(None, "một")));
    }
    folded(&facts).unwrap()
}

fn by<T: minicbor::Encode<()>>(actor: &Actor, kind: Kind, body: &T) -> Result<Standing, Refusal> {
    on(&case(PetitionKind::Complaint), actor, kind, body)
}

fn on<T: minicbor::Encode<()>>(case: &Case, actor: &Actor, kind: Kind, body: &T) -> Result<Standing, Refusal> {
    let writer = actor.writers.first().copied().unwrap_or(OFFICE);
    let post = actor.posts.first().map(|post| post.id);
    judge(&tree(), actor, &fact(FactId::new(writer, 20), kind, Some(case.root), post, body), Some(case), TODAY)
}

fn begins<T: minicbor::Encode<()>>(actor: &Actor, kind: Kind, body: &T) -> Result<Standing, Refusal> {
    let post = actor.posts.first().map(|post| post.id);
    judge(&tree(), actor, &fact(FactId::new(HEAD, 20), kind, None, post, body), None, TODAY)
}

#[test]
fn a_first_fact_is_judged_by_what_it_says() {
    let liaison = actor(10, AN_DINH, Role::Liaison, LIAISON);
    assert_eq!(begins(&head(), Kind::Problem, &problem(Handling::Proposed)), Ok(Standing::InTime));
    assert_eq!(begins(&head(), Kind::Visit, &visit(TODAY)), Err(Refusal::NotYourDuty));
    assert_eq!(begins(&liaison, Kind::Visit, &visit(TODAY.plus(-7))), Ok(Standing::InTime));
    assert_eq!(begins(&liaison, Kind::Visit, &visit(TODAY.plus(-8))), Err(Refusal::VisitTooOld));
    assert_eq!(begins(&liaison, Kind::Visit, &visit(TODAY.plus(2))), Err(Refusal::VisitInFuture));
    let nowhere = Petition { unit: office(77), ..petition(PetitionKind::Proposal) };
    assert_eq!(begins(&head(), Kind::Petition, &nowhere), Err(Refusal::UnknownUnit));
    assert_eq!(begins(&head(), Kind::Petition, &words(None, "x")), Err(Refusal::Malformed));
    assert_eq!(begins(&head(), Kind::Words, &words(None, "x")), Err(Refusal::Malformed));
}

#[test]
fn a_kind_of_a_newer_version_may_join_a_case_but_not_begin_one() {
    let newer = Kind::Other(300);
    assert_eq!(begins(&head(), newer, &words(None, "x")), Err(Refusal::UnknownKind));
    assert_eq!(begins(&Actor::office(office(1)), newer, &words(None, "x")), Ok(Standing::InTime));
    assert_eq!(by(&head(), newer, &words(None, "x")), Ok(Standing::InTime));
    assert_eq!(by(&actor(13, AN_BINH, Role::Head, LIAISON), newer, &words(None, "x")), Err(Refusal::NotYourUnit));
}

#[test]
fn an_event_must_carry_the_state_it_leads_to() {
    let receive = |state| event(Event::Receive, state);
    assert_eq!(by(&desk(), Kind::CaseEvent, &receive(CaseState::Received)), Ok(Standing::InTime));
    assert_eq!(by(&desk(), Kind::CaseEvent, &receive(CaseState::Closed)), Err(Refusal::NotAllowedNow));
    assert_eq!(by(&desk(), Kind::CaseEvent, &event(Event::Close, CaseState::Closed)), Err(Refusal::NotAllowedNow));
    assert_eq!(by(&head(), Kind::CaseEvent, &receive(CaseState::Received)), Err(Refusal::NotYourDuty));
    assert_eq!(by(&head(), Kind::CaseEvent, &event(Event::Note, CaseState::Closed)), Ok(Standing::InTime));
    assert_eq!(by(&head(), Kind::CaseEvent, &event(Event::Other(50), CaseState::Other(60))), Ok(Standing::InTime));
}

#[test]
fn a_forward_names_a_known_unit_and_only_who_receives_stamps_a_due_day() {
    let proposal = Case { state: CaseState::Received, ..case(PetitionKind::Proposal) };
    let forward = |to| CaseEvent { to, ..event(Event::Forward, CaseState::Forwarded) };
    assert_eq!(on(&proposal, &desk(), Kind::CaseEvent, &forward(None)), Err(Refusal::Malformed));
    assert_eq!(on(&proposal, &desk(), Kind::CaseEvent, &forward(Some(office(77)))), Err(Refusal::UnknownUnit));
    assert_eq!(on(&proposal, &desk(), Kind::CaseEvent, &forward(Some(TAN_HOA))), Ok(Standing::InTime));
    let stamped = CaseEvent { due: Some(TODAY), ..event(Event::Note, CaseState::Received) };
    assert_eq!(on(&proposal, &head(), Kind::CaseEvent, &stamped), Err(Refusal::OfficeOnly));
    assert_eq!(on(&proposal, &desk(), Kind::CaseEvent, &stamped), Ok(Standing::InTime));
}

#[test]
fn words_belong_to_who_wrote_what_they_are_about() {
    assert_eq!(by(&head(), Kind::Words, &words(None, "thêm")), Ok(Standing::InTime));
    assert_eq!(by(&head(), Kind::Words, &words(Some(office(77)), "thêm")), Err(Refusal::UnknownTarget));
    let neighbour = actor(12, AN_DINH, Role::Secretary, LIAISON);
    assert_eq!(by(&neighbour, Kind::Words, &words(None, "thêm")), Err(Refusal::NotYours));
}

#[test]
fn a_correction_may_not_break_the_body_leave_the_own_unit_or_make_a_denunciation() {
    let patch =
        |key: u32, value| Correction { target: ROOT, heads: vec![], patch: Patch(map::from_entries(&[(key, value)].into())) };
    assert_eq!(by(&head(), Kind::Correction, &patch(3, map::encoded(true))), Ok(Standing::InTime));
    assert_eq!(by(&head(), Kind::Correction, &patch(0, vec![0xf7])), Err(Refusal::Malformed));
    assert_eq!(by(&head(), Kind::Correction, &patch(0, map::encoded(TAN_HOA))), Err(Refusal::NotYourUnit));
    let denunciation = patch(1, map::encoded(PetitionKind::Denunciation));
    assert_eq!(by(&head(), Kind::Correction, &denunciation), Err(Refusal::DenunciationKeepsNothing));
    let unknown = Correction { target: office(77), ..patch(3, map::encoded(true)) };
    assert_eq!(by(&desk(), Kind::Correction, &unknown), Err(Refusal::UnknownTarget));
}

#[test]
fn a_denunciation_keeps_nothing_whoever_writes_it() {
    let denunciation = case(PetitionKind::Denunciation);
    let office = Actor::office(office(1));
    let name = Identity { name: Some("x".into()), phone: None, address: None };
    for actor in [head(), desk(), office.clone()] {
        let refused = Err(Refusal::DenunciationKeepsNothing);
        assert_eq!(on(&denunciation, &actor, Kind::Words, &words(None, "x")), refused);
        assert_eq!(on(&denunciation, &actor, Kind::Identity, &name), refused);
        assert_eq!(on(&denunciation, &actor, Kind::CaseEvent, &event(Event::Note, CaseState::Advised)), refused);
        assert_eq!(on(&denunciation, &actor, Kind::Other(300), &words(None, "x")), refused);
    }
    let erasure = Erasure { facts: vec![ROOT], ground: "1".into() };
    assert_eq!(on(&denunciation, &office, Kind::Erasure, &erasure), Ok(Standing::InTime));
    assert_eq!(on(&denunciation, &head(), Kind::Withdrawal, &Withdrawal {}), Ok(Standing::InTime));
    let with_code = Petition { receipt: Some("A1-1".into()), ..petition(PetitionKind::Denunciation) };
    assert_eq!(begins(&head(), Kind::Petition, &with_code), Err(Refusal::DenunciationKeepsNothing));
    assert_eq!(begins(&head(), Kind::Petition, &petition(PetitionKind::Denunciation)), Ok(Standing::InTime));
}

#[test]
fn a_case_taken_back_takes_nothing_more() {
    let mut taken_back = case(PetitionKind::Complaint);
    assert_eq!(on(&taken_back, &head(), Kind::Withdrawal, &Withdrawal {}), Ok(Standing::InTime));
    taken_back.state = CaseState::InProgress;
    assert_eq!(on(&taken_back, &head(), Kind::Withdrawal, &Withdrawal {}), Err(Refusal::NotAllowedNow));
    taken_back.withdrawn = true;
    assert_eq!(on(&taken_back, &desk(), Kind::Words, &words(None, "x")), Err(Refusal::NotAllowedNow));
}

#[test]
fn the_organisation_is_described_by_the_office_only_and_unknown_cases_are_refused() {
    let hamlet = Unit {
        level: Level::Hamlet,
        label: "ấp".into(),
        name: "Mới".into(),
        parent: Some(COMMUNE),
        from: None,
        code: None,
        point: None,
    };
    assert_eq!(begins(&desk(), Kind::Unit, &hamlet), Err(Refusal::OfficeOnly));
    assert_eq!(begins(&Actor::office(office(1)), Kind::Unit, &hamlet), Ok(Standing::InTime));
    let orphan = fact(FactId::new(HEAD, 20), Kind::Words, Some(office(77)), POST, &words(None, "x"));
    assert_eq!(judge(&tree(), &head(), &orphan, None, TODAY), Err(Refusal::UnknownRoot));
}
