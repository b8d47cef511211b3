//! Enrolment: look whose code it is, confirm, and the first data arrive.

use fieldbook_device::http::{self, Invitation, Line};
use serde::Serialize;

use crate::change::Change;
use crate::error::{Field, FieldbookError, InputFault, Result};
use crate::fieldbook::{Core, Fieldbook};
use crate::outbox::{Traffic, Trouble};
use crate::phone::Phone;
use crate::today::MyPost;
use crate::{courier, rows, settings};

/// The code from the office.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum EnrolmentCode {
    /// The text of the scanned QR.
    Scanned {
        /// As scanned.
        text: String,
    },
    /// Typed by hand.
    Typed {
        /// The server's address; `https://` may be left out.
        address: String,
        /// Ten digits; spaces are fine.
        digits: String,
    },
}

/// Whose code it is: "Xác nhận: {chức danh} {họ tên}".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EnrolmentLook {
    /// The organisation.
    pub organisation: String,
    /// Full name.
    pub person: String,
    /// Title and unit of each post.
    pub posts: Vec<EnrolmentPost>,
    /// Number of the office.
    pub office_phone: Option<String>,
}

/// A post as read back to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EnrolmentPost {
    /// "trưởng ấp".
    pub title: String,
    /// "ấp An Định".
    pub unit: String,
}

/// Where this phone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody is signed in.
    NotEnrolled,
    /// The office has yet to confirm this phone; work goes on meanwhile.
    AwaitConfirmation,
    /// Enrolled; the first data are on their way.
    Filling,
    /// Everything works.
    Ready,
    /// Scan a new code; what was written stays.
    SignInAgain,
    /// The office withdrew this phone.
    Revoked,
}

/// Tôi: whose phone it is, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Status {
    /// Where it stands.
    pub standing: Standing,
    /// Whose phone it is.
    pub person: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// The letters at the front of its receipts.
    pub label: Option<String>,
    /// The posts held today.
    pub posts: Vec<MyPost>,
    /// The strip.
    pub traffic: Traffic,
    /// Practice mode.
    pub practice: bool,
    /// Number of the office.
    pub office_phone: Option<String>,
    /// The version of this core.
    pub version: String,
}

#[uniffi::export]
impl Fieldbook {
    /// Whose code this is. Uses nothing up.
    pub async fn enrol_look(&self, code: EnrolmentCode) -> Result<EnrolmentLook> {
        let invitation = invitation(code)?;
        let look = self.errand(|_, _| async move {
            let line = Line::new(&invitation.server, invitation.root.as_deref().map(|root| root.as_slice()))?;
            let answer = http::look(&line, &invitation.code, "").await?;
            Ok(EnrolmentLook {
                organisation: answer.organisation,
                person: answer.name,
                posts: answer.posts.into_iter().map(|post| EnrolmentPost { title: post.title, unit: post.unit }).collect(),
                office_phone: answer.office_phone,
            })
        });
        look.await
    }

    /// "Xác nhận": this phone writes for the code's person from now on; what was written on it before stays. `device` is what
    /// the office's list calls this phone, its model; no personal data.
    pub async fn enrol(&self, code: EnrolmentCode, device: String) -> Result<Status> {
        let invitation = invitation(code)?;
        let enrolled = self.errand(move |core, phone| async move {
            let line = Line::new(&invitation.server, invitation.root.as_deref().map(|root| root.as_slice()))?;
            let (now, mut rng) = (core.clock.now(), courier::seeded()?);
            let answer = http::confirm(&line, &phone.store, &invitation.code, &device, now, &mut rng).await?;
            settings::keep_office(&phone, &invitation, &answer)?;
            core.news.tell(Change::Account);
            Ok(())
        });
        enrolled.await?;
        self.status().await
    }

    /// Tôi.
    pub async fn status(&self) -> Result<Status> {
        self.work(status).await
    }
}

fn status(core: &Core, phone: &Phone) -> Result<Status> {
    let traffic = settings::traffic(core, phone)?;
    rows::look(phone, core.clock.now(), |look| {
        let account = look.tx.find_account()?;
        let is_filled = look.tx.sync_state()?.cursor.is_some();
        let standing = match (&account, traffic.trouble) {
            (None, _) => Standing::NotEnrolled,
            (Some(_), Some(Trouble::SignInAgain)) => Standing::SignInAgain,
            (Some(_), Some(Trouble::Revoked)) => Standing::Revoked,
            (Some(_), Some(Trouble::AwaitConfirmation)) => Standing::AwaitConfirmation,
            (Some(_), _) if !is_filled => Standing::Filling,
            (Some(_), _) => Standing::Ready,
        };
        Ok(Status {
            standing,
            person: account.is_some().then(|| look.person()),
            organisation: look.tx.meta(settings::ORGANISATION)?,
            label: account.map(|account| account.label),
            posts: look.posts(),
            traffic,
            practice: phone.practice,
            office_phone: look.office_phone()?,
            version: core.config.app_version.clone(),
        })
    })
}

/// What was scanned, or typed: an address without its `https://`, digits with spaces.
fn invitation(code: EnrolmentCode) -> Result<Invitation> {
    match code {
        EnrolmentCode::Scanned { text } => {
            Invitation::from_text(&text).map_err(|_| FieldbookError::invalid(Field::Code, InputFault::Malformed))
        }
        EnrolmentCode::Typed { address, digits } => {
            let code: String = digits.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
            if code.len() != TYPED_DIGITS || !code.bytes().all(|digit| digit.is_ascii_digit()) {
                return Err(FieldbookError::invalid(Field::Code, InputFault::Malformed));
            }
            let address = address.trim();
            if address.is_empty() {
                return Err(FieldbookError::invalid(Field::Address, InputFault::Missing));
            }
            let server = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
            Ok(Invitation { server, code, root: None })
        }
    }
}

const TYPED_DIGITS: usize = 10;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn typed(address: &str, digits: &str) -> Result<Invitation> {
        invitation(EnrolmentCode::Typed { address: address.into(), digits: digits.into() })
    }

    #[test]
    fn a_typed_code_may_have_spaces_and_an_address_may_lack_its_scheme() {
        let invitation = typed(" so.xa.example ", "01234 56789").unwrap();
        assert_eq!((invitation.server.as_str(), invitation.code.as_str()), ("https://so.xa.example", "0123456789"));
        assert_eq!(typed("https://so.xa.example:8443", "0123456789").unwrap().server, "https://so.xa.example:8443");
    }

    #[test]
    fn a_wrong_code_is_named_before_the_network_is_asked() {
        assert_eq!(typed("so.xa.example", "123"), Err(FieldbookError::invalid(Field::Code, InputFault::Malformed)));
        assert_eq!(typed("", "0123456789"), Err(FieldbookError::invalid(Field::Address, InputFault::Missing)));
        let scanned = invitation(EnrolmentCode::Scanned { text: "https://example.org".into() });
        assert_eq!(scanned, Err(FieldbookError::invalid(Field::Code, InputFault::Malformed)));
    }
}
