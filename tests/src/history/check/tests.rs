//! A history in which all is well, and the same one with each thing that can be wrong.

use serde_json::json;

use super::*;

const PHONE: &str = "00000000000000a1";
const OTHER: &str = "00000000000000b2";
const OFFICE: &str = "00000000000000ff";

/// A history as it is told, and its end.
#[derive(Default)]
struct Tale {
    lines: Vec<Line>,
    end: End,
}

impl Tale {
    fn call(&mut self, who: Who, does: Does, came: Option<Came>) -> &mut Self {
        let call = self.lines.len();
        self.lines.push(Line { who, call, what: What::Asks(does, Vec::new()) });
        self.lines.extend(came.map(|came| Line { who, call, what: What::Ends(came) }));
        self
    }

    fn writes(&mut self, phone: usize, text: &str, came: Option<Came>) -> &mut Self {
        self.call(Who::Phone(phone), Does::Writes { texts: vec![text.into()], on: None }, came)
    }

    fn looks(&mut self, phone: usize, case: &str, receipt: &str, sending: &str) -> &mut Self {
        let row = json!({"id": case, "receipt": receipt, "sending": {"sending": sending}});
        self.call(Who::Phone(phone), Does::Looks, Some(Came::Told(json!([row]))))
    }

    fn undoes(&mut self, phone: usize, first: &str, came: Option<Came>) -> &mut Self {
        self.call(Who::Phone(phone), Does::Undoes { first: first.into() }, came)
    }

    /// The fact is at the office and, when it is a phone's, on its phone.
    fn at_office(&mut self, id: &str, text: Option<&str>) -> &mut Self {
        let fact = Fact::read(id).unwrap();
        self.end.log.push(Entry { fact: fact.clone(), texts: text.map(str::to_owned).into_iter().collect() });
        if let Some(phone) = self.end.phones.iter_mut().find(|phone| phone.writer == fact.writer) {
            phone.own.insert(fact);
        }
        self
    }

    fn found(&self) -> Vec<Violation> {
        check(&self.lines, &self.end)
    }
}

fn fact(writer: &str, seq: u64) -> String {
    format!("{writer}-{seq}")
}

fn saved(seq: u64, receipt: &str) -> Option<Came> {
    let id = fact(PHONE, seq);
    Some(Came::Told(json!({"id": id, "undo_id": id, "receipt": receipt})))
}

fn done() -> Option<Came> {
    Some(Came::Told(json!("done")))
}

/// Two records of one phone, both at the office, a note of the desk, and a second phone that shows the same.
fn sound() -> Tale {
    let mut tale = Tale::default();
    tale.end.office.insert(OFFICE.into());
    for writer in [PHONE, OTHER] {
        let shown = [("ấp".to_owned(), "một, hai".to_owned())].into();
        tale.end.phones.push(PhoneEnd { writer: writer.into(), shown, ..PhoneEnd::default() });
    }
    tale.writes(0, "một", saved(1, "M-1")).looks(0, &fact(PHONE, 1), "M-1", "waiting");
    tale.call(Who::Phone(0), Does::Else, Some(Came::Died));
    tale.looks(0, &fact(PHONE, 1), "M-1", "received").writes(0, "hai", saved(3, "M-2"));
    let note = Does::Writes { texts: vec!["ghi chú".into()], on: Some(fact(PHONE, 1)) };
    tale.call(Who::Desk, note, Some(Came::Told(json!(fact(OFFICE, 7)))));
    tale.at_office(&fact(PHONE, 1), None).at_office(&fact(PHONE, 2), Some("một"));
    tale.at_office(&fact(PHONE, 3), None).at_office(&fact(PHONE, 4), Some("hai"));
    tale.at_office(&fact(OFFICE, 7), None).at_office(&fact(OFFICE, 8), Some("ghi chú"));
    tale
}

#[test]
fn a_history_in_which_all_is_well_has_no_violation() {
    assert_eq!(sound().found(), []);
}

