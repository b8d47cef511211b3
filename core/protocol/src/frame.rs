//! From message to bytes and back: CBOR, zstd with a shipped dictionary, limits inside the decompression.

use std::cell::RefCell;
use std::io::{self, Read};
use std::sync::LazyLock;

use minicbor::{Decode, Encode};
use thiserror::Error;
use zstd::bulk::Compressor;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CParameter, DCtx, DParameter, FrameFormat, ResetDirective};

/// The largest message before compression, in bytes. A frame that unpacks to more is refused without unpacking the rest.
pub const MAX_MESSAGE: usize = 1024 * 1024;

/// The largest frame, in bytes, that a sync request or its answer may have.
pub const MAX_FRAME: usize = 160 * 1024;

/// First byte of a frame whose message is not compressed.
const PLAIN: u8 = 0;

/// First byte of a frame compressed with dictionary 1; a later dictionary takes the next number.
const DICTIONARY_1: u8 = 1;

static DICTIONARY: &[u8] = include_bytes!("../dictionary/1.zdict");

/// The largest window, as a power of two: what a phone must hold to unpack. A frame that asks for more counts as too large.
const WINDOW_LOG: u32 = 20;

/// Up to this many bytes a message is compressed as well as zstd can, which costs little. Beyond it the last twentieth
/// would take most of the time.
const SMALL: usize = 32 * 1024;

/// The dictionary made ready once: doing that for each message would cost a thousand times what the message itself does.
static FOR_SMALL: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, 19));
static FOR_LARGE: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, 9));
static FOR_READING: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    // Making one asks the processor what it can do, which on a virtual machine takes longer than a small message.
    static WRITER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static READER: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// Why bytes are not a message.
#[derive(Debug, Error)]
pub enum BadFrame {
    /// Unpacks to more than the limit.
    #[error("the message is larger than {0} bytes; send less at once")]
    TooLarge(usize),
    /// A dictionary this version does not have.
    #[error("packed with dictionary {0}, which this version does not have; update the app")]
    UnknownDictionary(u8),
    /// Not a message.
    #[error("not a message: {0}")]
    Malformed(String),
    /// The compressor failed (out of memory).
    #[error("could not pack the message: {0}")]
    Pack(String),
}

/// A message as bytes, compressed when that is shorter.
pub fn pack<T: Encode<()>>(message: &T) -> Result<Vec<u8>, BadFrame> {
    let mut plain = vec![PLAIN];
    minicbor::encode(message, &mut plain).map_err(|e| BadFrame::Pack(e.to_string()))?;
    if plain.len() > MAX_MESSAGE {
        return Err(BadFrame::TooLarge(MAX_MESSAGE));
    }
    let packed = compress(&plain[1..]).map_err(|e| BadFrame::Pack(e.to_string()))?;
    if packed.len() + 1 < plain.len() {
        let mut frame = Vec::with_capacity(packed.len() + 1);
        frame.push(DICTIONARY_1);
        frame.extend_from_slice(&packed);
        return Ok(frame);
    }
    Ok(plain)
}

/// The message in a frame. Never uses more memory than [`MAX_MESSAGE`] for it, whatever the frame claims.
pub fn unpack<T: for<'b> Decode<'b, ()>>(frame: &[u8]) -> Result<T, BadFrame> {
    let Some((&format, rest)) = frame.split_first() else {
        return Err(BadFrame::Malformed("empty".into()));
    };
    match format {
        PLAIN if rest.len() > MAX_MESSAGE => Err(BadFrame::TooLarge(MAX_MESSAGE)),
        PLAIN => read(rest),
        DICTIONARY_1 => read(&decompress(rest)?),
        other => Err(BadFrame::UnknownDictionary(other)),
    }
}

fn read<T: for<'b> Decode<'b, ()>>(message: &[u8]) -> Result<T, BadFrame> {
    let mut d = minicbor::Decoder::new(message);
    let value = d.decode().map_err(|e| BadFrame::Malformed(e.to_string()))?;
    if d.position() != message.len() {
        return Err(BadFrame::Malformed("bytes after the message".into()));
    }
    Ok(value)
}

fn compress(message: &[u8]) -> io::Result<Vec<u8>> {
    if message.len() > SMALL {
        return writer(&FOR_LARGE)?.compress(message);
    }
    WRITER.with_borrow_mut(|kept| match kept {
        Some(writer) => writer.compress(message),
        None => kept.insert(writer(&FOR_SMALL)?).compress(message),
    })
}

