//! `make bench`: prints the measured figures beside their floors and peers and writes `target/bench.json`.

#![allow(clippy::print_stderr)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use fieldbook_tests::bench::{self, Extent, Measured, PARTS};

/// Measures bytes, requests and times.
#[derive(Debug, Parser)]
struct Command {
    /// Everything once and small, only to see that it works.
    #[arg(long)]
    small: bool,
    /// Only these parts: wire, save, look, load, refill.
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(PARTS.map(|(name, _)| name)))]
    only: Vec<String>,
    /// Where to put the figures.
    #[arg(long, default_value = "target/bench.json")]
    json: PathBuf,
    /// Where the databases lie meanwhile; on the disk that matters.
    #[arg(long, default_value = "target")]
    folder: PathBuf,
}

fn main() -> ExitCode {
    match run(&Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The measurement stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Measured<()> {
    std::fs::create_dir_all(&command.folder)?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(&command.folder)?;
    let extent = if command.small { Extent::SMALL } else { Extent::FULL };
    bench::run(extent, &command.only, folder.path(), &command.json, &mut std::io::stdout().lock())?;
    Ok(())
}
