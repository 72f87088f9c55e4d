//! Finds a compiler that has a standard library for wasm32, and gets one where there is none.
//!
//! In this order: the toolchain in use; rustup; Debian's packages, whose compiler comes with the
//! sources of its standard library but not with a build of it for wasm32, so that we build it once.

use crate::{
    command::{attempt, cargo, cargo_home, output, remap, run_silently},
    setup,
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

const REMEDY: &str = "\
no standard library for wasm32-unknown-unknown. Any one of these brings it:
  rustup target add wasm32-unknown-unknown
  apt-get install rustc-web cargo-web rust-web-src rust-web-llvm and the lld of the same LLVM (Debian, as root)
then run this command again.";

/// A compiler for wasm, and how to call it.
pub enum Compiler {
    /// The toolchain that runs us can do it.
    Own,
    /// Debian's, with a standard library built by us.
    Debian { version: Version, sysroot: PathBuf },
}

#[derive(Clone)]
pub struct Version {
    release: String,
    commit: String,
}

impl Compiler {
    pub fn find(workspace: &Workspace) -> Result<Self> {
        if own_has_std()? {
            return Ok(Self::Own);
        }
        if let Some(built) = debian(workspace).filter(Self::is_built) {
            return Ok(built);
        }
        if setup::has("rustup") {
            println!("Adding the wasm32 standard library to the toolchain (rustup target add {TARGET})…");
            let added = attempt(Command::new("rustup").args(["target", "add", TARGET]), Duration::from_secs(120));
            if added.is_ok() && own_has_std()? {
                return Ok(Self::Own);
            }
            println!("  rustup could not (no network?). Trying Debian's packages.");
        }
        if debian(workspace).is_none() && setup::can_install() {
            install_debian_compiler()?;
        }
        let compiler = debian(workspace).context(REMEDY)?;
        build_std(&compiler)?;
        Ok(compiler)
    }

    /// A cargo that builds for wasm with this compiler; `RUSTFLAGS` of the caller are kept, as they may
    /// say where a linker is.
    pub fn cargo(&self, flags: impl IntoIterator<Item = String>) -> Command {
        let from_caller = env::var("RUSTFLAGS").unwrap_or_default();
        let mut all: Vec<String> = from_caller.split_whitespace().map(Into::into).chain(flags).collect();
        let mut command = match self {
            Self::Own => cargo(),
            Self::Debian { sysroot, .. } => {
                all.push(format!("--sysroot={}", sysroot.display()));
                debian_cargo()
            }
        };
        command.env("CARGO_ENCODED_RUSTFLAGS", all.join("\x1f"));
        command
    }

    pub fn describe(&self) -> String {
        match self {
            Self::Own => "this toolchain".into(),
            Self::Debian { version, .. } => format!("Debian's rustc {}", version.release),
        }
    }

    fn is_built(&self) -> bool {
        matches!(self, Self::Debian { sysroot, .. } if sysroot.join("complete").exists())
    }
}

impl Version {
    fn of(rustc: &str) -> Option<Self> {
        let text = output(Command::new(rustc).arg("-vV")).ok()?;
        let field =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
        Some(Self { release: field("release:")?, commit: field("commit-hash:")? })
    }
}

fn own_has_std() -> Result<bool> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = output(Command::new(rustc).args(["--print", "sysroot"]))?;
    Ok(has_std(&PathBuf::from(sysroot.trim())))
}

fn has_std(sysroot: &Path) -> bool {
    let files = fs::read_dir(library_dir(sysroot)).into_iter().flatten().flatten();
    files.into_iter().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}

fn library_dir(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

/// Debian's compiler, if it and its sources are installed. The sysroot is named after the compiler's
/// version, so that a newer compiler gets a new one.
fn debian(workspace: &Workspace) -> Option<Compiler> {
    let version = Version::of(DEBIAN_RUSTC)?;
    let name = format!("{}-{}", version.release, version.commit.get(..9).unwrap_or(&version.commit));
    let compiler = Compiler::Debian { sysroot: workspace.target.join("wasm-sysroot").join(name), version };
    compiler.sources().is_dir().then_some(compiler)
}

impl Compiler {
    fn sources(&self) -> PathBuf {
        match self {
            Self::Debian { version, .. } => format!("/usr/src/rustc-{}/library", version.release).into(),
            Self::Own => PathBuf::new(),
        }
    }
}

/// Debian's cargo with Debian's rustc; the variables of the rustup toolchain that runs us would mix the two.
fn debian_cargo() -> Command {
    let mut command = Command::new("/usr/bin/cargo");
    command.env("RUSTC", DEBIAN_RUSTC);
    for name in ["RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTC_WRAPPER", "RUSTDOC", "RUSTFLAGS", "CARGO_BUILD_TARGET"] {
        command.env_remove(name);
    }
    command
}

fn install_debian_compiler() -> Result<()> {
    setup::update_index_for("rustc-web")?;
    // The linker has to be the one of the LLVM that this compiler is built with.
    let llvm = output(Command::new("apt-cache").args(["depends", "rust-web-llvm"])).unwrap_or_default();
    let llvm = llvm.lines().find_map(|line| line.trim().strip_prefix("Depends: llvm-"));
    let Some(llvm) = llvm else { bail!("{REMEDY}") };
    let linker = format!("lld-{llvm}");
    setup::install(
        "a Rust compiler that can target wasm32",
        &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", &linker],
    )
}

fn build_std(compiler: &Compiler) -> Result<()> {
    let Compiler::Debian { version, sysroot } = compiler else { return Ok(()) };
    println!("Building the wasm32 standard library of rustc {} (once, about a minute)…", version.release);
    let scratch = sysroot.join("build");
    let _ = fs::remove_dir_all(sysroot);
    copy_dir(&compiler.sources(), &scratch)?;

    let mut flags = vec!["-Zforce-unstable-if-unmarked".into(), "-Cembed-bitcode=yes".into(), "-Cpanic=abort".into()];
    // The same names that the official builds have, whatever folder this is.
    flags.push(remap(&scratch, &format!("/rustc/{}/library", version.commit)));
    flags.extend(cargo_home().map(|home| remap(&home, "cargo")));
    let built = scratch.join("target");
    run_silently(
        debian_cargo()
            .args(["build", "--quiet", "--release", "--target", TARGET, "--manifest-path"])
            .arg(scratch.join("sysroot/Cargo.toml"))
            .env("RUSTC_BOOTSTRAP", "1") // the standard library uses unstable features
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
            .env("CARGO_TARGET_DIR", &built)
            .current_dir(&scratch),
    )?;

    let library = library_dir(sysroot);
    fs::create_dir_all(&library)?;
    for file in fs::read_dir(built.join(TARGET).join("release/deps"))? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "rlib") {
            fs::copy(&file, library.join(file.file_name().context("a file has a name")?))?;
        }
    }
    fs::remove_dir_all(&scratch)?;
    fs::write(sysroot.join("complete"), "")?;
    Ok(())
}

fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_dir(&entry.path(), &target)?;
        } else if entry.path().exists() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
