//! A phone of the simulation: the real store and engine, a disk and a clock of its own.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use fieldbook_device::engine::{Answer, Config, Effect, Engine, Event};
use fieldbook_device::store::{Store, StoreError};
use fieldbook_device::work::{Saved, WorkError};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::enrol::EnrolRequest;
use fieldbook_protocol::token::Token;
use fieldbook_protocol::{frame, path, version};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng as _};
use rusqlite::{Connection, OpenFlags};

use super::disk::{Disk, End, Image};
use super::memory::marks_in;
use super::network::Request;
use super::{Outcome, broken, said};

const DATABASE: &str = "phone.db";

/// Which texts are on a phone, and whether they are confirmed.
pub(crate) type Marks = BTreeMap<u32, bool>;

/// A text on a phone, in the fact with this hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) mark: u32,
    pub(crate) of: [u8; 32],
    pub(crate) confirmed: bool,
}

/// The last save of a phone's person.
#[derive(Debug)]
pub(crate) struct LastSave {
    pub(crate) first: FactId,
    pub(crate) marks: Vec<u32>,
    /// Until when it stays here to be taken back, by the phone's clock, Unix seconds; none once that clock was set.
    pub(crate) undo_until: Option<i64>,
}

impl LastSave {
    pub(crate) fn new(saved: &Saved, marks: Vec<u32>) -> Self {
        Self { first: saved.first, marks, undo_until: Some(saved.undo_until) }
    }
}

/// Whether anybody uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// It is in use.
    InUse,
    /// It is switched off for now.
    Silent {
        /// Simulated time, milliseconds.
        since: i64,
    },
}

pub(crate) struct Phone {
    pub(crate) n: usize,
    /// Whose it is, by number in the village.
    pub(crate) person: usize,
    pub(crate) disk: Disk,
    pub(crate) photos: PathBuf,
    /// Looks at the file past the store. Dropped before it, so that the store is the one to tidy up.
    peek: Option<Connection>,
    /// The marks of its facts as last seen, by the version of the file.
    marks: Option<(i64, Rc<Marks>)>,
    /// Marks in drafts that are not saved, likewise.
    draft_marks: Option<(i64, Rc<BTreeSet<u32>>)>,
    /// The marks in each fact, by its hash: a fact never changes.
    known_marks: HashMap<[u8; 32], Vec<u32>>,
    store: Option<Store>,
    engine: Engine,
    pub(crate) rng: StdRng,
    /// The phone's clock minus the true one, milliseconds.
    pub(crate) skew: i64,
    pub(crate) standing: Use,
    /// The protocol its app speaks.
    pub(crate) protocol: u32,
    pub(crate) backup: Option<Image>,
    pub(crate) last_save: Option<LastSave>,
    /// It is a copy, was copied, or was put back to an older state.
    pub(crate) has_twin: bool,
    /// Something failed on a bad disk: what was promised is looked up when it is on again.
    pub(crate) uncertain: bool,
    /// What it asked to enrol as.
    intended: Option<(WriterId, Token)>,
}

impl Phone {
    pub(crate) fn open(n: usize, person: usize, image: &Image, photos: &Path, seed: u64) -> Outcome<Self> {
        let mut phone = Self {
            n,
            person,
            disk: Disk::of(image).map_err(said)?,
            photos: photos.join(format!("p{n:02}")),
            peek: None,
            marks: None,
            draft_marks: None,
            known_marks: HashMap::new(),
            store: None,
            engine: Engine::new(Config::default()),
            rng: StdRng::seed_from_u64(seed.wrapping_mul(31).wrapping_add(n as u64)),
            skew: 0,
            standing: Use::InUse,
            protocol: version::PROTOCOL,
            backup: None,
            last_save: None,
            has_twin: false,
            uncertain: false,
            intended: None,
        };
        phone.start()?;
        Ok(phone)
    }

