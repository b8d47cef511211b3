//! Version 1 as it left the house: its databases, and what its phones and its office said. The code of today opens, reads and
//! answers all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use chrono::DateTime;
use fieldbook_device::engine::{Answer, Config, Effect, Engine, Event};
use fieldbook_device::store::Store;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::WriterId;
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::fault::Fault;
use fieldbook_protocol::invitation::Invitation;
use fieldbook_protocol::pack::{Content, Pack};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};
use fieldbook_protocol::{frame, path};
use fieldbook_server::blob::Blobs;
use fieldbook_server::http::{App, router_in_process};
use fieldbook_server::limits::RateLimits;
use fieldbook_server::observe::Meters;
use fieldbook_server::office::certificate::OfficeKey;
use fieldbook_server::storage::Store as Storage;
use fieldbook_server::storage::sqlite::Sqlite;
use fieldbook_tests::headless::Phone;
use fieldbook_tests::kept::{Kept, PHONES, READER, Spoken, first};
use fieldbook_tests::office::{Office, Transport};
use fieldbook_tests::village::{listed, send, text};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::Value;
use tower::ServiceExt as _;

/// A kept phone's files in a folder, at the time by its clock at which it was kept.
fn phone(kept: &Kept, name: &str, folder: &Path) -> Phone {
    let dir = folder.join(name);
    kept.phone(name, &dir).unwrap();
    at(kept.moment, &dir)
}

/// A phone whose clock stands.
fn at(moment: i64, dir: &Path) -> Phone {
    Phone::new(dir).at(&DateTime::from_timestamp(moment, 0).unwrap().to_rfc3339())
}

/// Everything that was shown then is shown now; there may be more.
fn must_show(now: &Value, then: &Value, at: &str) {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => {
            for (key, then) in then {
                must_show(now.get(key).unwrap_or_else(|| panic!("{at}.{key} is gone")), then, &format!("{at}.{key}"));
            }
        }
        (Value::Array(now), Value::Array(then)) => {
            assert_eq!(now.len(), then.len(), "{at}");
            for (n, (now, then)) in now.iter().zip(then).enumerate() {
                must_show(now, then, &format!("{at}[{n}]"));
            }
        }
        (now, then) => assert_eq!(now, then, "{at}"),
    }
}

fn must_show_all(phone: &Phone, kept: &Kept, name: &str) {
    let shown = kept.shown(name).unwrap();
    let rows = listed(phone).unwrap();
    assert_eq!(rows.len(), shown.len(), "{name}");
    for (row, then) in rows.iter().zip(&shown) {
        must_show(row, &then.row, name);
        must_show(&phone.json(&["show", text(row, "id").unwrap()]).unwrap(), &then.page, name);
    }
}

#[test]
fn its_phones_open_and_show_what_they_showed_also_after_a_rebuild() {
    let (kept, folder) = (Kept::open(1).unwrap(), tempfile::tempdir().unwrap());
    for name in PHONES {
        let phone = phone(&kept, name, folder.path());
        must_show_all(&phone, &kept, name);

        phone.say(&["rebuild"]).unwrap();

        must_show_all(&phone, &kept, name);
        assert_eq!(phone.say(&["check"]).unwrap(), "Sổ nguyên vẹn.");
    }
}

#[test]
fn its_office_opens_and_its_phones_send_what_they_had_not_sent() {
    let (kept, folder) = (Kept::open(1).unwrap(), tempfile::tempdir().unwrap());
    let data = folder.path().join("office");
    kept.office(&data).unwrap();
    let mut office = Office::open(&data, Transport::Plain);
    office.run(&["check"]).unwrap();
    let cases = office.lines(&["office", "list"]).unwrap().len();
    office.start().unwrap();
    let [head, liaison] = PHONES.map(|name| {
        let phone = phone(&kept, name, folder.path());
        let store = phone.store().unwrap();
        let there = Invitation { server: office.url().into(), code: String::new(), root: None };
        store.write(|tx| tx.set_meta("office", there.to_text())).unwrap();
        phone
    });

    let drafts = head.json(&["draft", "list"]).unwrap();
    assert_eq!(drafts.as_array().unwrap().len(), 1, "{drafts}");
    let saved = head.json(&["draft", "save", text(&drafts[0], "id").unwrap()]).unwrap();
    let later = at(kept.moment + 60, &head.dir);
    for phone in [&later, &liaison] {
        send(phone).unwrap();
    }

    let there = office.lines(&["office", "list"]).unwrap();
    assert_eq!(there.len(), cases + 2, "what waited and what was a draft have arrived: {there:?}");
    let drafted = office.json(&["office", "show", text(&saved, "receipt").unwrap()]).unwrap();
    assert_eq!((&drafted["texts"]["text"], &drafted["photos"][0]["hash"].is_string()), (&"Rác chưa được gom".into(), &true));
    let checked = office.json(&["check"]).unwrap();
    assert_eq!(checked["photos_under_way"], 0, "their pictures too: {checked}");
    for phone in [&later, &liaison] {
        assert_eq!(phone.say(&["check"]).unwrap(), "Sổ nguyên vẹn.");
    }
}

