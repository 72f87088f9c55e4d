//! Trunk has to give the very page that `cargo xtask build` gives.

use super::Outcome;
use crate::{build, command::run, setup, workspace::Workspace};
use anyhow::{Result, ensure};
use std::{fs, process::Command};

pub fn same_page(workspace: &Workspace) -> Result<Outcome> {
    if !setup::has("trunk") {
        return Ok(Outcome::Skipped("trunk is not on PATH (optional: cargo install trunk --locked)"));
    }
    let ours = build::build(workspace, &build::Options::default())?;
    let out = workspace.target.join("trunk-dist");
    run(Command::new("trunk")
        .args(["build", "--release", "--offline=true", "--dist"])
        .arg(&out)
        .env_remove("NO_COLOR") // Trunk takes only true or false for it
        .current_dir(&workspace.root))?;
    let (ours, theirs) = (fs::read(ours)?, fs::read(out.join("index.html"))?);
    ensure!(ours == theirs, "Trunk's page differs: {} B, ours {} B", theirs.len(), ours.len());
    Ok(Outcome::Passed)
}
