//! A phone as the app has it: store, verbs, engine and HTTP driver, but with a clock that is told what time it is.

use std::path::Path;

use fieldbook_device::engine::{Config, Effect, Engine, Event};
use fieldbook_device::http::{Line, confirm};
use fieldbook_device::store::Store;
use fieldbook_device::work::{Draft, PhotoDraft, TopicDraft, UNDO_SECONDS, VisitDraft};
use fieldbook_model::body::{Met, TopicMark};
use fieldbook_model::day::Day;
use fieldbook_model::place::{Fix, PlaceEvidence};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::Measured;
use super::facts::Ground;
use super::organisation::Invited;
use super::visits::SyntheticVisit;

/// An enrolled phone.
pub struct Phone {
    /// Its database.
    pub store: Store,
    engine: Engine,
    line: Line,
    ground: Ground,
    rng: StdRng,
    /// Its clock, Unix seconds.
    now: i64,
    made: u64,
}

/// What a sync took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Synced {
    /// Requests made.
    pub requests: u64,
    /// Length of the largest body sent, in bytes.
    pub largest: u64,
}

impl Phone {
    /// Enrols a new phone in `folder` with an office at `address`. Photos stay on it: only text goes.
    pub async fn enrol(folder: &Path, address: &str, invited: &Invited, now: i64) -> Measured<Self> {
        std::fs::create_dir_all(folder)?;
        let store = Store::open(&folder.join("phone.db"))?;
        let line = Line::new(address, None)?;
        let code = invited.code()?;
        let mut rng = StdRng::seed_from_u64(code.bytes().fold(0, |seed, byte| seed * 31 % 0xffff_fffb + u64::from(byte)));
        confirm(&line, &store, &code, "bench", now, &mut rng).await?;
        let mut state = store.read(|tx| tx.sync_state())?;
        state.text_only_on_mobile = true;
        store.write(|tx| tx.set_sync_state(&state))?;
        let mut engine = Engine::new(Config::default());
        engine.set_metered(true);
        Ok(Self { store, engine, line, ground: invited.ground.clone(), rng, now, made: 0 })
    }

    /// Fills in the form of a visit; gives the draft's number.
    pub fn draft(&self, visit: &SyntheticVisit) -> Measured<i64> {
        Ok(self.store.keep_draft(None, &Draft::Visit(filled_in(visit, &self.ground)), "review", self.now)?)
    }

    /// The same form with this picture instead of the visit's own.
    pub fn draft_with(&self, visit: &SyntheticVisit, picture: PhotoDraft) -> Measured<i64> {
        let form = VisitDraft { photos: vec![picture], ..filled_in(visit, &self.ground) };
        Ok(self.store.keep_draft(None, &Draft::Visit(form), "review", self.now)?)
    }

    /// "Lưu".
    pub fn save(&self, draft: i64) -> Measured<()> {
        self.store.save(draft, self.now)?;
        Ok(())
    }

    /// Turns its clock to this time.
    pub fn set_clock(&mut self, now: i64) {
        self.now = now;
    }

    /// Lets the time pass in which a save can be turned back.
    pub fn wait_for_undo(&mut self) {
        self.now += UNDO_SECONDS + 1;
    }

    /// "Gửi ngay": sends and receives until there is nothing left to do.
    pub async fn sync(&mut self) -> Measured<Synced> {
        let mut synced = Synced::default();
        let mut event = Event::Nudge;
        loop {
            let now = self.now * 1_000;
            self.engine.handle(&self.store, now, event, &mut self.rng)?;
            let effect = self.engine.next(&self.store, now, &mut self.rng)?;
            match &effect {
                Effect::Wait { .. } | Effect::Idle => return Ok(synced),
                Effect::Post { body, .. } => synced.largest = synced.largest.max(body.len() as u64),
                Effect::PutPreview { .. } | Effect::Patch { .. } => {}
            }
            synced.requests += 1;
            self.made += 1;
            event = self.line.exchange(&effect).await;
            if let Event::Failed(failure) = &event {
                let told = format!("a request failed: {failure:?}");
                self.engine.handle(&self.store, now, event, &mut self.rng)?;
                return Err(told.into());
            }
        }
    }

    /// Begins a new connection, perhaps to another address.
    pub fn reconnect(&mut self, address: &str) -> Measured<()> {
        self.line = Line::new(address, None)?;
        Ok(())
    }

    /// Requests made since this was asked last, answered or not.
    pub fn requests(&mut self) -> u64 {
        std::mem::take(&mut self.made)
    }

    /// Photos may go too from now on.
    pub fn let_photos_go(&mut self) {
        self.engine.set_metered(false);
    }

    /// How many of its photos the office does not have whole.
    pub fn photos_waiting(&self) -> Measured<u64> {
        Ok(self.store.read(|tx| tx.waiting())?.photos)
    }

    /// How many of its facts the office has not taken.
    pub fn waiting(&self) -> Measured<u64> {
        let waiting = self.store.read(|tx| tx.waiting())?;
        Ok(waiting.facts + waiting.rejected)
    }
}

fn filled_in(visit: &SyntheticVisit, ground: &Ground) -> VisitDraft {
    let fix = Fix {
        lat_e6: visit.lat_e6,
        lon_e6: visit.lon_e6,
        accuracy_m: visit.accuracy_m,
        approximate: false,
        mock: false,
        pinned: false,
    };
    let remark_of = |n: usize| visit.remarks.iter().find(|(topic, _)| *topic == n).map(|(_, text)| text.clone());
    let topics = ground.topics.iter().zip(visit.marks).enumerate().map(|(n, (topic, mark))| TopicDraft {
        topic: *topic,
        mark: Some(TopicMark::from_code(mark)),
        remark: remark_of(n).unwrap_or_default(),
    });
    let photos = visit.photos.iter().map(|photo| PhotoDraft {
        hash: photo.hash.into(),
        bytes: photo.bytes,
        width: photo.width,
        height: photo.height,
        path: "photos/stays-here.jpg".into(),
        topic: None,
    });
    VisitDraft {
        unit: Some(ground.hamlets[visit.hamlet % ground.hamlets.len()]),
        day: Some(Day::of(visit.started)),
        started: Some(visit.started),
        minutes: Some(visit.minutes),
        evidence: Some(PlaceEvidence::GpsInside),
        fix: Some(fix),
        met: vec![Met::Head, Met::Secretary],
        topics: topics.collect(),
        remark: visit.remark.clone(),
        photos: photos.collect(),
        post: Some(ground.post),
        since_boot: Some(visit.since_boot),
        ..VisitDraft::default()
    }
}
