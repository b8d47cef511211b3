//! Threads for long work: where processors are short, they step back behind those that answer.

use std::io;
use std::thread::available_parallelism;

use tokio::runtime::{Builder, Runtime};

/// About a tenth of what another thread gets that wants the same processor; without it long work would wait for ever.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// A runtime for blocking work only, as much of it at once as there are processors.
pub fn runtime() -> io::Result<Runtime> {
    let processors = available_parallelism().map_or(1, usize::from);
    Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(processors)
        .thread_name("aside")
        .on_thread_start(step_back)
        .build()
}

/// Lets the present thread step back for good: there is no way back without special rights.
pub fn step_back() {
    // Elsewhere it would be the whole process.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICE) {
        tracing::warn!(%error, "a thread for long work runs like all others");
    }
}
