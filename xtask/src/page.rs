//! Assembles the page: an outer document that has an address and can save files, and in it the app
//! in a sandboxed frame with the wasm, the glue and the styles. Every script is known by its hash.

use crate::{minify, pack::pack, policy};
use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Clone, Copy, PartialEq)]
pub enum Variant {
    Product,
    /// With `static/bench.js` in the outer page: the hooks of a load and query benchmark.
    Bench,
}

/// Where the module will be: what it looks like by chance is not to be read as a reference.
const MODULE: &str = "%module%";

/// The module's section with the frame's styles, which boot.js takes out: there they are packed, too.
const STYLES: &str = "css";

/// What does not differ between the variants.
pub struct Page {
    /// The outer document.
    index: PathBuf,
    statics: PathBuf,
    snapshot: PathBuf,
    /// The module, packed; in it lie the frame's styles.
    wasm: String,
    inner_css: String,
    /// The small module that unpacks it.
    unpacker: String,
    glue: String,
}

/// The texts whose hashes make the policy.
pub struct Scripts {
    pub boot: String,
    pub glue: String,
    pub outer: String,
    pub inner_css: String,
    pub outer_css: String,
}

impl Page {
    pub fn new(root: &Path, wasm: &[u8], unpacker: &[u8], glue: &str) -> Result<Self> {
        let statics = root.join("static");
        let inner_css = styles(&statics.join("css"))?;
        Ok(Self {
            index: root.join("index.html"),
            snapshot: root.join("xtask/policy.txt"),
            wasm: pack(&[wasm, &custom_section(STYLES, inner_css.as_bytes())].concat())?,
            inner_css,
            statics,
            unpacker: BASE64_STANDARD.encode(bare(unpacker)?),
            glue: glue.to_owned(),
        })
    }

    pub fn packed_len(&self) -> usize {
        self.wasm.len()
    }

    pub fn assemble(&self, variant: Variant, bless: bool) -> Result<String> {
        let template = fs::read_to_string(&self.index).context("index.html")?;
        let outer = match variant {
            Variant::Product => self.closure(&["leave.js", "drop.js", "unpack.js", "outer.js"])?,
            Variant::Bench => self.closure(&["leave.js", "drop.js", "unpack.js", "outer.js", "bench.js"])?,
        };
        let outer = replace_once(&outer, "template = TEMPLATE;", &format!("template = {};", script_text(&template)))?;
        let scripts = Scripts {
            boot: self.closure(&["lockdown.js", "leave.js", "drop.js", "boot.js"])?,
            glue: inline_script(&minify::script(&self.glue)),
            outer,
            inner_css: self.inner_css.clone(),
            outer_css: minify::css(&self.read("outer.css")?),
        };
        let policy = policy::policy(&scripts);
        policy::check_snapshot(&self.snapshot, &policy, bless)?;

        let inner =
            fill(&self.read("inner.html")?, &[("policy", &policy), ("boot", &scripts.boot), ("glue", &scripts.glue)])?;
        let inner = inner.replace('&', "&amp;").replace('"', "&quot;");
        let html = fill(
            &template,
            &[
                ("policy", &policy),
                ("css", &scripts.outer_css),
                ("script", &scripts.outer),
                ("inner", &inner),
                ("unpacker", &self.unpacker),
                ("wasm", MODULE),
            ],
        )?;
        refuse_outside_references(&html)?;
        refuse_outside_references(&self.inner_css)?;
        replace_once(&html, MODULE, &self.wasm)
    }

    /// Scripts that share one scope which nothing else can reach.
    fn closure(&self, names: &[&str]) -> Result<String> {
        let parts = names.iter().map(|name| self.read(name)).collect::<Result<Vec<_>>>()?;
        Ok(inline_script(&format!("'use strict';\n(() => {{\n{}}})();\n", minify::script(&parts.concat()))))
    }

    fn read(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.statics.join(name)).with_context(|| format!("static/{name}"))
    }
}

/// All style sheets in the order that `order.txt` names, or in that of their names.
fn styles(dir: &Path) -> Result<String> {
    let files = fs::read_dir(dir).into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut found: Vec<String> =
        files.filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "css")).collect();
    found.sort();
    if let Ok(order) = fs::read_to_string(dir.join("order.txt")) {
        let order: Vec<String> =
            order.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        let missing: Vec<_> = found.iter().filter(|name| !order.contains(name)).collect();
        ensure!(missing.is_empty(), "static/css/order.txt does not name {missing:?}");
        found = order;
    }
    let texts =
        found.iter().map(|name| fs::read_to_string(dir.join(name)).with_context(|| format!("static/css/{name}")));
    let css = minify::css(&texts.collect::<Result<String>>()?);
    ensure!(!css.to_ascii_lowercase().contains("</style"), "a style sheet must not close its element");
    Ok(css)
}

