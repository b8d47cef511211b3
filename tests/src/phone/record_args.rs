//! How a record is told to the headless phone: a visit step by step or at once, a problem, a petition, a report.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// A visit: a step, or all at once.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct VisitArgs {
    /// One step.
    #[command(subcommand)]
    pub step: Option<VisitStep>,
    /// The hamlet, by id or name.
    #[arg(long)]
    pub unit: Option<String>,
    /// The rest.
    #[command(flatten)]
    pub fields: VisitFields,
}

/// One step of a visit; without `--draft` it is the draft last touched.
#[derive(Debug, Subcommand)]
pub enum VisitStep {
    /// Begin.
    Start {
        /// The hamlet, by id or name.
        #[arg(long)]
        unit: Option<String>,
        /// Written down later.
        #[arg(long)]
        later: bool,
    },
    /// Fill in.
    Set {
        /// The draft.
        #[arg(long)]
        draft: Option<String>,
        /// What to fill in.
        #[command(flatten)]
        fields: Box<VisitFields>,
    },
    /// Mark a topic: number from 1 or id, then done, not_done or not_known, then a remark: `2=done:Đã họp dân`.
    Topic {
        /// As described.
        mark: String,
        /// The draft.
        #[arg(long)]
        draft: Option<String>,
    },
    /// Note a problem found.
    Problem {
        /// What is wrong.
        text: String,
        /// province, district, commune: propose it there; else it is settled on the spot.
        #[arg(long)]
        propose: Option<String>,
        /// normal, urgent or complex.
        #[arg(long, default_value = "normal")]
        urgency: String,
        /// The draft.
        #[arg(long)]
        draft: Option<String>,
    },
    /// Look at last month's promise.
    FollowUp {
        /// The promise.
        id: String,
        /// Chưa xong.
        #[arg(long)]
        not_done: bool,
        /// The draft.
        #[arg(long)]
        draft: Option<String>,
    },
    /// Attach a picture.
    Photo {
        /// The picture.
        file: PathBuf,
        /// The draft.
        #[arg(long)]
        draft: Option<String>,
    },
    /// Lưu.
    Save {
        /// The draft.
        #[arg(long)]
        draft: Option<String>,
    },
}

/// Fields of a visit.
#[derive(Debug, Args, Default)]
pub struct VisitFields {
    /// dd/MM/yyyy; at most seven days back.
    #[arg(long)]
    pub day: Option<String>,
    /// head, secretary, front, associations, residents, security.
    #[arg(long)]
    pub met: Vec<String>,
    /// latitude,longitude,metres.
    #[arg(long, allow_hyphen_values = true)]
    pub fix: Option<String>,
    /// Why there is no better evidence of the place.
    #[arg(long)]
    pub place_reason: Option<String>,
    /// `2=done:remark`, as often as there are topics.
    #[arg(long)]
    pub topic: Vec<String>,
    /// A problem found; `commune:text` proposes it to that level.
    #[arg(long)]
    pub problem: Vec<String>,
    /// A promise looked at: `id=done` or `id=not_done`.
    #[arg(long)]
    pub follow_up: Vec<String>,
    /// A promise for the next month.
    #[arg(long)]
    pub promise: Vec<String>,
    /// Pictures.
    #[arg(long)]
    pub photo: Vec<PathBuf>,
    /// General remark.
    #[arg(long)]
    pub remark: Option<String>,
}

/// A problem.
#[derive(Debug, Args)]
pub struct ProblemArgs {
    /// What is wrong.
    pub text: String,
    /// The hamlet, by id or name; the only one when absent.
    #[arg(long)]
    pub unit: Option<String>,
    /// province, district, commune: propose it there; else it is settled on the spot.
    #[arg(long)]
    pub propose: Option<String>,
    /// normal, urgent or complex.
    #[arg(long, default_value = "normal")]
    pub urgency: String,
    /// Where in the hamlet.
    #[arg(long = "where", default_value = "")]
    pub place: String,
    /// Pictures.
    #[arg(long)]
    pub photo: Vec<PathBuf>,
    /// Leave it as a draft.
    #[arg(long)]
    pub draft: bool,
}

/// A petition.
#[derive(Debug, Args)]
pub struct PetitionArgs {
    /// What the resident says.
    #[arg(default_value = "")]
    pub text: String,
    /// Answers to the questions: `n,n,y,n`.
    #[arg(long)]
    pub answers: String,
    /// The hamlet, by id or name; the only one when absent.
    #[arg(long)]
    pub unit: Option<String>,
    /// Full name of the resident; anonymous when absent.
    #[arg(long)]
    pub name: Option<String>,
    /// Phone number of the resident.
    #[arg(long, default_value = "")]
    pub phone: String,
    /// Address of the resident.
    #[arg(long, default_value = "")]
    pub address: String,
    /// Where in the hamlet.
    #[arg(long = "where", default_value = "")]
    pub place: String,
    /// Pictures.
    #[arg(long)]
    pub photo: Vec<PathBuf>,
    /// Leave it as a draft.
    #[arg(long)]
    pub draft: bool,
}

/// A report.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// daily, weekly, monthly or quarterly.
    #[arg(long, default_value = "weekly")]
    pub kind: String,
    /// The unit, by id or name; the only one when absent.
    #[arg(long)]
    pub unit: Option<String>,
    /// "Không phát sinh".
    #[arg(long)]
    pub nothing: bool,
    /// Box "làm được".
    #[arg(long, default_value = "")]
    pub done: String,
    /// Box "chưa được".
    #[arg(long, default_value = "")]
    pub not_done: String,
    /// Box "đề xuất".
    #[arg(long, default_value = "")]
    pub proposed: String,
}
