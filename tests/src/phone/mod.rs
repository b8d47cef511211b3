//! The headless phone: the same contract as the apps, one call at a time, printed.
//!
//! [`args`] is what can be asked, [`run`] does it, [`forms`] fills in drafts, [`pick`] reads names and keys, [`say`] prints.

mod args;
mod forms;
mod json;
mod pick;
mod record_args;
mod run;
mod say;
mod words;

pub use args::Command;
pub use run::run;