/// The server of today over the kept office, at the time at which it was kept.
fn server(kept: &Kept, data: &Path) -> axum::Router {
    kept.office(data).unwrap();
    let moment = kept.moment;
    router_in_process(Arc::new(App {
        store: Storage::new(Sqlite::open(&data.join("office.db")).unwrap()),
        blobs: Arc::new(Blobs::open(&data.join("blobs")).unwrap()),
        key: Arc::new(OfficeKey::from_seed(&std::fs::read(data.join("keys").join("office.key")).unwrap()).unwrap()),
        limits: RateLimits::new(u32::MAX),
        meters: Meters::default(),
        clock: Arc::new(move || moment),
        stall: Duration::from_secs(30),
        started: Instant::now(),
        aside: None,
    }))
}

async fn ask(server: &axum::Router, spoken: &Spoken) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let mut request = Request::builder().method(spoken.method.as_str()).uri(&spoken.path);
    for (name, value) in &spoken.heads {
        request = request.header(name, value);
    }
    let answer = server.clone().oneshot(request.body(Body::from(spoken.request().unwrap())).unwrap()).await.unwrap();
    let heads = answer.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status().as_u16(), heads, axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec())
}

/// What a phone of version 1 reads in a frame.
fn as_then<T: for<'b> minicbor::Decode<'b, ()>>(frame: &[u8]) -> T {
    frame::unpack(frame).unwrap_or_else(|error| panic!("a phone of version 1 does not understand it: {error}"))
}

/// Asked again what it was asked then, the office gives every verdict as it did, and every fact it told byte for byte, unless that
/// was erased since; a phone of version 1 can read all of it.
#[tokio::test]
async fn its_requests_are_answered_so_that_its_phones_understand() {
    let (kept, folder) = (Kept::open(1).unwrap(), tempfile::tempdir().unwrap());
    let server = server(&kept, &folder.path().join("office"));
    let (mut told_then, mut told_now) = (BTreeMap::new(), BTreeMap::new());
    let mut verdicts = 0;
    for spoken in kept.spoken().unwrap() {
        let (status, heads, body) = ask(&server, &spoken).await;
        let then = spoken.answer().unwrap();
        assert_eq!(status, spoken.status, "{} {}", spoken.method, spoken.path);
        if status != 200 && spoken.path == path::SYNC {
            assert_eq!(as_then::<first::Fault>(&body).code, as_then::<first::Fault>(&then).code);
        } else if spoken.path == path::SYNC {
            let (now, then) = (as_then::<first::SyncAnswer>(&body), as_then::<first::SyncAnswer>(&then));
            assert_eq!(
                (now.epoch, &now.acknowledged, &now.refused, &now.held),
                (then.epoch, &then.acknowledged, &then.refused, &then.held)
            );
            verdicts +=
                now.acknowledged.iter().flatten().map(|run| run.1).sum::<u64>() + now.refused.iter().flatten().count() as u64;
            for (answer, told) in [(now, &mut told_now), (then, &mut told_then)] {
                let facts = answer.facts.into_iter().flat_map(|facts| facts.0);
                told.extend(facts.map(|(id, order, content)| ((spoken.phone.clone(), id), (order, content))));
            }
        } else if spoken.path == path::ENROL {
            let (now, then) = (as_then::<first::EnrolAnswer>(&body), as_then::<first::EnrolAnswer>(&then));
            assert_eq!(first::EnrolAnswer { now: then.now, ..now }, then);
        } else {
            for (name, value) in &spoken.answer_heads {
                assert!(heads.contains(&(name.clone(), value.clone())) || spoken.method == "PATCH", "{name}: {value}");
            }
        }
    }
    assert!(verdicts > 5 && told_then.len() > 50, "{verdicts} verdicts, {} facts", told_then.len());
    for (id, (order, content)) in &told_then {
        let Some((order_now, content_now)) = told_now.get(id) else { panic!("{id:?} is not told any more") };
        assert!(order == order_now && (content == content_now || content_now.len() == 32), "{id:?} is another one");
    }
}

