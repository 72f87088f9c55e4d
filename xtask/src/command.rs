//! Small helpers around `std::process::Command`.

use anyhow::{Context, Result, bail, ensure};
use std::{
    env,
    ffi::OsStr,
    io::IsTerminal,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The cargo that runs this very program.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Adds `--quiet`, unless somebody is watching: a terminal gets cargo's progress, a log only what matters.
pub fn quiet(command: &mut Command) -> &mut Command {
    if std::io::stderr().is_terminal() { command } else { command.arg("--quiet") }
}

/// Runs a command whose output the person sees.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start {}", name(command)))?;
    ensure!(status.success(), "{} ended with {status}", name(command));
    Ok(())
}

/// Runs a command whose output the person sees only if it fails.
pub fn run_silently(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("could not start {}", name(command)))?;
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    }
    ensure!(output.status.success(), "{} ended with {}", name(command), output.status);
    Ok(())
}

/// Runs a command for its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::null()).output().with_context(|| format!("could not start {}", name(command)))?;
    ensure!(output.status.success(), "{} ended with {}", name(command), output.status);
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command silently and gives up on it after a while: for attempts that may hang without a network.
pub fn attempt(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let end = Instant::now() + limit;
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "{} ended with {status}", name(command));
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    child.kill()?;
    child.wait()?;
    bail!("{} took longer than {} s", name(command), limit.as_secs())
}

/// The program of that name on PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    let (path, file) = (env::var_os("PATH")?, format!("{program}{}", env::consts::EXE_SUFFIX));
    env::split_paths(&path).map(|dir| dir.join(&file)).find(|file| file.is_file())
}

pub fn cargo_home() -> Option<PathBuf> {
    let home = || env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from);
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| home().map(|home| home.join(".cargo")))
}

/// Keeps a folder of the builder's out of panic messages, so that every machine builds the same bytes.
pub fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
