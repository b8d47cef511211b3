//! A phone reduced to what a server sees of it: the driver and the messages, without a database of its own.

use fieldbook_device::engine::{Answer, Effect, Event};
use fieldbook_device::http::Line;
use fieldbook_model::id::WriterId;
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::{frame, path, version};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::Measured;
use super::facts::Pen;
use super::organisation::Invited;
use super::visits::{LONGEST_STEP, Visits};

/// Facts of more bytes are packed beside.
const LARGE: usize = 16 * 1024;

/// A phone that has nothing but its facts and its connection.
pub struct Sender {
    line: Line,
    token: Token,
    said: SyncRequest,
    /// Requests to make, and how many facts are in each.
    waiting: std::vec::IntoIter<(Pack, u64)>,
}

impl Sender {
    /// Enrols, fetches what is there for it, and makes ready so many requests of so many visits each.
    pub async fn enrol(
        address: &str,
        invited: &Invited,
        seed: u64,
        requests: usize,
        visits: usize,
        now: i64,
    ) -> Measured<Self> {
        let mut chance = StdRng::seed_from_u64(seed);
        let (writer, token) = (WriterId(chance.random()), Token(chance.random()));
        let line = Line::new(address, None)?;
        let request = EnrolRequest {
            protocol: version::PROTOCOL,
            code: Some(invited.code()?),
            writer: writer.0,
            token: token.to_field(),
            device: "bench".into(),
            look: false,
            certificate: None,
            former: None,
        };
        let body = frame::pack(&request)?;
        let answer = asked(&line, Effect::Post { path: path::ENROL, body, token: None }).await?;
        let enrolled: EnrolAnswer = frame::unpack(&answer.body)?;

        let mut pen = Pen::new(writer, enrolled.label.parse()?, invited.ground.clone());
        let first = now - (requests * visits) as i64 * LONGEST_STEP;
        let mut to_visit = Visits::of(seed, first.min(now - 150 * 86_400));
        let mut packs = Vec::new();
        for _ in 0..requests {
            let mut items = Vec::new();
            for visit in to_visit.by_ref().take(visits) {
                items.extend(pen.visit(&visit)?.into_iter().map(|fact| Item {
                    id: fact.id,
                    order: None,
                    content: Content::Whole(fact),
                }));
            }
            packs.push((Pack::of(writer, &items), items.len() as u64));
        }
        let said = SyncRequest {
            protocol: version::PROTOCOL,
            schema: version::SCHEMA,
            epoch: enrolled.epoch,
            cursor: None,
            now,
            facts: None,
            offered: None,
            next_token: None,
            check: None,
            want: None,
            room: None,
            blobs: None,
        };
        let mut sender = Self { line, token, said, waiting: packs.into_iter() };
        while sender.exchange(None).await?.more.is_some() {}
        Ok(sender)
    }

    /// Makes the next request; false when there is none left. Errors unless every fact was taken.
    pub async fn push(&mut self) -> Measured<bool> {
        let Some((pack, facts)) = self.waiting.next() else {
            return Ok(false);
        };
        let answer = self.exchange(Some(pack)).await?;
        let taken: u64 = answer.acknowledged.iter().flatten().map(|run| run.count).sum();
        if taken != facts {
            return Err(format!("{taken} of {facts} facts were taken: {:?}", answer.refused).into());
        }
        Ok(true)
    }

    /// Asks for news; errors when there is any.
    pub async fn ask(&mut self) -> Measured<()> {
        let answer = self.exchange(None).await?;
        if answer.facts.is_some() || answer.more.is_some() { Err("there was news".into()) } else { Ok(()) }
    }

    async fn exchange(&mut self, facts: Option<Pack>) -> Measured<SyncAnswer> {
        let is_large = facts.as_ref().is_some_and(|facts| facts.len() > LARGE);
        let said = SyncRequest { facts, ..self.said.clone() };
        // Packing much takes a while, in which another phone's answer must not seem late.
        let body = if is_large { tokio::task::spawn_blocking(move || frame::pack(&said)).await?? } else { frame::pack(&said)? };
        let answer = asked(&self.line, Effect::Post { path: path::SYNC, body, token: Some(self.token) }).await?;
        let answer: SyncAnswer = frame::unpack(&answer.body)?;
        if let Some(cursor) = &answer.cursor {
            self.said.cursor = Some(cursor.clone());
        }
        Ok(answer)
    }
}

async fn asked(line: &Line, effect: Effect) -> Measured<Answer> {
    match line.exchange(&effect).await {
        Event::Answered(answer) if answer.status == 200 => Ok(answer),
        other @ (Event::Answered(_) | Event::Failed(_) | Event::Nudge) => {
            Err(format!("not answered as it should be: {other:?}").into())
        }
    }
}
