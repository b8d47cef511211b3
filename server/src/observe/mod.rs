//! What an operator can watch: structured logs with ids and counts only, and numbers for Prometheus.

mod meters;

pub use meters::{Counter, Gauge, Latency, Meters, Present};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// What these say below a warning holds whole headers and addresses, tokens included: nobody may ask for it.
const LIBRARIES: [&str; 8] = ["axum", "h2", "hyper", "hyper_util", "mio", "object_store", "rustls", "tower"];

/// Starts logging as JSON lines to `out`. `filter` is a `RUST_LOG` expression; without one, `info`.
///
/// Logs carry identifiers and counts, never names, texts, positions, tokens or codes.
pub fn start_logging<W>(filter: Option<&str>, out: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let _already_started = tracing::subscriber::set_global_default(json_lines(filter, out));
}

/// The subscriber itself, for tests that look at every line.
pub fn json_lines<W>(filter: Option<&str>, out: W) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let asked = EnvFilter::try_new(filter.unwrap_or("info")).unwrap_or_else(|_| EnvFilter::new("info"));
    let quiet = LIBRARIES.iter().filter_map(|library| format!("{library}=warn").parse().ok());
    let filter = quiet.fold(asked, EnvFilter::add_directive);
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_env_filter(filter)
        .with_writer(out)
        .finish()
}
