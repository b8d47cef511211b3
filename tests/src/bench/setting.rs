//! An office that phones reach through a counting proxy: where everything on the wire is measured.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::Measured;
use super::organisation::{self, Invited};
use super::phone::Phone;
use crate::office::Office;
use crate::proxy::tcp::Proxy;

/// The office, the line to it, and whom it has invited.
pub struct Setting {
    /// The real server process, running.
    pub office: Office,
    /// Between it and the phones.
    pub proxy: Proxy,
    /// Where phones reach it through the proxy.
    pub address: String,
    /// When it was founded, Unix seconds.
    pub now: i64,
    invited: Vec<Invited>,
    folder: PathBuf,
}

impl Setting {
    /// Founds an office in `folder` and invites so many people.
    pub async fn found(folder: &Path, people: usize) -> Measured<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;
        let (mut office, invited) = organisation::found(&folder.join("office"), people, now)?;
        office.start()?;
        let proxy = Proxy::start(office.url().trim_start_matches("http://").parse()?).await?;
        let address = format!("http://{}", proxy.address);
        Ok(Self { office, proxy, address, now, invited, folder: folder.to_owned() })
    }

    /// The phone of the person with this number, enrolled and with all that is for it.
    pub async fn phone(&self, n: usize) -> Measured<Phone> {
        let invited = self.invited.get(n).ok_or("nobody with this number was invited")?;
        let mut phone = Phone::enrol(&self.folder.join(format!("phone-{n}")), &self.address, invited, self.now).await?;
        phone.sync().await?;
        Ok(phone)
    }
}

/// What the measurements of a line run in.
pub fn runtime() -> Measured<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}
