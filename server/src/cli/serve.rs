//! `serve`: the server itself.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use clap::Args;
use rustls::ServerConfig;
use tokio::signal::unix::{SignalKind, signal};

use super::data::DataFolder;
use super::fault::CliFault;
use super::{Out, now};
use crate::aside;
use crate::blob::Blobs;
use crate::http::{App, STALL, open_door};
use crate::limits::RateLimits;
use crate::observe::Meters;
use crate::tls::{self, Root};

/// The value under which `serve` leaves the address that `invite` puts into codes.
pub(super) const ADDRESS: &str = "public_url";

/// How to listen.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Plain HTTP; on a loopback address only, behind a proxy of your own or for tests.
    #[arg(long, conflicts_with_all = ["tls_cert", "tls_key"])]
    plain: bool,
    /// Certificate chain (PEM). Without it the server makes its own root, which travels in the QR.
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Key of the certificate (PEM).
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Where phones reach this server, for the codes it gives out: https://host[:port].
    #[arg(long)]
    public_url: Option<String>,
    /// Requests one phone may make an hour.
    #[arg(long, default_value_t = crate::limits::PHONE_PER_HOUR)]
    phone_requests_per_hour: u32,
}

/// Serves until SIGTERM or SIGINT.
pub fn serve(data: &DataFolder, args: &ServeArgs, out: Out<'_>) -> Result<(), CliFault> {
    if args.plain && !args.listen.ip().is_loopback() {
        return Err(CliFault::Asked(format!("--plain listens on loopback only, not on {}; use TLS", args.listen)));
    }
    let _lock = data.lock()?;
    let store = data.store_for_many()?;
    let blobs = Arc::new(Blobs::open(&data.blobs())?);
    let forgotten = blobs.sweep(SystemTime::now())?;
    let tls = config(data, args)?;
    let aside = aside::runtime()?;
    let app = Arc::new(App {
        store: store.clone(),
        blobs,
        key: Arc::new(data.office_key()?),
        limits: RateLimits::new(args.phone_requests_per_hour),
        meters: Meters::default(),
        clock: Arc::new(now),
        stall: STALL,
        started: Instant::now(),
        aside: Some(aside.handle().clone()),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let is_plain = tls.is_none();
        let door = open_door(args.listen, tls)
            .await
            .map_err(|error| CliFault::Asked(format!("cannot listen on {}: {error}", args.listen)))?;
        let address = door.address()?;
        let url = format!("{}://{address}", if is_plain { "http" } else { "https" });
        let public = args.public_url.clone().unwrap_or_else(|| url.clone());
        store.write(move |tx| tx.put_value(ADDRESS, public.as_bytes())).await?;
        let (mut term, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tracing::info!(%address, plain = is_plain, parts_forgotten = forgotten, "serving");
        writeln!(out, "listening on {url}")?;
        out.flush()?;
        door.serve(app, async {
            tokio::select! {
                _ = term.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
        .await;
        tracing::info!("stopped");
        Ok(())
    })
}

fn config(data: &DataFolder, args: &ServeArgs) -> Result<Option<Arc<ServerConfig>>, CliFault> {
    if args.plain {
        return Ok(None);
    }
    if let (Some(certificate), Some(key)) = (&args.tls_cert, &args.tls_key) {
        return Ok(Some(tls::from_files(certificate, key)?));
    }
    let root = Root::open_or_make(&data.keys(), now())?;
    Ok(Some(tls::from_own_root(&root, &names(args), now())?))
}

/// What phones may call this server.
fn names(args: &ServeArgs) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !args.listen.ip().is_unspecified() {
        names.push(args.listen.ip().to_string());
    }
    names.extend(args.public_url.as_deref().and_then(host));
    names.sort();
    names.dedup();
    names
}

/// The host of `https://host[:port][/…]`.
fn host(url: &str) -> Option<String> {
    let authority = url.split_once("://")?.1.split('/').next()?;
    if let Some(six) = authority.strip_prefix('[') {
        return Some(six.split(']').next()?.to_owned());
    }
    Some(authority.split(':').next()?.to_owned()).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_is_found() {
        assert_eq!(host("https://so.example:8443/x").as_deref(), Some("so.example"));
        assert_eq!(host("https://[2001:db8::1]:8443").as_deref(), Some("2001:db8::1"));
        assert_eq!(host("so.example"), None);
    }
}
