//! Rows of the device as the screens show them: names instead of ids, how far each record and picture is on its way.

use std::sync::Arc;

use fieldbook_device::store::query::{CaseLine, FollowUpRow};
use fieldbook_device::store::{BlobState, FactState, Organisation, Reading};
use fieldbook_device::work::UNDO_SECONDS;
use fieldbook_model::body::{self, Photo};
use fieldbook_model::calendar::WorkingCalendar;
use fieldbook_model::case::{self, Action, Actor, may_write};
use fieldbook_model::clock::{self, ClockRule, ClockSubject, ClockUnit, RuleBook};
use fieldbook_model::coverage;
use fieldbook_model::day::Day;
use fieldbook_model::id::{FactId, WriterId};

use crate::calendar_day::{CalendarMonth, moment};
use crate::convert::hex;
use crate::error::{FieldbookError, Result};
use crate::hamlet::HamletState;
use crate::phone::Phone;
use crate::records::{CaseRow, FollowUpLine, PhotoLine, PhotoSending, Sending};
use crate::settings;
use crate::today::MyPost;
use crate::words::{PetitionKind, Refusal, Urgency};

/// A look at the notebook by the person whose it is.
pub(crate) struct Look<'t, 'c> {
    pub(crate) tx: &'t Reading<'c>,
    pub(crate) organisation: Arc<Organisation>,
    pub(crate) now: i64,
    own: Option<(WriterId, FactId)>,
}

/// Looks at the notebook as it is now.
pub(crate) fn look<T>(phone: &Phone, now: i64, show: impl FnOnce(&Look<'_, '_>) -> Result<T>) -> Result<T> {
    phone.store.read(|tx| {
        let own = tx.find_account()?.map(|account| (account.writer, account.person));
        show(&Look { tx, organisation: tx.organisation()?, now, own })
    })
}

impl Look<'_, '_> {
    pub(crate) fn today(&self) -> Day {
        Day::of(self.now)
    }

    /// The person with every right to write; none before enrolment.
    pub(crate) fn actor(&self) -> Option<Actor> {
        let (writer, person) = self.own?;
        let mut actor = self.organisation.actor(person);
        if !actor.writers.contains(&writer) {
            actor.writers.push(writer);
        }
        Some(actor)
    }

    /// Whose phone it is: as the office's data say, until they arrive as the enrolment said.
    pub(crate) fn person(&self) -> String {
        let known = self.own.and_then(|(_, person)| self.organisation.people.get(&person)).map(|person| person.name.clone());
        known.or_else(|| self.tx.meta(settings::PERSON).ok().flatten()).unwrap_or_default()
    }

    /// The number of this person's office.
    pub(crate) fn office_phone(&self) -> Result<Option<String>> {
        let actor = self.actor();
        let posts = actor.iter().flat_map(|actor| &actor.posts);
        let known = posts.filter_map(|post| self.organisation.office_phone(post.unit)).next().map(str::to_owned);
        match known {
            Some(number) => Ok(Some(number)),
            None => Ok(self.tx.meta(settings::OFFICE_PHONE)?),
        }
    }

    /// The posts held today.
    pub(crate) fn posts(&self) -> Vec<MyPost> {
        let today = self.today();
        let held = self.actor().map(|actor| actor.posts).unwrap_or_default();
        let in_force = held.into_iter().filter(|post| post.from <= today && post.to.is_none_or(|last| today <= last));
        in_force
            .map(|post| MyPost {
                id: post.id.to_string(),
                title: self.organisation.posts.get(&post.id).map(|post| post.title.clone()).unwrap_or_default(),
                unit: self.name(post.unit),
                unit_id: post.unit.to_string(),
                role: post.role.into(),
            })
            .collect()
    }

    /// Whether this person may begin such a case there today, in one of the posts.
    pub(crate) fn may_begin(&self, kind: case::CaseKind, unit: FactId) -> bool {
        self.posts_for(kind, unit).next().is_some()
    }

