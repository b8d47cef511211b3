//! What people do on their phones: the verbs of the work, as a screen calls them.

use fieldbook_device::store::FactState;
use fieldbook_device::work::{Draft, NewPhoto, PetitionDraft, ProblemDraft, PromiseDraft, VisitDraft, WorkError};
use fieldbook_model::body::{Handling, Kind, Level, PetitionKind, Problem, Role, Slot, Urgency, Words};
use fieldbook_model::fact::{Statement, to_body};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::map;
use rand::Rng;
use rand::rngs::StdRng;

use super::memory::{Fate, marks_in};
use super::phone::LastSave;
use super::world::World;
use super::{Outcome, broken, pictures, said};

/// The kind that only a newer app knows.
const NEWER_KIND: u32 = 90;

impl World {
    /// Saves a record, mostly at once.
    pub(crate) fn save_record(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        if let Some((draft, marks)) = self.keep_draft(n, rng)? {
            self.save_draft(n, draft, marks)?;
        }
        Ok(())
    }

    /// Begins a record; gives the draft's number, and the marks of its texts with the one its case is known by first.
    pub(crate) fn keep_draft(&mut self, n: usize, rng: &mut StdRng) -> Outcome<Option<(i64, Vec<u32>)>> {
        let hamlets = self.village.hamlets_of(self.phones[n].person);
        if hamlets.is_empty() {
            return Ok(None);
        }
        let unit = hamlets[rng.random_range(0..hamlets.len())];
        let (draft, marks) = self.fill_form(n, unit, rng)?;
        let now = self.phones[n].clock(self.now);
        let kept = self.phones[n].store()?.keep_draft(None, &draft, "text", now);
        let kept = self.phones[n].verb(kept)?;
        self.memory.set(&marks, if kept.is_some() { Fate::Draft } else { Fate::Uncertain { new: true } });
        let Some(Ok(id)) = kept else {
            return Ok(None);
        };
        self.counts.hit("draft kept");
        Ok(Some((id, marks)))
    }

    /// "Lưu".
    pub(crate) fn save_draft(&mut self, n: usize, draft: i64, marks: Vec<u32>) -> Outcome<()> {
        let now = self.phones[n].clock(self.now);
        let before = self.own_facts(n)?;
        let saved = self.phones[n].store()?.save(draft, now);
        match self.phones[n].verb(saved)? {
            None => self.memory.set(&marks, Fate::Uncertain { new: false }),
            Some(Ok(saved)) => {
                self.facts += self.own_facts(n)? - before;
                self.counts.hit("saved");
                self.memory.set(&marks, Fate::Saved);
                self.phones[n].last_save = Some(LastSave::new(&saved, marks.clone()));
                let first = marks.first().and_then(|mark| self.memory.promises.get_mut(*mark as usize));
                if let Some(promise) = first.filter(|promise| promise.receipt.is_none()) {
                    promise.receipt = saved.receipt;
                }
            }
            Some(Err(_)) => {
                self.counts.hit("told no");
                if self.phones[n].store()?.draft(draft).is_err() {
                    return broken("a draft is never lost", format!("phone {n}: a save was told no, and the draft is gone"));
                }
                self.throw_away(n, draft, &marks)?;
            }
        }
        Ok(())
    }

    /// Goes on with a draft: saves it or throws it away.
    pub(crate) fn reopen_draft(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let drafts = self.phones[n].store()?.drafts();
        let Some(Ok(drafts)) = self.phones[n].verb(drafts)? else { return Ok(()) };
        let Some(line) = drafts.first() else { return Ok(()) };
        let marks = self.marks_of(&line.draft);
        if rng.random_bool(0.7) {
            self.counts.hit("draft saved later");
            return self.save_draft(n, line.id, marks);
        }
        self.throw_away(n, line.id, &marks)
    }

    /// Every draft of a phone is thrown away: its person knows them from the phone this one was copied from.
    pub(crate) fn throw_away_drafts(&mut self, n: usize) -> Outcome<()> {
        for line in self.phones[n].store()?.drafts().map_err(said)? {
            self.phones[n].store()?.delete_draft(line.id).map_err(said)?;
        }
        Ok(())
    }

