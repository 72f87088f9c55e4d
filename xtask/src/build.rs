//! `cargo xtask build`: wasm, its glue, and the one page that holds both.

use crate::{
    command::{cargo_home, quiet, remap, run},
    imports,
    page::{self, Page, Variant},
    wasm_std::{Compiler, TARGET},
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};
use wasm_bindgen_cli_support::Bindgen;

/// More than this and somebody waits for it.
const BUDGET: usize = 1_500_000;

/// The crate of the module that unpacks the module.
const UNPACKER: &str = "guestlens-unpack";

#[derive(Default)]
pub struct Options {
    pub bless: bool,
    pub dev: bool,
    pub bench: bool,
    pub out: Option<PathBuf>,
}

/// Builds the page and returns where it lies.
pub fn build(workspace: &Workspace, options: &Options) -> Result<PathBuf> {
    let start = Instant::now();
    let compiler = Compiler::find(workspace)?;
    let profile = if options.dev { "wasm-dev" } else { "release" };
    println!("Compiling for wasm32 with {} ({profile})…", compiler.describe());
    let raw = compile(workspace, &compiler, profile, "guestlens")?;
    let (wasm, glue) = bindgen(&raw)?;
    if options.dev {
        println!("  (imports not checked: without link-time optimisation dead code still has its own)");
    } else {
        imports::check(&workspace.root.join("xtask/imports.txt"), &glue, options.bless)?;
    }

    let unpacker = fs::read(compile(workspace, &compiler, "release", UNPACKER)?)?;
    let page = Page::new(&workspace.root, &wasm, &unpacker, &glue)?;
    let out = options.out.clone().unwrap_or_else(|| workspace.dist());
    fs::create_dir_all(&out)?;
    let file = out.join(if options.dev { "dev.html" } else { "guestlens.html" });
    let html = page.assemble(Variant::Product, options.bless)?;
    fs::write(&file, &html)?;
    println!("wasm {} B, packed {} B, glue {} B, page {} B", wasm.len(), page.packed_len(), glue.len(), html.len());
    if !options.dev {
        ensure!(
            html.len() <= BUDGET,
            "the page has {} B, the budget is {BUDGET} B: what has grown, and is it worth it?",
            html.len()
        );
        write_sum(&file, &html)?;
    }
    if options.bench {
        fs::write(out.join("bench.html"), page.assemble(Variant::Bench, options.bless)?)?;
    }
    println!("{} in {:.1} s", workspace.show(&file), start.elapsed().as_secs_f64());
    Ok(file)
}

/// Puts the page where Trunk collects what it will serve, in place of what Trunk has made.
pub fn for_trunk(workspace: &Workspace) -> Result<()> {
    let staging = PathBuf::from(env::var("TRUNK_STAGING_DIR").context("called by Trunk, see Trunk.toml")?);
    let dev = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug");
    let file = build(workspace, &Options { dev, out: Some(staging.clone()), ..Options::default() })?;
    fs::copy(file, staging.join("index.html"))?;
    Ok(())
}

/// Compiles a package and returns where its wasm lies.
fn compile(workspace: &Workspace, compiler: &Compiler, profile: &str, package: &str) -> Result<PathBuf> {
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned(), remap(&workspace.root, ".")];
    flags.extend(cargo_home().map(|home| remap(&home, "cargo")));
    // A folder of its own: the host's builds and these do not wait for each other's lock.
    let target = workspace.target.join("wasm");
    let mut cargo = compiler.cargo(flags);
    if package == UNPACKER {
        cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols"); // no wasm-bindgen follows that would do it
    }
    cargo.args(["build", "--locked", "--package", package]);
    cargo.args(["--profile", profile, "--target", TARGET, "--target-dir"]).arg(&target);
    run(quiet(&mut cargo).current_dir(&workspace.root))?;
    Ok(target.join(TARGET).join(profile).join(format!("{}.wasm", package.replace('-', "_"))))
}

/// What wasm-bindgen's command line tool does, without having to install it.
fn bindgen(wasm: &Path) -> Result<(Vec<u8>, String)> {
    let mut output = Bindgen::new()
        .input_path(wasm)
        .no_modules(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen")?;
    let (snippets, modules) = (output.snippets(), output.local_modules());
    // `snippets` has keys with empty lists, so the values are what counts.
    ensure!(
        snippets.values().all(Vec::is_empty) && modules.is_empty(),
        "a crate brings JavaScript of its own: {snippets:?} {modules:?}"
    );
    let wasm = output.wasm_mut().emit_wasm();
    // about:srcdoc is no base for a URL: this line would throw, and its value is not used.
    let glue = page::replace_once(
        output.js(),
        "script_src = new URL(document.currentScript.src, location.href).toString();",
        "",
    )?;
    // boot.js hands over a compiled module, so this is never called. Without it no script of the
    // page has the word in it, and imports.rs can refuse it everywhere.
    let glue =
        page::replace_once(&glue, "module_or_path = fetch(module_or_path);", "throw new TypeError('no module');")?;
    Ok((wasm, imports::narrow(&glue)))
}

/// `guestlens.html.sha256`, for `sha256sum --check`.
fn write_sum(file: &Path, html: &str) -> Result<()> {
    let name = file.file_name().context("a file has a name")?.to_string_lossy();
    let sum = format!("{:x}", Sha256::digest(html));
    println!("sha256 {sum}");
    fs::write(file.with_file_name(format!("{name}.sha256")), format!("{sum}  {name}\n"))?;
    Ok(())
}