    /// The posts in which this person may begin such a case there today.
    pub(crate) fn posts_for(&self, kind: case::CaseKind, unit: FactId) -> impl Iterator<Item = FactId> {
        let (actor, today) = (self.actor(), self.today());
        let posts: Vec<FactId> = actor.iter().flat_map(|actor| &actor.posts).map(|post| post.id).collect();
        let organisation = Arc::clone(&self.organisation);
        posts.into_iter().filter(move |post| {
            let action = Action::BeginCase { kind, unit };
            let verdict = actor.as_ref().map(|actor| may_write(&organisation.tree, actor, Some(*post), &action, today, today));
            verdict.is_some_and(|verdict| verdict.is_ok())
        })
    }

    /// "ấp An Định".
    pub(crate) fn name(&self, unit: FactId) -> String {
        self.organisation.tree.display(unit)
    }

    /// Who writes under this number; empty for the office.
    pub(crate) fn author(&self, writer: WriterId) -> String {
        self.organisation.author_name(writer).unwrap_or_default().to_owned()
    }

    pub(crate) fn is_mine(&self, writer: WriterId) -> bool {
        self.own.is_some_and(|(own, person)| own == writer || self.organisation.writers.get(&writer) == Some(&person))
    }

    /// A line of a list.
    pub(crate) fn row(&self, line: CaseLine) -> Result<CaseRow> {
        let petition =
            if line.kind == case::CaseKind::Petition { line.sub_kind.map(body::PetitionKind::from_code) } else { None };
        let urgency = line.urgency.map_or(body::Urgency::Normal, body::Urgency::from_code);
        let expected = || petition.filter(|_| line.open).and_then(|kind| self.expected_due(kind, urgency, Day::of(line.time)));
        let due = line.due.or_else(expected);
        let sending = self.sending(&line)?;
        Ok(CaseRow {
            id: line.root.to_string(),
            kind: line.kind.into(),
            petition_kind: petition.map(PetitionKind::from),
            text: line.title,
            unit: self.name(line.unit),
            time: moment(line.time),
            state: line.state.into(),
            open: line.open,
            due: due.map(Into::into),
            days_left: due.filter(|_| line.open).map(|due| due.0 - self.today().0),
            due_is_expected: line.due.is_none() && due.is_some(),
            urgency: Urgency::from(urgency),
            receipt: line.receipt,
            sending,
            photos: i32::try_from(line.photos).unwrap_or(i32::MAX),
        })
    }

    pub(crate) fn rows(&self, lines: Vec<CaseLine>) -> Result<Vec<CaseRow>> {
        lines.into_iter().map(|line| self.row(line)).collect()
    }

    fn sending(&self, line: &CaseLine) -> Result<Sending> {
        if line.discarded {
            return Ok(Sending::Discarded);
        }
        if line.refused {
            return Ok(Sending::Refused { code: self.first_refusal(line.root)? });
        }
        let Some(root) = self.tx.fact(line.root)? else {
            return Ok(Sending::Received);
        };
        if root.state == FactState::Held {
            return Ok(Sending::Held);
        }
        if line.unconfirmed {
            let undo = root.saved_at.filter(|_| root.state == FactState::Waiting).map(|saved| saved + UNDO_SECONDS);
            return Ok(match undo.filter(|until| (*until - UNDO_SECONDS..*until).contains(&self.now)) {
                Some(until) => Sending::CanUndo { until: moment(until) },
                None => Sending::Waiting,
            });
        }
        if line.photos == 0 || !self.is_mine(line.author) {
            return Ok(Sending::Received);
        }
        let photos = self.tx.fold(line.root)?.map(|folded| folded.case.photos).unwrap_or_default();
        let mut waiting = 0;
        for (_, photo) in &photos {
            waiting += i32::from(self.tx.blob(&photo.hash)?.is_some_and(|blob| blob.state == BlobState::Waiting));
        }
        let photos = i32::try_from(photos.len()).unwrap_or(i32::MAX);
        Ok(if waiting == 0 { Sending::Received } else { Sending::TextSent { photos_sent: photos - waiting, photos } })
    }

    fn first_refusal(&self, root: FactId) -> Result<Refusal> {
        let refused = self.tx.fold(root)?.map(|folded| folded.refused).unwrap_or_default();
        let Some(first) = refused.first() else {
            return Ok(Refusal::Unknown);
        };
        Ok(self.tx.refusal(*first)?.map_or(Refusal::Unknown, |code| case::Refusal::from_code(code).into()))
    }

