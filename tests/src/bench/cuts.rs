//! A photo over a line that keeps breaking: what a cut costs, all heads, frames and the new connection included, and how much of
//! the photo goes again. That nothing stored does is shown by `tests/photo_cuts.rs`. A new connection begins with a sync whatever
//! waits, for text goes first: what the photo adds to that is told apart.

use std::path::Path;
use std::time::Duration;

use fieldbook_device::work::PhotoDraft;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use super::phone::Phone;
use super::report::{Figure, Report, Target};
use super::setting::{Setting, runtime};
use super::visits::Visits;
use super::{Extent, Measured, peer};
use crate::proxy::tcp::{Fault, Proxy};

/// What one frame carries at most, and its head.
const FRAME: u64 = 16 * 1024;
const FRAME_HEAD: u64 = 9;

/// Text and preview go before the photo, over the same first connection.
const FIRST_CUT: std::ops::Range<u64> = 12 * 1024..36 * 1024;
const LATER_CUT: std::ops::Range<u64> = 1024..24 * 1024;

/// The photo is cut as long as more than this is left of it, so that the rest goes in one part.
const REST: u64 = 64 * 1024;

/// How long the end of a connection may take to be noticed over loopback.
const SETTLE: Duration = Duration::from_millis(60);

const TRIES: usize = 200;

/// Cuts a photo again and again.
pub fn measure(report: &mut Report, _: Extent, folder: &Path) -> Measured<()> {
    runtime()?.block_on(async {
        let setting = Setting::found(folder, 1).await?;
        let mut phone = setting.phone(0).await?;
        let anew = without_photo(&mut phone, &setting).await?;
        phone.let_photos_go();

        let picture = peer::picture(folder)?;
        let bytes = picture.bytes;
        let (width, height, path) = (picture.width, picture.height, picture.path.to_string_lossy().into_owned());
        let photo = PhotoDraft { hash: picture.hash.into(), bytes: u32::try_from(bytes)?, width, height, path, topic: None };
        let visit = Visits::of(1, setting.now - 2 * 86_400).next().ok_or("no visit")?;
        phone.save(phone.draft_with(&visit, photo)?)?;
        phone.wait_for_undo();

        let parts = setting.office.data().join("blobs/part");
        let line = Line { proxy: &setting.proxy, parts: &parts, address: &setting.address, bytes };
        let cut = line.send(&mut phone).await?;
        report.part(format!("A photo of {bytes} B, cut {} times; the new connection after each cut included", cut.lost.len()));
        report.add(Figure {
            key: "cut.bytes",
            what: "what a cut costs besides the photo's own bytes",
            value: cut.costs as f64,
            unit: "B",
            target: Target::None,
            beside: format!("in {} requests: how far it came, the rest · tus and others: make bench-peers", cut.requests),
        });
        report.add(Figure {
            key: "cut.photo",
            what: "  of that what the photo adds to a new connection",
            value: cut.costs.saturating_sub(anew) as f64,
            unit: "B",
            target: Target::AtMost(300.0),
            beside: format!("one with nothing to send costs {anew} B"),
        });
        report.add(Figure {
            key: "cut.lost",
            what: "  the most of the photo one cut lost",
            value: cut.lost.iter().copied().max().unwrap_or_default() as f64,
            unit: "B",
            target: Target::AtMost(FRAME as f64),
            beside: "one frame of HTTP/2".into(),
        });
        Ok(())
    })
}

/// Bytes of a new connection with nothing to send.
async fn without_photo(phone: &mut Phone, setting: &Setting) -> Measured<u64> {
    phone.sync().await?;
    phone.reconnect(&setting.address)?;
    setting.proxy.reset();
    phone.sync().await?;
    tokio::time::sleep(SETTLE).await;
    Ok(setting.proxy.reset().both())
}

/// What the cuts came to.
struct Cut {
    costs: u64,
    requests: u64,
    /// Of the photo, by each cut.
    lost: Vec<u64>,
}

struct Line<'a> {
    proxy: &'a Proxy,
    /// The server's folder of unfinished photos.
    parts: &'a Path,
    address: &'a str,
    bytes: u64,
}

impl Line<'_> {
    async fn send(&self, phone: &mut Phone) -> Measured<Cut> {
        let mut chance = SmallRng::seed_from_u64(8);
        // Per cut: bytes that went up, and how many of the photo came through.
        let mut cuts = Vec::new();
        for _ in 0..TRIES {
            let (had, is_first) = (self.held()?, cuts.is_empty());
            let is_last = self.bytes - had <= REST;
            let after = chance.random_range(if is_first { FIRST_CUT } else { LATER_CUT });
            let cut_up_after = (!is_last).then_some(after);
            self.proxy.plan([Fault { cut_up_after, server_learns_late: true, ..Fault::default() }]);
            phone.reconnect(self.address)?;
            phone.requests();
            self.proxy.reset();
            let sent = phone.sync().await;
            tokio::time::sleep(SETTLE).await;
            self.proxy.release();
            tokio::time::sleep(SETTLE).await;
            let counted = self.proxy.reset();
            if is_last {
                sent?;
                let rest = self.bytes - had;
                let heads = rest.div_ceil(FRAME) * FRAME_HEAD;
                let head = counted.up - rest - heads;
                // The first cut is not looked at: text and preview went before the photo.
                let lost = cuts.iter().skip(1).map(|(up, came)| lost(*up, *came, head)).collect();
                return Ok(Cut { costs: counted.both() - rest - heads, requests: phone.requests(), lost });
            }
            cuts.push((counted.up, self.held()? - had));
        }
        Err("the photo does not get through".into())
    }

    fn held(&self) -> Measured<u64> {
        let part = std::fs::read_dir(self.parts)?.next().transpose()?;
        Ok(part.map(|part| part.metadata()).transpose()?.map_or(0, |part| part.len()))
    }
}

/// Of what went up over a cut connection: neither heads nor what came through.
fn lost(up: u64, came: u64, head: u64) -> u64 {
    let heads = head + came.div_ceil(FRAME) * FRAME_HEAD;
    up.saturating_sub(heads + came)
}
