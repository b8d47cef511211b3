//! What the seeds visited: how often each fault happened, and each way through the sync.

use std::collections::BTreeMap;
use std::fmt;

use fieldbook_device::engine::Answer;
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};

/// Every fault that a long run must have hit.
pub const FAULTS: &[&str] = &[
    "delayed",
    "no connection",
    "dropped",
    "answer lost",
    "answer cut off",
    "cut mid-body",
    "duplicated",
    "reordered",
    "killed before sending",
    "killed before the answer",
    "office busy",
    "a stranger answers",
    "killed",
    "died while writing",
    "power cut",
    "disk full",
    "clock ten years off",
    "server restarted",
    "server died while writing",
    "server disk full",
    "office restored",
    "restored on a new machine",
    "phone cloned",
    "phone put back",
    "phone revoked",
    "silent for 400 days",
    "newer app",
    "older app",
    "older server",
    "duty given",
    "duty ended",
    "post changed",
    "units merged",
    "unit split",
    "case re-homed",
    "texts erased",
    "token rotated",
    "views rebuilt",
];

/// Every way through the sync that a long run must have taken.
pub const PATHS: &[&str] = &[
    "acknowledged",
    "refused",
    "held",
    "late",
    "dropped cases",
    "facts pulled",
    "more to come",
    "facts asked by name",
    "offered to a restored office",
    "epoch changed",
    "checked: same",
    "checked: not the same",
    "parts compared",
    "photos asked about",
    "photo finished",
    "photo piece",
    "preview",
    "wrong offset",
    "enrolled",
    "fault: unknown_token",
    "fault: revoked",
    "fault: cloned",
    "fault: update_app",
    "fault: await_confirmation",
    "fault: not_found",
    "fault: unavailable",
    "fault: malformed",
    "saved",
    "forwarded",
    "undone",
    "draft kept",
    "draft saved later",
    "repaired",
    "discarded",
    "told no",
];

/// Counts by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    /// Once more.
    pub(crate) fn hit(&mut self, name: &'static str) {
        *self.0.entry(name).or_default() += 1;
    }

    /// Adds another one's counts.
    pub fn add(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            *self.0.entry(name).or_default() += count;
        }
    }

    /// How often this was hit.
    pub fn of(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    /// The sum over these names.
    pub fn sum(&self, names: &[&str]) -> u64 {
        names.iter().map(|name| self.of(name)).sum()
    }

    /// Which of these were never hit.
    pub fn missing(&self, names: &[&'static str]) -> Vec<&'static str> {
        names.iter().copied().filter(|name| self.of(name) == 0).collect()
    }

    /// What a sync asked for.
    pub(crate) fn asked(&mut self, request: &SyncRequest) {
        let asked = [
            (request.offered.is_some(), "offered to a restored office"),
            (request.want.is_some(), "facts asked by name"),
            (request.blobs.is_some(), "photos asked about"),
        ];
        asked.iter().filter(|(is, _)| *is).for_each(|(_, name)| self.hit(name));
    }

    /// What the office answered to a sync.
    pub(crate) fn answered(&mut self, answer: &SyncAnswer) {
        let check = answer.check.as_ref();
        let outcomes = [
            (answer.acknowledged.is_some(), "acknowledged"),
            (answer.refused.is_some(), "refused"),
            (answer.held.is_some(), "held"),
            (answer.late.is_some(), "late"),
            (answer.drop.is_some(), "dropped cases"),
            (answer.facts.is_some(), "facts pulled"),
            (answer.more.is_some(), "more to come"),
            (answer.restored.is_some(), "epoch changed"),
            (check.is_some_and(|check| check.same), "checked: same"),
            (check.is_some_and(|check| !check.same && check.parts.is_none()), "checked: not the same"),
            (check.is_some_and(|check| check.parts.is_some()), "parts compared"),
        ];
        outcomes.iter().filter(|(is, _)| *is).for_each(|(_, name)| self.hit(name));
    }

    /// A fault the office answered with.
    pub(crate) fn refused(&mut self, answer: &Answer) {
        let Ok(Fault { code, .. }) = frame::unpack::<Fault>(&answer.body) else { return };
        self.hit(match code {
            FaultCode::Malformed => "fault: malformed",
            FaultCode::UnknownToken => "fault: unknown_token",
            FaultCode::Revoked => "fault: revoked",
            FaultCode::Cloned => "fault: cloned",
            FaultCode::TooLarge => "fault: too_large",
            FaultCode::UpdateApp => "fault: update_app",
            FaultCode::Slower => "fault: slower",
            FaultCode::Unavailable => "fault: unavailable",
            FaultCode::NotFound => "fault: not_found",
            FaultCode::BadCode => "fault: bad_code",
            FaultCode::AwaitConfirmation => "fault: await_confirmation",
            FaultCode::WrongOffset => "wrong offset",
            FaultCode::BadPicture => "fault: bad_picture",
            FaultCode::Other(_) => "fault: other",
        });
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in &self.0 {
            writeln!(f, "  {count:>9}  {name}")?;
        }
        Ok(())
    }
}
