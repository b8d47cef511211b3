//! Encrypted connections: with a certificate the operator brings, or one of a root this server made itself.

mod root;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;

pub use root::Root;

/// Why there can be no encrypted connections.
#[derive(Debug, Error)]
pub enum TlsFault {
    /// A certificate or key file cannot be read.
    #[error("cannot read {path}: {reason}; give a PEM file")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system or the parser says.
        reason: String,
    },
    /// The own root or certificate could not be made or stored.
    #[error("cannot make or store the server's own certificate: {0}")]
    Own(String),
    /// Certificate and key do not fit together or are not usable.
    #[error("the certificate cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
}

/// For a certificate chain and its key in PEM files.
pub fn from_files(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsFault> {
    let unreadable =
        |path: &Path, reason: &dyn std::fmt::Display| TlsFault::Unreadable { path: path.into(), reason: reason.to_string() };
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect).map_err(|e| unreadable(certificate, &e))?;
    if chain.is_empty() {
        return Err(unreadable(certificate, &"there is no certificate in it"));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|e| unreadable(key, &e))?;
    config(chain, key)
}

/// For a certificate of the server's own root, made anew for these names (host names or IP addresses).
pub fn from_own_root(root: &Root, names: &[String], now: i64) -> Result<Arc<ServerConfig>, TlsFault> {
    let (certificate, key) = root.leaf(names, now)?;
    config(vec![certificate], key)
}

fn config(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Arc<ServerConfig>, TlsFault> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // A resumed handshake costs a phone 0.9 KB instead of 2.4; tickets keep that true across many phones. One is enough.
    config.ticketer = rustls::crypto::ring::Ticketer::new()?;
    config.send_tls13_tickets = 1;
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: i64 = 1_795_305_600;

    #[test]
    fn the_own_root_stays_the_same_and_its_key_is_for_the_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let first = Root::open_or_make(dir.path(), NOW).unwrap();
        let again = Root::open_or_make(dir.path(), NOW + 86_400).unwrap();
        assert_eq!(first.der(), again.der());
        let mode = std::fs::metadata(dir.path().join("root.key.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        from_own_root(&again, &["127.0.0.1".into(), "localhost".into()], NOW).unwrap();
    }

    #[test]
    fn brought_files_are_used_and_a_missing_one_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        let (certificate, key) = (dir.path().join("cert.pem"), dir.path().join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        let missing = from_files(&certificate, &key).unwrap_err();
        assert!(missing.to_string().contains("key.pem"), "{missing}");
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        from_files(&certificate, &key).unwrap();
        assert!(from_files(&key, &key).is_err());
    }
}