    fn throw_away(&mut self, n: usize, draft: i64, marks: &[u32]) -> Outcome<()> {
        let deleted = self.phones[n].store()?.delete_draft(draft);
        let fate = if self.phones[n].verb(deleted)?.is_some() { Fate::ThrownAway } else { Fate::Uncertain { new: true } };
        self.memory.set(marks, fate);
        Ok(())
    }

    /// The marks of a draft, as far as they are of a draft still. The one its case is known by was typed first.
    fn marks_of(&self, draft: &Draft) -> Vec<u32> {
        let mut marks = marks_in(&minicbor::to_vec(draft).unwrap_or_default());
        marks.retain(|mark| self.memory.is_draft(*mark));
        marks.sort_unstable();
        marks
    }

    /// "Hoàn tác".
    pub(crate) fn undo(&mut self, n: usize) -> Outcome<()> {
        let Some(LastSave { first, marks, .. }) = self.phones[n].last_save.take() else { return Ok(()) };
        let now = self.phones[n].clock(self.now);
        let before = self.own_facts(n)?;
        let undone = self.phones[n].store()?.undo(first, now);
        match self.phones[n].verb(undone)? {
            None => self.memory.set(&marks, Fate::Uncertain { new: false }),
            Some(Ok(_)) => {
                self.facts -= before - self.own_facts(n)?;
                self.counts.hit("undone");
                self.memory.set(&marks, Fate::Draft);
            }
            Some(Err(_)) => self.counts.hit("told no"),
        }
        Ok(())
    }

    /// Corrects a field or the text of a case.
    pub(crate) fn correct(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case_of(n, rng)? else { return Ok(()) };
        let now = self.phones[n].clock(self.now);
        if rng.random() {
            let urgency = if rng.random() { Urgency::Urgent } else { Urgency::Complex };
            let changes = [(1, Some(map::encoded(urgency)))].into();
            let corrected = self.phones[n].store()?.correct(case, case, &changes, now);
            if let Some(Ok(_)) = self.phones[n].verb(corrected)? {
                self.facts += 1;
            }
            return Ok(());
        }
        let (mark, text) = self.memory.type_text(n);
        let corrected = self.phones[n].store()?.correct_texts(case, &[(Slot::Where, text)].into(), now);
        self.remember(n, corrected, mark)
    }

    /// Attaches a photo to a case that exists.
    pub(crate) fn attach(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let Some(root) = self.some_case_of(n, rng)? else { return Ok(()) };
        let photo = NewPhoto { root, of: None, photo: self.picture(n, rng)? };
        let now = self.phones[n].clock(self.now);
        let attached = self.phones[n].store()?.attach_photo(&photo, None, now);
        if let Some(Ok(_)) = self.phones[n].verb(attached)? {
            self.facts += 1;
        }
        Ok(())
    }

    /// Takes a case back.
    pub(crate) fn withdraw(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case_of(n, rng)? else { return Ok(()) };
        let now = self.phones[n].clock(self.now);
        let withdrawn = self.phones[n].store()?.withdraw(case, now);
        if let Some(Ok(_)) = self.phones[n].verb(withdrawn)? {
            self.facts += 1;
        }
        Ok(())
    }

    /// Writes past what the app allows: a problem in a hamlet that is somebody else's, or a remark on a case.
    pub(crate) fn write_carelessly(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let post = self.village.people[self.phones[n].person].seat().post;
        let root = match self.some_case_of(n, rng)? {
            Some(case) if rng.random_bool(0.3) => Some(case),
            _ => {
                let unit = self.village.hamlets[rng.random_range(0..self.village.hamlets.len())].unit;
                let receipt = self.phones[n].store()?.write(|tx| tx.next_receipt());
                let Some(receipt) = self.phones[n].checked(receipt)? else { return Ok(()) };
                let (urgency, handling) = (Urgency::Normal, Handling::Proposed);
                let body = Problem { unit, urgency, handling, to_level: None, visit: None, receipt: Some(receipt.to_string()) };
                self.record(n, Kind::Problem, None, post, to_body(&body))?
            }
        };
        let Some(root) = root else { return Ok(()) };
        for _ in 0..rng.random_range(1..3) {
            let (mark, text) = self.memory.type_text(n);
            let kept = self.record(
                n,
                Kind::Words,
                Some(root),
                post,
                to_body(&Words { of: None, texts: [(Slot::Text, text)].into() }),
            )?;
            self.memory.set(&[mark], if kept.is_some() { Fate::Saved } else { Fate::Uncertain { new: true } });
        }
        Ok(())
    }

