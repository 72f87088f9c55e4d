//! Formatting and lints.

use super::Outcome;
use crate::{
    command::{cargo, run},
    wasm_std::{Compiler, TARGET},
    workspace::Workspace,
};
use anyhow::Result;

pub fn format(workspace: &Workspace) -> Result<Outcome> {
    run(cargo().args(["fmt", "--all", "--check"]).current_dir(&workspace.root))?;
    Ok(Outcome::Passed)
}

pub fn host(workspace: &Workspace) -> Result<Outcome> {
    let args = ["clippy", "--quiet", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run(cargo().args(args).current_dir(&workspace.root))?;
    Ok(Outcome::Passed)
}

/// Clippy has to be of the same version as the standard library. Debian's compiler brings no clippy,
/// so there the compiler's own warnings have to do.
pub fn wasm(workspace: &Workspace) -> Result<Outcome> {
    let compiler = Compiler::find(workspace)?;
    let target = workspace.target.join("wasm-lint");
    let flags = ["-Ctarget-feature=+simd128".to_owned(), "-Dwarnings".to_owned()];
    let command = match compiler {
        Compiler::Own => "clippy",
        Compiler::Debian { .. } => {
            println!("{} has no clippy: `cargo check` with warnings denied instead.", compiler.describe());
            "check"
        }
    };
    run(compiler
        .cargo(flags)
        .args([command, "--quiet", "--locked", "--package", "guestlens", "--target", TARGET, "--target-dir"])
        .arg(&target)
        .current_dir(&workspace.root))?;
    Ok(Outcome::Passed)
}
