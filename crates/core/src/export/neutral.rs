//! Cells that a spreadsheet would take for a formula are made harmless.

use std::borrow::Cow;

/// Puts an apostrophe before a cell that begins like a formula, also after spaces and quotes.
/// Source: OWASP, "CSV Injection"; the full-width signs are taken for the plain ones by East Asian
/// editions of Excel.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    let is_formula =
        |first: char| matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠');
    let first = cell.chars().find(|c| !matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\u{feff}' | '"' | '\''));
    match first {
        Some(first) if is_formula(first) => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_formulas_harmless() {
        for start in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"] {
            for before in ["", " ", "\"", " \"", "\u{a0}"] {
                let cell = format!("{before}{start}SUM(A1)");
                assert_eq!(neutral(&cell), format!("'{cell}"));
            }
        }
        for cell in ["", "Adele", "a=b", "2026-06-02", "[\"x\"]", " ", "\u{ff10}"] {
            assert_eq!(neutral(cell), cell);
        }
    }
}
