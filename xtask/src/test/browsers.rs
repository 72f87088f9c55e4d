//! The tests that need browsers: what is missing is installed, then every `tests/e2e/*.test.mjs` runs.

use super::Outcome;
use crate::{
    build,
    command::{run, which},
    setup,
    workspace::Workspace,
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// A browser: the variable that may name its program (`tests/e2e/lib.mjs` reads it), the names it may
/// have on PATH, and its Debian package.
struct Browser {
    variable: &'static str,
    programs: &'static [&'static str],
    package: &'static str,
}

const BROWSERS: [Browser; 2] = [
    Browser { variable: "CHROMIUM", programs: &["chromium", "google-chrome", "chromium-browser"], package: "chromium" },
    Browser { variable: "FIREFOX", programs: &["firefox-esr", "firefox"], package: "firefox-esr" },
];

impl Browser {
    fn program(&self) -> Option<PathBuf> {
        let named = env::var_os(self.variable).map(PathBuf::from);
        named.or_else(|| self.programs.iter().find_map(|program| which(program)))
    }
}

pub fn end_to_end(workspace: &Workspace) -> Result<Outcome> {
    if !setup::has("node") || !setup::has("npm") {
        install("Node.js", &["nodejs", "npm"])?;
    }
    let missing: Vec<&str> =
        BROWSERS.iter().filter(|browser| browser.program().is_none()).map(|browser| browser.package).collect();
    if !missing.is_empty() {
        install("browsers", &missing)?;
    }
    let e2e = workspace.e2e();
    node_modules(&e2e)?;
    // What is tested is what the sources say now; where nothing has changed this takes no time.
    build::build(workspace, &build::Options { bench: true, ..build::Options::default() })?;

    let tests = tests(&e2e)?;
    ensure!(!tests.is_empty(), "no tests in {}", workspace.show(&e2e));
    let mut failed = Vec::new();
    for test in &tests {
        let name = test.file_name().context("a file has a name")?.to_string_lossy();
        println!("-- {name}");
        let begin = Instant::now();
        let programs = BROWSERS.iter().filter_map(|browser| Some((browser.variable, browser.program()?)));
        if run(Command::new("node").arg(test).envs(programs).current_dir(&e2e)).is_err() {
            failed.push(name.into_owned());
        }
        println!("-- {:.1} s", begin.elapsed().as_secs_f64());
    }
    ensure!(failed.is_empty(), "{}", failed.join(", "));
    Ok(Outcome::Passed)
}

fn install(what: &str, packages: &[&str]) -> Result<()> {
    if !setup::can_install() {
        bail!("{} not found, and they can be installed here only by hand", packages.join(" and "));
    }
    setup::update_index_for(packages[0])?;
    setup::install(what, packages)
}

/// `npm ci` takes seconds, but only a changed lock file needs it.
fn node_modules(e2e: &Path) -> Result<()> {
    let lock = fs::read(e2e.join("package-lock.json"))?;
    let stamp = e2e.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the test drivers (npm ci)…");
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(e2e))?;
    Ok(fs::write(stamp, lock)?)
}

fn tests(e2e: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(e2e)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut tests: Vec<_> = files.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    tests.sort();
    Ok(tests)
}
