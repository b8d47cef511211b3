//! What may happen to a request on its way.

use rand::Rng;
use rand::rngs::StdRng;

/// The fate of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrives, and so does the answer, after so many milliseconds.
    Arrives(i64),
    /// It never arrives.
    Dropped,
    /// It arrives; the answer does not.
    AnswerLost,
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
}

impl Fate {
    /// Draws a fate; without faults everything arrives at once.
    pub(crate) fn draw(rng: &mut StdRng, faults: bool) -> Self {
        if !faults {
            return Self::Arrives(50);
        }
        match rng.random_range(0..100) {
            0..=49 => Self::Arrives(rng.random_range(20..5_000)),
            50..=57 => Self::Dropped,
            58..=68 => Self::AnswerLost,
            69..=73 => Self::CutMidBody,
            74..=80 => Self::Twice,
            81..=88 => Self::AgainLater,
            89..=91 => Self::KilledBefore,
            92..=96 => Self::KilledAfter,
            _ => Self::Busy,
        }
    }

    /// Whether something went wrong.
    pub(crate) fn is_fault(self) -> bool {
        !matches!(self, Self::Arrives(_))
    }
}
