//! A table as CSV that a spreadsheet opens as text, never as a formula.

use guestlens_core::export::neutral;

/// Lines of quoted cells, behind the mark by which a spreadsheet knows UTF-8.
pub fn csv(lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = String::from("\u{feff}");
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotes; what a spreadsheet would calculate gets an apostrophe in front.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", neutral(cell).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expect: &str) {
        assert_eq!(quoted(cell), expect);
    }

    #[test]
    fn cells_are_text() {
        check("plain", "\"plain\"");
        check("a \"b\"", "\"a \"\"b\"\"\"");
        check("=1+1", "\"'=1+1\"");
        check(" =1+1", "\"' =1+1\"");
        check("＠SUM(A1)", "\"'＠SUM(A1)\"");
        check("\tx", "\"'\tx\"");
        check("", "\"\"");
        assert_eq!(csv([vec!["a".into(), "1".into()]].into_iter()), "\u{feff}\"a\",\"1\"\r\n");
    }
}
