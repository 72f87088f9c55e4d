//! Workbooks: the least of ECMA-376 (Office Open XML) that spreadsheets ask for. Texts are inline strings in cells
//! of format "text", so that none is ever taken for a formula; numbers are numbers. The same content gives the same
//! bytes: there is no time, no author and no application in a workbook.

mod archive;
mod sheet;
mod text;

pub use sheet::{Cell, Sheet};

use archive::Archive;
use std::fmt::Write as _;
use text::attribute;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Formats of cells, by their place: numbers, heads, texts.
/// 49 is the built-in format "text" (ECMA-376 part 1, 18.8.30): what is typed into such a cell stays text.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/>\
    <name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill>\
    <patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/>\
    <diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
    </cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>";

/// Most letters in the name of a sheet.
const NAME: usize = 31;

/// Writes a workbook. Names are made fit for sheets and unlike each other.
pub fn workbook(sheets: Vec<(String, Sheet)>) -> Vec<u8> {
    let mut archive = Archive::default();
    let (mut types, mut list, mut relations) = (String::new(), String::new(), String::new());
    let mut names: Vec<String> = Vec::new();
    for (name, sheet) in sheets {
        let number = names.len() + 1;
        let name = sheet_name(&name, &names);
        let _ = write!(
            types,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{TYPE}.worksheet+xml\"/>"
        );
        let _ = write!(list, "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", attribute(&name));
        relation(&mut relations, number, "worksheet", &format!("worksheets/sheet{number}.xml"));
        let (packed, sum, size) = sheet.finish();
        archive.packed(&format!("xl/worksheets/sheet{number}.xml"), &packed, sum, size);
        names.push(name);
    }
    relation(&mut relations, names.len() + 1, "styles", "styles.xml");
    let mut book = String::new();
    relation(&mut book, 1, "officeDocument", "xl/workbook.xml");
    let part = |archive: &mut Archive, name: &str, content: &str| archive.add(name, &format!("{HEAD}{content}"));
    part(&mut archive, "xl/styles.xml", &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"));
    part(
        &mut archive,
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\"><sheets>{list}</sheets></workbook>"),
    );
    let relations_of = |inner: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    part(&mut archive, "xl/_rels/workbook.xml.rels", &relations_of(&relations));
    part(&mut archive, "_rels/.rels", &relations_of(&book));
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPE}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/>{types}</Types>"
    );
    part(&mut archive, "[Content_Types].xml", &types);
    archive.finish()
}

fn relation(out: &mut String, number: usize, kind: &str, target: &str) {
    let _ = write!(out, "<Relationship Id=\"rId{number}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>");
}

/// A name that Excel takes: at most 31 letters of UTF-16, none of `[]:*?/\`, no apostrophe at an end, and not the
/// reserved "History"; unlike the others, whatever the case of letters.
/// Source: Microsoft, "Rename a worksheet".
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let plain: String = wanted
        .chars()
        .map(|letter| if letter.is_control() || "[]:*?/\\".contains(letter) { ' ' } else { letter })
        .collect();
    let plain = plain.trim().trim_matches('\'');
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { "Sheet" } else { plain };
    let is_taken = |name: &str| taken.iter().any(|own| own.to_lowercase() == name.to_lowercase());
    let mut name = cut(plain, NAME).trim_end_matches(['\'', ' ']).to_owned();
    for number in 2.. {
        if !is_taken(&name) {
            break;
        }
        let end = format!(" {number}");
        name = format!("{}{end}", cut(plain, NAME - end.len()).trim_end());
    }
    name
}

/// The first letters of a text, at most so many of UTF-16.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_those_that_excel_takes() {
        let mut taken = Vec::new();
        for (wanted, expect) in [
            ("Guests", "Guests"),
            ("GUESTS", "GUESTS 2"),
            ("a/b\\c[d]:e*f?", "a b c d  e f"),
            ("", "Sheet"),
            ("History", "Sheet 2"),
            ("'quoted'", "quoted"),
            ("Access packages that somebody holds twice", "Access packages that somebody h"),
            ("Access packages that somebody has lost", "Access packages that somebody 2"),
            (
                "\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}",
                "\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}",
            ),
        ] {
            let name = sheet_name(wanted, &taken);
            assert_eq!(name, expect);
            assert!(name.encode_utf16().count() <= NAME);
            taken.push(name);
        }
    }

    #[test]
    fn the_same_content_gives_the_same_bytes() {
        let made = || {
            let mut sheet = Sheet::new();
            sheet.line(&[Cell::Text("Name"), Cell::Text("Count")]);
            sheet.line(&[Cell::Text("=1+1"), Cell::Number("7")]);
            workbook(vec![("One".into(), sheet)])
        };
        let bytes = made();
        assert_eq!(bytes, made());
        assert!(bytes.starts_with(b"PK\x03\x04") && bytes.len() < 3000);
    }
}
