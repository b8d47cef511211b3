//! The root a server makes for itself; phones get it with the invitation and trust no other.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, date_time_ymd,
};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::TlsFault;

const CERTIFICATE_FILE: &str = "root.pem";
const KEY_FILE: &str = "root.key.pem";
const ROOT_YEARS: u32 = 10;

/// Made anew at every start, so a year and a bit is plenty; Apple refuses more than 825 days.
const LEAF_DAYS: u64 = 397;

/// An EC P-256 root with its key.
pub struct Root {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Root {
    /// The root kept in this folder, made now when there is none. `now` is Unix seconds.
    pub fn open_or_make(folder: &Path, now: i64) -> Result<Self, TlsFault> {
        let (certificate_file, key_file) = (folder.join(CERTIFICATE_FILE), folder.join(KEY_FILE));
        if certificate_file.exists() {
            return Self::open(&certificate_file, &key_file);
        }
        fs::create_dir_all(folder).map_err(own)?;
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(own)?;
        let mut params = root_params();
        lasts(&mut params, yesterday(now), yesterday(now).checked_add_months(Months::new(12 * ROOT_YEARS)));
        let certificate = params.self_signed(&key).map_err(own)?;
        // The key first: a certificate without its key would be found as a broken root at the next start.
        write_whole(&key_file, key.serialize_pem().as_bytes(), 0o600)?;
        write_whole(&certificate_file, certificate.pem().as_bytes(), 0o644)?;
        Ok(Self { certificate: certificate.der().clone(), issuer: Issuer::new(params, key) })
    }

    /// The root that is kept in this folder, if one was ever made.
    pub fn kept_in(folder: &Path) -> Result<Option<Self>, TlsFault> {
        let (certificate_file, key_file) = (folder.join(CERTIFICATE_FILE), folder.join(KEY_FILE));
        if !certificate_file.exists() {
            return Ok(None);
        }
        Ok(Some(Self::open(&certificate_file, &key_file)?))
    }

    /// What travels in the invitation.
    pub fn der(&self) -> &[u8] {
        &self.certificate
    }

    /// A certificate for these names, with its key.
    pub(super) fn leaf(
        &self,
        names: &[String],
        now: i64,
    ) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), TlsFault> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(own)?;
        let mut params = CertificateParams::new(names).map_err(own)?;
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "fieldbook server");
        lasts(&mut params, yesterday(now), yesterday(now).checked_add_days(Days::new(LEAF_DAYS)));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer).map_err(own)?;
        Ok((certificate.der().clone(), PrivatePkcs8KeyDer::from(key.serialize_der()).into()))
    }

    fn open(certificate_file: &Path, key_file: &Path) -> Result<Self, TlsFault> {
        let unreadable = |path: &Path, reason: String| TlsFault::Unreadable { path: path.into(), reason };
        let certificate =
            CertificateDer::from_pem_file(certificate_file).map_err(|e| unreadable(certificate_file, e.to_string()))?;
        let pem = fs::read_to_string(key_file).map_err(|e| unreadable(key_file, e.to_string()))?;
        let key = KeyPair::from_pem(&pem).map_err(|e| unreadable(key_file, e.to_string()))?;
        Ok(Self { certificate, issuer: Issuer::new(root_params(), key) })
    }
}

/// Everything but the dates, which a signature by the root does not need.
fn root_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "fieldbook root");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn write_whole(path: &Path, content: &[u8], mode: u32) -> Result<(), TlsFault> {
    let unfinished = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&unfinished).map_err(own)?;
    file.write_all(content).map_err(own)?;
    file.sync_all().map_err(own)?;
    fs::rename(&unfinished, path).map_err(own)?;
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(own)
}

/// A phone whose clock is a little behind must not find the certificate to be of the future.
fn yesterday(now: i64) -> NaiveDate {
    let today = DateTime::from_timestamp(now, 0).map_or(NaiveDate::MIN, |moment| moment.date_naive());
    today.pred_opt().unwrap_or(today)
}

fn lasts(params: &mut CertificateParams, first: NaiveDate, last: Option<NaiveDate>) {
    let moment = |day: NaiveDate| date_time_ymd(day.year(), day.month() as u8, day.day() as u8);
    params.not_before = moment(first);
    params.not_after = moment(last.unwrap_or(first));
}

fn own(error: impl std::fmt::Display) -> TlsFault {
    TlsFault::Own(error.to_string())
}
