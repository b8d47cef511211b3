//! The words and the rules of the work, without I/O, clock or SQL: phone and office fold the same facts by the same code.
//!
//! Where to start: [`fact`] is what is written and sent, [`body`] what each kind of fact says, [`case`] what the facts of one
//! visit, problem or petition add up to and who may do what next, [`unit`] the tree of places and its history.

pub mod body;
pub mod calendar;
pub mod case;
pub mod clock;
pub mod code;
pub mod coverage;
pub mod day;
pub mod fact;
pub mod id;
pub mod jpeg;
pub mod map;
pub mod place;
pub mod planted;
pub mod receipt;
pub mod text;
pub mod unit;
