use super::*;

/// Every step there is: state, then the events that may happen in it and where they lead. A note changes nothing and is
/// left out. The whole text is compared, so a step can neither appear nor vanish unnoticed.
const TABLE: &str = "\
visit
  recorded: receive→received return→returned
  received: close→closed return→returned
  returned: resubmit→recorded
report
  recorded: receive→received return→returned
  received: close→closed return→returned
  returned: resubmit→recorded
problem
  recorded: receive→received return→returned
  received: forward→forwarded decline→declined start→in_progress resolve→resolved return→returned
  forwarded: receive→received forward→forwarded decline→declined start→in_progress resolve→resolved return→returned
  declined: answer→answered close→closed reopen→received
  in_progress: forward→forwarded extend→extended suspend→suspended resolve→resolved
  extended: forward→forwarded extend→extended suspend→suspended resolve→resolved
  suspended: resume→in_progress
  resolved: answer→answered close→closed reopen→received
  answered: close→closed reopen→received
  closed: reopen→received
  returned: resubmit→recorded
  settled: close→closed reopen→received
complaint
  recorded: receive→received withdraw→withdrawn return→returned
  received: sort→sorted withdraw→withdrawn return→returned
  sorted: forward→forwarded advise→advised accept→accepted decline→declined withdraw→withdrawn
  forwarded: receive→received forward→forwarded accept→accepted decline→declined withdraw→withdrawn
  advised: close→closed reopen→received
  accepted: start→in_progress withdraw→withdrawn
  declined: answer→answered close→closed reopen→received
  in_progress: extend→extended suspend→suspended withdraw→withdrawn resolve→resolved
  extended: suspend→suspended withdraw→withdrawn resolve→resolved
  suspended: resume→in_progress withdraw→withdrawn
  withdrawn: close→closed reopen→received
  resolved: answer→answered close→closed reopen→received
  answered: close→closed reopen→received
  closed: reopen→received
  returned: withdraw→withdrawn resubmit→recorded
proposal
  recorded: receive→received withdraw→withdrawn return→returned
  received: sort→sorted forward→forwarded advise→advised decline→declined start→in_progress withdraw→withdrawn resolve→resolved return→returned
  sorted: forward→forwarded advise→advised accept→accepted decline→declined start→in_progress withdraw→withdrawn resolve→resolved
  forwarded: receive→received forward→forwarded advise→advised accept→accepted decline→declined start→in_progress withdraw→withdrawn resolve→resolved return→returned
  advised: close→closed reopen→received
  accepted: start→in_progress withdraw→withdrawn
  declined: answer→answered close→closed reopen→received
  in_progress: forward→forwarded extend→extended suspend→suspended withdraw→withdrawn resolve→resolved
  extended: forward→forwarded extend→extended suspend→suspended withdraw→withdrawn resolve→resolved
  suspended: resume→in_progress withdraw→withdrawn
  withdrawn: close→closed reopen→received
  resolved: answer→answered close→closed reopen→received
  answered: close→closed reopen→received
  closed: reopen→received
  returned: withdraw→withdrawn resubmit→recorded
denunciation
";

fn printed(title: &str, kind: CaseKind, petition_kind: Option<PetitionKind>) -> String {
    let mut out = format!("{title}\n");
    for from in CaseState::ALL.iter().copied() {
        let steps = Event::ALL.iter().filter(|event| **event != Event::Note).filter_map(|event| {
            let to = next(kind, petition_kind, from, *event).ok()?;
            Some(format!(" {}→{}", event.key(), to.key()))
        });
        let steps: String = steps.collect();
        if !steps.is_empty() {
            out += &format!("  {}:{steps}\n", from.key());
        }
    }
    out
}

#[test]
fn the_steps_are_exactly_these() {
    let printed = [
        printed("visit", CaseKind::Visit, None),
        printed("report", CaseKind::Report, None),
        printed("problem", CaseKind::Problem, None),
        printed("complaint", CaseKind::Petition, Some(PetitionKind::Complaint)),
        printed("proposal", CaseKind::Petition, Some(PetitionKind::Proposal)),
        printed("denunciation", CaseKind::Petition, Some(PetitionKind::Denunciation)),
    ];
    assert_eq!(printed.concat(), TABLE);
}

#[test]
fn feedback_goes_like_a_proposal_and_a_kind_of_a_newer_version_the_whole_way() {
    for from in CaseState::ALL.iter().copied() {
        for event in Event::ALL.iter().copied() {
            let of = |kind| next(CaseKind::Petition, Some(kind), from, event);
            assert_eq!(of(PetitionKind::Feedback), of(PetitionKind::Proposal));
            assert_eq!(of(PetitionKind::Other(9)), of(PetitionKind::Complaint));
        }
    }
}

#[test]
fn a_note_changes_no_state_and_a_denunciation_takes_not_even_that() {
    for from in CaseState::ALL.iter().copied() {
        assert_eq!(next(CaseKind::Problem, None, from, Event::Note), Ok(from));
        let refused = next(CaseKind::Petition, Some(PetitionKind::Denunciation), from, Event::Note);
        assert_eq!(refused, Err(NotAllowed { from, event: Event::Note }));
    }
}

#[test]
fn an_event_or_state_of_a_newer_version_has_no_steps_here() {
    let unknown = Event::Other(99);
    assert!(next(CaseKind::Problem, None, CaseState::Recorded, unknown).is_err());
    assert!(next(CaseKind::Problem, None, CaseState::Other(99), Event::Close).is_err());
}

#[test]
fn every_step_leads_to_a_state_the_kind_has_steps_or_an_end_for() {
    let ends = [CaseState::Closed];
    for (kind, petition_kind) in [
        (CaseKind::Visit, None),
        (CaseKind::Problem, None),
        (CaseKind::Petition, Some(PetitionKind::Complaint)),
        (CaseKind::Petition, Some(PetitionKind::Proposal)),
    ] {
        let leads_on = |state| Event::ALL.iter().any(|e| *e != Event::Note && next(kind, petition_kind, state, *e).is_ok());
        for from in CaseState::ALL.iter().copied() {
            for to in Event::ALL.iter().filter_map(|event| next(kind, petition_kind, from, *event).ok()) {
                assert!(to == from || leads_on(to) || ends.contains(&to), "{kind:?}: nothing leads on from {}", to.key());
            }
        }
    }
}
