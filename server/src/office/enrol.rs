//! Enrolment: a phone becomes a writer of a person.

use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::receipt::label_for;
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest, PostLine};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::sync::Limits;
use fieldbook_protocol::token::Token;
use fieldbook_protocol::version::OLDEST_PROTOCOL;

use super::certificate::OfficeKey;
use super::invite::{ATTEMPT_WINDOW, code_hash, is_typed, must_wait, normal};
use super::push::known;
use super::reference::Reference;
use super::{OfficeFault, devices, epoch};
use crate::storage::{Device, DeviceState, Tx};

/// The longest name a phone may have in the office's list, in characters.
const LONGEST_NAME: usize = 60;

/// How an enrolment ended. All of them are to be committed: a wrong code counts only when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolment {
    /// The phone is a writer; after a look, it could be.
    Done(Box<EnrolAnswer>),
    /// Known again by its certificate; waits until the desk confirms it. The phone asks again later.
    Awaits(WriterId),
    /// Not let in.
    Refused {
        /// What the phone must do.
        code: FaultCode,
        /// Seconds after which it may try again.
        retry_after: Option<u32>,
    },
}

impl Enrolment {
    fn refused(code: FaultCode) -> Self {
        Self::Refused { code, retry_after: None }
    }
}

/// Answers a request to enrol. `bearer` is the token from the `Authorization` header, `source` says where the request
/// comes from (an address) and is only compared. To be run in a writing transaction and committed whatever it gives.
/// Asking again with the same writer and token gives the same.
pub fn enrol(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    bearer: Option<&Token>,
    source: &str,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    if request.protocol < OLDEST_PROTOCOL {
        return Ok(Enrolment::refused(FaultCode::UpdateApp));
    }
    if let Some(code) = &request.code {
        return by_code(tx, request, &normal(code), source, key, now);
    }
    if let Some(certificate) = &request.certificate {
        return by_certificate(tx, request, certificate, key, now);
    }
    match bearer {
        Some(token) => by_token(tx, request, token, key, now),
        None => Ok(Enrolment::refused(FaultCode::BadCode)),
    }
}

fn by_code(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    code: &str,
    source: &str,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let typed = is_typed(code);
    if typed && must_wait(tx, source, now)? {
        return Ok(Enrolment::Refused { code: FaultCode::Slower, retry_after: Some(ATTEMPT_WINDOW.unsigned_abs() as u32) });
    }
    let known = tx.invite(&code_hash(code))?;
    let writer = WriterId(request.writer);
    let good = known.filter(|invite| match invite.used_by {
        Some(used_by) => used_by == writer,
        None => now < invite.expires_at,
    });
    let Some(mut invite) = good else {
        if typed {
            tx.note_attempt(source, now, now - ATTEMPT_WINDOW)?;
        }
        return Ok(Enrolment::refused(FaultCode::BadCode));
    };
    if request.look {
        return answer(tx, invite.person, None, key, now);
    }
    close_former(tx, request, invite.person)?;
    if invite.used_by.is_some() {
        return repeated(tx, request, invite.person, key, now);
    }
    let enrolled = become_writer(tx, request, invite.person, key, now)?;
    if matches!(enrolled, Enrolment::Done(_)) {
        invite.used_by = Some(writer);
        tx.put_invite(&invite)?;
    }
    Ok(enrolled)
}

/// The writer this phone was writes no more: a request of it that is still under way would be filed twice.
fn close_former(tx: &mut dyn Tx, request: &EnrolRequest, person: FactId) -> Result<(), OfficeFault> {
    let Some(former) = request.former.as_ref().filter(|former| former.writer != request.writer) else {
        return Ok(());
    };
    match tx.device(WriterId(former.writer))?.filter(|device| device.person == person) {
        Some(device) => devices::revoke(tx, device.writer),
        None => Ok(()),
    }
}

/// A phone that was cloned, or must file its facts again as another writer.
fn by_token(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    token: &Token,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let person = match devices::authenticate(tx, token) {
        Ok(device) => device.person,
        Err(OfficeFault::Phone { code, .. }) => return Ok(Enrolment::refused(code)),
        Err(other) => return Err(other),
    };
    if request.look {
        return answer(tx, person, None, key, now);
    }
    if tx.device(WriterId(request.writer))?.is_some() {
        return repeated(tx, request, person, key, now);
    }
    become_writer(tx, request, person, key, now)
}

/// A phone that the server, restored from a backup, does not know any more, or knows with an older token.
fn by_certificate(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    certificate: &[u8],
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let writer = WriterId(request.writer);
    let Some(certificate) = key.read(certificate).filter(|certificate| certificate.writer == writer.0) else {
        return Ok(Enrolment::refused(FaultCode::BadCode));
    };
    let token = devices::token_hash(&Token(*request.token));
    let known = tx.device(writer)?;
    if let Some(known) = &known {
        if known.state == DeviceState::Revoked {
            return Ok(Enrolment::refused(FaultCode::Revoked));
        }
        if known.state == DeviceState::Active && (known.token == token || known.next_token == Some(token)) {
            return answer(tx, known.person, Some(known), key, now);
        }
        if known.person != certificate.person {
            return Ok(Enrolment::refused(FaultCode::BadCode));
        }
    }
    if Reference::load(tx)?.person(certificate.person).is_none() {
        return Ok(Enrolment::refused(FaultCode::NotFound));
    }
    let device = match known {
        Some(known) => Device { state: DeviceState::Awaiting, token, next_token: None, ..known },
        None => new_device(tx, request, certificate.person, DeviceState::Awaiting, now)?,
    };
    tx.put_device(&device)?;
    Ok(Enrolment::Awaits(writer))
}

