//! `make bench`: prints the measured figures beside their floors and peers and writes `target/bench.json`.

#![allow(clippy::print_stderr)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use fieldbook_tests::bench::{self, Extent, Measured, PARTS, peer};

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
    /// Instead of measuring: writes the visits and the photo that all peers are given.
    #[arg(long, value_name = "FOLDER")]
    export_visits: Option<PathBuf>,
    /// Instead of measuring: a server and a phone that do with those visits what is said on standard input.
    #[arg(long, value_name = "FOLDER")]
    peer: Option<PathBuf>,
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
    if let Some(exported) = &command.export_visits {
        return peer::export(exported);
    }
    std::fs::create_dir_all(&command.folder)?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(&command.folder)?;
    if let Some(exported) = &command.peer {
        return peer::obey(exported, folder.path(), &mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    }
    let extent = if command.small { Extent::SMALL } else { Extent::FULL };
    bench::run(extent, &command.only, folder.path(), &command.json, &mut std::io::stdout().lock())?;
    Ok(())
}
