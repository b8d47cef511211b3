//! What can be asked of the headless phone.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::record_args::{PetitionArgs, ProblemArgs, ReportArgs, VisitArgs};

/// Sổ Địa Bàn, điện thoại không màn hình.
#[derive(Debug, Parser)]
#[command(name = "phone", about = "Sổ Địa Bàn không màn hình: mỗi lệnh mở sổ, làm một việc rồi thoát")]
pub struct Command {
    /// Folder of this phone's notebook.
    #[arg(long, short = 'd')]
    pub dir: PathBuf,
    /// Print records for scripts instead of sentences.
    #[arg(long, global = true)]
    pub json: bool,
    /// This phone's clock: a moment ("2026-11-22T09:00:00+07:00"), or seconds it is fast or slow ("+3600", "-60").
    #[arg(long, global = true, allow_hyphen_values = true)]
    pub clock: Option<String>,
    /// What the system says about the network: none, metered, unmetered. Kept for the following calls.
    #[arg(long, global = true)]
    pub network: Option<String>,
    /// The post one acts in, where several fit: its title or id.
    #[arg(long, global = true)]
    pub post: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// One thing to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Enrol with the office's code.
    Enrol(EnrolArgs),
    /// Hôm nay.
    Today,
    /// Whose phone it is and how it stands.
    Status,
    /// A visit, step by step or at once.
    Visit(VisitArgs),
    /// Note a problem.
    Problem(ProblemArgs),
    /// Take a petition.
    Petition(PetitionArgs),
    /// Report, or "không phát sinh".
    Report(ReportArgs),
    /// Attach a picture to a record.
    Photo {
        /// The picture.
        file: PathBuf,
        /// The record.
        #[arg(long)]
        case: String,
    },
    /// Unfinished forms.
    #[command(subcommand)]
    Draft(DraftVerb),
    /// List records, fifty a page.
    List(ListArgs),
    /// Find records.
    Search {
        /// Words; without marks all spellings are found.
        words: Vec<String>,
    },
    /// One record, by id or receipt.
    Show {
        /// Id or receipt.
        id: String,
    },
    /// A hamlet's page.
    Hamlet {
        /// Id or name.
        unit: String,
    },
    /// Send and receive until nothing is left or nothing goes.
    Sync,
    /// Gửi – nhận.
    Outbox,
    /// The receipt of a record, to read out.
    Receipt {
        /// The record.
        id: String,
    },
    /// Open a refused record as a draft; with --save, save it again as it is.
    Repair {
        /// The record.
        id: String,
        /// New text.
        #[arg(long)]
        text: Option<String>,
        /// Another hamlet, by id or name.
        #[arg(long)]
        unit: Option<String>,
        /// Save at once.
        #[arg(long)]
        save: bool,
    },
    /// Give a refused record up.
    Discard {
        /// The record.
        id: String,
    },
    /// Hoàn tác.
    Undo {
        /// The record.
        id: String,
    },
    /// Take a record back after it was sent.
    TakeBack {
        /// The record.
        id: String,
    },
    /// Đính chính.
    Correct {
        /// The record.
        id: String,
        /// New text.
        #[arg(long)]
        text: Option<String>,
        /// New place in the hamlet.
        #[arg(long = "where")]
        place: Option<String>,
    },
    /// Add a note.
    Note {
        /// The record.
        id: String,
        /// The text.
        text: String,
    },
    /// Đã trả lời người dân.
    Answer {
        /// The record.
        id: String,
        /// in_person, phone, letter or meeting.
        #[arg(long, default_value = "in_person")]
        way: String,
        /// What was said.
        #[arg(long, default_value = "")]
        text: String,
    },
    /// Another step of a case that this person may take.
    Act {
        /// The record.
        id: String,
        /// receive, start, resolve, close …
        action: String,
        /// The text.
        #[arg(long, default_value = "")]
        text: String,
    },
    /// Look at a promise again.
    FollowUp {
        /// The promise.
        id: String,
        /// Chưa xong.
        #[arg(long)]
        not_done: bool,
    },
    /// Hamlets visited of hamlets assigned.
    Coverage,
    /// Practice mode: on or off.
    Practice {
        /// on or off.
        state: String,
    },
    /// Photos over mobile data: everything or text_only.
    Photos {
        /// everything or text_only.
        policy: String,
    },
    /// Drop everything folded and fold it again.
    Rebuild,
    /// Look at the database and the views.
    Check,
    /// A canonical dump of the confirmed records; equal on two phones that hold the same.
    Dump,
}

/// The office's code.
#[derive(Debug, Args)]
pub struct EnrolArgs {
    /// The text of the QR.
    pub code: Option<String>,
    /// The server's address.
    #[arg(long, requires = "digits", conflicts_with = "code")]
    pub address: Option<String>,
    /// Ten digits.
    #[arg(long, requires = "address")]
    pub digits: Option<String>,
    /// Only look whose code it is.
    #[arg(long)]
    pub look: bool,
    /// What to call this phone in the office's list.
    #[arg(long, default_value = "headless")]
    pub device: String,
}

/// What to do with drafts.
#[derive(Debug, Subcommand)]
pub enum DraftVerb {
    /// All of them.
    List,
    /// One.
    Show {
        /// Its id.
        id: String,
    },
    /// The one last touched: where one left off.
    Resume,
    /// Save it.
    Save {
        /// Its id.
        id: String,
    },
    /// Delete it; with --erase leave no byte of it.
    Delete {
        /// Its id.
        id: String,
        /// It proved to be a denunciation.
        #[arg(long)]
        erase: bool,
    },
}

/// What to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// visit, problem, petition or report.
    pub kind: Option<String>,
    /// The unit, by id or name.
    #[arg(long)]
    pub unit: Option<String>,
    /// Only open ones.
    #[arg(long)]
    pub open: bool,
    /// Only own ones.
    #[arg(long)]
    pub mine: bool,
    /// From this page on, as the page before said.
    #[arg(long)]
    pub after: Option<String>,
    /// Every page.
    #[arg(long)]
    pub all: bool,
}
