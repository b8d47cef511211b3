//! The real server as a separate process, on loopback, in a folder of its own: started, stopped, killed, asked by its own commands.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// What went wrong while driving a process.
#[derive(Debug)]
pub struct Trouble(pub String);

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

/// How the server is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// HTTP on loopback, as the counting proxies need it.
    Plain,
    /// TLS with a root the server makes for itself.
    OwnRoot,
}

/// An organisation on disk, and its server when it runs.
pub struct Office {
    data: PathBuf,
    transport: Transport,
    listen: String,
    requests_per_hour: Option<u32>,
    running: Option<Running>,
}

struct Running {
    child: Child,
    url: String,
}

impl Office {
    /// A new organisation called `name` in `data`, which must not exist yet. Not running.
    pub fn create(data: &Path, name: &str, transport: Transport) -> Result<Self, Trouble> {
        let office =
            Self { data: data.to_owned(), transport, listen: "127.0.0.1:0".into(), requests_per_hour: None, running: None };
        office.run(&["init", "--name", name])?;
        Ok(office)
    }

    /// An organisation that is already in `data`. Not running.
    pub fn open(data: &Path, transport: Transport) -> Self {
        Self { data: data.to_owned(), transport, listen: "127.0.0.1:0".into(), requests_per_hour: None, running: None }
    }

    /// From the next start on, phones may ask so often.
    pub fn allow(&mut self, requests_per_hour: u32) {
        self.requests_per_hour = Some(requests_per_hour);
    }

    /// Where its files are.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Starts the server and waits until it listens. After a stop it comes back on the port it had.
    pub fn start(&mut self) -> Result<(), Trouble> {
        let mut command = self.command(&["serve", "--listen", &self.listen.clone()]);
        if self.transport == Transport::Plain {
            command.arg("--plain");
        }
        if let Some(requests) = self.requests_per_hour {
            command.args(["--phone-requests-per-hour", &requests.to_string()]);
        }
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log_path()).map_err(trouble)?;
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().map_err(trouble)?;
        let Some(stdout) = child.stdout.take() else {
            return Err(Trouble("the server has no output".into()));
        };
        let mut lines = BufReader::new(stdout);
        let mut line = String::new();
        while lines.read_line(&mut line).map_err(trouble)? > 0 {
            if let Some(url) = line.trim().strip_prefix("listening on ") {
                let url = url.split_whitespace().next().unwrap_or(url).trim_end_matches('/').to_owned();
                url.split("//").nth(1).unwrap_or_default().clone_into(&mut self.listen);
                // The server writes little more, but a full pipe must never stop it.
                std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
                self.running = Some(Running { child, url });
                return Ok(());
            }
            line.clear();
        }
        let status = child.wait().map_err(trouble)?;
        let log = std::fs::read_to_string(self.log_path()).unwrap_or_default();
        Err(Trouble(format!("the server ended with {status} before it listened: {log}")))
    }

    /// Address of the running server; empty when it does not run.
    pub fn url(&self) -> &str {
        self.running.as_ref().map_or("", |running| &running.url)
    }

    /// Process id of the running server.
    pub fn pid(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// Kills the server as a power cut would: SIGKILL, no goodbye.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }

    /// Asks the server to stop (SIGTERM) and waits until it has.
    pub fn stop(&mut self) -> Result<(), Trouble> {
        if let Some(mut running) = self.running.take() {
            let asked = Command::new("kill").args(["-TERM", &running.child.id().to_string()]).status().map_err(trouble)?;
            if !asked.success() {
                return Err(Trouble("the server could not be asked to stop".into()));
            }
            let status = running.child.wait().map_err(trouble)?;
            if !status.success() {
                return Err(Trouble(format!("the server stopped with {status}")));
            }
        }
        Ok(())
    }

    /// Runs one of the server's commands on this organisation and returns what it printed.
    pub fn run(&self, arguments: &[&str]) -> Result<String, Trouble> {
        let output = self.command(arguments).output().map_err(trouble)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(Trouble(format!("{arguments:?}: {}", told(&output))))
    }

    /// Runs a command with `--json` and reads its answer.
    pub fn json(&self, arguments: &[&str]) -> Result<Value, Trouble> {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let text = self.run(&with_json)?;
        serde_json::from_str(&text).map_err(|e| Trouble(format!("{arguments:?} printed no JSON ({e}): {text}")))
    }

    /// Runs a command with `--json` that prints one record a line.
    pub fn lines(&self, arguments: &[&str]) -> Result<Vec<Value>, Trouble> {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let text = self.run(&with_json)?;
        let line = |line: &str| {
            serde_json::from_str(line).map_err(|e| Trouble(format!("{arguments:?} printed no JSON ({e}): {line}")))
        };
        text.lines().map(line).collect()
    }

    /// Invites a person, who may exist already, and returns the text of the code. `server` is where the phone will look.
    pub fn invite(&self, arguments: &[&str], server: &str) -> Result<String, Trouble> {
        let all: Vec<&str> = ["invite"].into_iter().chain(arguments.iter().copied()).chain(["--server", server]).collect();
        let printed = self.run(&all)?;
        printed
            .split_whitespace()
            .find(|word| word.starts_with("FIELDBOOK1:"))
            .map(str::to_owned)
            .ok_or_else(|| Trouble(format!("no code in {printed}")))
    }

    /// What the server wrote to its log so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    fn log_path(&self) -> PathBuf {
        self.data.with_extension("log")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("fieldbook-server"));
        command.args(arguments).arg("--data").arg(&self.data);
        command
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A program of this workspace, built beside the one that runs now.
pub fn program(name: &str) -> PathBuf {
    let mut folder = std::env::current_exe().unwrap_or_default();
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    folder.join(name)
}

/// What a command that failed had to say.
pub fn told(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{}\n{}\n{}", output.status, out.trim(), err.trim())
}

fn trouble(error: std::io::Error) -> Trouble {
    Trouble(error.to_string())
}