#[test]
fn a_record_that_was_called_saved_and_is_not_there_is_lost() {
    let mut tale = sound();
    tale.end.log.retain(|entry| entry.texts != ["hai"]);
    assert_eq!(tale.found(), [Violation::Lost(Who::Phone(0), "hai".into())]);

    let mut tale = sound();
    tale.end.log.retain(|entry| entry.fact.seq != 3);
    assert_eq!(tale.found(), [Violation::Lost(Who::Phone(0), fact(PHONE, 3))]);
}

#[test]
fn a_record_that_was_called_received_and_is_not_there_is_named() {
    let mut tale = sound();
    tale.looks(1, &fact(PHONE, 9), "M-9", "received");
    assert_eq!(tale.found(), [Violation::ReceivedInVain(Who::Phone(1), fact(PHONE, 9))]);
}

#[test]
fn a_record_that_is_there_twice_is_doubled_also_under_another_id() {
    let mut tale = sound();
    tale.at_office(&fact(PHONE, 5), Some("hai"));
    assert_eq!(tale.found(), [Violation::Doubled("hai".into())]);
}

#[test]
fn the_same_fact_twice_is_out_of_order() {
    let mut tale = sound();
    tale.at_office(&fact(PHONE, 4), None);
    assert_eq!(tale.found(), [Violation::OutOfOrder(PHONE.into(), 4, 4)]);
}

#[test]
fn what_nobody_wrote_is_named_by_text_and_by_writer() {
    let mut tale = sound();
    tale.at_office(&fact(PHONE, 5), Some("của ai"));
    assert_eq!(tale.found(), [Violation::NobodyWrote("của ai".into())]);

    for stranger in [fact("00000000000000cc", 1), fact(OFFICE, 9)] {
        let mut tale = sound();
        tale.at_office(&stranger, None);
        assert_eq!(tale.found(), [Violation::NobodyWrote(stranger)]);
    }

    let mut tale = sound();
    tale.at_office(&fact(OTHER, 1), None);
    tale.end.phones[1].own.clear();
    assert_eq!(tale.found(), [Violation::NobodyWrote(fact(OTHER, 1))], "its phone does not know it");
}

#[test]
fn a_record_that_was_killed_while_it_was_saved_may_be_there_but_once() {
    for died in [None, Some(Came::Died)] {
        let mut tale = sound();
        tale.writes(0, "ba", died);
        assert_eq!(tale.found(), []);
        tale.at_office(&fact(PHONE, 5), Some("ba"));
        assert_eq!(tale.found(), []);
        tale.at_office(&fact(PHONE, 6), Some("ba"));
        assert_eq!(tale.found(), [Violation::Doubled("ba".into())]);
    }
}

#[test]
fn a_record_that_was_refused_must_not_be_there() {
    let mut tale = sound();
    tale.writes(0, "ba", Some(Came::Refused("chưa chọn địa bàn".into())));
    assert_eq!(tale.found(), []);
    tale.at_office(&fact(PHONE, 5), Some("ba"));
    assert_eq!(tale.found(), [Violation::Unwanted(Who::Phone(0), "ba".into())]);
}

#[test]
fn a_record_that_was_turned_back_must_not_be_there() {
    let mut tale = sound();
    tale.writes(0, "ba", saved(5, "M-3")).undoes(0, &fact(PHONE, 5), done());
    assert_eq!(tale.found(), []);
    tale.at_office(&fact(PHONE, 5), None);
    assert_eq!(tale.found(), [Violation::Unwanted(Who::Phone(0), fact(PHONE, 5))]);
    tale.at_office(&fact(PHONE, 6), Some("ba"));
    assert_eq!(tale.found()[0], Violation::Unwanted(Who::Phone(0), "ba".into()));
}

#[test]
fn a_record_that_was_turned_back_too_late_must_be_there() {
    let mut tale = sound();
    tale.writes(0, "ba", saved(5, "M-3")).undoes(0, &fact(PHONE, 5), Some(Came::Refused("quá lúc".into())));
    let lost = |what: &str| Violation::Lost(Who::Phone(0), what.to_owned());
    assert_eq!(tale.found(), [lost("ba"), lost(&fact(PHONE, 5))]);
    tale.at_office(&fact(PHONE, 5), Some("ba"));
    assert_eq!(tale.found(), []);
}

