//! A story told aloud, for who looks for the reason of a failure: each step, and what phones and office said to one another.
#![allow(clippy::print_stderr, reason = "for people")]

use std::cell::Cell;
use std::fmt;

use fieldbook_device::engine::Answer;
use fieldbook_model::id::WriterId;
use fieldbook_protocol::frame;
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};

use super::network::Request;
use super::{Found, Outcome, Report, Story, tell};

thread_local! {
    static ALOUD: Cell<bool> = const { Cell::new(false) };
}

/// Tells a story and prints what happens in it.
///
/// # Errors
/// [`Found`] when something does not hold.
pub fn tell_aloud(story: &Story) -> Result<Report, Found> {
    ALOUD.set(true);
    let told = tell(story);
    ALOUD.set(false);
    told
}

/// Prints a line, when the story is told aloud.
pub(crate) fn say(line: impl FnOnce() -> String) {
    if ALOUD.get() {
        eprintln!("{}", line());
    }
}

/// What was asked of the office, and what it said.
pub(crate) fn say_exchange(request: &Request, answer: &Answer) {
    say(|| match described(request, answer) {
        Ok(text) => text,
        Err(found) => format!("    unreadable: {found}"),
    });
}

fn described(request: &Request, answer: &Answer) -> Outcome<String> {
    if !request.is_sync() || answer.status != 200 {
        let (method, path, offset) = (request.method, &request.path, answer.upload_offset);
        return Ok(format!("    {method} {path}: {} {offset:?}", answer.status));
    }
    let asked: SyncRequest = frame::unpack(&request.body).map_err(super::said)?;
    let told: SyncAnswer = frame::unpack(&answer.body).map_err(super::said)?;
    let SyncRequest { epoch, check, want, .. } = &asked;
    let sent = Facts(&asked.facts);
    let mut text = format!("    asked: epoch {epoch}, {sent}, offered {}, want {want:?}, {check:?}", Facts(&asked.offered));
    let SyncAnswer { epoch, acknowledged, refused, held, drop, restored, check, refused_before, more, unknown, .. } = &told;
    text += &format!("\n    told: epoch {epoch}, acknowledged {acknowledged:?}, refused {refused:?}, held {held:?}");
    text += &format!(
        "\n      {}, drop {drop:?}, more {more:?}, {restored:?}, {check:?}, {refused_before:?}, unknown {unknown:?}",
        Facts(&told.facts)
    );
    Ok(text)
}

struct Facts<'a>(&'a Option<Pack>);

impl fmt::Display for Facts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of no phone's own writer, so every id is spelled out.
        for Item { id, order, content } in self.0.iter().flat_map(|pack| pack.items(WriterId(0)).unwrap_or_default()) {
            match content {
                Content::Whole(fact) => write!(f, "{id}@{order:?} {:?} of {}, ", fact.kind, fact.root)?,
                Content::Erased(_) => write!(f, "{id}@{order:?} erased, ")?,
            }
        }
        Ok(())
    }
}
