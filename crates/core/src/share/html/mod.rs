//! A report as one HTML page without any script: it opens everywhere, prints, and cannot send anything.

mod charts;
mod parts;
mod text;

use super::compose::{Certificate, Made, Part};
use crate::time::Zone;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use text::{Markup, escaped};

const STYLE: &str = include_str!("report.css");

/// Lines of a table on paper; what is beyond is counted.
pub(super) const LINES: usize = 1_000;

/// Writes the page.
pub(super) fn page(made: &Made, zone: &Zone) -> Vec<u8> {
    let mut body = Markup::default();
    head(&mut body, made);
    for (number, part) in made.parts.iter().enumerate() {
        section(&mut body, part, number + 1, zone);
    }
    let hash = super::verify::sha256(body.text.as_bytes());
    certificate(&mut body, &made.certificate, &hash);
    let title = escaped(&made.title);
    let style = guestlens_store::base64::encode(&Sha256::digest(STYLE));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
         base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n"
    );
    page.push_str(&body.text);
    page.push_str("</body>\n</html>\n");
    page.into_bytes()
}

fn head(out: &mut Markup, made: &Made) {
    out.element("h1", "", &made.title);
    if !made.purpose.is_empty() {
        out.element("p", "purpose", &made.purpose);
    }
    out.open("p", "marking");
    out.raw("<strong>");
    out.text(&made.certificate.level);
    out.raw("</strong> ");
    out.text(&made.certificate.meaning);
    out.close("p");
    out.element("p", "made", &made.made);
    if made.parts.len() > 1 {
        out.open("ol", "contents");
        for (number, part) in (1..).zip(&made.parts) {
            let _ = write!(out.text, "<li><a href=\"#part-{number}\">");
            out.text(&part.title);
            out.raw("</a></li>");
        }
        out.close("ol");
    }
}

fn section(out: &mut Markup, part: &Part, number: usize, zone: &Zone) {
    let _ = write!(out.text, "<section id=\"part-{number}\">");
    out.element("h2", "", &format!("{number}. {}", part.title));
    if !part.note.is_empty() {
        out.element("p", "note", &part.note);
    }
    part.blocks.iter().for_each(|block| parts::block(out, block, zone));
    out.close("section");
}

fn certificate(out: &mut Markup, certificate: &Certificate, hash: &str) {
    out.open("section", "certificate");
    out.element("h2", "", "Certificate");
    for line in &certificate.lines {
        out.element("p", "", line);
    }
    out.open("table", "");
    out.raw("<thead><tr><th>What the files hold</th><th>Left as it is</th><th>Labels</th><th>Coarser</th><th>Left out</th></tr></thead><tbody>");
    for leaving in &certificate.leaving {
        out.raw("<tr>");
        out.element("th", "", leaving.label());
        for count in [leaving.kept, leaving.pseudonyms, leaving.coarser, leaving.dropped] {
            out.element("td", "number", &count.to_string());
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    out.close("table");
    let _ = writeln!(out.text, "<p>SHA-256 of the content above: <code>{hash}</code></p>");
    out.close("section");
}
