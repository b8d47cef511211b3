//! Makes the story of a failure short: steps are left out as long as the same promise stays broken.

use super::{Found, Story, tell};

/// The most times a story is told again.
const TRIES: usize = 400;

/// The shortest story found in which the same promise is broken, with what it then finds.
pub fn shortest(story: &Story, found: Found) -> (Story, Found) {
    let (mut best, mut reason) = (story.clone(), found);
    let mut tries = 0;
    let mut piece = best.steps.len() / 2;
    while piece > 0 && tries < TRIES {
        let mut from = 0;
        let mut shortened = false;
        while from < best.steps.len() && tries < TRIES {
            tries += 1;
            let mut shorter = best.clone();
            shorter.steps.drain(from..(from + piece).min(shorter.steps.len()));
            match tell(&shorter) {
                Err(again) if again.invariant == reason.invariant => {
                    (best, reason) = (shorter, again);
                    shortened = true;
                }
                Ok(_) | Err(_) => from += piece,
            }
        }
        if piece > 1 {
            piece = (piece / 2).max(1);
        } else if !shortened {
            break;
        }
    }
    (best, reason)
}
