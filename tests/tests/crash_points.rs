//! A disk that fails at every single write of a save, an answer, a rebuild, a photo, of what is sent and what the office takes in:
//! nothing that was saved is lost.

#![allow(clippy::panic, clippy::print_stdout)]

use fieldbook_tests::sim::crash_points::{Work, try_each_point};

fn all_of(work: Work) {
    let tally = try_each_point(work).unwrap_or_else(|found| panic!("{work:?}: {found}"));

    println!("{work:?}: {} points, {} ends, {} with the work done", tally.points, tally.ends, tally.done);
    assert!(tally.points > 3, "the disk hardly failed: {tally:?}");
    if work == Work::Receive {
        assert_eq!(tally.done, tally.ends, "however the office ends, the phone goes on until all has arrived");
    } else {
        assert!(tally.done > 0 && tally.done < tally.ends, "both outcomes were met: {tally:?}");
    }
}

#[test]
fn saving_a_visit() {
    all_of(Work::Save);
}

#[test]
fn taking_in_an_answer() {
    all_of(Work::Apply);
}

#[test]
fn folding_the_views_anew() {
    all_of(Work::Rebuild);
}

#[test]
fn attaching_a_photo() {
    all_of(Work::Attach);
}

#[test]
fn sending_a_record_and_its_photo() {
    all_of(Work::Send);
}

#[test]
fn taking_in_a_record_and_its_photo_at_the_office() {
    all_of(Work::Receive);
}
