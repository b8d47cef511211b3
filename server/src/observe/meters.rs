//! A small registry of counters, printed in the Prometheus text format.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

macro_rules! meters {
    ($($(#[$doc:meta])+ $field:ident: $kind:ty = $name:literal, $help:literal;)+) => {
        /// Everything that is counted. Reading and counting never wait.
        #[derive(Debug, Default)]
        pub struct Meters {
            $($(#[$doc])+ pub $field: $kind,)+
        }

        impl Meters {
            /// The Prometheus text.
            pub fn to_text(&self) -> String {
                let mut out = String::with_capacity(4096);
                $(self.$field.print($name, $help, &mut out);)+
                out
            }
        }
    };
}

meters! {
    /// Sync requests answered with 200.
    syncs: Counter = "fieldbook_syncs_total", "Sync requests answered";
    /// Facts accepted.
    facts_accepted: Counter = "fieldbook_facts_accepted_total", "Facts acknowledged to their writers";
    /// Facts refused.
    facts_refused: Counter = "fieldbook_facts_refused_total", "Facts refused";
    /// Facts held.
    facts_held: Counter = "fieldbook_facts_held_total", "Facts held because they hang on a refused one";
    /// Bytes of facts sent to phones, before compression.
    fact_bytes_sent: Counter = "fieldbook_fact_bytes_sent_total", "Bytes of facts sent to phones, before compression";
    /// Bytes of request bodies.
    bytes_in: Counter = "fieldbook_request_bytes_total", "Bytes of request bodies";
    /// Bytes of answer bodies.
    bytes_out: Counter = "fieldbook_answer_bytes_total", "Bytes of answer bodies";
    /// Phones enrolled.
    enrolments: Counter = "fieldbook_enrolments_total", "Phones enrolled";
    /// Bytes of photos stored.
    blob_bytes: Counter = "fieldbook_blob_bytes_total", "Bytes of photos stored";
    /// Photos completed.
    blobs_complete: Counter = "fieldbook_blobs_complete_total", "Photos whose hash matched and whose picture was accepted";
    /// Photos refused.
    blobs_refused: Counter = "fieldbook_blobs_refused_total", "Photos refused";
    /// Answers 4xx.
    client_faults: Counter = "fieldbook_client_faults_total", "Requests answered with 4xx";
    /// Answers 5xx.
    server_faults: Counter = "fieldbook_server_faults_total", "Requests answered with 5xx";
    /// Requests told to wait.
    slowed: Counter = "fieldbook_slowed_total", "Requests answered with 429";
    /// Open connections.
    connections: Gauge = "fieldbook_connections", "Open connections";
    /// Requests that wait for the database.
    queue: Gauge = "fieldbook_queue_depth", "Requests that wait for the database";
    /// Photos in examination.
    examining: Gauge = "fieldbook_blobs_examining", "Photos waiting for or under examination";
    /// Time from the arrival of a sync request to its durable commit.
    commit: Latency = "fieldbook_commit_seconds", "Time from a whole sync request to its durable answer";
}

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Counts `more`.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// How many so far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn print(&self, name: &str, help: &str, out: &mut String) {
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {}", self.get());
    }
}

/// A number of things present now.
#[derive(Debug, Default)]
pub struct Gauge(Arc<AtomicI64>);

impl Gauge {
    /// One more, until the guard goes.
    pub fn enter(&self) -> Present {
        self.0.fetch_add(1, Ordering::Relaxed);
        Present(Arc::clone(&self.0))
    }

    /// How many now.
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    fn print(&self, name: &str, help: &str, out: &mut String) {
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {}", self.get());
    }
}

/// Something that is present until this goes out of scope.
pub struct Present(Arc<AtomicI64>);

impl Drop for Present {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Upper ends of the latency classes, in microseconds.
const CLASSES: [u64; 9] = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000, 2_000_000];

/// Durations by class.
#[derive(Debug, Default)]
pub struct Latency {
    classes: [AtomicU64; CLASSES.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

impl Latency {
    /// One took this long.
    pub fn record(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        for (class, _) in self.classes.iter().zip(CLASSES).filter(|(_, upper)| micros <= *upper) {
            class.fetch_add(1, Ordering::Relaxed);
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    fn print(&self, name: &str, help: &str, out: &mut String) {
        let seconds = |micros: u64| micros as f64 / 1e6;
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} histogram");
        for (class, upper) in self.classes.iter().zip(CLASSES) {
            let _ = writeln!(out, "{name}_bucket{{le=\"{}\"}} {}", seconds(upper), class.load(Ordering::Relaxed));
        }
        let count = self.count.load(Ordering::Relaxed);
        let _ = writeln!(out, "{name}_bucket{{le=\"+Inf\"}} {count}");
        let _ = writeln!(out, "{name}_sum {}\n{name}_count {count}", seconds(self.micros.load(Ordering::Relaxed)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meter_is_printed_with_its_type() {
        let meters = Meters::default();
        meters.syncs.add(3);
        meters.commit.record(Duration::from_millis(4));
        let waiting = meters.queue.enter();
        let text = meters.to_text();
        assert!(text.contains("# TYPE fieldbook_syncs_total counter\nfieldbook_syncs_total 3\n"));
        assert!(text.contains("fieldbook_queue_depth 1\n"));
        assert!(text.contains("fieldbook_commit_seconds_bucket{le=\"0.002\"} 0\n"));
        assert!(text.contains("fieldbook_commit_seconds_bucket{le=\"0.005\"} 1\n"));
        assert!(text.contains("fieldbook_commit_seconds_count 1\n"));
        drop(waiting);
        assert_eq!(meters.queue.get(), 0);
    }
}
