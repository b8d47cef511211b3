//! The office of the simulation: the server's own rules over its own storage, without sockets.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fieldbook_device::engine::Answer;
use fieldbook_model::body::{Assignment, Kind, Level, Person, Post, Role, Unit};
use fieldbook_model::day::Day;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::enrol::EnrolRequest;
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_protocol::sync::{Check, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_server::office::certificate::OfficeKey;
use fieldbook_server::office::enrol::{Enrolment, enrol};
use fieldbook_server::office::invite::{self, CodeKind};
use fieldbook_server::office::{OfficeFault, desk, devices, epoch, sync};
use fieldbook_server::storage::sqlite::Sqlite;
use fieldbook_server::storage::{Store, Tx};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::{Outcome, said};

/// A path of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Push, pull, acknowledge.
    Sync,
    /// Enrolment.
    Enrol,
}

/// The organisation: one commune, four hamlets, one liaison, one desk.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) hamlets: Vec<FactId>,
    pub(crate) liaison: FactId,
    pub(crate) liaison_post: FactId,
    pub(crate) desk: FactId,
    pub(crate) desk_post: FactId,
    /// The assignment in force for each hamlet, if there is one.
    pub(crate) assigned: Vec<Option<FactId>>,
}

pub(crate) struct Office {
    path: PathBuf,
    key: Arc<OfficeKey>,
    store: Option<Store>,
}

impl Office {
    pub(crate) fn open(path: &Path) -> Outcome<Self> {
        let key = Arc::new(OfficeKey::from_seed(&[7; 32]).map_err(said)?);
        let mut office = Self { path: path.to_owned(), key, store: None };
        office.restart()?;
        Ok(office)
    }

