//! What is known of a running process: its cores, its processor time, its memory.

use std::process::Command;

use super::Measured;

/// Keeps a process on these cores; false when that cannot be done here.
pub fn pin(pid: u32, cores: &str) -> bool {
    all_cores() > 1
        && Command::new("taskset").args(["-a", "-cp", cores, &pid.to_string()]).output().is_ok_and(|done| done.status.success())
}

/// Keeps a server on one core and this process, which plays the phones, on another, until dropped.
pub struct Apart {
    done: bool,
}

impl Apart {
    /// Sets them apart, when that can be done here.
    pub fn set(server: u32) -> Self {
        Self { done: pin(server, "0") && pin(std::process::id(), "1") }
    }

    /// What to say of it.
    pub fn told(&self) -> &'static str {
        if self.done { "server pinned to one core, phones on another" } else { "not pinned: one core only, or no taskset" }
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        if self.done {
            pin(std::process::id(), &format!("0-{}", all_cores().saturating_sub(1)));
        }
    }
}

/// Of the machine: a process that is pinned is otherwise told only of its own.
fn all_cores() -> usize {
    std::fs::read_dir("/sys/devices/system/cpu").map_or(1, |cpus| {
        let is_core = |name: &str| name.strip_prefix("cpu").is_some_and(|rest| rest.parse::<usize>().is_ok());
        cpus.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_core)).count()
    })
}

/// Processor time a process has used, in user and kernel mode.
pub fn cpu_seconds(pid: u32) -> Measured<f64> {
    /// Ticks a second that the kernel tells users, whatever it uses inside.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| -> Measured<f64> { Ok(fields.get(at).ok_or("no processor time")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) / TICKS)
}

/// The most memory a process ever used, in MiB.
pub fn peak_mib(pid: u32) -> Measured<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no memory figures")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1024.0)
}
