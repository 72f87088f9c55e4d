//! The Content Security Policy of the page, and its committed snapshot.

use crate::page::Scripts;
use anyhow::{Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// One policy for both pages: a srcdoc frame inherits its parent's and can only add to it.
pub fn policy(scripts: &Scripts) -> String {
    let list = |texts: &[&String]| texts.iter().map(|text| hash(text)).collect::<Vec<_>>().join(" ");
    [
        "default-src 'none'".to_owned(),
        format!("script-src {} 'wasm-unsafe-eval'", list(&[&scripts.boot, &scripts.glue, &scripts.outer])),
        format!("style-src {}", list(&[&scripts.inner_css, &scripts.outer_css])),
        "img-src data: blob:".to_owned(),
        "worker-src blob:".to_owned(),
        "connect-src 'none'".to_owned(),
        "frame-src 'none'".to_owned(), // srcdoc is exempt; everywhere else the frame might go is not
        "form-action 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types engine".to_owned(),
    ]
    .join("; ")
}

/// The hash is over exactly the text between the tags.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A change of the policy is a change of the promise: it needs a person's yes, and shows in review.
pub fn check_snapshot(file: &Path, policy: &str, bless: bool) -> Result<()> {
    let found = masked(policy).replace("; ", ";\n") + "\n";
    if bless {
        fs::write(file, &found)?;
    }
    let known = fs::read_to_string(file).unwrap_or_default();
    ensure!(found == known, "the policy differs from xtask/policy.txt (accept it with --bless):\n{found}");
    Ok(())
}

/// The hashes change with every build, their number and place do not.
fn masked(policy: &str) -> String {
    let words = policy.split(' ').map(|word| {
        let end = word.trim_start_matches("'sha256-").find('\'');
        match end {
            Some(end) if word.starts_with("'sha256-") => format!("<hash>{}", &word["'sha256-".len() + end + 1..]),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_hashes_are_masked() {
        let policy = "script-src 'sha256-AbC+/=' 'wasm-unsafe-eval'; style-src 'sha256-x'; img-src data:";
        assert_eq!(masked(policy), "script-src <hash> 'wasm-unsafe-eval'; style-src <hash>; img-src data:");
    }
}