#[test]
fn a_record_that_was_killed_while_it_was_turned_back_may_be_there() {
    let mut tale = sound();
    tale.writes(0, "ba", saved(5, "M-3")).undoes(0, &fact(PHONE, 5), Some(Came::Died));
    assert_eq!(tale.found(), []);
    tale.at_office(&fact(PHONE, 5), Some("ba"));
    assert_eq!(tale.found(), []);
}

#[test]
fn the_order_at_the_office_is_that_of_each_writer() {
    let mut tale = sound();
    tale.end.log.swap(1, 2);
    assert_eq!(tale.found(), [Violation::OutOfOrder(PHONE.into(), 3, 2)]);
}

#[test]
fn a_phone_that_uses_a_number_again_is_found_in_what_it_said() {
    let mut tale = sound();
    tale.writes(0, "ba", saved(3, "M-3")).at_office(&fact(PHONE, 5), Some("ba"));
    assert_eq!(tale.found()[0], Violation::OutOfOrder(PHONE.into(), 3, 3));
}

#[test]
fn two_phones_of_a_scope_that_show_different_things_are_named() {
    let mut tale = sound();
    tale.end.phones[1].shown.insert("ấp".into(), "một".into());
    assert_eq!(tale.found(), [Violation::Differ("ấp".into(), 0, 1)]);

    let mut tale = sound();
    tale.end.phones[1].shown = [("ấp khác".to_owned(), "một".to_owned())].into();
    assert_eq!(tale.found(), [], "of another scope nothing follows");
}

#[test]
fn a_receipt_that_changes_is_found_on_any_phone() {
    for phone in [0, 1] {
        let mut tale = sound();
        tale.looks(phone, &fact(PHONE, 1), "M-8", "received");
        assert_eq!(tale.found(), [Violation::ReceiptChanged(fact(PHONE, 1), "M-1".into(), "M-8".into())]);
    }
}

#[test]
fn two_records_with_one_receipt_are_found_but_one_turned_back_gives_its_receipt_on() {
    let mut tale = sound();
    tale.writes(0, "ba", saved(5, "M-2")).at_office(&fact(PHONE, 5), Some("ba"));
    assert_eq!(tale.found(), [Violation::ReceiptShared("M-2".into())]);

    let mut tale = sound();
    tale.writes(0, "ba", saved(5, "M-3")).undoes(0, &fact(PHONE, 5), done());
    tale.writes(0, "ba, sửa", saved(7, "M-3")).at_office(&fact(PHONE, 7), Some("ba, sửa"));
    assert_eq!(tale.found(), []);
}

#[test]
fn what_was_called_sent_never_waits_again_unless_something_was_added() {
    for state in ["waiting", "can_undo", "refused", "held"] {
        let mut tale = sound();
        tale.looks(0, &fact(PHONE, 1), "M-1", state);
        assert_eq!(tale.found(), [Violation::WentBack(0, fact(PHONE, 1))]);
    }

    let mut tale = sound();
    let photo = Does::Adds { on: fact(PHONE, 1) };
    tale.call(Who::Phone(0), photo, Some(Came::Died)).looks(0, &fact(PHONE, 1), "M-1", "waiting");
    assert_eq!(tale.found(), [], "a picture was added, perhaps");
}

#[test]
fn a_picture_that_is_not_at_the_office_is_lost() {
    let mut tale = sound();
    let photo = Does::Adds { on: fact(PHONE, 1) };
    tale.call(Who::Phone(0), photo, Some(Came::Told(json!({"hash": "abc"}))));
    assert_eq!(tale.found(), [Violation::PhotoLost(0, "abc".into())]);
    tale.end.photos.insert("abc".into());
    assert_eq!(tale.found(), []);
}

#[test]
fn a_phone_that_still_has_something_to_send_is_named() {
    let mut tale = sound();
    tale.end.phones[1].waiting = 2;
    assert_eq!(tale.found(), [Violation::Waits(1)]);
}