/// A section that says nothing to WebAssembly.
fn custom_section(name: &str, bytes: &[u8]) -> Vec<u8> {
    let number = |out: &mut Vec<u8>, mut value: usize| {
        while value > 0x7f {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    };
    let mut content = Vec::new();
    number(&mut content, name.len());
    content.extend_from_slice(name.as_bytes());
    content.extend_from_slice(bytes);
    let mut section = vec![0];
    number(&mut section, content.len());
    section.extend_from_slice(&content);
    section
}

/// A module without sections that say nothing to WebAssembly: names, and by what it was made.
fn bare(module: &[u8]) -> Result<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(8).context("no module")?;
    let mut bare = head.to_vec();
    while !rest.is_empty() {
        let more = rest[1..].iter().take_while(|byte| **byte > 0x7f).count();
        let number = rest.get(1..2 + more).context("a module breaks off")?;
        let size = number.iter().rev().fold(0_usize, |size, byte| size << 7 | usize::from(byte & 0x7f));
        let (section, behind) = rest.split_at_checked(2 + more + size).context("a module breaks off")?;
        if section[0] != 0 {
            bare.extend_from_slice(section);
        }
        rest = behind;
    }
    Ok(bare)
}

/// A text as a script's literal, safe between <script> tags.
fn script_text(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${").replace('<', "\\x3c");
    format!("`{escaped}`")
}

/// Text that is safe between <script> tags.
fn inline_script(source: &str) -> String {
    source.replace("</script", "<\\/script").replace("<!--", "<\\!--")
}

fn refuse_outside_references(html: &str) -> Result<()> {
    ensure!(!html.contains('\r'), "the parser turns CR LF into LF, and the hashes would be wrong");
    // In the frame's text the quotes are written `&quot;`.
    let text: String = html.replace("&quot;", "\"").to_ascii_lowercase().replace(['"', '\'', ' '], "");
    for place in ["src=", "href=", "url("] {
        for scheme in ["http:", "https:", "//"] {
            ensure!(
                !text.contains(&format!("{place}{scheme}")),
                "the page refers to something outside: {place}{scheme}"
            );
        }
    }
    ensure!(!text.contains("@import"), "a style sheet imports another");
    Ok(())
}

/// Splits the template first, so that a mark inside a value stays what it is.
fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut page = String::new();
    let mut rest = template;
    let mut used = 0;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("unclosed mark")?;
        let value = values.iter().find(|value| value.0 == name).with_context(|| format!("no value for {name}"))?.1;
        page.push_str(before);
        page.push_str(value);
        used += 1;
        rest = after;
    }
    ensure!(used == values.len(), "{used} of {} values used", values.len());
    Ok(page + rest)
}

pub fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    ensure!(text.matches(from).count() == 1, "expected exactly once: {from}");
    Ok(text.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_templates() {
        assert_eq!(fill("<{{a}}|{{b}}>", &[("a", "{{b}}"), ("b", "2")]).unwrap(), "<{{b}}|2>");
        assert!(fill("{{a}}", &[("a", "1"), ("b", "2")]).is_err());
        assert!(fill("{{c}}", &[("a", "1")]).is_err());
    }

    #[test]
    fn a_section_says_how_long_it_is() {
        let section = custom_section("css", &[b'a'; 300]);
        assert_eq!(section[..7], [0, 0xb0, 2, 3, b'c', b's', b's']);
        assert_eq!(section.len(), 3 + 0x130);
        let module = [b"\0asm\x01\0\0\0".as_slice(), &section, &[1, 2, b'x', b'y'], &section].concat();
        assert_eq!(bare(&module).unwrap(), b"\0asm\x01\0\0\0\x01\x02xy");
        assert!(bare(&module[..module.len() - 1]).is_err());
    }

    #[test]
    fn outside_references_are_refused() {
        for bad in [
            "<img src=\"https://x\">",
            "srcdoc=\"<a href=&quot;http://x&quot;>\"",
            "url( 'https://x')",
            "@import 'x'",
            "src=//x",
        ] {
            assert!(refuse_outside_references(bad).is_err(), "{bad}");
        }
        assert!(refuse_outside_references("<svg xmlns=\"http://www.w3.org/2000/svg\">").is_ok());
    }

    #[test]
    fn a_text_is_a_literal() {
        assert_eq!(script_text("<a>`${b}\\\n"), "`\\x3ca>\\`\\${b}\\\\\n`");
    }

    #[test]
    fn a_script_cannot_end_early() {
        assert_eq!(inline_script("'</script><!--'"), "'<\\/script><\\!--'");
    }
}
