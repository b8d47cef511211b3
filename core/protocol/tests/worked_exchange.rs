//! The exchange that README.md shows in hex is what this code writes and reads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use fieldbook_model::body::{Kind, Slot, Words};
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::frame;
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{Acknowledged, SyncAnswer, SyncRequest};

const PHONE: WriterId = WriterId(0x1122_3344_5566_7788);
const OFFICE: WriterId = WriterId(0x99aa_bbcc_ddee_ff00);

fn fact() -> Fact {
    let words = Words { of: None, texts: BTreeMap::from([(Slot::Text, "Mất điện".to_owned())]) };
    let statement = Statement {
        kind: Kind::Words,
        time: 1_795_000_000,
        post: Some(FactId::new(OFFICE, 12)),
        root: Some(FactId::new(PHONE, 7)),
        repairs: None,
        body: to_body(&words),
    };
    Fact::seal(FactId::new(PHONE, 8), statement).unwrap()
}

fn request() -> SyncRequest {
    SyncRequest {
        protocol: 1,
        schema: 1,
        epoch: 1,
        cursor: Some(vec![1, 2, 3].into()),
        now: 1_795_000_005,
        facts: Some(Pack::of(PHONE, &[Item { id: fact().id, order: None, content: Content::Whole(fact()) }])),
        offered: None,
        next_token: None,
        check: None,
        want: None,
        room: None,
        blobs: None,
    }
}

fn answer() -> SyncAnswer {
    SyncAnswer {
        epoch: 1,
        now: 1_795_000_006,
        acknowledged: Some(vec![Acknowledged { first_seq: 8, count: 1, first_order: Order::new(1, 500).0 }]),
        cursor: Some(vec![1, 2, 4].into()),
        ..SyncAnswer::default()
    }
}

#[test]
fn the_readme_shows_these_bytes() {
    let readme = include_str!("../README.md");
    let shown = [
        ("content", fact().content().to_vec()),
        ("hash", fact().hash().to_vec()),
        ("request", minicbor::to_vec(request()).unwrap()),
        ("answer", minicbor::to_vec(answer()).unwrap()),
    ];
    for (name, bytes) in shown {
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let start = readme.find(&format!("```{name}\n")).unwrap_or_else(|| panic!("README.md has no block `{name}`: {hex}"));
        let block =
            readme[start..].lines().skip(1).take_while(|line| *line != "```").map(|line| line.split('#').next().unwrap());
        let written: String = block.collect::<String>().split_whitespace().collect();
        assert_eq!(written, hex, "block {name}");
    }
}

#[test]
fn both_sides_read_what_the_other_framed() {
    let frame = frame::pack(&request()).unwrap();
    let read: SyncRequest = frame::unpack(&frame).unwrap();
    assert_eq!(read, request());
    assert_eq!(read.facts.unwrap().items(PHONE).unwrap()[0].content, Content::Whole(fact()));
    assert_eq!(frame::unpack::<SyncAnswer>(&frame::pack(&answer()).unwrap()).unwrap(), answer());
}

#[test]
fn fields_of_a_newer_version_are_passed_over() {
    let mut newer = minicbor::to_vec(answer()).unwrap();
    newer[0] += 1;
    newer.extend([0x18, 0x40, 0x63, b'n', b'e', b'w']);
    assert_eq!(minicbor::decode::<SyncAnswer>(&newer).unwrap(), answer());
}
