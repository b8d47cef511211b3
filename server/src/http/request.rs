//! What requests bring: a body within limits, a token.

use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::ticket::Ticket;
use fieldbook_protocol::token::Token;
use sha2::{Digest as _, Sha256};

use super::answer::Failure;
use super::{App, Peer};

/// The whole body, when it has at most `most` bytes. Waits as long as something arrives at least every `stall`.
pub(super) async fn whole_body(headers: &HeaderMap, mut body: Body, most: usize, stall: Duration) -> Result<Vec<u8>, Failure> {
    let too_large = || Failure::new(FaultCode::TooLarge, "the body is too large; send less at once");
    let claimed = number(headers, CONTENT_LENGTH.as_str()).unwrap_or(0);
    if claimed > most as u64 {
        return Err(too_large());
    }
    let mut whole = Vec::with_capacity(claimed as usize);
    loop {
        let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx));
        let Ok(frame) = tokio::time::timeout(stall, frame).await else {
            return Err(Failure::malformed("the body stopped arriving"));
        };
        match frame {
            None => return Ok(whole),
            Some(Err(_)) => return Err(Failure::malformed("the body broke off")),
            Some(Ok(frame)) => {
                let Some(data) = frame.data_ref() else {
                    continue;
                };
                if whole.len() + data.len() > most {
                    return Err(too_large());
                }
                whole.extend_from_slice(data);
            }
        }
    }
}

/// The token in `Authorization`, when the caller may ask now. Says nothing yet about whether it is known.
pub(super) fn token(app: &App, peer: Peer, headers: &HeaderMap) -> Result<Token, Failure> {
    from_here(app, peer)?;
    let Some(token) = bearer(headers) else {
        return Err(Failure::of(FaultCode::UnknownToken));
    };
    app.limits.token(&token.0, app.elapsed())?;
    Ok(token)
}

/// The token in `Authorization`, if there is one that can be read.
pub(super) fn bearer(headers: &HeaderMap) -> Option<Token> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    Token::from_text(value.strip_prefix("Bearer ")?.trim())
}

/// The ticket in `Authorization`, if there is one, when its phone may ask now. Says nothing yet about whether it is good.
pub(super) fn ticket(app: &App, peer: Peer, headers: &HeaderMap) -> Result<Option<Ticket>, Failure> {
    let Some(text) = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Ticket ")) else {
        return Ok(None);
    };
    from_here(app, peer)?;
    let ticket = Ticket::from_text(text.trim()).ok_or_else(|| Failure::of(FaultCode::UnknownToken))?;
    app.limits.token(&Sha256::digest(text).into(), app.elapsed())?;
    Ok(Some(ticket))
}

/// Whether this address may ask now. A proxy or a test on this machine is not held up.
pub(super) fn from_here(app: &App, peer: Peer) -> Result<(), Failure> {
    if !peer.client.is_loopback() {
        app.limits.address(peer.client, app.elapsed())?;
    }
    Ok(())
}

/// A header that is a whole number.
pub(super) fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
