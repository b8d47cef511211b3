//! Gửi – nhận and Tôi: what goes when, practice, rebuilding, checking, signing out.

use fieldbook_device::engine::{Problem, Status as EngineStatus};
use fieldbook_device::http::{EnrolAnswer, Invitation};
use fieldbook_device::store::StoreError;
use serde::Serialize;

use crate::calendar_day::moment;
use crate::change::Change;
use crate::enrol::Status;
use crate::error::{FieldbookError, Result};
use crate::fieldbook::{Core, Fieldbook};
use crate::outbox::{Network, PhotoPolicy, SyncOutcome, Traffic, Trouble};
use crate::phone::{self, Phone};

/// What a look at the database found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CheckOutcome {
    /// Everything is as it should be.
    pub sound: bool,
    /// What is not, for the office, in English.
    pub findings: Vec<String>,
}

const NETWORK: &str = "network";
const OFFICE: &str = "office";
/// What the organisation calls itself.
pub(crate) const ORGANISATION: &str = "office_name";
/// The person's name, until the first data arrive.
pub(crate) const PERSON: &str = "person_name";
/// The office's number, until the first data arrive.
pub(crate) const OFFICE_PHONE: &str = "office_phone";

#[uniffi::export]
impl Fieldbook {
    /// What the system says about the network. Kept until the next call.
    pub async fn set_network(&self, network: Network) -> Result<()> {
        let set = self.errand(move |core, phone| async move {
            keep_network(&phone, network)?;
            if core.courier.stop().await {
                core.courier.start(&core, &phone).await?;
            }
            Ok(())
        });
        self.told(set.await, Change::Traffic)
    }

    /// What goes over mobile data.
    pub async fn set_photo_policy(&self, policy: PhotoPolicy) -> Result<()> {
        let set = self.work(move |core, phone| {
            phone.store.write(|tx| {
                let mut state = tx.sync_state()?;
                state.text_only_on_mobile = policy == PhotoPolicy::TextOnly;
                tx.set_sync_state(&state)
            })?;
            core.courier.wake();
            Ok(())
        });
        self.told(set.await, Change::Traffic)
    }

    /// From now on records go and come by themselves: while the app is open.
    pub async fn start_sending(&self) -> Result<()> {
        self.errand(|core, phone| async move { core.courier.start(&core, &phone).await }).await
    }

    /// The app goes to the background: what is on the way goes again later.
    pub async fn stop_sending(&self) -> Result<()> {
        let stop = self.errand(|core, _| async move {
            core.courier.stop().await;
            Ok(())
        });
        stop.await
    }

    /// "Gửi ngay": sends and receives until nothing is left or nothing goes. Without a network it says so and all stays.
    pub async fn sync_now(&self) -> Result<SyncOutcome> {
        let trip = self.errand(|core, phone| async move { core.courier.once(&core, &phone).await });
        let trip = self.told(trip.await, Change::Everything)?;
        let traffic = self.work(traffic).await?;
        Ok(SyncOutcome {
            complete: trip.complete && traffic.trouble.is_none() && traffic.waiting_at_office == 0,
            trouble: traffic.trouble,
            bytes_sent: trip.sent.cast_signed(),
            bytes_received: trip.received.cast_signed(),
            traffic,
        })
    }

    /// Practice mode: a copy of the notebook to play with; nothing leaves the phone, and all of it is gone afterwards.
    pub async fn set_practice(&self, on: bool) -> Result<Status> {
        let set = self.errand(move |core, phone| async move {
            if on == phone.practice {
                return Ok(());
            }
            core.courier.stop().await;
            if on {
                phone.begin_practice(&core.directory())?;
            }
            drop(phone);
            core.close(|| if on { Ok(()) } else { phone::end_practice(&core.directory()) })
        });
        set.await?;
        self.status().await
    }

    /// Sends everything that waits, then deletes notebook and photos from this phone. Nothing is deleted when something
    /// cannot be sent.
    pub async fn evacuate_and_sign_out(&self) -> Result<()> {
        let sent = self.sync_now().await?;
        if !sent.complete || sent.traffic.records_waiting > 0 || sent.traffic.photos_waiting > 0 {
            return Err(FieldbookError::Offline);
        }
        let deleted = self.errand(|core, phone| async move {
            core.courier.stop().await;
            drop(phone);
            core.close(|| phone::delete(&core.config))
        });
        self.told(deleted.await, Change::Account)
    }

