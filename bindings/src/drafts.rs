//! Unfinished forms: kept at each step, back after a kill, turned into records at "Lưu".

use std::time::SystemTime;

use fieldbook_device::work::{Draft as Kept, WorkError};
use fieldbook_model::day::Day;
use serde::Serialize;

use crate::calendar_day::{CalendarDay, CalendarMonth};
use crate::change::Change;
use crate::entry::{Entry, PhotoEntry, PlaceGrade, VisitEntry};
use crate::error::Result;
use crate::fieldbook::Fieldbook;
use crate::records::{FollowUpLine, Sending};
use crate::today::MyPost;
use crate::words::{CaseKind, ReportKind};
use crate::{convert, form, rows};

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DraftRow {
    /// Its id.
    pub id: String,
    /// What it will be.
    pub kind: CaseKind,
    /// "ấp An Định"; none until chosen.
    pub unit: Option<String>,
    /// The first words typed.
    pub text: String,
    /// The page one was on.
    pub step: String,
    /// When it was begun.
    pub started: SystemTime,
    /// When it was last kept.
    pub updated: SystemTime,
    /// It puts right a record the office refused.
    pub repairs: bool,
}

/// A draft with everything its form shows.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// The page one was on; the shell's own word.
    pub step: String,
    /// What was entered.
    pub entry: Entry,
    /// The post one acts in; none until chosen, when more than one fits.
    pub post_id: Option<String>,
    /// The posts that fit; the review page shows the choice when there is more than one.
    pub posts: Vec<MyPost>,
    /// When it was begun.
    pub started: SystemTime,
    /// When it was last kept.
    pub updated: SystemTime,
    /// The record the office refused and this puts right.
    pub repairs: Option<String>,
}

/// A new draft.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct NewDraft {
    /// What it will be.
    pub kind: CaseKind,
    /// The hamlet; none to choose it in the form.
    pub hamlet_id: Option<String>,
    /// Seconds since the phone was switched on, if known: tells a turned clock.
    pub since_boot: Option<i64>,
    /// Written down later ("ghi lượt đã đi"): no start and no position.
    pub later: bool,
}

/// What the form of a draft lets one choose from.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct FormChoices {
    /// Hamlets: own first, then most urgent.
    pub hamlets: Vec<HamletChoice>,
    /// The checklist of the month for the draft's hamlet.
    pub topics: Vec<TopicChoice>,
    /// Promises that stand open there.
    pub follow_ups: Vec<FollowUpLine>,
    /// The earliest day a visit may carry today.
    pub earliest_day: CalendarDay,
    /// Today.
    pub today: CalendarDay,
    /// The month promises made now are due.
    pub next_month: CalendarMonth,
}

/// A hamlet to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HamletChoice {
    /// Its id.
    pub id: String,
    /// "ấp An Định".
    pub name: String,
    /// "xã An Nhơn".
    pub commune: String,
    /// Assigned to this person, or of the person's own post.
    pub own: bool,
}

/// A topic of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TopicChoice {
    /// Its id.
    pub id: String,
    /// The question.
    pub text: String,
    /// Who asks.
    pub asked_by: String,
}

/// What "Lưu" gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Saved {
    /// The record.
    pub id: String,
    /// What "Hoàn tác" takes.
    pub undo_id: String,
    /// What it is.
    pub kind: CaseKind,
    /// The code to show or read out; none for a denunciation.
    pub receipt: Option<String>,
    /// The codes of the problems saved along with a visit.
    pub more_receipts: Vec<String>,
    /// Until when "Hoàn tác" works; nothing is sent before.
    pub undo_until: SystemTime,
    /// On its way.
    pub sending: Sending,
}

#[uniffi::export]
impl Fieldbook {
    /// Begins a form; it is kept from now on.
    pub async fn start_draft(&self, draft: NewDraft) -> Result<Draft> {
        let started = self.work(move |core, phone| {
            let now = core.clock.now();
            let empty = rows::look(phone, now, |look| form::empty(&draft, look))?;
            let id = phone.store.keep_draft(None, &empty, "", now)?;
            form::open(phone, id, now)
        });
        self.told(started.await, Change::Drafts)
    }

    /// Begins a report on the period that is due, its numbers still to be counted when it is saved.
    pub async fn start_report(&self, unit_id: String, kind: ReportKind) -> Result<Draft> {
        let started = self.work(move |core, phone| {
            let now = core.clock.now();
            let report = form::due_report(convert::id(&unit_id)?, kind, Day::of(now), false)?;
            let id = phone.store.keep_draft(None, &report, "", now)?;
            form::open(phone, id, now)
        });
        self.told(started.await, Change::Drafts)
    }

    /// Keeps a form as it is now. `step` is the page it is on, the shell's own word.
    pub async fn keep_draft(&self, id: String, step: String, entry: Entry, post_id: Option<String>) -> Result<()> {
        let kept = self.work(move |core, phone| {
            let id = convert::draft_id(&id)?;
            let before = phone.store.draft(id)?.draft;
            let post = post_id.as_deref().map(convert::id).transpose()?;
            let organisation = phone.store.read(|tx| tx.organisation())?;
            let draft = convert::to_draft(entry, &before, post, &organisation)?;
            phone.store.keep_draft(Some(id), &draft, &step, core.clock.now())?;
            Ok(())
        });
        self.told(kept.await, Change::Drafts)
    }

    /// Unfinished forms, the latest first.
    pub async fn drafts(&self) -> Result<Vec<DraftRow>> {
        let drafts = self.work(|core, phone| {
            let lines = phone.store.drafts()?;
            rows::look(phone, core.clock.now(), |look| Ok(form::list(look, lines)))
        });
        drafts.await
    }

