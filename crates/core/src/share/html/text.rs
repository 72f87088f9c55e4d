//! Markup with texts that may hold anything.

use std::fmt::Write as _;

/// Markup as it grows.
#[derive(Default)]
pub(super) struct Markup {
    pub(super) text: String,
}

impl Markup {
    /// Markup of ours.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// A text of anybody's, apart from the direction of what surrounds it.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(&escaped(text));
    }

    pub(super) fn open(&mut self, name: &str, class: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = write!(self.text, "<{name}{class}>");
    }

    pub(super) fn close(&mut self, name: &str) {
        let _ = writeln!(self.text, "</{name}>");
    }

    /// An element that holds a text.
    pub(super) fn element(&mut self, name: &str, class: &str, text: &str) {
        self.open(name, class);
        self.text(text);
        self.close(name);
    }
}

/// A text that means nothing to a browser. Marks of direction are shown by their number, so that no name
/// can turn around what stands beside it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                let _ = write!(out, "[U+{:04X}]", letter as u32);
            }
            '\n' | '\t' => out.push(letter),
            _ if letter.is_control() => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("<img src=x onerror=\"a\">'&"), "&lt;img src=x onerror=&quot;a&quot;&gt;&#39;&amp;");
        assert_eq!(escaped("a\u{202e}b\0"), "a[U+202E]b\u{fffd}");
    }
}
