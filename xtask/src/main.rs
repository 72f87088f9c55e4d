//! `cargo xtask`: everything that is done to the code, in one place and with no tool to install first.

mod build;
mod command;
mod imports;
mod minify;
mod pack;
mod page;
mod policy;
mod serve;
mod setup;
mod test;
mod wasm_std;
mod workspace;

use anyhow::{Result, bail};
use std::process::ExitCode;
use workspace::Workspace;

const USAGE: &str = "\
usage: cargo xtask <command>

  build            dist/guestlens.html, the one file that is the product
    --bless        accept a changed list of wasm imports and a changed policy
    --dev          quick to build, large to load; writes dist/dev.html
    --bench        also writes dist/bench.html, the page that can be measured
    --out <dir>    write there instead of dist/
  serve            build, then serve dist/ on 127.0.0.1
    --port <n>     port to listen on (default: 8080)
    --dev          serve the quick build
  trunk            the hook of Trunk.toml, not to be called by hand
  test             everything CI runs
    --only <a,b>   only these steps
    --list         name the steps
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = Args(std::env::args().skip(1).collect());
    let command = if args.0.is_empty() { String::new() } else { args.0.remove(0) };
    let workspace = Workspace::find()?;
    match command.as_str() {
        "build" => {
            let options = build::Options {
                bless: args.flag("--bless"),
                dev: args.flag("--dev"),
                bench: args.flag("--bench"),
                out: args.value("--out")?.map(Into::into),
            };
            args.finish()?;
            build::build(&workspace, &options).map(|_| ())
        }
        "serve" => {
            let port = args.value("--port")?.map_or(Ok(8080), |port| port.parse())?;
            let dev = args.flag("--dev");
            args.finish()?;
            serve::serve(&workspace, port, dev)
        }
        "trunk" => {
            args.finish()?;
            build::for_trunk(&workspace)
        }
        "test" => {
            let (only, list) = (args.value("--only")?, args.flag("--list"));
            args.finish()?;
            test::test(&workspace, only.as_deref(), list)
        }
        _ => bail!("{USAGE}"),
    }
}

/// The words of the command line that nothing has asked for yet.
struct Args(Vec<String>);

impl Args {
    fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|arg| arg == name);
        found.map(|at| self.0.remove(at)).is_some()
    }

    fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.0.iter().position(|arg| arg == name) else { return Ok(None) };
        self.0.remove(at);
        if at == self.0.len() {
            bail!("{name} needs a value\n\n{USAGE}");
        }
        Ok(Some(self.0.remove(at)))
    }

    fn finish(self) -> Result<()> {
        match self.0.first() {
            Some(unknown) => bail!("unknown argument {unknown}\n\n{USAGE}"),
            None => Ok(()),
        }
    }
}
