//! A small body that unpacks to very much. In a process of its own, because it looks at the memory of the whole process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::io::Write as _;

use common::Office;
use fieldbook_protocol::fault::FaultCode;
use zstd::zstd_safe::{CParameter, FrameFormat};

#[tokio::test]
async fn a_small_body_that_unpacks_to_very_much_is_refused_in_little_memory() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let bomb = bomb(400 * 1024 * 1024);
    assert!(bomb.len() > 8 * 1024 && bomb.len() < 64 * 1024, "{}", bomb.len());
    office.post("/v1/sync", Some(&phone.token), &bomb).await;
    let before = resident();
    for _ in 0..20 {
        let reply = office.post("/v1/sync", Some(&phone.token), &bomb).await;
        assert_eq!((reply.status, reply.fault()), (413, FaultCode::TooLarge));
    }
    assert!(resident() < before + 16 * 1024 * 1024, "{} → {}", before, resident());
}

/// A frame of few bytes that unpacks to `size` zeros.
fn bomb(size: usize) -> Vec<u8> {
    let dictionary = include_bytes!("../../core/protocol/dictionary/1.zdict");
    let mut encoder = zstd::Encoder::with_dictionary(vec![1], 1, dictionary).unwrap();
    encoder.set_parameter(CParameter::Format(FrameFormat::Magicless)).unwrap();
    encoder.set_parameter(CParameter::WindowLog(19)).unwrap();
    encoder.set_parameter(CParameter::ContentSizeFlag(false)).unwrap();
    encoder.set_parameter(CParameter::DictIdFlag(false)).unwrap();
    let zeros = vec![0; 64 * 1024];
    for _ in 0..size / zeros.len() {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap()
}

/// Memory of this process that is in use, in bytes.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}
