//! The engine's hands: one HTTP/2 connection to the office, with roots of our own.

mod enrol;
mod line;
mod run;
#[cfg(test)]
mod tests;
mod upload;

pub use enrol::{EnrolError, confirm, look};
pub use fieldbook_protocol::enrol::EnrolAnswer;
pub use fieldbook_protocol::invitation::Invitation;
pub use line::{BadOffice, Line, STALL, Traffic};
pub use run::{Nudge, nudges, run};
