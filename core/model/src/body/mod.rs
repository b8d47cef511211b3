//! What each kind of fact says. Bodies are maps with small integer keys; fields are only ever added, and never change
//! type or meaning. A field this version does not know stays in the fact's own bytes.

mod case_event;
mod correction;
mod follow_up;
mod office;
mod petition;
mod photo;
mod problem;
mod report;
mod visit;
mod words;

pub use case_event::{AnswerWay, CaseEvent, CaseState, Event, Rehomed};
pub use correction::{Correction, Erasure, Patch, Withdrawal};
pub use follow_up::{FollowUp, FollowUpTick};
pub use office::{
    Assignment, Ended, Holiday, Level, OfficeContact, Person, Post, Role, Rule, Topic, Unit, UnitRenamed, UnitSplit,
    UnitsMerged, WriterEnrolled,
};
pub use petition::{Identity, Mask, Petition, PetitionKind};
pub use photo::Photo;
pub use problem::{Handling, Problem, Urgency};
pub use report::{Number, Report, ReportKind};
pub use visit::{MarkedTopic, Met, Place, TopicMark, Visit};
pub use words::{Slot, Words};

crate::coded! {
    /// The kind of a fact. Numbers below 20 are written by the office only.
    Kind {
        /// A unit exists: [`Unit`].
        Unit = 1: "unit",
        /// Units became part of another: [`UnitsMerged`].
        UnitsMerged = 2: "units_merged",
        /// A unit was divided: [`UnitSplit`].
        UnitSplit = 3: "unit_split",
        /// A colleague: [`Person`].
        Person = 4: "person",
        /// A title held in a unit: [`Post`].
        Post = 5: "post",
        /// A person looks after a unit or a field of work: [`Assignment`].
        Assignment = 6: "assignment",
        /// A post, assignment, topic or unit ended: [`Ended`].
        Ended = 7: "ended",
        /// An item of the visit checklist: [`Topic`].
        Topic = 8: "topic",
        /// A clock rule: [`Rule`].
        Rule = 9: "rule",
        /// A day off or a swapped working day: [`Holiday`].
        Holiday = 10: "holiday",
        /// A phone was enrolled for a person: [`WriterEnrolled`].
        WriterEnrolled = 11: "writer_enrolled",
        /// A case was given to another unit after a merge or split: [`Rehomed`]. Root: the case.
        Rehomed = 12: "rehomed",
        /// Named facts were erased: [`Erasure`]. Root: the case.
        Erasure = 13: "erasure",
        /// How to reach the office by phone: [`OfficeContact`].
        OfficeContact = 14: "office_contact",
        /// A unit has a new name: [`UnitRenamed`]. Root: the unit.
        UnitRenamed = 15: "unit_renamed",
        /// One check-in at a hamlet: [`Visit`]. Begins a case.
        Visit = 20: "visit",
        /// Something wrong in a hamlet: [`Problem`]. Begins a case.
        Problem = 21: "problem",
        /// What a resident asks for: [`Petition`]. Begins a case.
        Petition = 22: "petition",
        /// A daily, weekly, monthly or quarterly report: [`Report`]. Begins a case.
        Report = 23: "report",
        /// Free text of a case: [`Words`].
        Words = 30: "words",
        /// Who the petitioner is: [`Identity`].
        Identity = 31: "identity",
        /// The petitioner's name as others may see it: [`Mask`].
        Mask = 32: "mask",
        /// Something happened to the case: [`CaseEvent`].
        CaseEvent = 33: "case_event",
        /// A picture: [`Photo`].
        Photo = 34: "photo",
        /// A promise with a due month: [`FollowUp`].
        FollowUp = 35: "follow_up",
        /// A promise was looked at again: [`FollowUpTick`].
        FollowUpTick = 36: "follow_up_tick",
        /// New values for fields of an earlier fact: [`Correction`].
        Correction = 37: "correction",
        /// The author takes the case back after it was sent: [`Withdrawal`].
        Withdrawal = 38: "withdrawal",
    }
}

impl Kind {
    /// Whether a fact of this kind begins a case of the work (a visit, problem, petition or report).
    pub const fn begins_case(self) -> bool {
        matches!(self, Self::Visit | Self::Problem | Self::Petition | Self::Report)
    }

    /// Whether only the office may write it.
    pub const fn office_only(self) -> bool {
        self.code() < 20
    }

    /// Whether it describes the organisation (units, people, topics, rules) rather than a case.
    pub const fn is_reference(self) -> bool {
        self.office_only() && !matches!(self, Self::Rehomed | Self::Erasure)
    }
}
