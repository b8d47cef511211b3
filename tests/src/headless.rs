//! The headless phone as a separate process: each call opens the database, acts and exits.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use fieldbook_device::store::{Seal, Store};
use serde_json::Value;

use crate::office::{Trouble, program, told};

/// One phone: a folder, and the clock it believes in.
#[derive(Debug, Clone)]
pub struct Phone {
    /// Its folder.
    pub dir: PathBuf,
    /// What its clock says, as RFC 3339; the machine's clock when none.
    pub clock: Option<String>,
}

impl Phone {
    /// A phone whose files are in `dir`.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), clock: None }
    }

    /// The same phone at another time by its own clock.
    pub fn at(&self, clock: &str) -> Self {
        Self { clock: Some(clock.to_owned()), ..self.clone() }
    }

    /// Runs one command and returns what it printed for a person.
    pub fn say(&self, arguments: &[&str]) -> Result<String, Trouble> {
        let output = self.output(arguments)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(Trouble(format!("phone {arguments:?}: {}", told(&output))))
    }

    /// Runs one command with `--json` and reads its answer.
    pub fn json(&self, arguments: &[&str]) -> Result<Value, Trouble> {
        let with_json: Vec<&str> = ["--json"].into_iter().chain(arguments.iter().copied()).collect();
        let text = self.say(&with_json)?;
        serde_json::from_str(&text).map_err(|e| Trouble(format!("phone {arguments:?} printed no JSON ({e}): {text}")))
    }

    /// Runs one command, whatever comes of it.
    pub fn output(&self, arguments: &[&str]) -> Result<Output, Trouble> {
        self.command(arguments).output().map_err(|e| Trouble(e.to_string()))
    }

    /// Starts one command and leaves it running, so that it can be killed.
    pub fn begin(&self, arguments: &[&str]) -> Result<Child, Trouble> {
        self.command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| Trouble(e.to_string()))
    }

    /// Its database, for what no command does. The phone must not be running.
    pub fn store(&self) -> Result<Store, Trouble> {
        let key = std::fs::read(self.dir.join("notebook.key")).map_err(|e| Trouble(e.to_string()))?;
        let seal = Seal::with_key(&key).map_err(|e| Trouble(e.to_string()))?;
        Store::open_sealed(&self.dir.join("fieldbook.db"), seal).map_err(|e| Trouble(e.to_string()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("phone"));
        command.arg("--dir").arg(&self.dir);
        if let Some(clock) = &self.clock {
            command.args(["--clock", clock]);
        }
        command.args(arguments);
        command
    }
}
