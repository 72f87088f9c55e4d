//! The pages of `docs/rules` are written from the rules' own words. `BLESS=1 cargo test -p guestlens-core
//! --test rule_pages` writes them anew.

use guestlens_core::findings::{page, rules};
use std::{env, fs, path::PathBuf};

#[test]
fn the_pages_are_those_of_the_rules() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
    let mut pages: Vec<(String, String)> =
        rules::ALL.iter().map(|rule| (format!("{}.md", rule.id), page::page(rule))).collect();
    pages.push(("README.md".into(), page::index()));
    if env::var_os("BLESS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let kept = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(&kept, text, "docs/rules/{name} is stale: run this test with BLESS=1");
    }
    let files = fs::read_dir(&folder).unwrap().flatten().count();
    assert_eq!(files, pages.len(), "docs/rules has a page of a rule that is gone");
}