#[test]
fn its_answers_are_read_again_and_add_up_to_what_its_phone_showed() {
    let (kept, folder) = (Kept::open(1).unwrap(), tempfile::tempdir().unwrap());
    let spoken: Vec<Spoken> = kept.spoken().unwrap().into_iter().filter(|spoken| spoken.phone == READER).collect();
    let (enrolment, syncs): (Vec<&Spoken>, Vec<&Spoken>) = spoken.iter().partition(|spoken| spoken.path == path::ENROL);
    let store = Store::open(&folder.path().join("fieldbook.db")).unwrap();
    let asked: EnrolRequest = frame::unpack(&enrolment[0].request().unwrap()).unwrap();
    let answered: EnrolAnswer = frame::unpack(&enrolment[0].answer().unwrap()).unwrap();
    store.write(|tx| tx.begin_account(WriterId(asked.writer), *asked.token, &answered, kept.moment)).unwrap();
    let (mut engine, mut rng) = (Engine::new(Config::default()), StdRng::seed_from_u64(1));

    for sync in syncs {
        engine.handle(&store, kept.moment * 1000, Event::Nudge, &mut rng).unwrap();
        let effect = engine.next(&store, kept.moment * 1000, &mut rng).unwrap();
        assert!(matches!(effect, Effect::Post { path: path::SYNC, .. }), "{effect:?}");
        let answer = Answer { status: sync.status, body: sync.answer().unwrap(), ..Answer::default() };
        engine.handle(&store, kept.moment * 1000, Event::Answered(answer), &mut rng).unwrap();
    }

    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    drop(store);
    must_show_all(&at(kept.moment, folder.path()), &kept, READER);
}

/// Facts in a pack, opened and packed again.
fn must_come_through(pack: Option<&Pack>, own: WriterId) -> usize {
    let Some(pack) = pack else { return 0 };
    let items = pack.items(own).unwrap();
    for item in &items {
        if let Content::Whole(fact) = &item.content {
            let again = Fact::open(item.id, fact.content().to_vec()).unwrap();
            assert_eq!((again.content(), again.hash()), (fact.content(), fact.hash()));
        }
    }
    assert_eq!(&Pack::of(own, &items), pack);
    items.len()
}

#[test]
fn every_message_it_sent_is_read_and_written_again_without_a_byte_of_difference() {
    let kept = Kept::open(1).unwrap();
    let mut writers: BTreeMap<String, WriterId> = BTreeMap::new();
    let (mut facts, mut faults) = (0, 0);
    for spoken in kept.spoken().unwrap() {
        let (request, answer) = (spoken.request().unwrap(), spoken.answer().unwrap());
        if spoken.path == path::ENROL {
            let asked: EnrolRequest = frame::unpack(&request).unwrap();
            writers.insert(spoken.phone.clone(), WriterId(asked.writer));
            must_be_the_same(&asked, &request);
            must_be_the_same(&frame::unpack::<EnrolAnswer>(&answer).unwrap(), &answer);
        } else if spoken.path == path::SYNC && spoken.status == 200 {
            let own = writers[&spoken.phone];
            let (asked, told): (SyncRequest, SyncAnswer) = (frame::unpack(&request).unwrap(), frame::unpack(&answer).unwrap());
            facts += must_come_through(asked.facts.as_ref(), own) + must_come_through(told.facts.as_ref(), own);
            must_be_the_same(&asked, &request);
            must_be_the_same(&told, &answer);
        } else if spoken.status >= 300 {
            faults += 1;
            must_be_the_same(&frame::unpack::<Fault>(&answer).unwrap(), &answer);
        }
    }
    assert!(facts > 50, "{facts} facts, {faults} faults");
}

/// The message of today says the same bytes as the one in this frame.
fn must_be_the_same<T: minicbor::Encode<()>>(message: &T, frame: &[u8]) {
    struct Raw(Vec<u8>);
    impl<'b, C> minicbor::Decode<'b, C> for Raw {
        fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
            let from = d.position();
            d.skip()?;
            Ok(Self(d.input()[from..d.position()].to_vec()))
        }
    }
    assert_eq!(minicbor::to_vec(message).unwrap(), frame::unpack::<Raw>(frame).unwrap().0);
}
