//! The program `fieldbook-server`.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use fieldbook_server::cli::Command;
use fieldbook_server::observe;

fn main() -> ExitCode {
    observe::start_logging(std::env::var("RUST_LOG").ok().as_deref(), std::io::stderr);
    let Err(fault) = Command::parse().run(&mut std::io::stdout().lock()) else {
        return ExitCode::SUCCESS;
    };
    // There is nobody left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "error: {fault}");
    ExitCode::FAILURE
}
