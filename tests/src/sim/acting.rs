//! What people make happen to a case: remarks, and the steps from its receipt to its answer.

use fieldbook_device::store::FactState;
use fieldbook_device::work::EventDraft;
use fieldbook_model::body::{AnswerWay, Event, Role};
use fieldbook_model::id::FactId;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;

use super::Outcome;
use super::memory::Fate;
use super::phone::LastSave;
use super::world::World;

/// What a desk does with a case.
const DESK: &[Event] = &[
    Event::Receive,
    Event::Sort,
    Event::Forward,
    Event::Accept,
    Event::Start,
    Event::Return,
    Event::Resolve,
    Event::Answer,
    Event::Close,
];

/// What the resident's side does with it.
const RESIDENT: &[Event] = &[Event::Resubmit, Event::Answer, Event::Note];

impl World {
    /// Adds a remark to a case, sometimes with a photo.
    pub(crate) fn add_note(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case_of(n, rng)? else { return Ok(()) };
        self.note_on(n, case, rng)
    }

    /// A remark on a record that was refused, whoever repairs it.
    pub(crate) fn note_refused(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        match self.in_state(n, FactState::Refused)?.choose(rng) {
            Some(case) => self.note_on(n, *case, rng),
            None => Ok(()),
        }
    }

    fn note_on(&mut self, n: usize, case: FactId, rng: &mut StdRng) -> Outcome<()> {
        let (mark, text) = self.memory.type_text(n);
        let mut event = EventDraft { text, ..EventDraft::of(case, Event::Note) };
        if rng.random_bool(0.15) {
            event.photos.push(self.picture(n, rng)?);
        }
        self.happen(n, &event, &[mark]).map(|_| ())
    }

    /// Moves a case on, as desk, leader or author. A desk that has a case before it does what there is to do, one thing after
    /// the other.
    pub(crate) fn act(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case_of(n, rng)? else { return Ok(()) };
        let desk = matches!(self.village.people[self.phones[n].person].role, Role::Desk | Role::Leader);
        let (events, times): (&[Event], _) = if desk { (DESK, rng.random_range(1..5)) } else { (RESIDENT, 1) };
        for _ in 0..times {
            self.act_once(n, case, events, rng)?;
        }
        Ok(())
    }

    /// A screen offers what can happen to the case now; here that is found by trying.
    fn act_once(&mut self, n: usize, case: FactId, events: &[Event], rng: &mut StdRng) -> Outcome<()> {
        let (mark, text) = self.memory.type_text(n);
        for event in events.choose_multiple(rng, events.len()) {
            let unit = self.village.hamlets[rng.random_range(0..self.village.hamlets.len())].unit;
            let to = (*event == Event::Forward).then_some(unit);
            let way = (*event == Event::Answer).then_some(AnswerWay::InPerson);
            let event = EventDraft { text: text.clone(), reason: "vì".into(), to, way, ..EventDraft::of(case, *event) };
            if self.happen(n, &event, &[mark])? {
                break;
            }
        }
        Ok(())
    }

    /// False when its person was told no.
    fn happen(&mut self, n: usize, event: &EventDraft, marks: &[u32]) -> Outcome<bool> {
        let now = self.phones[n].clock(self.now);
        let before = self.own_facts(n)?;
        let saved = self.phones[n].store()?.add_event(event, now);
        match self.phones[n].verb(saved)? {
            None => self.memory.set(marks, Fate::Uncertain { new: true }),
            Some(Ok(saved)) => {
                self.facts += self.own_facts(n)? - before;
                self.counts.hit("saved");
                self.memory.set(marks, Fate::Saved);
                self.phones[n].last_save = Some(LastSave::new(&saved, marks.to_vec()));
                if event.event == Event::Forward {
                    self.counts.hit("forwarded");
                }
            }
            Some(Err(_)) => {
                self.counts.hit("told no");
                return Ok(false);
            }
        }
        Ok(true)
    }
}
