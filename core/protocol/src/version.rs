//! Versions and capabilities: what each side can do, said in every message from the first day.

/// The protocol this code speaks.
pub const PROTOCOL: u32 = 1;

/// The oldest protocol a server of this version still answers.
pub const OLDEST_PROTOCOL: u32 = 1;

/// The version of the fact kinds and bodies this code understands. A peer with another number still passes all facts on verbatim.
pub const SCHEMA: u32 = 1;
