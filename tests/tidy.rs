//! The rules of the code base that a compiler cannot check.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the repository whose name ends so, sorted.
fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "out" | "dist" | ".git") {
                walk(&path, end, found);
            } else if name.ends_with(end) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), end, &mut found);
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[test]
fn core_modules_depend_one_way() {
    // Who may use whom inside the core; what is not listed uses nothing.
    let allowed = [
        ("ask", "model"),
        ("counted", "model"),
        ("model", ""),
        ("number", ""),
        ("time", ""),
        ("plain", ""),
        ("leaves", ""),
        ("base64", ""),
        ("scan", "plain store"),
        ("vocabulary", "model"),
        ("store", "model time vocabulary"),
        ("import", "model time vocabulary store"),
        ("query", "model time store ask counted"),
        ("lists", "store query"),
        ("arrange", ""),
        ("protocol", "model time store query report share redact"),
        ("wire", ""),
        ("chart", "model number time protocol report"),
        ("sample", "model time"),
        ("session", "model time store protocol report"),
        ("derived", "store"),
        ("files", "model time store"),
        ("identity", "model time vocabulary store query lists derived"),
        ("guests", "files model time vocabulary store query lists derived identity entitlement"),
        ("entitlement", "files model time vocabulary store query derived identity"),
        ("findings", "files model number time vocabulary store query derived identity guests entitlement"),
        (
            "report",
            "files model number time vocabulary store protocol query lists derived identity guests entitlement findings import",
        ),
        (
            "export",
            "files model time vocabulary store protocol query report derived identity guests entitlement findings",
        ),
        ("redact", "files model time vocabulary store query protocol derived identity findings"),
        (
            "share",
            "guests entitlement model time vocabulary store protocol query report chart export redact derived identity",
        ),
        (
            "engine",
            "model time store import protocol query report export chart derived redact share findings identity sample \
             guests entitlement",
        ),
    ];
    let sources = ["crates/store/src", "crates/core/src"];
    for (folder, path) in
        sources.into_iter().flat_map(|from| files(from, ".rs").into_iter().map(move |path| (from, path)))
    {
        let inside = path.strip_prefix(root().join(folder)).unwrap();
        let module =
            inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        // A file of tests may use what it likes.
        if module == "lib" || path.ends_with("tests.rs") {
            continue;
        }
        let may = allowed.iter().find(|(name, _)| *name == module).unwrap_or_else(|| {
            panic!("{}: a new module of the core must be given its place in this test", shown(&path))
        });
        let text = fs::read_to_string(&path).unwrap();
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for used in product.match_indices("crate::").map(|(at, _)| &product[at + 7..]) {
            let groups = used.strip_prefix('{').map(|inner| inner.split('}').next().unwrap_or_default());
            let names: Vec<&str> = match groups {
                Some(group) => {
                    group.split(',').map(|name| name.trim().split("::").next().unwrap_or_default()).collect()
                }
                None => vec![used],
            };
            for name in names {
                let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let known = allowed.iter().any(|(module, _)| *module == name);
                assert!(
                    !known || name == module || name == "arrange" || may.1.split(' ').any(|module| module == name),
                    "{}: {module} must not use {name}",
                    shown(&path)
                );
            }
        }
    }
}

#[test]
fn the_core_knows_no_browser() {
    let manifest = |name: &str| fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))).unwrap();
    let manifest = manifest("core") + &manifest("store");
    for name in ["web-sys", "js-sys", "wasm-bindgen", "gloo", "yew"] {
        assert!(!manifest.contains(name), "a crate under crates/ names {name}");
    }
}

#[test]
fn files_stay_small() {
    let all = ["src", "crates", "xtask", "tests"].into_iter().flat_map(|folder| files(folder, ".rs"));
    let large: Vec<String> = all
        .filter_map(|path| {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            (lines > 800).then(|| format!("{} has {lines} lines", shown(&path)))
        })
        .collect();
    assert!(large.is_empty(), "split these: {large:#?}");
}

#[test]
fn every_rust_file_says_what_belongs_there() {
    for path in ["src", "crates", "xtask"].into_iter().flat_map(|folder| files(folder, ".rs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{}: begin with //! and what belongs here", shown(&path));
    }
}

#[test]
fn the_page_is_strict() {
    let forbidden = [
        "from_html_unchecked",
        " style=",
        "innerHTML",
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "<a ",
        "<form",
        "<iframe",
        "href={",
        "src={",
    ];
    for path in files("src", ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for word in forbidden {
                assert!(!line.contains(word), "{}:{}: the page never uses {word}", shown(&path), number + 1);
            }
        }
    }
}

#[test]
fn colours_are_tokens() {
    for path in files("static/css", ".css") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "tokens.css" || name == "print.css" {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let colour = ["oklch(", "rgb(", "rgba(", "hsl("].iter().any(|name| line.contains(name))
                || line.split_once(": ").is_some_and(|(_, value)| value.trim_start().starts_with('#'));
            assert!(!colour, "{}:{}: colours live in tokens.css", shown(&path), number + 1);
        }
    }
}

#[test]
fn every_style_sheet_is_in_the_order() {
    let order = fs::read_to_string(root().join("static/css/order.txt")).unwrap();
    let listed: Vec<&str> = order.lines().collect();
    for path in files("static/css", ".css") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(listed.iter().filter(|line| **line == name).count(), 1, "{name} must stand once in order.txt");
    }
}

#[test]
fn no_file_names_a_machine() {
    let ends = [".rs", ".toml", ".md", ".yml", ".mjs", ".js", ".json", ".html", ".css", ".sh", ".lock"];
    for path in ends.into_iter().flat_map(|end| files("", end)).filter(|path| !path.ends_with("tests/tidy.rs")) {
        let text = fs::read_to_string(&path).unwrap_or_default();
        for word in ["/work/main", "/tmp/wt", "/root/", "artifactory"] {
            assert!(!text.contains(word), "{}: names {word}", shown(&path));
        }
    }
}

#[test]
fn stable_names_are_documented() {
    let automation = fs::read_to_string(root().join("docs/automation.md")).unwrap();
    for path in files("src", ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("data-testid=\"") {
            let name = text[at + 13..].split('"').next().unwrap_or_default();
            assert!(
                automation.contains(&format!("`{name}`")),
                "{}: data-testid {name} is not in docs/automation.md",
                shown(&path)
            );
        }
    }
}