    /// Folds everything shown from the records again.
    pub async fn rebuild(&self) -> Result<()> {
        let rebuilt = self.work(|_, phone| Ok(phone.store.rebuild()?));
        self.told(rebuilt.await, Change::Everything)
    }

    /// Looks at the database and at what is folded from it.
    pub async fn check(&self) -> Result<CheckOutcome> {
        let check = self.work(|_, phone| {
            let findings = phone.store.check()?;
            Ok(CheckOutcome { sound: findings.is_empty(), findings })
        });
        check.await
    }
}

impl Fieldbook {
    /// A canonical dump of the views over the confirmed records: byte-equal on two phones that hold the same.
    pub async fn dump(&self) -> Result<String> {
        self.work(|_, phone| Ok(phone.store.read(|tx| tx.dump())?)).await
    }
}

/// The strip.
pub(crate) fn traffic(core: &Core, phone: &Phone) -> Result<Traffic> {
    let status = phone.engine.blocking_lock().status(&phone.store, core.clock.now_millis())?;
    let (attention, text_only) =
        phone.store.read(|tx| Ok::<_, StoreError>((tx.needs_attention()?.len(), tx.sync_state()?.text_only_on_mobile)))?;
    Ok(Traffic {
        network: network(phone)?,
        photo_policy: if text_only { PhotoPolicy::TextOnly } else { PhotoPolicy::Everything },
        records_waiting: count(status.waiting_records),
        photos_waiting: count(status.waiting_photos),
        photo_bytes_waiting: status.waiting_bytes.cast_signed(),
        needs_attention: i32::try_from(attention).unwrap_or(i32::MAX),
        waiting_at_office: status.expected.cast_signed(),
        bytes_this_month: (status.month_sent + status.month_received).cast_signed(),
        last_contact: status.last_contact.map(moment),
        trouble: trouble(&status),
    })
}

/// What the shell said last; a network paid by size when it never said anything, so nothing dear goes by mistake.
pub(crate) fn network(phone: &Phone) -> Result<Network> {
    let kept = phone.store.read(|tx| tx.meta::<i64>(NETWORK))?;
    Ok(match kept {
        Some(0) => Network::NoNetwork,
        Some(2) => Network::Unmetered,
        Some(_) | None => Network::Metered,
    })
}

/// Where the office is: what was in the invitation, its code left out.
pub(crate) fn office(phone: &Phone) -> Result<Option<Invitation>> {
    let Some(text) = phone.store.read(|tx| tx.meta::<String>(OFFICE))? else {
        return Ok(None);
    };
    Ok(Some(Invitation::from_text(&text).map_err(FieldbookError::internal)?))
}

/// Keeps where the office is and what it called itself and the person; the code is used up and not kept.
pub(crate) fn keep_office(phone: &Phone, invitation: &Invitation, answer: &EnrolAnswer) -> Result<()> {
    let kept = Invitation { code: String::new(), ..invitation.clone() };
    let kept = phone.store.write(|tx| {
        tx.set_meta(OFFICE, kept.to_text())?;
        tx.set_meta(ORGANISATION, answer.organisation.clone())?;
        tx.set_meta(PERSON, answer.name.clone())?;
        match &answer.office_phone {
            Some(number) => tx.set_meta(OFFICE_PHONE, number.clone()),
            None => tx.remove_meta(OFFICE_PHONE),
        }
    });
    Ok(kept?)
}

fn keep_network(phone: &Phone, network: Network) -> Result<()> {
    let code: i64 = match network {
        Network::NoNetwork => 0,
        Network::Metered => 1,
        Network::Unmetered => 2,
    };
    Ok(phone.store.write(|tx| tx.set_meta(NETWORK, code))?)
}

fn trouble(status: &EngineStatus) -> Option<Trouble> {
    Some(match status.problem.as_ref()? {
        Problem::Offline { .. } => Trouble::Offline,
        Problem::ServerBusy { .. } => Trouble::OfficeBusy,
        Problem::Untrusted { .. } => Trouble::Untrusted,
        Problem::Broken { .. } => Trouble::Broken,
        Problem::SignInAgain => Trouble::SignInAgain,
        Problem::UpdateApp => Trouble::UpdateApp,
        Problem::AwaitConfirmation => Trouble::AwaitConfirmation,
        Problem::Revoked => Trouble::Revoked,
    })
}

fn count(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
