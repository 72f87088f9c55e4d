//! Names of entries: from their bytes to text that is safe to show.

use super::headers::{field, u32_at};
use flate2::Crc;

/// The letters of code page 437 from 128 on.
/// Source: Unicode Consortium, `MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT`.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Names longer than this are cut for display.
const LONGEST: usize = 240;

/// The name an entry is shown by, and whether it had to be made harmless.
pub(super) struct Name {
    pub(super) shown: String,
    pub(super) unsafe_parts: bool,
}

/// The text of a name: UTF-8 where that is said, by the flag (APPNOTE 4.4.4) or by the Unicode path
/// field (4.6.9), or where the bytes can hardly be anything else; else code page 437.
pub(super) fn text(bytes: &[u8], utf8: bool, extra: &[u8]) -> String {
    if let Some([1, own @ ..]) = field(extra, 0x7075)
        && own.len() >= 4
        && u32_at(own, 0) == checksum(bytes)
        && let Ok(text) = std::str::from_utf8(&own[4..])
    {
        return text.to_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => {
            let letter = |byte: &u8| match byte.checked_sub(128) {
                Some(at) => CP437.chars().nth(at as usize).unwrap_or(char::REPLACEMENT_CHARACTER),
                None => *byte as char,
            };
            bytes.iter().map(letter).collect()
        }
    }
}

/// CRC-32 of a name.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Takes out of a path what leads out of the archive, and control characters.
pub(super) fn harmless(path: &str) -> Name {
    let mut unsafe_parts = path.starts_with(['/', '\\']);
    let mut parts = Vec::new();
    for part in path.split(['/', '\\']) {
        let drive = part.len() == 2 && part.ends_with(':') && parts.is_empty();
        match part {
            "" | "." => {}
            ".." => unsafe_parts = true,
            _ if drive => unsafe_parts = true,
            part => parts.push(part),
        }
    }
    let mut shown = parts.join("/");
    if shown.contains(char::is_control) {
        unsafe_parts = true;
        shown = shown.replace(char::is_control, "\u{fffd}");
    }
    if shown.chars().count() > LONGEST {
        shown = shown.chars().take(LONGEST).chain(['\u{2026}']).collect();
    }
    if shown.is_empty() {
        shown = "(no name)".into();
    }
    Name { shown, unsafe_parts }
}

/// Whether an entry is made by an operating system for itself.
pub(super) fn is_litter(path: &str) -> bool {
    let mut parts = path.split(['/', '\\']);
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    parts.any(|part| part == "__MACOSX") || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_text() {
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(text(b"Pr\x81fung.csv", false, &[]), "Prüfung.csv");
        assert_eq!(text("Prüfung.csv".as_bytes(), false, &[]), "Prüfung.csv");
        assert_eq!(text(b"a\xff", true, &[]), "a\u{fffd}");
        let path = "\u{5c71}.csv".as_bytes();
        let mut extra = vec![0x75, 0x70, 5 + path.len() as u8, 0, 1];
        extra.extend(checksum(b"?.csv").to_le_bytes());
        extra.extend(path);
        assert_eq!(text(b"?.csv", false, &extra), "\u{5c71}.csv");
        assert_eq!(text(b"!.csv", false, &extra), "!.csv");
    }

    #[test]
    fn names_cannot_lead_out() {
        let check = |path: &str, shown: &str, bad: bool| {
            let name = harmless(path);
            assert_eq!((name.shown.as_str(), name.unsafe_parts), (shown, bad), "{path}");
        };
        check("folder/a.csv", "folder/a.csv", false);
        check("folder\\a.csv", "folder/a.csv", false);
        check("./a.csv", "a.csv", false);
        check("../../etc/passwd", "etc/passwd", true);
        check("/etc/passwd", "etc/passwd", true);
        check("C:\\logs\\a.csv", "logs/a.csv", true);
        check("a\u{0}b\n.csv", "a\u{fffd}b\u{fffd}.csv", true);
        check("..", "(no name)", true);
        check("=cmd.csv", "=cmd.csv", false);
        assert!(harmless(&"ä".repeat(5000)).shown.chars().count() <= LONGEST + 1);
        assert!(is_litter("__MACOSX/._a.csv") && is_litter("x/.DS_Store") && !is_litter("x/a.csv"));
    }
}
