//! One case: where it stands, what may be done now, what happened.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use fieldbook_device::work::{self, EventDraft, NewPhoto};
use fieldbook_model::body::{Event, Slot};
use fieldbook_model::case::CaseKind;
use serde::Serialize;

use crate::calendar_day::CalendarDay;
use crate::drafts::Saved;
use crate::entry::PhotoEntry;
use crate::error::{Field, FieldbookError, InputFault, Result};
use crate::fieldbook::Fieldbook;
use crate::records::{CaseRow, FollowUpLine, PhotoLine};
use crate::words::{
    AnswerWay, CaseAction, CaseState, Handling, Met, PlaceEvidence, ReportKind, ReportNumber, TopicMark, UnitLevel,
};
use crate::{convert, form, page, rows};

/// A case with everything its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct CasePageView {
    /// What the list shows of it.
    pub row: CaseRow,
    /// Its unit.
    pub unit_id: String,
    /// Who wrote it down.
    pub author: String,
    /// This person did.
    pub mine: bool,
    /// Its whole text.
    pub text: String,
    /// Where in the hamlet.
    pub place: String,
    /// Law and article behind the due day.
    pub basis: Option<String>,
    /// Who the resident is, as far as this person may know: the whole name, or the masked one.
    pub resident: Option<Resident>,
    /// Of a visit.
    pub visit: Option<VisitPart>,
    /// Of a problem.
    pub problem: Option<ProblemPart>,
    /// Of a report.
    pub report: Option<ReportPart>,
    /// What this person may do now.
    pub actions: Vec<CaseAction>,
    /// This person may correct it.
    pub can_correct: bool,
    /// This person may take it back.
    pub can_take_back: bool,
    /// What happened, oldest first.
    pub history: Vec<HistoryLine>,
    /// Its pictures.
    pub photos: Vec<PhotoLine>,
    /// Texts of which there are two versions ("có hai bản").
    pub forks: Vec<ForkLine>,
    /// Parts of it were erased.
    pub erased: bool,
}

/// A resident, as far as this person may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Resident {
    /// The name, or its mask "Nguyễn V. A.".
    pub name: String,
    /// Only the mask is known here.
    pub masked: bool,
    /// Phone number.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// The resident did not want to be named.
    pub anonymous: bool,
}

/// What a visit says.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct VisitPart {
    /// The day it counts for.
    pub day: CalendarDay,
    /// How well the place is known.
    pub evidence: PlaceEvidence,
    /// Why not better.
    pub place_reason: String,
    /// Whom one worked with.
    pub met: Vec<Met>,
    /// Who else was there.
    pub with: String,
    /// The checklist.
    pub topics: Vec<TopicLine>,
    /// Promises made.
    pub promises: Vec<FollowUpLine>,
}

/// A topic with its box and remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TopicLine {
    /// The question.
    pub text: String,
    /// Its box.
    pub mark: TopicMark,
    /// The remark.
    pub remark: String,
}

/// What a problem says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ProblemPart {
    /// Settled, or proposed upward.
    pub handling: Handling,
    /// The level proposed to.
    pub to_level: Option<UnitLevel>,
    /// The visit on which it was found.
    pub visit_id: Option<String>,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ReportPart {
    /// How often.
    pub kind: ReportKind,
    /// First day.
    pub from: CalendarDay,
    /// Last day.
    pub to: CalendarDay,
    /// "Không phát sinh".
    pub nothing: bool,
    /// The numbers, from the records.
    pub numbers: Vec<NumberLine>,
    /// Box "làm được".
    pub done: String,
    /// Box "chưa được".
    pub not_done: String,
    /// Box "đề xuất".
    pub proposed: String,
}

/// A number of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct NumberLine {
    /// What it counts.
    pub what: ReportNumber,
    /// How many.
    pub count: i32,
}

/// A line of what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HistoryLine {
    /// Its id; a note's or an answer's text can be corrected by it.
    pub id: String,
    /// When, by the phone that wrote it.
    pub time: SystemTime,
    /// Who.
    pub author: String,
    /// What.
    pub what: HistoryWhat,
    /// Its text.
    pub text: String,
    /// The office has it.
    pub received: bool,
}

/// What a line of history tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum HistoryWhat {
    /// It was written down.
    Recorded,
    /// Something happened.
    Happened {
        /// What.
        action: CaseAction,
        /// Where it stood then.
        state: CaseState,
        /// Where it was forwarded to.
        to: Option<String>,
        /// How the resident was answered.
        way: Option<AnswerWay>,
    },
    /// Something was corrected.
    Corrected,
    /// A picture was attached.
    PhotoAdded,
    /// Parts of it were erased.
    Erased,
    /// It went to another unit after a merge or split.
    Rehomed {
        /// Its unit from then on.
        unit: String,
    },
    /// Its author took it back.
    TakenBack,
    /// Something of a newer version.
    Unknown,
}

/// Two versions of one fact, neither of whose authors saw the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ForkLine {
    /// The fact.
    pub target_id: String,
    /// Who wrote the version that shows.
    pub shown_by: String,
    /// Who wrote the version kept beside it.
    pub kept_by: String,
}

/// "Đã trả lời người dân".
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AnswerEntry {
    /// The record.
    pub case_id: String,
    /// How.
    pub way: AnswerWay,
    /// On which day; none for today.
    pub day: Option<CalendarDay>,
    /// What was said.
    pub text: String,
}