    /// One form, as it was last kept.
    pub async fn draft(&self, id: String) -> Result<Draft> {
        self.work(move |core, phone| form::open(phone, convert::draft_id(&id)?, core.clock.now())).await
    }

    /// What the form of a draft lets one choose from.
    pub async fn choices(&self, draft_id: String) -> Result<FormChoices> {
        let choices = self.work(move |core, phone| {
            let draft = phone.store.draft(convert::draft_id(&draft_id)?)?.draft;
            rows::look(phone, core.clock.now(), |look| form::choices(look, &draft))
        });
        choices.await
    }

    /// How well the place of a visit is known as the form stands: says whether a reason is asked.
    pub async fn place_grade(&self, entry: VisitEntry) -> Result<PlaceGrade> {
        let grade = self.work(move |_, phone| {
            let organisation = phone.store.read(|tx| tx.organisation())?;
            let evidence = convert::evidence(&entry, &organisation)?;
            Ok(PlaceGrade { evidence: evidence.into(), asks_reason: evidence.asks_reason() })
        });
        grade.await
    }

    /// Throws a form away, with its pictures.
    pub async fn delete_draft(&self, id: String) -> Result<()> {
        let deleted = self.work(move |_, phone| Ok(phone.store.delete_draft(convert::draft_id(&id)?)?));
        self.told(deleted.await, Change::Drafts)
    }

    /// The form proved to be a denunciation: when this returns, no byte of it is left on the phone.
    pub async fn erase_draft(&self, id: String) -> Result<()> {
        let erased = self.work(move |_, phone| Ok(phone.store.erase_draft(convert::draft_id(&id)?)?));
        self.told(erased.await, Change::Drafts)
    }

    /// "Lưu": safe on this phone when this returns. Nothing is sent for ten seconds.
    pub async fn save(&self, draft_id: String) -> Result<Saved> {
        let saved = self.work(move |core, phone| {
            let id = convert::draft_id(&draft_id)?;
            form::saved(&phone.store.save(id, core.clock.now())?, phone)
        });
        self.saved(saved.await)
    }

    /// What a form became that was saved: for a page that ended between "Lưu" and the next one. None when it is still a form,
    /// and once another was saved after it.
    pub async fn saved_as(&self, draft_id: String) -> Result<Option<Saved>> {
        let saved = self.work(move |_, phone| {
            let saved = phone.store.saved_as(convert::draft_id(&draft_id)?)?;
            saved.map(|saved| form::saved(&saved, phone)).transpose()
        });
        saved.await
    }

    /// "Không phát sinh" for the period that is due.
    /// Where several posts fit, the first counts: two taps leave no room for a question.
    pub async fn nothing_to_report(&self, unit_id: String, kind: ReportKind) -> Result<Saved> {
        let saved = self.work(move |core, phone| {
            let now = core.clock.now();
            let mut report = form::due_report(convert::id(&unit_id)?, kind, Day::of(now), true)?;
            let id = phone.store.keep_draft(None, &report, "", now)?;
            let saved = match phone.store.save(id, now) {
                Err(WorkError::ChoosePost(fits)) => {
                    if let Kept::Report(report) = &mut report {
                        report.post = fits.first().copied();
                    }
                    phone.store.keep_draft(Some(id), &report, "", now)?;
                    phone.store.save(id, now)
                }
                saved => saved,
            };
            form::saved(&saved?, phone)
        });
        self.saved(saved.await)
    }

    /// Notes that a resident was told where to hand over a denunciation: the hamlet and that it was one, nothing else. Where
    /// several posts fit, the first counts: it makes no difference here.
    pub async fn advise_denunciation(&self, hamlet_id: String) -> Result<Saved> {
        let saved = self.work(move |core, phone| {
            let (hamlet, now) = (convert::id(&hamlet_id)?, core.clock.now());
            let saved = match phone.store.advise_denunciation(hamlet, None, now) {
                Err(WorkError::ChoosePost(fits)) => phone.store.advise_denunciation(hamlet, fits.first().copied(), now),
                saved => saved,
            };
            form::saved(&saved?, phone)
        });
        self.saved(saved.await)
    }

    /// "Hoàn tác": turns a save back into its form. `undo_id` is that of [`Saved`].
    pub async fn undo(&self, undo_id: String) -> Result<Draft> {
        let undone = self.work(move |core, phone| {
            let now = core.clock.now();
            let id = phone.store.undo(convert::id(&undo_id)?, now)?;
            form::open(phone, id, now)
        });
        self.told(undone.await, Change::Everything)
    }

    /// Opens a record the office refused as a form with the same receipt; saving it puts the new one in its place.
    pub async fn repair(&self, case_id: String) -> Result<Draft> {
        let opened = self.work(move |core, phone| {
            let now = core.clock.now();
            let id = phone.store.repair(convert::id(&case_id)?, now)?;
            form::open(phone, id, now)
        });
        self.told(opened.await, Change::Drafts)
    }

    /// Gives up a record the office refused, with everything that hangs on it. Shown, never sent.
    pub async fn discard(&self, case_id: String) -> Result<()> {
        let discarded = self.work(move |_, phone| Ok(phone.store.discard(convert::id(&case_id)?)?));
        self.told(discarded.await, Change::Records)
    }

    /// Makes a picture small and clean and keeps it on this phone. The original is left as it is.
    pub async fn shrink_photo(&self, path: String) -> Result<PhotoEntry> {
        self.work(move |_, phone| form::shrink(phone, &path)).await
    }
}