    /// The server process ends and starts again over the same file.
    pub(crate) fn restart(&mut self) -> Outcome<()> {
        self.store = None;
        self.store = Some(Store::new(Sqlite::open(&self.path).map_err(said)?));
        Ok(())
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut dyn Tx) -> Result<T, OfficeFault> + Send + 'static,
    ) -> Outcome<T> {
        self.store()?.write_now(job).map_err(said)
    }

    pub(crate) fn read<T>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<T, OfficeFault>) -> Outcome<T> {
        self.store()?.read_now(job).map_err(said)
    }

    /// Founds the organisation. The liaison looks after the first two hamlets.
    pub(crate) fn found(&self, now: i64) -> Outcome<Plan> {
        self.write(move |tx| {
            epoch::start(tx, "Xã Mô Phỏng", WriterId(0x000f_f1ce), now)?;
            let unit = |level, label: &str, name: String, parent| Unit {
                level,
                label: label.into(),
                name,
                parent,
                from: None,
                code: None,
                point: None,
            };
            let commune = desk::write(tx, Kind::Unit, None, &unit(Level::Commune, "Xã", "Mô Phỏng".into(), None), now)?;
            let mut hamlets = Vec::new();
            for n in 1..=4 {
                let hamlet = unit(Level::Hamlet, "ấp", n.to_string(), Some(commune));
                hamlets.push(desk::write(tx, Kind::Unit, None, &hamlet, now)?);
            }
            let mut hire = |name: &str, role, title: &str| {
                let person = desk::write(tx, Kind::Person, None, &Person { name: name.into(), phone: None }, now)?;
                let from = Day::of(now).plus(-100);
                let post = Post { person, unit: commune, title: title.into(), role, from, to: None };
                Ok::<_, OfficeFault>((person, desk::write(tx, Kind::Post, None, &post, now)?))
            };
            let (liaison, liaison_post) = hire("Nguyễn Văn Một", Role::Liaison, "cán bộ phụ trách")?;
            let (clerk, clerk_post) = hire("Trần Thị Hai", Role::Desk, "văn phòng")?;
            let mut assigned = vec![None; hamlets.len()];
            for n in 0..2 {
                assigned[n] = Some(assign(tx, liaison, hamlets[n], now)?);
            }
            Ok(Plan { hamlets, liaison, liaison_post, desk: clerk, desk_post: clerk_post, assigned })
        })
    }

    /// A one-time code for a person.
    pub(crate) fn invite(&self, person: FactId, seed: u64, now: i64) -> Outcome<String> {
        self.write(move |tx| invite::create(tx, person, CodeKind::Qr, now, &mut StdRng::seed_from_u64(seed)))
    }

    /// The liaison gets a hamlet, or loses it as of yesterday.
    pub(crate) fn change_scope(&self, plan: &mut Plan, hamlet: usize, now: i64) -> Outcome<()> {
        let (unit, person) = (plan.hamlets[hamlet], plan.liaison);
        plan.assigned[hamlet] = match plan.assigned[hamlet] {
            Some(assignment) => {
                self.write(move |tx| desk::end(tx, assignment, Day::of(now).plus(-1), now))?;
                None
            }
            None => Some(self.write(move |tx| assign(tx, person, unit, now))?),
        };
        Ok(())
    }

    /// What the server would answer to these bytes.
    pub(crate) fn answer(&self, door: Door, body: &[u8], token: Option<Token>, now: i64) -> Outcome<Answer> {
        match door {
            Door::Sync => self.sync(body, token, now),
            Door::Enrol => self.enrol(body, token, now),
        }
    }

    /// Whether this phone holds exactly what it should.
    pub(crate) fn agrees(&self, token: Token, request: SyncRequest, check: Check, now: i64) -> Outcome<bool> {
        let request = SyncRequest { check: Some(check), ..request };
        let answer = self.write(move |tx| {
            let device = devices::authenticate(tx, &token)?;
            sync::sync(tx, &device, request, now)
        })?;
        Ok(answer.check.is_some_and(|check| check.same))
    }

    fn sync(&self, body: &[u8], token: Option<Token>, now: i64) -> Outcome<Answer> {
        let (Ok(request), Some(token)) = (frame::unpack::<SyncRequest>(body), token) else {
            return fault(FaultCode::Malformed, None);
        };
        let answered = self.store()?.write_now(move |tx| {
            let device = devices::authenticate(tx, &token)?;
            sync::sync(tx, &device, request, now)
        });
        match answered {
            Ok(answer) => ok(&answer),
            Err(error) => {
                let told = error.to_fault();
                if told.code == FaultCode::Unavailable {
                    return Err(format!("the office failed: {error}"));
                }
                fault(told.code, error.retry_after())
            }
        }
    }

    fn enrol(&self, body: &[u8], token: Option<Token>, now: i64) -> Outcome<Answer> {
        let Ok(request) = frame::unpack::<EnrolRequest>(body) else {
            return fault(FaultCode::Malformed, None);
        };
        let key = self.key.clone();
        match self.write(move |tx| enrol(tx, &request, token.as_ref(), "sim", &key, now))? {
            Enrolment::Done(answer) => ok(&*answer),
            Enrolment::Awaits(_) => fault(FaultCode::AwaitConfirmation, None),
            Enrolment::Refused { code, retry_after } => fault(code, retry_after),
        }
    }

    fn store(&self) -> Outcome<&Store> {
        self.store.as_ref().ok_or_else(|| "the office is closed".to_owned())
    }
}

fn assign(tx: &mut dyn Tx, person: FactId, unit: FactId, now: i64) -> Result<FactId, OfficeFault> {
    let from = Day::of(now).plus(-50);
    desk::assign(tx, &Assignment { person, unit: Some(unit), field: None, from, to: None, decision: None }, now)
}

fn ok<T: minicbor::Encode<()>>(message: &T) -> Outcome<Answer> {
    Ok(Answer { status: 200, body: frame::pack(message).map_err(said)?, ..Answer::default() })
}

/// A fault as it comes over HTTP.
pub(crate) fn fault(code: FaultCode, retry_after: Option<u32>) -> Outcome<Answer> {
    let status = match code {
        FaultCode::AwaitConfirmation => 202,
        FaultCode::Malformed | FaultCode::Other(_) => 400,
        FaultCode::UnknownToken => 401,
        FaultCode::Revoked | FaultCode::BadCode => 403,
        FaultCode::NotFound => 404,
        FaultCode::Cloned | FaultCode::WrongOffset => 409,
        FaultCode::TooLarge => 413,
        FaultCode::BadPicture => 422,
        FaultCode::UpdateApp => 426,
        FaultCode::Slower => 429,
        FaultCode::Unavailable => 503,
    };
    let body = frame::pack(&Fault { code, detail: None }).map_err(said)?;
    Ok(Answer { status, retry_after, body, ..Answer::default() })
}
