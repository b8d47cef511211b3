//! A picture attached to a case.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use crate::id::FactId;

/// A content-addressed picture.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Photo {
    /// SHA-256 of the encoded file.
    #[n(0)]
    pub hash: ByteArray<32>,
    /// Length of the file, bytes.
    #[n(1)]
    pub bytes: u32,
    /// Pixels across.
    #[n(2)]
    pub width: u32,
    /// Pixels down.
    #[n(3)]
    pub height: u32,
    /// What it belongs to within the case (an event, a follow-up); the case itself when absent.
    #[n(4)]
    pub of: Option<FactId>,
    /// The topic it shows, as index into the visit's topics.
    #[n(5)]
    pub topic: Option<u32>,
}