    /// A fact of a kind that neither this app nor the office understands.
    pub(crate) fn write_newer(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case_of(n, rng)? else { return Ok(()) };
        let post = self.village.people[self.phones[n].person].seat().post;
        let (mark, text) = self.memory.type_text(n);
        let body = map::from_entries(&[(0, map::encoded(7)), (44, map::encoded(text))].into());
        let kept = self.record(n, Kind::from_code(NEWER_KIND), Some(case), post, body)?;
        self.memory.set(&[mark], if kept.is_some() { Fate::Saved } else { Fate::Uncertain { new: true } });
        Ok(())
    }

    fn record(&mut self, n: usize, kind: Kind, root: Option<FactId>, post: FactId, body: Vec<u8>) -> Outcome<Option<FactId>> {
        let time = self.phones[n].clock(self.now);
        let statement = Statement { kind, time, post: Some(post), root, repairs: None, body };
        let fact = self.phones[n].store()?.write(|tx| tx.record(statement, time));
        let fact = self.phones[n].checked(fact)?;
        self.facts += usize::from(fact.is_some());
        Ok(fact.map(|fact| fact.id))
    }

    /// What was refused is repaired or given up.
    pub(crate) fn put_right(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        for id in self.in_state(n, FactState::Refused)? {
            if !rng.random_bool(0.5) {
                continue;
            }
            let now = self.phones[n].clock(self.now);
            let hamlets = self.village.hamlets_of(self.phones[n].person);
            let opened = if hamlets.is_empty() { Err(WorkError::NotFound) } else { self.phones[n].store()?.repair(id, now) };
            match self.phones[n].verb(opened)? {
                None => return Ok(()),
                Some(Ok(draft)) => self.repair(n, draft, hamlets[rng.random_range(0..hamlets.len())])?,
                Some(Err(_)) => {
                    let given_up = self.phones[n].store()?.discard(id);
                    match self.phones[n].verb(given_up)? {
                        Some(Ok(())) => self.counts.hit("discarded"),
                        Some(Err(_)) => self.counts.hit("told no"),
                        None => return Ok(()),
                    }
                }
            }
        }
        Ok(())
    }

    /// Saves what was refused again, in a hamlet that is its person's.
    fn repair(&mut self, n: usize, id: i64, unit: FactId) -> Outcome<()> {
        let line = self.phones[n].store()?.draft(id).map_err(said)?;
        let mut draft = line.draft;
        match &mut draft {
            Draft::Problem(problem) => (problem.unit, problem.to_level) = (Some(unit), Some(Level::Commune)),
            Draft::Petition(petition) => petition.unit = Some(unit),
            Draft::Visit(visit) => {
                visit.unit = Some(unit);
                visit.place_reason = "không có mạng".into();
            }
            Draft::Report(_) | Draft::Event(_) => (),
        }
        let now = self.phones[n].clock(self.now);
        let kept = self.phones[n].store()?.keep_draft(Some(id), &draft, "text", now);
        let Some(Ok(_)) = self.phones[n].verb(kept)? else { return Ok(()) };
        let before = self.own_facts(n)?;
        let saved = self.phones[n].store()?.save(id, now);
        match self.phones[n].verb(saved)? {
            Some(Ok(_)) => {
                self.facts += self.own_facts(n)? - before;
                self.counts.hit("repaired");
            }
            Some(Err(_)) => {
                let deleted = self.phones[n].store()?.delete_draft(id);
                self.phones[n].verb(deleted)?;
            }
            None => (),
        }
        Ok(())
    }

    fn remember<T>(&mut self, n: usize, done: Result<T, WorkError>, mark: u32) -> Outcome<()> {
        match self.phones[n].verb(done)? {
            None => self.memory.set(&[mark], Fate::Uncertain { new: true }),
            Some(Ok(_)) => {
                self.facts += 1;
                self.memory.set(&[mark], Fate::Saved);
            }
            Some(Err(_)) => self.counts.hit("told no"),
        }
        Ok(())
    }

