//! What phone and office say to each other: messages, packing, limits, versions. No I/O.
//!
//! `README.md` beside this crate specifies the wire byte by byte. Where to start: [`sync`] is the one request that pushes,
//! pulls and acknowledges; [`enrol`] makes a phone a writer; [`pack`] puts facts into it; [`frame`] makes bytes of it.

pub mod digest;
pub mod enrol;
pub mod fault;
pub mod frame;
pub mod invitation;
pub mod pack;
pub mod sync;
pub mod ticket;
pub mod token;
pub mod version;

/// Paths of the requests, relative to the server's address.
pub mod path {
    /// Push, pull and acknowledge.
    pub const SYNC: &str = "/v1/sync";
    /// Make a phone a writer, or give it a new writer.
    pub const ENROL: &str = "/v1/enrol";
    /// Photos: `HEAD`, `PATCH` and `GET` on `/v1/blob/{sha-256 in hex}`.
    pub const BLOB: &str = "/v1/blob/";
    /// Previews of photos: `PUT` and `GET` on `/v1/preview/{sha-256 in hex}`.
    pub const PREVIEW: &str = "/v1/preview/";
}
