//! What befalls phones and the office, and what is looked at after each step.

use std::collections::BTreeSet;

use fieldbook_device::store::sync::Stopped;
use fieldbook_model::fact;
use fieldbook_protocol::version;
use fieldbook_server::office::offered;
use rand::Rng;
use rand::rngs::StdRng;

use super::disk::{End, Image};
use super::memory::{Fate, marks_in};
use super::network::Request;
use super::phone::{Phone, Use};
use super::story::What;
use super::world::World;
use super::{Outcome, broken, pictures, said};

const TEN_YEARS: i64 = 3_652 * 86_400_000;

/// No story has more phones.
const MOST_PHONES: usize = 20;

impl World {
    #[expect(clippy::wildcard_enum_match_arm, reason = "what happens elsewhere is not its affair")]
    pub(crate) fn strike_phone(&mut self, what: What, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let in_use = self.phones.iter().filter(|phone| phone.standing == Use::InUse).count();
        match what {
            What::Kill => {
                self.counts.hit("killed");
                self.phones[n].end(End::Killed, rng)?;
            }
            What::PowerCut => {
                self.counts.hit("power cut");
                self.phones[n].end(End::PowerCut, rng)?;
            }
            What::DieWriting => self.phones[n].disk.die_after(rng.random_range(0..40)),
            What::FillDisk => {
                self.counts.hit("disk full");
                self.phones[n].disk.set_full(true);
            }
            What::FreeDisk => self.phones[n].disk.set_full(false),
            What::Clock => {
                let skew = [0, TEN_YEARS, -TEN_YEARS, 90_000, -20_000][rng.random_range(0..5)];
                self.phones[n].skew = skew;
                if let Some(save) = &mut self.phones[n].last_save {
                    save.undo_until = None;
                }
                if skew.abs() == TEN_YEARS {
                    self.counts.hit("clock ten years off");
                }
            }
            What::AppVersion => {
                let (protocol, name) =
                    [(version::PROTOCOL, "newer app"), (2, "newer app"), (0, "older app")][rng.random_range(0..3)];
                self.phones[n].protocol = protocol;
                if protocol != version::PROTOCOL {
                    self.counts.hit(name);
                }
            }
            What::Rebuild => self.rebuild(n, rng)?,
            What::Clone if self.phones.len() < MOST_PHONES => self.copy_phone(n, rng)?,
            What::KeepCopy => self.phones[n].backup = Some(self.phones[n].disk.image()),
            What::PutBack => self.put_back(n)?,
            What::NewPhone if self.phones.len() < MOST_PHONES => self.new_phone(n)?,
            What::Silence if in_use > 1 => self.phones[n].standing = Use::Silent { since: self.now },
            _ => (),
        }
        Ok(())
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what happens elsewhere is not its affair")]
    pub(crate) fn strike_office(&mut self, what: What, rng: &mut StdRng) -> Outcome<()> {
        match what {
            What::OfficeRestart => {
                self.counts.hit("server restarted");
                if rng.random() { self.office.restart() } else { self.office.crash(rng) }
            }
            What::OfficeDies => {
                self.office.disk.die_after(rng.random_range(0..60));
                Ok(())
            }
            What::OfficeFull => {
                let full = !self.office.disk.is_full();
                self.office.disk.set_full(full);
                self.counts.hit("server disk full");
                Ok(())
            }
            What::OfficeVersion => {
                self.old_office = !self.old_office;
                self.counts.hit("older server");
                Ok(())
            }
            What::Backup => self.office.back_up(),
            What::Restore => self.restore_office(rng),
            _ => Ok(()),
        }
    }

    fn restore_office(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let new_machine = rng.random_bool(0.3);
        if !self.office.restore(new_machine, rng.random(), self.now)? {
            return Ok(());
        }
        self.counts.hit("office restored");
        self.let_in.clear();
        self.stands.clear();
        // A photo whose case left its phone is offered to an office that does not know it any more.
        self.lost_photos = true;
        if new_machine {
            self.counts.hit("restored on a new machine");
        }
        // What only the office knew is gone with it. What only others' phones know of one that was put back may go too: that phone
        // gives the same numbers out again.
        let at_office = self.marks_at_office()?;
        let here = self.phones.iter_mut().map(Phone::marks).collect::<Outcome<Vec<_>>>()?;
        for (mark, promise) in (0..).zip(&mut self.memory.promises) {
            let left = |n: usize| here[n].contains_key(&mark);
            let is_safe = if self.phones[promise.phone].has_twin { left(promise.phone) } else { (0..here.len()).any(left) };
            if promise.fate == Fate::Saved && !is_safe && !at_office.contains(&mark) {
                promise.fate = Fate::MayBe;
            }
            // Known weakness: its phone never heard that it was taken. When that becomes another writer before the others offer it, it
            // files it again.
            let unheard = here[promise.phone].get(&mark) == Some(&false);
            if unheard && here.iter().any(|marks| marks.get(&mark) == Some(&true)) && !at_office.contains(&mark) {
                promise.copies += 1;
            }
        }
        Ok(())
    }

    /// An update of the app folds the views another way.
    fn rebuild(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let forgot = self.phones[n].peek()?.execute("UPDATE meta SET value = 0 WHERE key = 'fold_version'", []);
        if forgot.is_err() {
            return Ok(());
        }
        self.counts.hit("views rebuilt");
        for _ in 0..rng.random_range(1..6) {
            let stepped = self.phones[n].store()?.rebuild_step();
            self.phones[n].checked(stepped)?;
        }
        Ok(())
    }

    /// Both the phone and its copy go on being used.
    fn copy_phone(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let (copy, person) = (self.phones.len(), self.phones[n].person);
        let image = self.phones[n].disk.image();
        let mut phone = Phone::open(copy, person, &image, self.folder.path(), self.seed)?;
        phone.skew = self.phones[n].skew;
        let (from, to) = (format!("/p{n:02}/"), format!("/p{copy:02}/"));
        for table in ["blobs", "doomed", "draft_photos"] {
            phone.peek()?.execute(&format!("UPDATE {table} SET path = replace(path, ?1, ?2)"), [&from, &to]).map_err(said)?;
        }
        phone.find_photos()?;
        (phone.has_twin, self.phones[n].has_twin) = (true, true);
        self.phones.push(phone);
        self.throw_away_drafts(copy)?;
        let here = self.phones[n].marks()?;
        for (mark, promise) in (0..).zip(&mut self.memory.promises) {
            let kept_by_its_person = promise.phone == n && !promise.confirmed;
            if kept_by_its_person || here.get(&mark) == Some(&false) {
                promise.copies += 1;
            }
        }
        self.counts.hit("phone cloned");
        if rng.random() {
            // Its person settles what was refused on the one, and writes on under it on the other.
            self.put_right(n, rng)?;
            self.note_refused(copy, rng)?;
        }
        Ok(())
    }

    /// An older copy takes the place of what the phone holds.
    fn put_back(&mut self, n: usize) -> Outcome<()> {
        let Some(image) = self.phones[n].backup.take() else { return Ok(()) };
        let before = self.phones[n].marks()?;
        let mut filed = self.texts_at_office()?;
        for phone in &mut self.phones {
            filed.extend(phone.texts()?.iter().map(|text| (text.mark, text.of)));
        }
        self.phones[n].put_back(&image)?;
        self.phones[n].find_photos()?;
        self.phones[n].has_twin = true;
        self.phones[n].last_save = None;
        self.counts.hit("phone put back");
        // What was filed again under another writer since goes once more.
        for text in self.phones[n].texts()?.iter().filter(|text| !text.confirmed) {
            if filed.range((text.mark, [0; 32])..=(text.mark, [u8::MAX; 32])).any(|(_, of)| *of != text.of) {
                self.memory.promises[text.mark as usize].copies += 1;
            }
        }
        let at_office = self.marks_at_office()?;
        let (here, drafts) = (self.phones[n].marks()?, self.phones[n].draft_marks()?);
        // Others' that only this phone had left, after the office lost them.
        let left = self.phones.iter_mut().map(Phone::marks).collect::<Outcome<Vec<_>>>()?;
        for mark in before.keys().filter(|mark| !at_office.contains(mark) && !left.iter().any(|left| left.contains_key(mark))) {
            if self.memory.promises[*mark as usize].fate == Fate::Saved {
                self.memory.set(&[*mark], Fate::MayBe);
            }
        }
        for (mark, promise) in (0..).zip(&mut self.memory.promises).filter(|(_, promise)| promise.phone == n) {
            let kept = match promise.fate {
                Fate::Saved => here.contains_key(&mark) || at_office.contains(&mark),
                Fate::Draft => drafts.contains(&mark) && !here.contains_key(&mark),
                Fate::ThrownAway => !here.contains_key(&mark),
                Fate::Uncertain { .. } => false,
                Fate::MayBe | Fate::Erased => true,
            };
            if !kept {
                promise.fate = Fate::MayBe;
            }
        }
        for line in self.phones[n].store()?.drafts().map_err(said)? {
            let marks = marks_in(&minicbor::to_vec(&line.draft).unwrap_or_default());
            let (drafts, others): (Vec<u32>, Vec<u32>) = marks.into_iter().partition(|mark| self.memory.is_draft(*mark));
            if !others.is_empty() {
                self.phones[n].store()?.delete_draft(line.id).map_err(said)?;
                self.memory.set(&drafts, Fate::MayBe);
            }
        }
        Ok(())
    }

    /// A person gets one more phone.
    fn new_phone(&mut self, n: usize) -> Outcome<()> {
        let (new, person) = (self.phones.len(), self.phones[n].person);
        let phone = Phone::open(new, person, &Image::default(), self.folder.path(), self.seed)?;
        self.phones.push(phone);
        if !self.enrol(new)? {
            self.phones.pop();
        }
        Ok(())
    }

    /// A phone that was shut out, or that the office forgot, is enrolled in place.
    pub(crate) fn enrol_again(&mut self, n: usize) -> Outcome<()> {
        let state = self.phones[n].store()?.read(|tx| tx.sync_state()).map_err(said)?;
        if matches!(state.stopped, Some(Stopped::Revoked | Stopped::SignInAgain)) && !self.phones[n].disk.is_full() {
            self.enrol(n)?;
        }
        Ok(())
    }

    /// False when a disk failed.
    fn enrol(&mut self, n: usize) -> Outcome<bool> {
        let person = self.village.people[self.phones[n].person].person;
        if self.office.disk.is_full() || self.phones[n].disk.is_full() {
            return Ok(false);
        }
        self.office.spare()?;
        let code = self.office.invite(person, self.phones[n].rng.random(), self.now)?;
        let Some(request) = self.phones[n].ask_to_enrol(&code)? else { return Ok(false) };
        // The first answer is lost; asking again gives the same.
        self.ask_aside(&request)?;
        let Some(answer) = self.ask_aside(&request)? else { return Ok(false) };
        self.counts.hit("enrolled");
        match self.phones[n].take_enrolment(&answer, self.now)? {
            Some(false) => broken("a good code enrols, also twice", format!("answered with {}", answer.status)),
            taken => Ok(taken.is_some()),
        }
    }

    fn ask_aside(&mut self, request: &Request) -> Outcome<Option<fieldbook_device::engine::Answer>> {
        self.office.answer(request, None, self.now)
    }

    /// What can be seen at once: no draft and no saved text of this phone is lost.
    pub(crate) fn glance(&mut self, n: usize) -> Outcome<()> {
        let (drafts, facts) = (self.phones[n].draft_marks()?, self.phones[n].marks()?);
        let mut gone = Vec::new();
        for (mark, promise) in (0..).zip(&mut self.memory.promises).filter(|(_, promise)| promise.phone == n) {
            if let Fate::Uncertain { new } = promise.fate {
                promise.fate = match (drafts.contains(&mark), facts.contains_key(&mark)) {
                    (true, _) => Fate::Draft,
                    (false, true) => Fate::Saved,
                    (false, false) if new => Fate::ThrownAway,
                    (false, false) => return broken("a draft is never lost", format!("phone {n}: text {mark}, half saved")),
                };
            }
            match promise.fate {
                Fate::Draft if !drafts.contains(&mark) => {
                    return broken("a draft is never lost", format!("phone {n}: text {mark}"));
                }
                Fate::Saved => match facts.get(&mark) {
                    Some(confirmed) => promise.confirmed |= confirmed,
                    None if promise.confirmed => (),
                    None => gone.push(mark),
                },
                Fate::Draft | Fate::Uncertain { .. } | Fate::ThrownAway | Fate::MayBe | Fate::Erased => (),
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let at_office = self.marks_at_office()?;
        for mark in gone {
            if !at_office.contains(&mark) {
                return broken(
                    "what was saved is somewhere",
                    format!("phone {n}: text {mark} is neither here nor at the office"),
                );
            }
            self.memory.promises[mark as usize].confirmed = true;
        }
        Ok(())
    }

    /// Every mark in the office's log, or offered to it.
    pub(crate) fn marks_at_office(&self) -> Outcome<BTreeSet<u32>> {
        Ok(self.texts_at_office()?.into_iter().map(|(mark, _)| mark).collect())
    }

    /// The same, with the hash of the fact that holds it.
    fn texts_at_office(&self) -> Outcome<BTreeSet<(u32, [u8; 32])>> {
        let (facts, offered) =
            self.office.read(|tx| Ok((tx.facts_after(fieldbook_model::id::Order(0), usize::MAX)?, offered::list(tx)?)))?;
        let marks = |content: &[u8], of: [u8; 32]| marks_in(content).into_iter().map(move |mark| (mark, of));
        let taken = facts.iter().filter_map(|fact| Some(marks(fact.content.as_deref()?, fact.hash))).flatten();
        let offered = offered.iter().flat_map(|offered| marks(&offered.content, fact::hash(offered.id, &offered.content)));
        Ok(taken.chain(offered).collect())
    }
}

impl Phone {
    /// Photos come back with a copy of the phone.
    pub(crate) fn find_photos(&mut self) -> Outcome<()> {
        let photos = self.photos.clone();
        let mut statement = self.peek()?.prepare_cached("SELECT hash FROM blobs WHERE path IS NOT NULL").map_err(said)?;
        let hashes = statement.query_map([], |row| row.get::<_, [u8; 32]>(0)).map_err(said)?;
        for hash in hashes.collect::<Result<Vec<_>, _>>().map_err(said)? {
            if let Some(picture) = pictures::by_hash(&hash)? {
                picture.draft(&photos)?;
            }
        }
        Ok(())
    }
}
