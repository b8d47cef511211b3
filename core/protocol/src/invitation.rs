//! The text inside an enrolment QR: where the server is, the one-time code, and the root to trust.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use thiserror::Error;

/// What a phone needs to enrol.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Invitation {
    /// Address of the server: `https://host[:port]`. `http` only on loopback.
    #[n(0)]
    pub server: String,
    /// One-time code: 26 characters from a QR, or 10 typed digits.
    #[n(1)]
    pub code: String,
    /// DER of the private root to trust, and no other; the public roots when absent.
    #[n(2)]
    pub root: Option<ByteVec>,
}

/// A scanned text that is not an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this code is not an invitation of the office; ask the office for a new one")]
pub struct BadInvitation;

const PREFIX: &str = "FIELDBOOK1:";

impl Invitation {
    /// The text in the QR.
    pub fn to_text(&self) -> String {
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(minicbor::to_vec(self).unwrap_or_default()))
    }

    /// Reads the text of a QR.
    pub fn from_text(text: &str) -> Result<Self, BadInvitation> {
        let packed = text.trim().strip_prefix(PREFIX).ok_or(BadInvitation)?;
        let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| BadInvitation)?;
        minicbor::decode(&bytes).map_err(|_| BadInvitation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_reads_back_and_anything_else_is_refused() {
        let invitation =
            Invitation { server: "https://localhost:8443".into(), code: "x".repeat(26), root: Some(vec![1, 2, 3].into()) };
        assert_eq!(Invitation::from_text(&format!(" {}\n", invitation.to_text())), Ok(invitation));
        for bad in ["", "FIELDBOOK1:", "FIELDBOOK1:AAAA", "https://example.org", "FIELDBOOK2:oA"] {
            assert_eq!(Invitation::from_text(bad), Err(BadInvitation), "{bad}");
        }
    }
}
