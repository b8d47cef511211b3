//! What can happen, as a table: each scenario brings some happenings with weights, and is part of a story by chance.

use super::story::What;

/// A kind of trouble, or of work.
pub(crate) struct Scenario {
    /// For the report of a seed.
    pub(crate) name: &'static str,
    /// In how many of a hundred stories it is.
    pub(crate) chance: u32,
    /// What it brings, and how often.
    pub(crate) brings: &'static [(What, u32)],
}

const fn scenario(name: &'static str, chance: u32, brings: &'static [(What, u32)]) -> Scenario {
    Scenario { name, chance, brings }
}

/// All of them. The first is in every story.
pub(crate) const SCENARIOS: &[Scenario] = &[
    scenario(
        "work",
        100,
        &[
            (What::Session, 46),
            (What::Record, 18),
            (What::Backlog, 8),
            (What::Note, 14),
            (What::Act, 8),
            (What::Correct, 4),
            (What::Attach, 3),
            (What::Draft, 3),
            (What::Reopen, 3),
            (What::Undo, 3),
            (What::Withdraw, 1),
            (What::Seconds, 7),
            (What::Hours, 5),
            (What::Days, 2),
        ],
    ),
    scenario("careless writing", 70, &[(What::Careless, 5), (What::NoteRefused, 2), (What::PutRight, 5)]),
    scenario("duties change", 55, &[(What::Duty, 4), (What::PutRight, 2)]),
    scenario("people change posts", 25, &[(What::Post, 3), (What::PutRight, 1)]),
    scenario("apps are killed", 60, &[(What::Kill, 4), (What::DieWriting, 4)]),
    scenario("batteries die", 45, &[(What::PowerCut, 4)]),
    scenario("phones fill up", 30, &[(What::FillDisk, 2), (What::FreeDisk, 3)]),
    scenario("wrong clocks", 40, &[(What::Clock, 4)]),
    scenario("late duplicates", 60, &[(What::LateCopy, 6)]),
    scenario("the server falls", 40, &[(What::OfficeRestart, 2), (What::OfficeDies, 3), (What::OfficeFull, 1)]),
    scenario("the office is restored", 30, &[(What::Backup, 3), (What::Restore, 2), (What::ConfirmOffered, 3)]),
    scenario("a phone is copied", 20, &[(What::Clone, 1), (What::NoteRefused, 3), (What::PutRight, 2)]),
    scenario("a phone is put back", 20, &[(What::KeepCopy, 3), (What::PutBack, 2)]),
    scenario("a phone is shut out", 15, &[(What::Revoke, 1), (What::EnrolAgain, 2)]),
    scenario("a new phone", 45, &[(What::NewPhone, 2)]),
    scenario("a silent phone", 15, &[(What::Silence, 1), (What::Months, 2)]),
    scenario("months go by", 25, &[(What::Month, 3)]),
    scenario("texts are erased", 35, &[(What::Erase, 2)]),
    scenario("units change", 30, &[(What::Merge, 1), (What::Split, 1), (What::Rehome, 3)]),
    scenario("apps of other versions", 30, &[(What::AppVersion, 2), (What::Newer, 3), (What::Rebuild, 2)]),
    scenario("an older server", 20, &[(What::OfficeVersion, 2)]),
];
