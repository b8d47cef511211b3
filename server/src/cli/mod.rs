//! The program `fieldbook-server`: serving, and everything the office does by hand on the same data folder.

mod copies;
mod data;
mod desk;
mod devices;
mod export;
mod fault;
mod find;
mod people;
mod serve;
mod show;
mod units;
mod units_csv;

use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, Subcommand};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use ring::rand::{SecureRandom as _, SystemRandom};

use data::DataFolder;
pub use fault::CliFault;

/// The office's half of the field notebook.
#[derive(Debug, Parser)]
#[command(name = "fieldbook-server", version, about)]
pub struct Command {
    /// Folder of the organisation.
    #[arg(long, global = true, default_value = "data")]
    data: PathBuf,
    /// Print JSON where something is listed or shown.
    #[arg(long, global = true)]
    json: bool,
    /// What to do.
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Answer phones until told to stop.
    Serve(serve::ServeArgs),
    /// Begin an organisation in an empty folder.
    Init {
        /// Its name, as shown on phones.
        #[arg(long)]
        name: String,
    },
    /// Add units from a CSV file with the columns code,level,kind,name,parent_code; only new ones are added.
    ImportUnits {
        /// The file.
        file: PathBuf,
    },
    /// List units, or those that fit a text.
    Units {
        /// Name, with or without marks.
        text: Option<String>,
    },
    /// Colleagues.
    #[command(subcommand)]
    Person(people::PersonVerb),
    /// Posts held by colleagues.
    #[command(subcommand)]
    Post(people::PostVerb),
    /// Make a code that enrols a phone once.
    Invite(people::InviteArgs),
    /// Phones: list them, or confirm one that came back after a restore.
    Devices {
        /// What to do; list when left out.
        #[command(subcommand)]
        verb: Option<devices::DevicesVerb>,
    },
    /// Shut a phone out.
    Revoke {
        /// Its writer number, 16 digits.
        writer: String,
    },
    /// Copy the database and the photos while the server runs. The keys are not in it.
    Backup {
        /// A folder that does not exist yet.
        to: PathBuf,
    },
    /// Put a backup in place and begin a new epoch. The server must not run.
    Restore {
        /// The folder of the backup.
        from: PathBuf,
    },
    /// Look whether everything kept is sound.
    Check,
    /// Print visits, problems, petitions and reports as CSV.
    Export,
    /// The work of the desk on cases.
    #[command(subcommand)]
    Office(desk::OfficeVerb),
}

/// Where a command prints.
pub type Out<'a> = &'a mut dyn Write;

impl Command {
    /// Does it.
    pub fn run(self, out: Out<'_>) -> Result<(), CliFault> {
        let data = DataFolder::at(&self.data);
        match self.verb {
            Verb::Serve(args) => serve::serve(&data, &args, out),
            Verb::Init { name } => units::init(&data, &name, out),
            Verb::ImportUnits { file } => units::import(&data, &file, out),
            Verb::Units { text } => units::list(&data, text.as_deref(), self.json, out),
            Verb::Person(verb) => people::person(&data, verb, self.json, out),
            Verb::Post(verb) => people::post(&data, verb, out),
            Verb::Invite(args) => people::invite(&data, args, self.json, out),
            Verb::Devices { verb } => devices::devices(&data, verb, self.json, out),
            Verb::Revoke { writer } => devices::revoke(&data, &writer, out),
            Verb::Backup { to } => copies::backup(&data, &to, out),
            Verb::Restore { from } => copies::restore(&data, &from, out),
            Verb::Check => copies::check(&data, self.json, out),
            Verb::Export => export::export(&data, out),
            Verb::Office(verb) => desk::office(&data, verb, self.json, out),
        }
    }
}

/// Unix seconds.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

/// The system's randomness.
fn random() -> Result<StdRng, CliFault> {
    let mut seed = [0; 32];
    let unready = |_| CliFault::Asked("the system has no random numbers ready; try again".into());
    SystemRandom::new().fill(&mut seed).map_err(unready)?;
    Ok(StdRng::from_seed(seed))
}
