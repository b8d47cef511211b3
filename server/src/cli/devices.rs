//! Phones: who is out there, who comes back, who is shut out.

use clap::Subcommand;
use fieldbook_model::id::WriterId;
use serde_json::json;

use super::data::DataFolder;
use super::fault::CliFault;
use super::{Out, now};
use crate::office::devices as office;
use crate::storage::DeviceState;

/// What to do with phones.
#[derive(Debug, Subcommand)]
pub enum DevicesVerb {
    /// List all phones.
    List,
    /// Let a phone back in that came with its certificate after a restore.
    Confirm {
        /// Its writer number, 16 digits.
        writer: String,
    },
}

/// `devices …`
pub fn devices(data: &DataFolder, verb: Option<DevicesVerb>, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    match verb {
        None | Some(DevicesVerb::List) => list(data, as_json, out),
        Some(DevicesVerb::Confirm { writer }) => {
            let writer = writer_number(&writer)?;
            data.store()?.write_now(move |tx| office::confirm(tx, writer, now()))?;
            writeln!(out, "{writer} may sync again")?;
            Ok(())
        }
    }
}

/// `revoke …`
pub fn revoke(data: &DataFolder, writer: &str, out: Out<'_>) -> Result<(), CliFault> {
    let writer = writer_number(writer)?;
    data.store()?.write_now(move |tx| office::revoke(tx, writer))?;
    writeln!(out, "{writer} may not sync any more; invite its person again when the phone is back in good hands")?;
    Ok(())
}

fn list(data: &DataFolder, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    for (device, person) in data.store()?.read_now(office::list)? {
        let state = match device.state {
            DeviceState::Active => "active",
            DeviceState::Awaiting => "awaiting",
            DeviceState::Revoked => "revoked",
        };
        if as_json {
            let line = json!({
                "writer": device.writer.to_string(), "person": device.person.to_string(), "name": person, "device": device.name,
                "label": device.label, "state": state, "enrolled_at": device.enrolled_at, "last_seen": device.last_seen,
                "skew": device.skew, "schema": device.schema,
            });
            writeln!(out, "{line}")?;
        } else {
            let seen = device.last_seen.and_then(fieldbook_model::day::in_vietnam);
            let seen = seen.map_or_else(|| "never".to_owned(), |moment| moment.format("%d/%m/%Y %H:%M").to_string());
            writeln!(
                out,
                "{}  {:<4} {state:<8}  last seen {seen:<16}  {person}  ({})",
                device.writer, device.label, device.name
            )?;
        }
    }
    Ok(())
}

fn writer_number(text: &str) -> Result<WriterId, CliFault> {
    let bad = || CliFault::Asked(format!("\"{text}\" is not a writer number; `devices` lists them, 16 digits each"));
    if text.len() != 16 {
        return Err(bad());
    }
    u64::from_str_radix(text, 16).map(WriterId).map_err(|_| bad())
}