fn writer(dictionary: &'static EncoderDictionary<'static>) -> io::Result<Compressor<'static>> {
    let mut writer = Compressor::with_prepared_dictionary(dictionary)?;
    writer.set_parameter(CParameter::Format(FrameFormat::Magicless))?;
    writer.set_parameter(CParameter::WindowLog(WINDOW_LOG))?;
    writer.set_parameter(CParameter::ContentSizeFlag(false))?;
    writer.set_parameter(CParameter::ChecksumFlag(false))?;
    writer.set_parameter(CParameter::DictIdFlag(false))?;
    Ok(writer)
}

fn decompress(packed: &[u8]) -> Result<Vec<u8>, BadFrame> {
    let message = READER.with_borrow_mut(|kept| match kept {
        Some(reader) => read_with(reader, packed),
        None => read_with(kept.insert(reader().map_err(failed)?), packed),
    });
    let message = message.map_err(|e| match e.to_string() {
        wide if wide.contains("too much memory") => BadFrame::TooLarge(MAX_MESSAGE),
        other => BadFrame::Malformed(other),
    })?;
    if message.len() > MAX_MESSAGE {
        return Err(BadFrame::TooLarge(MAX_MESSAGE));
    }
    Ok(message)
}

fn reader() -> Result<DCtx<'static>, zstd_safe::ErrorCode> {
    let mut reader = DCtx::create();
    reader.ref_ddict(FOR_READING.as_ddict())?;
    reader.set_parameter(DParameter::Format(FrameFormat::Magicless))?;
    reader.set_parameter(DParameter::WindowLogMax(WINDOW_LOG))?;
    Ok(reader)
}

/// One byte more than a message may have, when there is more.
fn read_with(reader: &mut DCtx<'static>, packed: &[u8]) -> io::Result<Vec<u8>> {
    reader.reset(ResetDirective::SessionOnly).map_err(failed)?;
    let mut message = Vec::with_capacity(packed.len().saturating_mul(4).min(MAX_MESSAGE));
    zstd::Decoder::with_context(packed, reader).take(MAX_MESSAGE as u64 + 1).read_to_end(&mut message)?;
    Ok(message)
}

fn failed(code: zstd_safe::ErrorCode) -> io::Error {
    io::Error::other(zstd_safe::get_error_name(code))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_message_comes_back_packed_or_plain() {
        let (long, longest) = ("Đường liên ấp bị ngập sau mưa lớn. ".repeat(200), "đ".repeat(MAX_MESSAGE / 2 - 8));
        for text in ["", "ngắn", &long, &longest] {
            let frame = pack(&text.to_owned()).unwrap();
            assert!(frame.len() <= text.len() + 10);
            assert_eq!(unpack::<String>(&frame).unwrap(), text);
        }
    }

    #[test]
    fn a_bomb_is_refused_at_the_limit() {
        for window_log in [WINDOW_LOG, 27] {
            let mut compressor = zstd::bulk::Compressor::with_dictionary(3, DICTIONARY).unwrap();
            compressor.set_parameter(CParameter::Format(FrameFormat::Magicless)).unwrap();
            compressor.set_parameter(CParameter::WindowLog(window_log)).unwrap();
            let bomb = compressor.compress(&vec![0; 256 << 20]).unwrap();
            assert!(bomb.len() < 64 * 1024, "a bomb is small: {}", bomb.len());
            let frame = [vec![DICTIONARY_1], bomb].concat();
            assert!(matches!(unpack::<String>(&frame), Err(BadFrame::TooLarge(MAX_MESSAGE))), "window {window_log}");
        }
    }

    #[test]
    fn a_bad_frame_spoils_none_that_follows() {
        let text = "Cầu dân sinh qua kênh bị hư lan can".to_owned();
        let frame = pack(&text).unwrap();
        for end in 0..frame.len() {
            assert!(unpack::<String>(&frame[..end]).is_err(), "cut at {end}");
            assert_eq!(unpack::<String>(&frame).unwrap(), text);
        }
    }

    #[test]
    fn other_bytes_are_refused_with_a_reason() {
        assert!(matches!(unpack::<String>(&[]), Err(BadFrame::Malformed(_))));
        assert!(matches!(unpack::<String>(&[9, 1, 2]), Err(BadFrame::UnknownDictionary(9))));
        assert!(matches!(unpack::<String>(&[DICTIONARY_1, 1, 2, 3]), Err(BadFrame::Malformed(_))));
        assert!(matches!(unpack::<String>(&[PLAIN, 0x61, b'a', 0]), Err(BadFrame::Malformed(_))), "bytes after the message");
    }
}
