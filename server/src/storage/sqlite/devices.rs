//! Phones and enrolment codes in SQLite.

use fieldbook_model::id::WriterId;
use rusqlite::Row;

use super::{SqliteTx, id_at, signed};
use crate::storage::{Device, DeviceState, Devices, Invite, StorageError};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT writer, person_writer, person_seq, name, label, state, token, next_token, enrolled_at, last_seen, skew, schema
             FROM devices ",
            $rest
        )
    };
}

impl Devices for SqliteTx<'_> {
    fn put_device(&mut self, device: &Device) -> Result<(), StorageError> {
        self.change(
            "INSERT INTO devices (writer, person_writer, person_seq, name, label, state, token, next_token, enrolled_at,
                                  last_seen, skew, schema)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (writer) DO UPDATE SET person_writer = ?2, person_seq = ?3, name = ?4, label = ?5, state = ?6, token = ?7,
                next_token = ?8, enrolled_at = ?9, last_seen = ?10, skew = ?11, schema = ?12",
            (
                signed(device.writer.0),
                signed(device.person.writer.0),
                signed(device.person.seq),
                &device.name,
                &device.label,
                state_code(device.state),
                device.token,
                device.next_token,
                device.enrolled_at,
                device.last_seen,
                device.skew,
                device.schema,
            ),
        )
        .map(|_| ())
    }

    fn device(&mut self, writer: WriterId) -> Result<Option<Device>, StorageError> {
        self.first(select!("WHERE writer = ?1"), [signed(writer.0)], device)
    }

    fn device_by_token(&mut self, token: &[u8; 32]) -> Result<Option<Device>, StorageError> {
        let by_token = self.first(select!("WHERE token = ?1"), [token], device)?;
        match by_token {
            Some(device) => Ok(Some(device)),
            None => self.first(select!("WHERE next_token = ?1"), [token], device),
        }
    }

    fn devices(&mut self) -> Result<Vec<Device>, StorageError> {
        self.all(select!("ORDER BY enrolled_at, label"), [], device)
    }

    fn put_invite(&mut self, invite: &Invite) -> Result<(), StorageError> {
        let Invite { code, person, typed, expires_at, used_by } = invite;
        self.change(
            "INSERT INTO invites (code, person_writer, person_seq, typed, expires_at, used_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (code) DO UPDATE SET person_writer = ?2, person_seq = ?3, typed = ?4, expires_at = ?5, used_by = ?6",
            (code, signed(person.writer.0), signed(person.seq), typed, expires_at, used_by.map(|writer| signed(writer.0))),
        )
        .map(|_| ())
    }

    fn invite(&mut self, code: &[u8; 32]) -> Result<Option<Invite>, StorageError> {
        let sql = "SELECT code, person_writer, person_seq, typed, expires_at, used_by FROM invites WHERE code = ?1";
        self.first(sql, [code], |row| {
            Ok(Invite {
                code: row.get(0)?,
                person: id_at(row, 1)?,
                typed: row.get(3)?,
                expires_at: row.get(4)?,
                used_by: row.get::<_, Option<i64>>(5)?.map(|writer| WriterId(writer.cast_unsigned())),
            })
        })
    }

    fn note_attempt(&mut self, source: &str, at: i64, forget_before: i64) -> Result<(), StorageError> {
        self.change("DELETE FROM attempts WHERE at < ?1", [forget_before])?;
        self.change("INSERT INTO attempts (source, at) VALUES (?1, ?2)", (source, at)).map(|_| ())
    }

    fn attempts_since(&mut self, source: &str, since: i64) -> Result<(u32, u32), StorageError> {
        let sql = "SELECT count(*) FILTER (WHERE source = ?1), count(*) FROM attempts WHERE at >= ?2";
        self.one(sql, (source, since), |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    let state = match row.get(5)? {
        1 => DeviceState::Active,
        2 => DeviceState::Awaiting,
        3 => DeviceState::Revoked,
        other => return Err(rusqlite::Error::IntegralValueOutOfRange(5, other)),
    };
    Ok(Device {
        writer: WriterId(row.get::<_, i64>(0)?.cast_unsigned()),
        person: id_at(row, 1)?,
        name: row.get(3)?,
        label: row.get(4)?,
        state,
        token: row.get(6)?,
        next_token: row.get(7)?,
        enrolled_at: row.get(8)?,
        last_seen: row.get(9)?,
        skew: row.get(10)?,
        schema: row.get(11)?,
    })
}

fn state_code(state: DeviceState) -> i64 {
    match state {
        DeviceState::Active => 1,
        DeviceState::Awaiting => 2,
        DeviceState::Revoked => 3,
    }
}