    fn fill_form(&mut self, n: usize, unit: FactId, rng: &mut StdRng) -> Outcome<(Draft, Vec<u32>)> {
        let is_liaison = self.village.people[self.phones[n].person].role == Role::Liaison;
        let (mark, text) = self.memory.type_text(n);
        let mut marks = vec![mark];
        let photos = if rng.random_bool(0.12) { vec![self.picture(n, rng)?] } else { Vec::new() };
        let draft = match rng.random_range(0..3) {
            0 if is_liaison => {
                let mut visit = VisitDraft { unit: Some(unit), remark: text, photos, ..VisitDraft::default() };
                visit.place_reason = "không có mạng".into();
                for _ in 0..rng.random_range(0..3) {
                    let (mark, text) = self.memory.type_text(n);
                    marks.push(mark);
                    visit.problems.push(problem(None, text));
                }
                if rng.random() {
                    let (mark, text) = self.memory.type_text(n);
                    marks.push(mark);
                    visit.promises.push(PromiseDraft { text, month: None, owner: None });
                }
                Draft::Visit(visit)
            }
            1 => {
                let kind =
                    Some([PetitionKind::Proposal, PetitionKind::Feedback, PetitionKind::Complaint][rng.random_range(0..3)]);
                let mut petition =
                    PetitionDraft { unit: Some(unit), kind, text, photos, anonymous: true, ..PetitionDraft::default() };
                if rng.random() {
                    let (mark, name) = self.memory.type_text(n);
                    marks.push(mark);
                    (petition.anonymous, petition.name) = (false, name);
                }
                Draft::Petition(petition)
            }
            _ => Draft::Problem(ProblemDraft { photos, ..problem(Some(unit), text) }),
        };
        Ok((draft, marks))
    }

    pub(crate) fn picture(&self, n: usize, rng: &mut StdRng) -> Outcome<fieldbook_device::work::PhotoDraft> {
        let pictures = pictures::all()?;
        pictures[rng.random_range(0..pictures.len())].draft(&self.phones[n].photos)
    }

    /// One of the latest cases on this phone.
    pub(crate) fn some_case_of(&mut self, n: usize, rng: &mut StdRng) -> Outcome<Option<FactId>> {
        let sql = "SELECT writers.id, cases.root & ((1 << 40) - 1) FROM cases JOIN writers ON writers.no = cases.root >> 40
                   WHERE flags & 16 = 0 ORDER BY sort DESC LIMIT 24";
        let mut statement = self.phones[n].peek()?.prepare_cached(sql).map_err(said)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).map_err(said)?;
        let cases: Vec<(i64, i64)> = rows.collect::<Result<_, _>>().map_err(said)?;
        let Some((writer, seq)) = cases.get(rng.random_range(0..24)) else { return Ok(None) };
        Ok(Some(FactId::new(WriterId(writer.cast_unsigned()), seq.cast_unsigned())))
    }

    /// Own facts on this phone in a state.
    pub(crate) fn in_state(&mut self, n: usize, state: FactState) -> Outcome<Vec<FactId>> {
        let sql = "SELECT writers.id, facts.id & ((1 << 40) - 1) FROM facts JOIN writers ON writers.no = facts.id >> 40
                   WHERE ord IS NULL AND state = ?1 ORDER BY facts.id";
        let mut statement = self.phones[n].peek()?.prepare_cached(sql).map_err(said)?;
        let rows =
            statement.query_map([state.code()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).map_err(said)?;
        let ids: Vec<(i64, i64)> = rows.collect::<Result<_, _>>().map_err(said)?;
        Ok(ids.into_iter().map(|(writer, seq)| FactId::new(WriterId(writer.cast_unsigned()), seq.cast_unsigned())).collect())
    }

    pub(crate) fn own_facts(&mut self, n: usize) -> Outcome<usize> {
        let sql = "SELECT count(*) FROM account JOIN facts ON id >= writer << 40 AND id < (writer + 1) << 40";
        let mut statement = self.phones[n].peek()?.prepare_cached(sql).map_err(said)?;
        statement.query_row([], |row| row.get::<_, i64>(0)).map(|count| count as usize).map_err(said)
    }
}

fn problem(unit: Option<FactId>, text: String) -> ProblemDraft {
    ProblemDraft { unit, text, to_level: Some(Level::Commune), ..ProblemDraft::default() }
}
