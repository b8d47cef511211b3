//! Gửi – nhận: what needs attention, what is on its way, and what it costs.

use std::time::SystemTime;

use fieldbook_device::store::{self, query};
use fieldbook_model::case;
use fieldbook_model::id::FactId;
use serde::Serialize;

use crate::error::Result;
use crate::fieldbook::Fieldbook;
use crate::records::{CaseRow, PhotoLine, PhotoSending};
use crate::rows::{self, Look};
use crate::settings;
use crate::words::Refusal;

/// The strip: network, what waits, what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Traffic {
    /// What the system says about the network.
    pub network: Network,
    /// What goes over mobile data.
    pub photo_policy: PhotoPolicy,
    /// Records waiting to be sent.
    pub records_waiting: i32,
    /// Pictures waiting.
    pub photos_waiting: i32,
    /// Bytes of pictures waiting.
    pub photo_bytes_waiting: i64,
    /// Things under "Cần xử lý".
    pub needs_attention: i32,
    /// Records that wait at the office for this phone; 0 when it has all.
    pub waiting_at_office: i64,
    /// Bytes sent and received this month.
    pub bytes_this_month: i64,
    /// When the office last answered.
    pub last_contact: Option<SystemTime>,
    /// Why nothing goes just now.
    pub trouble: Option<Trouble>,
}

/// What the system says about the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// Chưa có mạng.
    NoNetwork,
    /// Mobile data, paid by size.
    Metered,
    /// Wi-Fi or the like.
    Unmetered,
}

/// What goes over mobile data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum PhotoPolicy {
    /// Everything.
    Everything,
    /// Text only; pictures wait for Wi-Fi.
    TextOnly,
}

/// Why nothing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No network, or a bad one.
    Offline,
    /// The office's computer is busy or down.
    OfficeBusy,
    /// Somebody else answers in the office's place.
    Untrusted,
    /// Phone and office do not understand each other: call the office.
    Broken,
    /// The office withdrew this phone.
    Revoked,
    /// The app is too old.
    UpdateApp,
    /// Scan a new code from the office.
    SignInAgain,
    /// The office has yet to confirm this phone.
    AwaitConfirmation,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct Outbox {
    /// The strip.
    pub traffic: Traffic,
    /// Cần xử lý.
    pub attention: Vec<AttentionLine>,
    /// Records on their way, oldest first.
    pub records: Vec<CaseRow>,
    /// Pictures on their way.
    pub photos: Vec<OutboxPhoto>,
}

/// Something a person has to look at.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct AttentionLine {
    /// The record.
    pub row: CaseRow,
    /// What it is about.
    pub what: Attention,
    /// How many records hang on it and wait.
    pub held: i32,
    /// This person can put it right in the form and save it again.
    pub can_repair: bool,
}

/// Why a person has to look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Attention {
    /// The office refused it.
    Refused {
        /// Why.
        code: Refusal,
    },
    /// The office sent it back.
    Returned {
        /// What it says.
        reason: String,
    },
    /// A picture of it was refused: take it again.
    PhotoRejected,
}

/// A picture on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct OutboxPhoto {
    /// The picture.
    pub photo: PhotoLine,
    /// The record it belongs to.
    pub case_id: String,
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SyncOutcome {
    /// Nothing is left to send or to receive.
    pub complete: bool,
    /// What stands in the way.
    pub trouble: Option<Trouble>,
    /// Bytes sent, heads included.
    pub bytes_sent: i64,
    /// Bytes received, heads included.
    pub bytes_received: i64,
    /// What waits now.
    pub traffic: Traffic,
}

#[uniffi::export]
impl Fieldbook {
    /// Everything Gửi – nhận shows.
    pub async fn outbox(&self) -> Result<Outbox> {
        let outbox = self.work(|core, phone| {
            let traffic = settings::traffic(core, phone)?;
            rows::look(phone, core.clock.now(), |look| show(look, traffic))
        });
        outbox.await
    }
}

fn show(look: &Look<'_, '_>, traffic: Traffic) -> Result<Outbox> {
    let (mut records, mut photos) = (Vec::new(), Vec::new());
    for line in look.tx.sending()? {
        let root = line.case.root;
        if line.photos > line.photos_received {
            photos.extend(on_the_way(look, root)?);
        }
        records.push(look.row(line.case)?);
    }
    Ok(Outbox { traffic, attention: attention(look)?, records, photos })
}

/// Everything that came back and everything that cannot go.
fn attention(look: &Look<'_, '_>) -> Result<Vec<AttentionLine>> {
    let mut lines = Vec::new();
    for line in look.tx.needs_attention()? {
        let (what, held, can_repair) = match line.why {
            query::Attention::Refused { fact, code, held } => {
                let refused = Attention::Refused { code: case::Refusal::from_code(code).into() };
                (refused, i32::try_from(held).unwrap_or(i32::MAX), fact == line.case.root)
            }
            query::Attention::Returned { reason } => (Attention::Returned { reason: reason.unwrap_or_default() }, 0, false),
        };
        lines.push(AttentionLine { row: look.row(line.case)?, what, held, can_repair });
    }
    for trouble in look.tx.troubles()?.into_iter().filter(|trouble| trouble.kind == store::sync::Trouble::Photo) {
        let Some(root) = trouble.subject.map(|fact| look.tx.root_of(fact)).transpose()?.flatten() else {
            continue;
        };
        if let Some(line) = look.tx.case_line(look.tx.resolve(root)?)? {
            lines.push(AttentionLine { row: look.row(line)?, what: Attention::PhotoRejected, held: 0, can_repair: false });
        }
    }
    Ok(lines)
}

fn on_the_way(look: &Look<'_, '_>, root: FactId) -> Result<Vec<OutboxPhoto>> {
    let photos = look.tx.fold(root)?.map(|folded| folded.case.photos).unwrap_or_default();
    let mut lines = Vec::new();
    for (_, photo) in &photos {
        let photo = look.photo(photo)?;
        if !matches!(photo.sending, PhotoSending::Received | PhotoSending::NotOurs) {
            lines.push(OutboxPhoto { photo, case_id: root.to_string() });
        }
    }
    Ok(lines)
}
