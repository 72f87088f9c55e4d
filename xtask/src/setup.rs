//! Installs what is missing and says so. Nothing is installed that is already there.

use crate::command::{output, run_silently, which};
use anyhow::{Context, Result};
use std::process::Command;

pub fn has(program: &str) -> bool {
    which(program).is_some()
}

/// Debian packages can be installed here without asking anybody for a password.
pub fn can_install() -> bool {
    has("apt-get") && (is_root() || may_sudo())
}

pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    println!("Installing {what} (Debian packages: {})…", packages.join(" "));
    // Never at the price of something else: `--no-remove`.
    let args = [&["install", "-y", "--no-install-recommends", "--no-remove"], packages].concat();
    let by_hand = || format!("install by hand: apt-get install {}", packages.join(" "));
    // An index that is too old names files which are gone from the mirror.
    apt_get(&args).or_else(|_| update_index().and_then(|()| apt_get(&args))).with_context(by_hand)
}

/// Fetches the package index, unless it can tell where that package is already.
pub fn update_index_for(package: &str) -> Result<()> {
    let policy = output(Command::new("apt-cache").args(["policy", package])).unwrap_or_default();
    let known = policy.lines().any(|line| line.trim().starts_with("Candidate:") && !line.contains("(none)"));
    if known {
        return Ok(());
    }
    update_index()
}

fn update_index() -> Result<()> {
    println!("Updating the package index (apt-get update)…");
    apt_get(&["update"])
}

fn apt_get(args: &[&str]) -> Result<()> {
    let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root() {
        command.args(["-n", "apt-get"]);
    }
    run_silently(command.args(["-q", "-q"]).args(args).env("DEBIAN_FRONTEND", "noninteractive"))
}

pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn may_sudo() -> bool {
    output(Command::new("sudo").args(["-n", "true"])).is_ok()
}