    /// The app starts. On a full disk its person makes room first.
    fn start(&mut self) -> Outcome<()> {
        let path = self.disk.path(DATABASE);
        let opened = match Store::open(&path) {
            Err(_) if self.disk.is_full() => {
                self.disk.set_full(false);
                Store::open(&path)
            }
            opened => opened,
        };
        self.store = Some(opened.map_err(said)?);
        self.engine = Engine::new(Config::default());
        Ok(())
    }

    /// The process ends wherever it is, and starts again.
    pub(crate) fn end(&mut self, end: End, rng: &mut StdRng) -> Outcome<()> {
        self.disk.end(end, rng);
        self.close();
        self.start()
    }

    /// An orderly end.
    pub(crate) fn shut_down(&mut self) -> Outcome<()> {
        self.close();
        Ok(())
    }

    fn close(&mut self) {
        (self.peek, self.marks, self.draft_marks, self.store) = (None, None, None, None);
    }

    /// Another state of its disk takes the place of this one.
    pub(crate) fn put_back(&mut self, image: &Image) -> Outcome<()> {
        self.disk.put(image);
        self.close();
        self.start()
    }

    pub(crate) fn store(&self) -> Outcome<&Store> {
        self.store.as_ref().ok_or_else(|| said("the phone is off"))
    }

    /// What stands in its file, read past the store.
    pub(crate) fn peek(&mut self) -> Outcome<&Connection> {
        if self.peek.is_none() {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            self.peek = Some(Connection::open_with_flags(self.disk.path(DATABASE), flags).map_err(said)?);
        }
        self.peek.as_ref().ok_or_else(|| said("the phone is off"))
    }

    /// Marks of facts here, with whether they are confirmed.
    pub(crate) fn marks(&mut self) -> Outcome<Rc<Marks>> {
        let version = self.version()?;
        if let Some((_, marks)) = self.marks.as_ref().filter(|(seen, _)| *seen == version) {
            return Ok(Rc::clone(marks));
        }
        let mut marks = Marks::new();
        for text in self.texts()? {
            *marks.entry(text.mark).or_insert(false) |= text.confirmed;
        }
        let marks = Rc::new(marks);
        self.marks = Some((version, Rc::clone(&marks)));
        Ok(marks)
    }

