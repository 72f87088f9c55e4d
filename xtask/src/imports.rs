//! The imports are the only doors out of the wasm, so each is known by name: a new one needs a
//! person's yes (`--bless`), and some are refused whoever asks.

use anyhow::{Result, ensure};
use std::{collections::BTreeSet, fs, path::Path};

/// What no import may do, as it reads in the glue. Most of it the page's policy would refuse as well;
/// but what has no door needs no lock.
const REFUSED: &[&str] = &[
    // connections
    "fetch(",
    "fetchLater",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "WebTransport",
    "RTC",
    "sendBeacon",
    "serviceWorker",
    "new Worker(",
    "SharedWorker",
    "addModule(",
    "Notification",
    "navigator.share",
    // code from text, and calls by a name made at run time
    "eval(",
    "Function(",
    "importScripts",
    "import(",
    "Reflect.get(",
    "Reflect.apply(",
    "Reflect.construct(",
    "Reflect.defineProperty(",
    "[getStringFromWasm0",
    "DOMParser",
    "setHTML",
    // navigation
    ".open(",
    ".location",
    ".href =",
    ".assign(",
    ".replace(",
    ".reload(",
    ".navigate(",
    ".submit(",
    ".requestSubmit(",
    ".action =",
    ".src =",
    ".srcdoc =",
    ".srcset =",
    "pushState",
    "replaceState",
    // storage
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "caches",
    "cookie",
];

/// In no part of the glue, called or not.
const REFUSED_ANYWHERE: &[&str] =
    &["fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "importScripts", "eval(", "new Function"];

/// Yew writes properties of elements by `Reflect.set`, others build option objects with it. On the
/// global object or `location` it would be a navigation, so those are struck from what it can reach.
const WIDE_SET: &str = "Reflect.set(arg0, arg1, arg2)";
const NARROW_SET: &str =
    "(arg0 instanceof Element || Object.getPrototypeOf(arg0) === Object.prototype) && Reflect.set(arg0, arg1, arg2)";

pub fn narrow(glue: &str) -> String {
    glue.replace(WIDE_SET, NARROW_SET)
}

pub fn check(list: &Path, glue: &str, bless: bool) -> Result<()> {
    let imports = imports(glue);
    ensure!(!imports.is_empty(), "no imports found in the glue: has wasm-bindgen changed how it writes them?");
    for (name, body) in &imports {
        let refused = REFUSED.iter().find(|word| body.contains(**word));
        ensure!(refused.is_none(), "the import {name} is refused, it has {}:\n{body}", refused.unwrap_or(&""));
    }
    for word in REFUSED_ANYWHERE {
        ensure!(!glue.contains(word), "the glue has {word}");
    }

    let names: BTreeSet<&str> = imports.iter().filter_map(|(name, _)| plain_name(name)).collect();
    let found = names.into_iter().collect::<Vec<_>>().join("\n") + "\n";
    if bless {
        fs::write(list, &found)?;
    }
    let known = fs::read_to_string(list).unwrap_or_default();
    ensure!(
        found == known,
        "the wasm's imports differ from xtask/imports.txt (accept with --bless):\n{}",
        difference(&known, &found)
    );
    Ok(())
}

/// Names and bodies of the functions that the glue gives to the wasm.
fn imports(glue: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut inside = false;
    for line in glue.lines() {
        let start = line.trim_start();
        if let Some((name, body)) = start.split_once(": function(").filter(|(name, _)| name.starts_with("__wb")) {
            found.push((name, body.to_owned()));
            inside = !line.trim_end().ends_with("},");
        } else if inside && let Some((_, body)) = found.last_mut() {
            body.push('\n');
            body.push_str(line);
            inside = !line.starts_with('}');
        }
    }
    found
}

/// `__wbg_body_5f971cbc6950ca4f` is `body`; what wasm-bindgen numbers by itself has no name.
fn plain_name(import: &str) -> Option<&str> {
    let (name, hash) = import.strip_prefix("__wbg_")?.rsplit_once('_')?;
    (hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some(name)
}

fn difference(known: &str, found: &str) -> String {
    let (known, found): (BTreeSet<&str>, BTreeSet<&str>) = (known.lines().collect(), found.lines().collect());
    let gone = known.difference(&found).map(|name| format!("- {name}"));
    let new = found.difference(&known).map(|name| format!("+ {name}"));
    gone.chain(new).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
        __wbg_body_5f971cbc6950ca4f: function(arg0) {\n\
const ret = arg0.body;\n\
return ret;\n\
},\n\
__wbg_x_5f971cbc6950ca4e: function() { return handleError(function (arg0) {\n\
arg0.BAD;\n\
}, arguments); },\n\
};\n\
const later = fetchless;\n";

    #[test]
    fn imports_are_found_with_their_bodies() {
        let found = imports(GLUE);
        let names: Vec<_> = found.iter().filter_map(|(name, _)| plain_name(name)).collect();
        assert_eq!(names, ["body", "x"]);
        assert!(found[1].1.contains("arg0.BAD") && !found[1].1.contains("later"));
    }

    #[test]
    fn refused_imports_cannot_be_blessed() {
        let list = std::env::temp_dir().join(format!("guestlens-imports-{}.txt", std::process::id()));
        assert!(check(&list, GLUE, true).is_ok());
        for bad in ["open(x)", "location = x", "href = x", "y; fetch(x)", "y; Reflect.apply(a, b, c)"] {
            assert!(check(&list, &GLUE.replace("BAD", bad), true).is_err(), "{bad}");
        }
        let renamed = GLUE.replace("__wbg_body", "__wbg_head");
        let message = check(&list, &renamed, false).unwrap_err().to_string();
        assert!(message.ends_with("- body\n+ head"), "{message}");
        fs::remove_file(list).unwrap();
    }
}
