//! What a phone sends, and what may happen to it on its way.

use fieldbook_device::engine::Effect;
use fieldbook_protocol::path;
use fieldbook_protocol::token::Token;
use rand::Rng;
use rand::rngs::StdRng;

use super::pictures;

/// A request as it goes over the line.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) token: Option<Token>,
    /// Where the piece of a photo begins.
    pub(crate) offset: Option<u64>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// What the app would send; an error when the photo's file cannot be read.
    pub(crate) fn of(effect: &Effect) -> Option<Result<Self, String>> {
        Some(match effect {
            Effect::Post { path, body, token } => {
                Ok(Self { method: "POST", path: (*path).into(), token: *token, offset: None, body: body.clone() })
            }
            Effect::PutPreview { hash, file, token } => pictures::preview(hash, file).map(|body| Self {
                method: "PUT",
                path: format!("{}{}", path::PREVIEW, hex(hash)),
                token: Some(*token),
                offset: None,
                body,
            }),
            Effect::Patch { hash, file, offset, len, token, .. } => match std::fs::read(file) {
                Err(error) => Err(error.to_string()),
                Ok(bytes) => {
                    let (from, to) = (*offset as usize, (offset + len) as usize);
                    let piece = bytes.get(from..to).map(<[u8]>::to_vec);
                    piece.ok_or_else(|| "the file is shorter than its photo".to_owned()).map(|body| Self {
                        method: "PATCH",
                        path: format!("{}{}", path::BLOB, hex(hash)),
                        token: Some(*token),
                        offset: Some(*offset),
                        body,
                    })
                }
            },
            Effect::Wait { .. } | Effect::Idle => return None,
        })
    }

    pub(crate) fn is_sync(&self) -> bool {
        self.path == path::SYNC
    }
}

pub(crate) fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The fate of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrives, and so does the answer, after so many milliseconds.
    Arrives(i64),
    /// It takes minutes.
    Delayed(i64),
    /// There is no connection.
    Offline,
    /// It never arrives.
    Dropped,
    /// It arrives; the answer does not.
    AnswerLost,
    /// It arrives; the answer is cut off.
    AnswerCut,
    /// Part of it arrives.
    CutMidBody,
    /// It arrives twice in a row; the second answer comes back.
    Twice,
    /// It arrives, and once more much later, after newer ones.
    AgainLater,
    /// The phone is killed before the request leaves.
    KilledBefore,
    /// The phone is killed while the answer is under way.
    KilledAfter,
    /// The office says it is busy.
    Busy,
    /// Somebody else answers: the sign-in page of a café.
    Stranger,
}

impl Fate {
    /// Draws a fate; of a hundred, so many are troubled.
    pub(crate) fn draw(rng: &mut StdRng, trouble: u32) -> Self {
        let millis = rng.random_range(20..5_000);
        if !rng.random_ratio(trouble, 100) {
            return Self::Arrives(millis);
        }
        match rng.random_range(0..100) {
            0..=9 => Self::Dropped,
            10..=14 => Self::Offline,
            15..=34 => Self::AnswerLost,
            35..=39 => Self::AnswerCut,
            40..=54 => Self::CutMidBody,
            55..=64 => Self::Twice,
            65..=76 => Self::AgainLater,
            77..=81 => Self::KilledBefore,
            82..=89 => Self::KilledAfter,
            90..=93 => Self::Busy,
            94..=95 => Self::Stranger,
            _ => Self::Delayed(millis * 100),
        }
    }

    /// What it is called in the counts; none when all went well.
    pub(crate) const fn fault(self) -> Option<&'static str> {
        Some(match self {
            Self::Arrives(_) => return None,
            Self::Delayed(_) => "delayed",
            Self::Offline => "no connection",
            Self::Dropped => "dropped",
            Self::AnswerLost => "answer lost",
            Self::AnswerCut => "answer cut off",
            Self::CutMidBody => "cut mid-body",
            Self::Twice => "duplicated",
            Self::AgainLater => "reordered",
            Self::KilledBefore => "killed before sending",
            Self::KilledAfter => "killed before the answer",
            Self::Busy => "office busy",
            Self::Stranger => "a stranger answers",
        })
    }
}
