//! The contract between the core and the two apps: one object, [`fieldbook::Fieldbook`], and records shaped like its screens.
//!
//! Where to start: [`fieldbook`] is the object and its threads; then one file per screen, records first, then the calls:
//! [`enrol`], [`today`], [`entry`] (what forms hold), [`drafts`], [`sorter`], [`cases`], [`case_page`], [`hamlet`], [`outbox`],
//! [`errand`] (photos while the app is closed), [`settings`]. [`keys`] is what the platform does for the core. [`error`] is what can go wrong, [`change`] how news is read, [`words`] the fixed lists. The core gives codes;
//! the apps hold the sentences.

pub mod calendar_day;
pub mod case_page;
pub mod cases;
pub mod change;
pub mod clock;
mod convert;
mod courier;
pub mod drafts;
pub mod enrol;
pub mod entry;
pub mod errand;
pub mod error;
mod fault;
pub mod fieldbook;
mod form;
pub mod hamlet;
pub mod keys;
pub mod outbox;
mod page;
mod phone;
pub mod plain_key;
pub mod records;
mod refold;
mod rows;
pub mod settings;
pub mod sorter;
pub mod today;
pub mod words;

uniffi::setup_scaffolding!();
