//! `cargo xtask test`: everything CI runs. Stops at the first step that fails and says what to do.

mod browsers;
mod lint;
mod trunk;

use crate::{
    build,
    command::{cargo, run},
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    time::{Duration, Instant},
};

/// What a step came to.
pub enum Outcome {
    Passed,
    /// It cannot run here, and that is no fault of the code.
    Skipped(&'static str),
}

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Workspace) -> Result<Outcome>,
    /// What to do when it fails.
    remedy: &'static str,
}

/// Cheap steps first: whoever made a mistake should hear of it soon.
const STEPS: &[Step] = &[
    Step { name: "fmt", what: "formatting", run: lint::format, remedy: "cargo fmt --all" },
    Step {
        name: "clippy",
        what: "lints, host",
        run: lint::host,
        remedy: "mend what it names; a lint that is wrong here gets an #[expect(…, reason)]",
    },
    Step {
        name: "unit",
        what: "tests without a browser",
        run: unit,
        remedy: "cargo test --workspace <name of the test>",
    },
    Step {
        name: "build",
        what: "the page, its imports and its policy",
        run: build_page,
        remedy: "read the message; `cargo xtask build --bless` accepts an intended change",
    },
    Step { name: "clippy-wasm", what: "lints, wasm32", run: lint::wasm, remedy: "mend what it names" },
    Step {
        name: "trunk",
        what: "the same page by Trunk",
        run: trunk::same_page,
        remedy: "Trunk.toml and xtask must build the same bytes",
    },
    Step {
        name: "browsers",
        what: "Chromium and Firefox",
        run: browsers::end_to_end,
        remedy: "node tests/e2e/<name>.test.mjs chromium; pictures and reports are in tests/e2e/out",
    },
    Step {
        name: "bench",
        what: "answers of the benchmark",
        run: bench,
        remedy: "cargo bench -p guestlens-core -- --quick-check",
    },
];

pub fn test(workspace: &Workspace, only: Option<&str>, list: bool) -> Result<()> {
    if list {
        for step in STEPS {
            println!("{:12} {}", step.name, step.what);
        }
        return Ok(());
    }
    let wanted: Vec<&str> = only.map(|names| names.split(',').collect()).unwrap_or_default();
    let unknown = wanted.iter().find(|name| STEPS.iter().all(|step| step.name != **name));
    ensure!(unknown.is_none(), "no step is named {}; see `cargo xtask test --list`", unknown.unwrap_or(&""));

    let start = Instant::now();
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for step in STEPS.iter().filter(|step| wanted.is_empty() || wanted.contains(&step.name)) {
        println!("\n== {}: {}", step.name, step.what);
        let begin = Instant::now();
        match (step.run)(workspace) {
            Ok(Outcome::Passed) => {
                passed += 1;
                println!("== {} passed in {}", step.name, seconds(begin.elapsed()));
            }
            Ok(Outcome::Skipped(why)) => {
                skipped += 1;
                println!("== {} skipped: {why}", step.name);
            }
            Err(error) => {
                failed += 1;
                println!(
                    "== {} FAILED after {}: {error:#}\n   remedy: {}",
                    step.name,
                    seconds(begin.elapsed()),
                    step.remedy
                );
                break;
            }
        }
    }
    println!("\n{} in all, {skipped} skipped", seconds(start.elapsed()));
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        std::process::exit(1); // the line above is the last one
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn unit(workspace: &Workspace) -> Result<Outcome> {
    run(cargo().args(["test", "--quiet", "--locked", "--workspace"]).current_dir(&workspace.root))?;
    Ok(Outcome::Passed)
}

fn build_page(workspace: &Workspace) -> Result<Outcome> {
    build::build(workspace, &build::Options { bench: true, ..build::Options::default() })?;
    Ok(Outcome::Passed)
}

/// Each by its name: the library's own test harness would not know the flag.
fn bench(workspace: &Workspace) -> Result<Outcome> {
    let Ok(files) = fs::read_dir(workspace.root.join("crates/core/benches")) else {
        return Ok(Outcome::Skipped("crates/core has no benches"));
    };
    let mut args: Vec<String> = ["bench", "--quiet", "--locked", "--package", "guestlens-core"].map(Into::into).into();
    for file in files {
        let file = file?.path();
        if file.extension().is_some_and(|kind| kind == "rs") {
            args.extend(["--bench".into(), file.file_stem().unwrap_or_default().to_string_lossy().into_owned()]);
        }
    }
    args.extend(["--".into(), "--quick-check".into()]);
    run(cargo().args(args).current_dir(&workspace.root)).context("a benchmark gave a wrong answer or does not run")?;
    Ok(Outcome::Passed)
}
