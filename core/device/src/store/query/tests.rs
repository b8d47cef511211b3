#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use fieldbook_model::case::CaseKind;

use super::*;
use crate::store::sample::*;

#[test]
fn search_finds_what_was_typed_in_every_spelling() {
    let phone = Phone::of_liaison();
    phone.receive(&petition("Đường vào ấp Hoà Mỹ bị ngập, ông Thuý phản ánh"));
    let nfd = "ho\u{300}a";

    for typed in
        ["hòa", "hoà", nfd, "hoa", "Mỹ", "mĩ", "my", "đường", "duong", "duo", "đườ", "ngap", "thúy", "hoa mi", "HOÀ MỸ"]
    {
        assert_eq!(titles(&phone.store, typed).len(), 1, "{typed}");
    }
    for typed in ["hóa", "dường", "mỳ", "du", "", "  ", "\"", "*", "hoa:", "NEAR(", "kem"] {
        let found = titles(&phone.store, typed).len();
        assert_eq!(found, usize::from(typed == "hoa:"), "{typed}");
    }
    assert_eq!(best(&phone, "hoa my").len(), 1);
}

#[test]
fn a_long_word_finds_itself_first_and_longer_ones_after_all_of_those_page_by_page() {
    let phone = Phone::of_liaison();
    let texts =
        (0..130).map(|n| if n % 2 == 0 { format!("nước đục truon {n}") } else { format!("nước đục trường {n}") });
    texts.enumerate().for_each(|(n, text)| phone.receive(&petition_no(n as u64, &text)));

    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = phone.store.read(|tx| tx.search("nuoc truon", after)).unwrap();
        assert!(page.lines.len() == PAGE || page.next.is_none());
        found.extend(page.lines.into_iter().map(|line| line.title));
        after = page.next;
        if after.is_none() {
            break;
        }
    }

    assert_eq!((found.len(), found.iter().collect::<BTreeSet<_>>().len()), (130, 130));
    assert_eq!((found[0].as_str(), found[64].as_str()), ("nước đục truon 128", "nước đục truon 0"));
    assert_eq!((found[65].as_str(), found[129].as_str()), ("nước đục trường 129", "nước đục trường 1"));
    assert_eq!(titles(&phone.store, "truong").len(), PAGE);
    assert_eq!(titles(&phone.store, "truongg").len(), 0);
}

#[test]
fn the_best_hold_the_words_side_by_side() {
    let phone = Phone::of_liaison();
    for (n, text) in ["nhà văn hóa", "văn bản ở nhà", "nhà ở, có văn phòng", "nhà văn"].iter().enumerate() {
        phone.receive(&petition_no(n as u64, text));
    }

    assert_eq!(best(&phone, "nha van"), ["nhà văn", "nhà văn hóa", "nhà ở, có văn phòng", "văn bản ở nhà"]);
    assert_eq!(best(&phone, "van"), best(&phone, "văn"));
    assert_eq!(best(&phone, "nha phong"), ["nhà ở, có văn phòng"]);
}

fn best(phone: &Phone, typed: &str) -> Vec<String> {
    phone.store.read(|tx| tx.search_best(typed)).unwrap().into_iter().map(|line| line.title).collect()
}

#[test]
fn lists_page_by_fifty_without_gap_or_repeat() {
    let phone = busy_phone();
    let filter = CaseFilter { kind: Some(CaseKind::Petition), ..CaseFilter::default() };
    let (mut roots, mut after) = (Vec::new(), None);
    loop {
        let page = phone.store.read(|tx| tx.cases(&filter, after)).unwrap();
        assert!(page.lines.len() <= PAGE);
        roots.extend(page.lines.iter().map(|line| line.root));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut distinct = roots.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!((roots.len(), distinct.len()), (451, 451));
    assert_eq!(roots[0], PETITION, "the last to be confirmed stands first");
}