    /// Marks in drafts that are not saved.
    pub(crate) fn draft_marks(&mut self) -> Outcome<Rc<BTreeSet<u32>>> {
        let version = self.version()?;
        if let Some((_, marks)) = self.draft_marks.as_ref().filter(|(seen, _)| *seen == version) {
            return Ok(Rc::clone(marks));
        }
        let mut statement = self.peek()?.prepare_cached("SELECT body FROM drafts WHERE first IS NULL").map_err(said)?;
        let bodies = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).map_err(said)?;
        let bodies: Vec<Vec<u8>> = bodies.collect::<Result<_, _>>().map_err(said)?;
        drop(statement);
        let marks = Rc::new(bodies.iter().flat_map(|body| marks_in(body)).collect());
        self.draft_marks = Some((version, Rc::clone(&marks)));
        Ok(marks)
    }

    /// Grows with every commit of the app.
    fn version(&mut self) -> Outcome<i64> {
        let mut statement = self.peek()?.prepare_cached("PRAGMA data_version").map_err(said)?;
        statement.query_row([], |row| row.get(0)).map_err(said)
    }

    /// Marks of facts here, fact by fact.
    pub(crate) fn texts(&mut self) -> Outcome<Vec<Text>> {
        let mut known = std::mem::take(&mut self.known_marks);
        let texts = read_texts(self.peek()?, &mut known).map_err(said);
        self.known_marks = known;
        texts
    }

    /// A call of the store; none when the disk failed.
    pub(crate) fn checked<T>(&mut self, done: Result<T, StoreError>) -> Outcome<Option<T>> {
        match done {
            Ok(value) => Ok(Some(value)),
            Err(error) => self.excuse(&error).map(|()| None),
        }
    }

    /// A verb; none when the disk failed. The inner error is what the person was told.
    pub(crate) fn verb<T>(&mut self, done: Result<T, WorkError>) -> Outcome<Option<Result<T, WorkError>>> {
        match done {
            Err(WorkError::Store(error)) => self.excuse(&error).map(|()| None),
            told => Ok(Some(told)),
        }
    }

    fn excuse(&mut self, error: &StoreError) -> Outcome<()> {
        self.uncertain = true;
        let full = self.disk.is_full() && matches!(error, StoreError::StorageFull);
        if self.disk.is_dead() || full {
            Ok(())
        } else {
            broken("nothing fails by itself", format!("phone {}: {error}", self.n))
        }
    }

    /// The writer it is at present.
    pub(crate) fn writer(&self) -> Outcome<Option<WriterId>> {
        let account = self.store()?.read(|tx| tx.find_account()).map_err(said)?;
        Ok(account.map(|account| account.writer))
    }

    /// What the engine wants to do; none when the disk failed.
    pub(crate) fn next(&mut self, now: i64) -> Outcome<Option<Effect>> {
        let store = self.store.as_ref().ok_or_else(|| said("the phone is off"))?;
        let next = self.engine.next(store, now + self.skew, &mut self.rng);
        self.checked(next)
    }

    pub(crate) fn tell(&mut self, now: i64, event: Event) -> Outcome<()> {
        let store = self.store.as_ref().ok_or_else(|| said("the phone is off"))?;
        let done = self.engine.handle(store, now + self.skew, event, &mut self.rng);
        self.checked(done).map(|_| ())
    }

    /// Its clock, Unix seconds.
    pub(crate) fn clock(&self, now: i64) -> i64 {
        (now + self.skew) / 1000
    }

    /// What it sends to become a writer with a code. Asking again after a lost answer asks for the same.
    pub(crate) fn ask_to_enrol(&mut self, code: &str) -> Outcome<Option<Request>> {
        let (writer, token) = (WriterId(self.rng.random_range(1..=u64::MAX)), Token(self.rng.random()));
        let intended = self.store()?.write(|tx| tx.intend_account(code, writer, token));
        let Some((writer, token)) = self.checked(intended)? else { return Ok(None) };
        self.intended = Some((writer, token));
        let request = EnrolRequest {
            protocol: version::PROTOCOL,
            code: Some(code.to_owned()),
            writer: writer.0,
            token: token.to_field(),
            device: "sim".into(),
            look: false,
            certificate: None,
            former: self.store()?.read(|tx| tx.former()).map_err(said)?,
        };
        let body = frame::pack(&request).map_err(said)?;
        Ok(Some(Request { method: "POST", path: path::ENROL.into(), token: None, offset: None, body }))
    }

    /// Takes the answer to it; false when the code was not good, none when the disk failed.
    pub(crate) fn take_enrolment(&mut self, answer: &Answer, now: i64) -> Outcome<Option<bool>> {
        if answer.status != 200 {
            return Ok(Some(false));
        }
        let Some((writer, token)) = self.intended else {
            return Ok(Some(false));
        };
        let message = frame::unpack(&answer.body).map_err(said)?;
        let now = self.clock(now);
        let taken = self.store()?.write(|tx| tx.begin_account(writer, token.0, &message, now));
        Ok(self.checked(taken)?.map(|()| true))
    }
}

fn read_texts(sql: &Connection, known: &mut HashMap<[u8; 32], Vec<u32>>) -> rusqlite::Result<Vec<Text>> {
    let mut content = sql.prepare_cached("SELECT content FROM facts WHERE id = ?1")?;
    let mut statement =
        sql.prepare_cached("SELECT id, hash, ord IS NOT NULL FROM facts WHERE content IS NOT NULL AND kind >= 20")?;
    let mut rows = statement.query([])?;
    let mut texts = Vec::new();
    while let Some(row) = rows.next()? {
        let (hash, confirmed): ([u8; 32], bool) = (row.get(1)?, row.get(2)?);
        let of_fact = match known.entry(hash) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let content: Vec<u8> = content.query_row([row.get::<_, i64>(0)?], |row| row.get(0))?;
                new.insert(marks_in(&content))
            }
        };
        texts.extend(of_fact.iter().map(|mark| Text { mark: *mark, of: hash, confirmed }));
    }
    Ok(texts)
}
