//! The phone's half: fact log, views, drafts, photos and the engine that talks to the office.
//!
//! Where to start: [`store`] keeps facts and what they add up to, [`work`] has the verbs a screen calls.

pub mod engine;
pub mod http;
pub mod photo;
pub mod store;
pub mod work;
