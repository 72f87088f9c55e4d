//! The paper of a picture: background, heading, foot, and the pen that writes on it.

use super::{Caption, Drawing};
use crate::components::text::escape;
use guestlens_core::{chart::Paint, report::Tone};
use std::fmt::Write;

pub const WIDTH: f64 = 960.0;
pub const MARGIN: f64 = 24.0;
/// Where the chart begins, below the heading.
pub const TOP: f64 = 84.0;
const FOOT: f64 = 36.0;

pub const INK: &str = "#1d2026";
pub const INK_2: &str = "#565b64";
pub const GRID: &str = "#e2e4e8";
/// The steps of a heat map, from none to most.
pub const HEAT: [&str; 6] = ["#f2f3f5", "#cfe0f5", "#9fc0e8", "#6599d3", "#3370b4", "#0f4683"];

/// The shade of a mark on light paper.
pub fn color(paint: Paint) -> &'static str {
    match paint.id() {
        "success" => "#4d9468",
        "failure" => "#b02a2a",
        "timeout" => "#8a5a00",
        "hue-2" => "#c9701c",
        "hue-3" => "#12875f",
        "hue-4" => "#b5588c",
        "hue-5" => "#2e95ba",
        "hue-6" => "#c14a17",
        "hue-7" => "#8b8414",
        "hue-8" => "#4c5563",
        "other" => "#989ba0",
        _ => "#2469b0",
    }
}

/// The shade of what stands well, or does not.
pub fn tone_color(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "#2469b0",
        Tone::Good => "#3b7d55",
        Tone::Attention => "#8a5a00",
        Tone::Serious => "#b02a2a",
        Tone::Unknown => "#6b6675",
    }
}

/// A document being written.
pub struct Sheet {
    body: String,
    caption: String,
    label: String,
}

impl Sheet {
    pub fn new(caption: &Caption) -> Self {
        let mut sheet = Self { body: String::new(), caption: String::new(), label: xml(caption.title) };
        sheet.text(MARGIN, 36.0, "start", 20, INK, caption.title);
        sheet.text(MARGIN, 58.0, "start", 12, INK_2, caption.context);
        let foot = [caption.note, caption.saved, "Guestlens"].into_iter().filter(|part| !part.is_empty());
        sheet.caption = foot.collect::<Vec<_>>().join(" · ");
        sheet
    }

    pub fn text(&mut self, x: f64, y: f64, anchor: &str, size: u32, fill: &str, text: &str) {
        let weight = if size > 14 { " font-weight=\"600\"" } else { "" };
        let _ = writeln!(
            self.body,
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" font-size="{size}"{weight} fill="{fill}">{}</text>"#,
            xml(text)
        );
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str, title: &str) {
        let _ = writeln!(
            self.body,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}"><title>{}</title></rect>"#,
            xml(title)
        );
    }

    pub fn path(&mut self, outline: &str, fill: &str) {
        let _ = writeln!(self.body, r#"<path d="{outline}" fill="{fill}"/>"#);
    }

    pub fn stroke(&mut self, outline: &str, stroke: &str) {
        let _ = writeln!(self.body, r#"<path d="{outline}" fill="none" stroke="{stroke}" stroke-width="2"/>"#);
    }

    /// Days that no file covers.
    pub fn hatch(&mut self, outlines: &[String]) {
        for outline in outlines {
            let _ = writeln!(
                self.body,
                r#"<path d="{outline}" fill="none" stroke="{GRID}"><title>No file covers this time</title></path>"#
            );
        }
    }

    /// An outline with words that a pointer reads.
    pub fn titled(&mut self, outline: &str, fill: &str, opacity: &str, title: &str) {
        let _ = writeln!(
            self.body,
            r#"<path d="{outline}" fill="{fill}" fill-opacity="{opacity}" stroke="{fill}"><title>{}</title></path>"#,
            xml(title)
        );
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(self.body, r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{stroke}"/>"#);
    }

    /// Ends the document below the chart's lower end.
    pub fn finish(mut self, end: f64) -> Drawing {
        let caption = std::mem::take(&mut self.caption);
        self.text(MARGIN, end + 24.0, "start", 12, INK_2, &caption);
        let height = (end + FOOT + 4.0).ceil();
        let Self { body, label, .. } = self;
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}" font-family="'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif">
<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>
{body}</svg>
"##
        );
        Drawing { svg, width: WIDTH as u32, height: height as u32 }
    }
}

/// A text cut to about so many characters.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Text for a document: hidden characters written out, markup escaped, and nothing XML cannot hold.
fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in escape(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let caption = Caption { title: "<script>\"&\u{202e}", context: "a\u{0}b", note: "n", saved: "s" };
        let drawing = Sheet::new(&caption).finish(100.0);
        assert!(!drawing.svg.contains("<script"));
        assert!(drawing.svg.contains("&lt;script&gt;&quot;&amp;⟨U+202E⟩"));
        assert!(drawing.svg.contains("a⟨U+0000⟩b"));
        assert!(drawing.svg.contains("n · s · Guestlens"));
        assert_eq!((drawing.width, drawing.height), (960, 140));
    }
}
