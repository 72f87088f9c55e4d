//! Where things are. Asked for at run time: `env!` would bake the folder of the first build into the binary.

use anyhow::{Context, Result};
use std::{
    env,
    path::{Path, PathBuf},
};

pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").context("start it as `cargo xtask`")?);
        let root = here.parent().context("xtask lies in the workspace")?.to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => env::current_dir()?.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// A path as a person at the root of the workspace would write it.
    pub fn show<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
