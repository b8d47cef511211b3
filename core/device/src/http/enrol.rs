//! The first enrolment: whose code is this, and then: yes, that is me.

use fieldbook_model::id::WriterId;
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::{frame, path, version};
use rand::{Rng, RngCore};
use thiserror::Error;

use super::Line;
use crate::engine::{Answer, Effect, Event, Failure};
use crate::store::{Store, StoreError};

/// Why a phone could not be enrolled, by what the person can do.
#[derive(Debug, Error)]
pub enum EnrolError {
    /// No answer: try again where there is network.
    #[error("the office was not reached: try again where there is network ({0:?})")]
    Offline(Failure),
    /// The code is wrong, used or expired.
    #[error("this code is wrong, used or expired: ask the office for a new one")]
    BadCode,
    /// This version of the app is too old.
    #[error("this app is too old for the office: update it")]
    UpdateApp,
    /// Too many attempts.
    #[error("the office asks to wait: try again in {0} seconds")]
    Later(u32),
    /// The office answered something this phone does not understand.
    #[error("the office answered something this phone does not understand: call the office ({0})")]
    Broken(String),
    /// The answer could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks whose code this is. Uses nothing up.
///
/// # Errors
/// [`EnrolError`] says what the person can do.
pub async fn look(line: &Line, code: &str, device: &str) -> Result<EnrolAnswer, EnrolError> {
    ask(line, &EnrolRequest { look: true, ..request(code, device, WriterId(1), Token([0; 32])) }).await
}

/// Makes this phone a writer of the code's person. Asking again after a lost answer needs the same `rng` draw to be of use,
/// so writer and token are kept in the store before the code is used up.
///
/// # Errors
/// [`EnrolError`] says what the person can do.
pub async fn confirm(
    line: &Line,
    store: &Store,
    code: &str,
    device: &str,
    now: i64,
    rng: &mut (dyn RngCore + Send),
) -> Result<EnrolAnswer, EnrolError> {
    let (writer, token) = (WriterId(rng.random_range(1..=u64::MAX)), Token(rng.random()));
    let (writer, token) = store.write(|tx| tx.intend_account(code, writer, token))?;
    let former = store.read(|tx| tx.former())?;
    let answer = ask(line, &EnrolRequest { former, ..request(code, device, writer, token) }).await?;
    store.write(|tx| tx.begin_account(writer, token.0, &answer, now))?;
    Ok(answer)
}

fn request(code: &str, device: &str, writer: WriterId, token: Token) -> EnrolRequest {
    EnrolRequest {
        protocol: version::PROTOCOL,
        code: Some(code.to_owned()),
        writer: writer.0,
        token: token.to_field(),
        device: device.to_owned(),
        look: false,
        certificate: None,
        former: None,
    }
}

async fn ask(line: &Line, request: &EnrolRequest) -> Result<EnrolAnswer, EnrolError> {
    let body = frame::pack(request).map_err(|e| EnrolError::Broken(e.to_string()))?;
    let event = line.exchange(&Effect::Post { path: path::ENROL, body, token: None }).await;
    match event {
        Event::Answered(answer) if answer.status == 200 => {
            frame::unpack(&answer.body).map_err(|e| EnrolError::Broken(e.to_string()))
        }
        Event::Answered(answer) => Err(refused(&answer)),
        Event::Failed(failure) => Err(EnrolError::Offline(failure)),
        Event::Nudge => Err(EnrolError::Broken("no request was made".into())),
    }
}

fn refused(answer: &Answer) -> EnrolError {
    match frame::unpack::<Fault>(&answer.body).ok().map(|fault| fault.code) {
        Some(FaultCode::BadCode) => EnrolError::BadCode,
        Some(FaultCode::UpdateApp) => EnrolError::UpdateApp,
        Some(FaultCode::Slower | FaultCode::Unavailable) => EnrolError::Later(answer.retry_after.unwrap_or(60)),
        other => EnrolError::Broken(format!("status {} {other:?}", answer.status)),
    }
}
