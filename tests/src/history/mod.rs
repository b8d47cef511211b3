//! Proof from the outside: phones, office and network are real processes, everything asked and answered is written down, and a
//! small checker that knows none of the code says whether what is there in the end follows from what was said.
//!
//! [`record`] is the history, [`check`] the checker, [`person`] what somebody does with a phone, [`town`] lets all of it happen.

pub mod check;
pub mod end;
pub mod person;
pub mod record;
pub mod town;
