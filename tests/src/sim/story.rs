//! A story: how many phones, which scenarios, and what happens step by step. Each step has a number of its own from which its
//! details follow, so that a step can be left out without changing the others.

use std::fmt;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng as _};

use super::scenarios::{SCENARIOS, Scenario};

macro_rules! happenings {
    ($($(#[doc = $doc:literal])+ $name:ident: $text:literal;)+) => {
        /// What happens in one step.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum What {
            $($(#[doc = $doc])+ $name,)+
        }

        impl What {
            /// In words, after "phone n".
            fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

happenings! {
    /// It talks to the office for a while.
    Session: "talks to the office";
    /// Its person saves a record.
    Record: "saves a record";
    /// Its person saves many records, far from any signal.
    Backlog: "saves many records";
    /// A remark on a case.
    Note: "adds a remark";
    /// A step of a case: received, forwarded, returned, answered …
    Act: "moves a case on";
    /// A correction.
    Correct: "corrects a record";
    /// A photo for a case.
    Attach: "attaches a photo";
    /// A record is begun and left.
    Draft: "keeps a draft";
    /// A draft is looked at again: changed, saved or thrown away.
    Reopen: "goes on with a draft";
    /// "Hoàn tác".
    Undo: "undoes the last save";
    /// A record is taken back.
    Withdraw: "withdraws a record";
    /// Written past what the app would allow, as an older app might.
    Careless: "writes what is not its person's to write";
    /// A remark on a record that was refused.
    NoteRefused: "adds a remark to what was refused";
    /// What was refused is repaired or given up.
    PutRight: "settles what was refused";
    /// A fact of a kind that only newer apps know.
    Newer: "writes a fact of a newer kind";
    /// Its app is newer or older than the office's.
    AppVersion: "gets an app of another version";
    /// An update of the app folds the views anew.
    Rebuild: "rebuilds its views";
    /// The process is killed.
    Kill: "is killed";
    /// It dies in the middle of writing.
    DieWriting: "will die while writing";
    /// The power goes.
    PowerCut: "loses power";
    /// No room is left.
    FillDisk: "has a full disk";
    /// There is room again.
    FreeDisk: "has room again";
    /// Its clock is set.
    Clock: "sets its clock";
    /// It is copied, and both live on.
    Clone: "is copied";
    /// A copy is put away.
    KeepCopy: "is backed up";
    /// An old copy takes its place.
    PutBack: "is put back to its backup";
    /// The office shuts it out.
    Revoke: "is shut out";
    /// It is enrolled again with a code.
    EnrolAgain: "is enrolled again";
    /// Its person gets another phone.
    NewPhone: "gets a sister phone";
    /// It is off until the end.
    Silence: "is switched off";
    /// Seconds go by.
    Seconds: "and everybody wait some seconds";
    /// Hours go by.
    Hours: "and everybody wait some hours";
    /// Days go by.
    Days: "and everybody wait some days";
    /// A month goes by.
    Month: "and everybody wait a month";
    /// Half a year goes by.
    Months: "and everybody wait half a year";
    /// An old request arrives once more.
    LateCopy: "sees an old request arrive again";
    /// A liaison gets or loses a hamlet.
    Duty: "sees duties change";
    /// Somebody leaves a post for another.
    Post: "sees somebody leave a post for another";
    /// Units are merged.
    Merge: "sees two hamlets merged";
    /// A unit is divided.
    Split: "sees a hamlet divided";
    /// A case gets another home.
    Rehome: "sees a case re-homed";
    /// Texts of a case are erased.
    Erase: "sees texts erased";
    /// The office is backed up.
    Backup: "sees the office backed up";
    /// The office comes back from its backup.
    Restore: "sees the office restored";
    /// The desk looks through what phones offered.
    ConfirmOffered: "sees the desk confirm what was offered";
    /// The server restarts.
    OfficeRestart: "sees the server restart";
    /// The server dies in the middle of writing.
    OfficeDies: "sees a server that will die while writing";
    /// The server's disk is full for a while.
    OfficeFull: "sees the server's disk full, or free again";
    /// The server knows less, or takes less at once.
    OfficeVersion: "sees a server of another version";
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub what: What,
    /// To which phone, counted round.
    pub phone: usize,
    /// The details follow from this.
    pub salt: u64,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "phone {} {}", self.phone, self.what.text())
    }
}

/// What was drawn from a seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The seed.
    pub seed: u64,
    /// Phones at the beginning.
    pub phones: usize,
    /// Of a hundred requests, so many meet with trouble.
    pub trouble: u32,
    /// Names of the scenarios that are mixed.
    pub scenarios: Vec<&'static str>,
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, phones, trouble, scenarios } = self;
        write!(f, "seed {seed}: {phones} phones, {trouble} % of requests in trouble, {}", scenarios.join(", "))
    }
}

/// A story to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What was drawn.
    pub options: Options,
    /// What happens.
    pub steps: Vec<Step>,
}

/// How many phones there are, each as likely as the next: mostly few.
const PHONES: [usize; 40] =
    [2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 7, 8, 12, 20];

impl Story {
    /// The story of a seed.
    pub fn of(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let phones = PHONES[rng.random_range(0..PHONES.len())];
        let told: Vec<&Scenario> = SCENARIOS.iter().filter(|scenario| rng.random_ratio(scenario.chance, 100)).collect();
        let weights: Vec<(What, u32)> = told.iter().flat_map(|scenario| scenario.brings).copied().collect();
        let total: u32 = weights.iter().map(|(_, weight)| weight).sum();
        let length = rng.random_range(74..122) + 8 * phones;
        let steps = (0..length)
            .map(|_| {
                let mut at = rng.random_range(0..total);
                let drawn = weights.iter().find(|(_, weight)| at.checked_sub(*weight).map(|left| at = left).is_none());
                let what = drawn.map_or(What::Session, |(what, _)| *what);
                Step { what, phone: rng.random_range(0..phones), salt: rng.random() }
            })
            .collect();
        let trouble = [5, 15, 30, 50][rng.random_range(0..4)];
        let scenarios = told.iter().map(|scenario| scenario.name).collect();
        Self { options: Options { seed, phones, trouble, scenarios }, steps }
    }
}
