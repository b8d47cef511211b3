//! Reports made from records: numbers come from the records, a person edits words only.

use minicbor::{Decode, Encode};

use crate::day::Day;
use crate::id::FactId;

crate::coded! {
    /// How often. Kinds are data; these are the usual ones.
    ReportKind {
        /// Báo cáo ngày.
        Daily = 1: "daily",
        /// Báo cáo tuần.
        Weekly = 2: "weekly",
        /// Báo cáo tháng.
        Monthly = 3: "monthly",
        /// Báo cáo quý.
        Quarterly = 4: "quarterly",
    }
}

crate::coded! {
    /// What a number of a report counts.
    Number {
        /// Visits in the period.
        Visits = 1: "visits",
        /// Problems noted in the period.
        ProblemsNew = 2: "problems_new",
        /// Problems settled or closed in the period.
        ProblemsDone = 3: "problems_done",
        /// Petitions taken in the period.
        PetitionsNew = 4: "petitions_new",
        /// Petitions answered in the period.
        PetitionsDone = 5: "petitions_done",
        /// Matters still open at its end.
        Open = 6: "open",
        /// Follow-ups ticked off in the period.
        FollowUpsDone = 7: "follow_ups_done",
    }
}

/// A report on one unit and period. Its three boxes (làm được, chưa được, đề xuất) are slots of a [`super::Words`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Report {
    /// How often.
    #[n(0)]
    pub kind: ReportKind,
    /// The unit reported on.
    #[n(1)]
    pub unit: FactId,
    /// First day of the period.
    #[n(2)]
    pub from: Day,
    /// Last day of the period.
    #[n(3)]
    pub to: Day,
    /// "Không phát sinh": nothing to report.
    #[n(4)]
    pub nothing: bool,
    /// What was counted, and how many.
    #[n(5)]
    pub numbers: Option<Vec<(Number, u32)>>,
    /// The code the person can read out.
    #[n(6)]
    pub receipt: Option<String>,
}
