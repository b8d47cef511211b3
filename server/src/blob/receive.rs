//! Receiving a photo: what has arrived stays, whatever becomes of the connection.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use object_store::ObjectStoreExt as _;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::slot::Turn;
use super::{BlobFault, BlobHash, Blobs, Held, Refused, examine, photo_key};

/// In what pieces a photo is written, in bytes.
const STEP: usize = 16 * 1024;

/// Part of a photo, as a request brings it.
pub struct Piece {
    /// Which photo.
    pub hash: BlobHash,
    /// How long the whole photo is, as its fact says.
    pub length: u64,
    /// Where the piece begins.
    pub offset: u64,
    /// Whether a piece that begins before what is held is refused instead of skipped over.
    pub strict: bool,
    /// The bytes.
    pub body: Body,
    /// How long to wait when nothing arrives.
    pub stall: Duration,
}

/// How receiving a piece ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// The piece is durable up to here, and more is to come.
    AtEnd(u64),
    /// The photo is finished: the hash matched, the picture was accepted, it is durable.
    Finished(u64),
    /// The piece does not begin where the server stands.
    WrongOffset(u64),
    /// The connection broke; what came is durable up to here.
    Cut(u64),
    /// Nothing came for too long; what came is durable up to here.
    Stalled(u64),
    /// A newer request for the same photo took over; durable up to here.
    Overtaken(u64),
    /// More bytes than the photo has.
    TooLong,
    /// The bytes are not those of the hash; they are forgotten.
    OtherBytes,
    /// As [`Self::OtherBytes`], but some of them had lain here, perhaps over a power cut: the photo is wanted from its beginning.
    Spoilt,
    /// The picture was examined and refused, for good.
    Refused(Refused),
}

/// How receiving a piece ended, and the photo itself: until this is dropped nobody else receives or removes it. So what is noted of
/// it meanwhile is noted in the order in which it happened.
pub struct Received {
    /// How it ended.
    pub stopped: Stopped,
    _turn: Turn,
}

impl Blobs {
    /// Receives a piece; what has arrived is durable when this returns. A caller that may go away runs this as a task of its
    /// own, so that a broken connection loses nothing that arrived.
    pub async fn receive(&self, piece: Piece) -> Result<Received, BlobFault> {
        let mut turn = self.slots.of(&piece.hash).take_turn().await;
        let stopped = self.receive_in_turn(piece, &mut turn).await?;
        Ok(Received { stopped, _turn: turn })
    }

    async fn receive_in_turn(&self, mut piece: Piece, turn: &mut Turn) -> Result<Stopped, BlobFault> {
        let stands_at = match self.held(&piece.hash).await? {
            Held::Whole(bytes) => return Ok(Stopped::Finished(bytes)),
            Held::Refused => return Ok(Stopped::Refused(Refused("this picture was refused before".into()))),
            Held::Nothing => 0,
            Held::Part(bytes) => bytes,
        };
        let wrong = piece.offset > stands_at || (piece.strict && piece.offset < stands_at);
        if wrong && !fieldbook_model::planted!(OffsetBelieved) {
            return Ok(Stopped::WrongOffset(stands_at));
        }
        let stopped = self.append(&mut piece, stands_at, turn).await?;
        if stopped != Stopped::AtEnd(piece.length) {
            return Ok(stopped);
        }
        let finished = self.finish(&piece.hash).await?;
        let had_lain_here = stands_at > 0;
        Ok(if had_lain_here && finished == Stopped::OtherBytes { Stopped::Spoilt } else { finished })
    }

    async fn append(&self, piece: &mut Piece, stands_at: u64, turn: &mut Turn) -> Result<Stopped, BlobFault> {
        turn.set_durable(stands_at);
        let mut part = Part::open(self, &piece.hash, stands_at).await?;
        let known = if fieldbook_model::planted!(SkipForgotten) { 0 } else { stands_at };
        let mut skip = known.saturating_sub(piece.offset);
        let ended: fn(u64) -> Stopped = loop {
            let frame = tokio::select! {
                frame = tokio::time::timeout(piece.stall, next_data(&mut piece.body)) => frame,
                () = turn.is_over() => break Stopped::Overtaken,
            };
            let mut data = match frame {
                Err(_) => break Stopped::Stalled,
                Ok(None) => break Stopped::AtEnd,
                Ok(Some(Err(_))) => break Stopped::Cut,
                Ok(Some(Ok(data))) => data,
            };
            let known = data.split_to(skip.min(data.len() as u64) as usize);
            skip -= known.len() as u64;
            if part.length() + data.len() as u64 > piece.length {
                break |_| Stopped::TooLong;
            }
            part.take(&data).await?;
        };
        let durable = part.make_durable().await?;
        turn.set_durable(durable);
        Ok(ended(durable))
    }

    /// All bytes are there and durable.
    async fn finish(&self, hash: &BlobHash) -> Result<Stopped, BlobFault> {
        let bytes = Bytes::from(tokio::fs::read(self.part_file(hash)).await?);
        if BlobHash::from(Sha256::digest(&bytes)) != *hash {
            self.forget_part(hash).await?;
            return Ok(Stopped::OtherBytes);
        }
        if let Err(refused) = self.examined(bytes.clone(), examine::photo).await? {
            tokio::fs::write(self.refused_mark(hash), []).await?;
            self.forget_part(hash).await?;
            return Ok(Stopped::Refused(refused));
        }
        let length = bytes.len() as u64;
        self.kept.put(&photo_key(hash), bytes.into()).await?;
        self.forget_part(hash).await?;
        Ok(Stopped::Finished(length))
    }
}

/// The file of an unfinished photo.
struct Part {
    file: tokio::fs::File,
    written: u64,
    waiting: Vec<u8>,
}

impl Part {
    async fn open(blobs: &Blobs, hash: &BlobHash, written: u64) -> io::Result<Self> {
        let path = blobs.part_file(hash);
        let file = tokio::fs::OpenOptions::new().append(true).create(true).open(&path).await?;
        if written == 0 {
            // Otherwise a power cut could take the name away from bytes that were acknowledged.
            tokio::fs::File::open(&blobs.parts).await?.sync_all().await?;
        }
        Ok(Self { file, written, waiting: Vec::with_capacity(STEP) })
    }

    fn length(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    async fn take(&mut self, data: &[u8]) -> io::Result<()> {
        self.waiting.extend_from_slice(data);
        let whole_steps = self.waiting.len() / STEP * STEP;
        if whole_steps > 0 {
            self.file.write_all(&self.waiting[..whole_steps]).await?;
            self.written += whole_steps as u64;
            self.waiting.drain(..whole_steps);
        }
        Ok(())
    }

    /// Writes what is left too: a byte that arrived is never asked for again.
    async fn make_durable(&mut self) -> io::Result<u64> {
        self.file.write_all(&self.waiting).await?;
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        self.file.flush().await?;
        self.file.sync_data().await?;
        Ok(self.written)
    }
}

/// The next bytes of a body; none at its end.
async fn next_data(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    loop {
        match std::future::poll_fn(|cx| std::pin::Pin::new(&mut *body).poll_frame(cx)).await? {
            Ok(frame) => {
                if let Ok(data) = frame.into_data() {
                    return Some(Ok(data));
                }
            }
            Err(error) => return Some(Err(error)),
        }
    }
}
