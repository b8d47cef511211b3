//! Corrections: patches over a fact's bytes, who replaced whom, and which of them never saw each other.

use std::collections::BTreeMap;

use super::Fork;
use crate::body::{
    Assignment, CaseEvent, Correction, Ended, Erasure, FollowUp, FollowUpTick, Holiday, Identity, Kind, Mask, OfficeContact,
    Person, Petition, Photo, Post, Problem, Rehomed, Report, Rule, Topic, Unit, UnitRenamed, UnitSplit, UnitsMerged, Visit,
    Withdrawal, Words, WriterEnrolled,
};
use crate::id::FactId;
use crate::map;

/// The corrections of one fact, in canonical order as they are taken in.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    heads: BTreeMap<FactId, Vec<FactId>>,
}

impl Corrections {
    /// Takes in the next correction: gives the corrected body, or none when the patch makes the body unreadable and
    /// therefore counts for nothing.
    ///
    /// Patches are laid over each other key by key, so an edit made elsewhere only stops showing where a later one
    /// touches the same field.
    pub fn take(&mut self, id: FactId, correction: &Correction, kind: Kind, body: &[u8]) -> Option<Vec<u8>> {
        let body = map::patched(body, &correction.patch.0).ok().filter(|body| is_readable(kind, body))?;
        let heads = self.heads.entry(correction.target).or_default();
        heads.retain(|head| !correction.heads.contains(head));
        heads.push(id);
        Some(body)
    }

    /// Every pair that no correction has settled, and the heads by target.
    pub fn finish(self) -> (Vec<Fork>, BTreeMap<FactId, Vec<FactId>>) {
        let mut forks = Vec::new();
        for (target, heads) in &self.heads {
            let Some((shown, kept)) = heads.split_last() else {
                continue;
            };
            forks.extend(kept.iter().map(|kept| Fork { target: *target, shown: *shown, kept: *kept }));
        }
        (forks, self.heads)
    }
}

/// Whether this version can read such a body; a body of an unknown kind only has to be a map.
pub(super) fn is_readable(kind: Kind, body: &[u8]) -> bool {
    fn reads<T: for<'b> minicbor::Decode<'b, ()>>(body: &[u8]) -> bool {
        minicbor::decode::<T>(body).is_ok()
    }
    let typed = match kind {
        Kind::Visit => reads::<Visit>(body),
        Kind::Problem => reads::<Problem>(body),
        Kind::Petition => reads::<Petition>(body),
        Kind::Report => reads::<Report>(body),
        Kind::Words => reads::<Words>(body),
        Kind::Identity => reads::<Identity>(body),
        Kind::Mask => reads::<Mask>(body),
        Kind::CaseEvent => reads::<CaseEvent>(body),
        Kind::Photo => reads::<Photo>(body),
        Kind::FollowUp => reads::<FollowUp>(body),
        Kind::FollowUpTick => reads::<FollowUpTick>(body),
        Kind::Correction => reads::<Correction>(body),
        Kind::Rehomed => reads::<Rehomed>(body),
        Kind::Erasure => reads::<Erasure>(body),
        Kind::Withdrawal => reads::<Withdrawal>(body),
        Kind::Unit => reads::<Unit>(body),
        Kind::UnitsMerged => reads::<UnitsMerged>(body),
        Kind::UnitSplit => reads::<UnitSplit>(body),
        Kind::UnitRenamed => reads::<UnitRenamed>(body),
        Kind::Person => reads::<Person>(body),
        Kind::Post => reads::<Post>(body),
        Kind::Assignment => reads::<Assignment>(body),
        Kind::Ended => reads::<Ended>(body),
        Kind::Topic => reads::<Topic>(body),
        Kind::Rule => reads::<Rule>(body),
        Kind::Holiday => reads::<Holiday>(body),
        Kind::WriterEnrolled => reads::<WriterEnrolled>(body),
        Kind::OfficeContact => reads::<OfficeContact>(body),
        Kind::Other(_) => true,
    };
    typed && map::entries(body).is_ok()
}
