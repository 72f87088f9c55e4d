//! Text as XML of a workbook holds it.

/// Most letters of UTF-16 in a cell. Source: Microsoft, "Excel specifications and limits".
pub(super) const LETTERS: usize = 32_767;

/// Whether XML 1.0 may not hold the letter, in any spelling (section 2.2).
fn is_forbidden(letter: char) -> bool {
    (letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')) || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// Adds a text; what XML cannot hold becomes U+FFFD.
///
/// Spreadsheets read `_x0041_` in a cell as `A` (`ST_Xstring`, ECMA-376 part 1, 22.9.2.19), so an underscore before an
/// `x` is written in that way itself; so is a carriage return, which readers of XML would take for a line feed.
pub(super) fn append(text: &str, out: &mut Vec<u8>) {
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        let written = match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\r' => "_x000D_",
            '_' if text[at + 1..].starts_with('x') => "_x005F_",
            _ if is_forbidden(letter) => "\u{fffd}",
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[from..at]);
        out.extend_from_slice(written.as_bytes());
        from = at + letter.len_utf8();
    }
    out.extend_from_slice(&text.as_bytes()[from..]);
}

/// A text within quotes; `_x` has no meaning there.
pub(super) fn attribute(text: &str) -> String {
    let clean = |letter: char| if is_forbidden(letter) { '\u{fffd}' } else { letter };
    let text: String = text.chars().map(clean).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// A text that fits into a cell, and whether that took anything from it.
pub(super) fn fit(text: &str) -> (&str, bool) {
    // No text has more letters of UTF-16 than bytes.
    let cut = if text.len() <= LETTERS { text } else { super::cut(text, LETTERS) };
    (cut, cut.len() < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_replaced_and_what_it_reads_is_escaped() {
        for (text, expect) in [
            ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"),
            ("\0\u{1f}\u{fffe}\u{ffff}\t\n", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\t\n"),
            ("_x0041_ a_b\r", "_x005F_x0041_ a_b_x000D_"),
            ("山田", "山田"),
        ] {
            let mut out = Vec::new();
            append(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expect);
        }
        assert_eq!(attribute("R&D \"x\" <\u{1}"), "R&amp;D &quot;x&quot; &lt;\u{fffd}");
    }
}