/// The same request again, after a lost answer.
fn repeated(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    person: FactId,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let token = devices::token_hash(&Token(*request.token));
    if fieldbook_model::planted!(EnrolmentOnce) {
        return Ok(Enrolment::refused(FaultCode::BadCode));
    }
    let known = tx.device(WriterId(request.writer))?;
    match known.filter(|device| device.person == person && device.token == token && device.state == DeviceState::Active) {
        Some(device) => enrolled(tx, request, &device, key, now),
        None => Ok(Enrolment::refused(FaultCode::BadCode)),
    }
}

fn become_writer(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    person: FactId,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let writer = WriterId(request.writer);
    let token = devices::token_hash(&Token(*request.token));
    let introduced = Reference::load(tx)?.person_of(writer);
    // The same request from before a restore: others brought back that it is a writer, and it never wrote anything.
    let is_same = introduced == Some(person) && tx.last_judged(writer)? == 0;
    let taken = tx.device(writer)?.is_some()
        || (introduced.is_some() && !is_same)
        || tx.epochs()?.iter().any(|epoch| epoch.writer == writer)
        || tx.device_by_token(&token)?.is_some();
    if taken {
        return Ok(Enrolment::refused(FaultCode::Cloned));
    }
    let device = new_device(tx, request, person, DeviceState::Active, now)?;
    tx.put_device(&device)?;
    if introduced.is_none() {
        devices::introduce(tx, &device, now)?;
    }
    enrolled(tx, request, &device, key, now)
}

/// The answer to a phone that is a writer now, with what became of the facts it sent as another one.
fn enrolled(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    device: &Device,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let known = request.former.as_ref().map(|former| known(tx, device.person, former)).transpose()?;
    let answered = answer(tx, device.person, Some(device), key, now)?;
    Ok(match answered {
        Enrolment::Done(done) => Enrolment::Done(Box::new(EnrolAnswer { known, ..*done })),
        Enrolment::Awaits(_) | Enrolment::Refused { .. } => answered,
    })
}

fn new_device(
    tx: &mut dyn Tx,
    request: &EnrolRequest,
    person: FactId,
    state: DeviceState,
    now: i64,
) -> Result<Device, OfficeFault> {
    Ok(Device {
        writer: WriterId(request.writer),
        person,
        name: request.device.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect(),
        label: next_label(tx)?,
        state,
        token: devices::token_hash(&Token(*request.token)),
        next_token: None,
        enrolled_at: now,
        last_seen: None,
        skew: 0,
        schema: 0,
    })
}

/// The next label of this epoch: phones that a backup does not know had labels of another one.
fn next_label(tx: &mut dyn Tx) -> Result<String, OfficeFault> {
    let epoch = epoch::present(tx)?.n;
    let name = format!("labels_of_epoch_{epoch}");
    let given = tx.value(&name)?.and_then(|value| Some(u32::from_be_bytes(value.try_into().ok()?))).unwrap_or(0);
    tx.put_value(&name, &(given + 1).to_be_bytes())?;
    Ok(label_for(given, epoch).as_str().to_owned())
}

fn answer(
    tx: &mut dyn Tx,
    person: FactId,
    device: Option<&Device>,
    key: &OfficeKey,
    now: i64,
) -> Result<Enrolment, OfficeFault> {
    let reference = Reference::load(tx)?;
    let organisation = epoch::organisation(tx)?;
    let today = fieldbook_model::day::Day::of(now);
    let actor = reference.actor(person);
    let in_force = actor.posts.iter().filter(|post| post.from <= today && post.to.is_none_or(|to| today <= to));
    let posts: Vec<PostLine> = in_force
        .filter_map(|held| {
            let title = reference.roster.post(held.id)?.title.clone();
            Some(PostLine { id: held.id, title, unit: reference.tree.display(held.unit) })
        })
        .collect();
    let office_phone = actor.posts.iter().find_map(|post| reference.office_phone(post.unit)).map(str::to_owned);
    let certificate = device.map(|device| key.issue(device.writer, person, &organisation)).unwrap_or_default();
    Ok(Enrolment::Done(Box::new(EnrolAnswer {
        organisation,
        person,
        name: reference.person(person).map(|person| person.name.clone()).unwrap_or_default(),
        posts,
        label: device.map(|device| device.label.clone()).unwrap_or_default(),
        epoch: epoch::present(tx)?.n,
        certificate: certificate.into(),
        office_phone,
        now,
        limits: Limits::default(),
        known: None,
    })))
}