/// A step of a case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionEntry {
    /// The record.
    pub case_id: String,
    /// What happens.
    pub action: CaseAction,
    /// What is said with it; the reason, where one is asked.
    pub text: String,
    /// Where it is forwarded to.
    pub to_unit_id: Option<String>,
}

/// "Đính chính": a new version of texts; none leaves one as it is, an empty one removes it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CorrectionEntry {
    /// The record.
    pub case_id: String,
    /// The main text; of a visit, its remark.
    pub text: Option<String>,
    /// Where in the hamlet.
    pub place: Option<String>,
}

#[uniffi::export]
impl Fieldbook {
    /// A record's page.
    pub async fn case(&self, id: String) -> Result<CasePageView> {
        self.work(move |core, phone| rows::look(phone, core.clock.now(), |look| page::show(look, convert::id(&id)?))).await
    }

    /// Adds a note.
    pub async fn note(&self, case_id: String, text: String) -> Result<Saved> {
        let saved = self.work(move |core, phone| {
            let saved = phone.store.add_note(convert::id(&case_id)?, &text, None, core.clock.now())?;
            form::saved(&saved, phone)
        });
        self.saved(saved.await)
    }

    /// "Đã trả lời người dân".
    pub async fn answer_resident(&self, answer: AnswerEntry) -> Result<Saved> {
        let saved = self.work(move |core, phone| {
            let way = answer.way.to_model().ok_or(FieldbookError::invalid(Field::Choice, InputFault::Malformed))?;
            let day = answer.day.map(CalendarDay::to_day).transpose()?;
            let answered = work::Answer { way, day, text: answer.text };
            let saved = phone.store.answer_resident(convert::id(&answer.case_id)?, &answered, None, core.clock.now())?;
            form::saved(&saved, phone)
        });
        self.saved(saved.await)
    }

    /// Another step that the page offered.
    pub async fn act(&self, action: ActionEntry) -> Result<Saved> {
        let saved = self.work(move |core, phone| {
            let event = action.action.to_model().ok_or(FieldbookError::invalid(Field::Choice, InputFault::Malformed))?;
            let mut draft = EventDraft::of(convert::id(&action.case_id)?, event);
            draft.to = action.to_unit_id.as_deref().map(convert::id).transpose()?;
            if matches!(event, Event::Decline | Event::Extend | Event::Suspend | Event::Return) {
                draft.reason = action.text;
            } else {
                draft.text = action.text;
            }
            form::saved(&phone.store.add_event(&draft, core.clock.now())?, phone)
        });
        self.saved(saved.await)
    }

    /// "Đính chính". What stood there before stays in the history.
    pub async fn correct(&self, correction: CorrectionEntry) -> Result<()> {
        let corrected = self.work(move |core, phone| {
            let root = convert::id(&correction.case_id)?;
            let case = phone.store.read(|tx| tx.case(root))?.ok_or(rows::not_here())?.folded.case;
            let main = if case.kind == CaseKind::Visit { Slot::Remark } else { Slot::Text };
            let texts = [(main, correction.text), (Slot::Where, correction.place)];
            let texts: BTreeMap<Slot, String> = texts.into_iter().filter_map(|(slot, text)| Some((slot, text?))).collect();
            if texts.is_empty() {
                return Err(FieldbookError::invalid(Field::Text, InputFault::Missing));
            }
            phone.store.correct_texts(root, &texts, core.clock.now())?;
            Ok(())
        });
        self.recorded(corrected.await)
    }

    /// Takes a record back after it was sent, as long as nobody works on it.
    pub async fn take_back(&self, case_id: String) -> Result<()> {
        let taken = self.work(move |core, phone| {
            phone.store.withdraw(convert::id(&case_id)?, core.clock.now())?;
            Ok(())
        });
        self.recorded(taken.await)
    }

    /// Looks at a promise again, outside a visit: đã xong, or chưa xong.
    pub async fn tick_follow_up(&self, follow_up_id: String, done: bool) -> Result<()> {
        let ticked = self.work(move |core, phone| {
            phone.store.tick(convert::id(&follow_up_id)?, done, None, core.clock.now())?;
            Ok(())
        });
        self.recorded(ticked.await)
    }

    /// Attaches a picture to a record: made small and clean first.
    pub async fn add_photo(&self, case_id: String, path: String) -> Result<PhotoEntry> {
        let added = self.work(move |core, phone| {
            let root = convert::id(&case_id)?;
            let photo = form::shrink(phone, &path)?;
            let draft = convert::to_photo(photo.clone())?;
            phone.store.attach_photo(&NewPhoto { root, of: None, photo: draft }, None, core.clock.now())?;
            Ok(photo)
        });
        self.recorded(added.await)
    }

    /// Where a picture lies on this phone; none when it is not here.
    pub async fn photo_path(&self, hash: String) -> Result<Option<String>> {
        let path = self.work(move |_, phone| {
            let blob = phone.store.read(|tx| tx.blob(&convert::unhex(&hash)?).map_err(FieldbookError::from))?;
            Ok(blob.and_then(|blob| blob.path).filter(|path| Path::new(path).exists()))
        });
        path.await
    }
}