    /// A picture of a record.
    pub(crate) fn photo(&self, photo: &Photo) -> Result<PhotoLine> {
        let blob = self.tx.blob(&photo.hash)?;
        let sending = match &blob {
            None => PhotoSending::NotOurs,
            Some(blob) => match blob.state {
                BlobState::Waiting if blob.sent > 0 => PhotoSending::Sending { sent: blob.sent },
                BlobState::Waiting => PhotoSending::Waiting,
                BlobState::Confirmed | BlobState::Gone => PhotoSending::Received,
                BlobState::Rejected => PhotoSending::Rejected,
            },
        };
        Ok(PhotoLine {
            hash: hex(&photo.hash),
            path: blob.and_then(|blob| blob.path),
            bytes: i64::from(photo.bytes),
            width: photo.width.cast_signed(),
            height: photo.height.cast_signed(),
            topic: photo.topic.map(u32::cast_signed),
            sending,
        })
    }

    /// A promise that stands open, with the pictures of the visit on which it was made.
    pub(crate) fn follow_up(&self, row: FollowUpRow) -> Result<FollowUpLine> {
        let visit = self.tx.fold(row.root)?.map(|folded| folded.case);
        let (mut photos, mut done) = (Vec::new(), None);
        if let Some(visit) = visit {
            photos = visit.photos.iter().map(|(_, photo)| self.photo(photo)).collect::<Result<_>>()?;
            done = visit.follow_ups.iter().find(|promise| promise.id == row.id).and_then(|promise| promise.done);
        }
        Ok(FollowUpLine {
            id: row.id.to_string(),
            visit_id: row.root.to_string(),
            text: row.text,
            unit: self.name(row.unit),
            month: CalendarMonth::from_code(row.month),
            done,
            photos,
        })
    }

    /// What the clock would say if the office received it on the day it was written: "dự kiến".
    fn expected_due(&self, kind: body::PetitionKind, urgency: body::Urgency, written: Day) -> Option<Day> {
        let subject = match (kind, urgency) {
            (body::PetitionKind::Complaint, _) => ClockSubject::ComplaintAcceptance,
            (body::PetitionKind::Proposal | body::PetitionKind::Feedback, body::Urgency::Urgent) => {
                ClockSubject::ProposalUrgent
            }
            (body::PetitionKind::Proposal | body::PetitionKind::Feedback, body::Urgency::Complex) => {
                ClockSubject::ProposalComplex
            }
            (body::PetitionKind::Proposal | body::PetitionKind::Feedback, body::Urgency::Normal | body::Urgency::Other(_)) => {
                ClockSubject::Proposal
            }
            (body::PetitionKind::Denunciation | body::PetitionKind::Other(_), _) => return None,
        };
        let rules = self.rules();
        let rule = rules.rule_on(subject, written.date())?;
        Some(clock::due(rule, written.date(), &self.calendar()).date.into())
    }

    /// The built-in rules with those the office sent over them.
    fn rules(&self) -> RuleBook {
        let mut book = RuleBook::built_in();
        for rule in &self.organisation.rules {
            let unit = if rule.working { ClockUnit::WorkingDays } else { ClockUnit::CalendarDays };
            let subject = ClockSubject::from_code(rule.subject);
            book.add(ClockRule::new(subject, rule.days, unit, &rule.basis, rule.from.date()));
        }
        book
    }

    /// The built-in calendar with the office's days over it.
    fn calendar(&self) -> WorkingCalendar {
        let mut calendar = WorkingCalendar::built_in();
        for holiday in &self.organisation.holidays {
            if holiday.works {
                calendar.set_working_day(holiday.day.date(), &holiday.name);
            } else {
                calendar.set_day_off(holiday.day.date(), &holiday.name);
            }
        }
        calendar
    }
}

impl From<coverage::HamletState> for HamletState {
    fn from(state: coverage::HamletState) -> Self {
        match state {
            coverage::HamletState::Visited => Self::Visited,
            coverage::HamletState::Overdue { months_missed } => Self::Overdue { months_missed: months_missed.cast_signed() },
            coverage::HamletState::DaysLeft(days) => Self::DaysLeft { days: days.cast_signed() },
            coverage::HamletState::NotYetDue => Self::NotYetDue,
        }
    }
}

/// What is not on this phone.
pub(crate) const fn not_here() -> FieldbookError {
    FieldbookError::rejected(crate::error::Rejection::NotFound)
}
