//! A sponsor's guests as one HTML file to fill in offline: keep or remove, and why. It works by a double
//! click, sends nothing, and saves the answers as JSON that `import` reads (`sponsor-answers-json`).
//!
//! The file has a policy of its own: no network, one style and one script, both by their hash. All that
//! comes from files stands in attributes and text, escaped; the script reads it from there.

mod asked;

use crate::arrange::Arrange as _;
use crate::{
    derived::Derived,
    files,
    guests::{
        party::Party,
        reviews::SPONSOR_SHEET,
        sponsors::{Guest, Sponsors},
    },
    identity::{Identity, Person, PersonId},
    model::{Attribute as A, EntityKind},
    store::{Entities, Store},
    time::{self, Zone},
};
use asked::{Asked, Why};
use hashbrown::HashMap;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const SCRIPT: &str = include_str!("sheet.js");
const STYLE: &str = include_str!("sheet.css");

/// The sheet of a sponsor, or of guests without one, and the name of its file; none if there is no guest to
/// ask about.
pub fn sponsor_sheet(derived: &Derived, key: &str, zone: &Zone) -> Option<(Vec<u8>, String)> {
    let (sponsors, identity) = (derived.get::<Sponsors>(), derived.get::<Identity>());
    let Asked { party, why, guests } = asked::asked(derived, &sponsors, key)?;
    let store = derived.store;
    let as_of = files::as_of(store).map(|as_of| as_of.day());
    let keys: Vec<&str> = guests.iter().map(|guest| identity.person(guest.person).key.as_str()).collect();
    let id = sheet_id(&party, &keys, as_of);
    let file = file_name(&party);
    let packages = packages(store, &identity);
    let mut out = String::with_capacity(8_000 + guests.len() * 800);
    let title = match why {
        Why::Administrator => "Guests without a sponsor".to_owned(),
        Why::Inviter => format!("Guests that {} invited", escaped(party.called())),
        Why::Sponsor => format!("Guests of {}", escaped(party.called())),
    };
    head(&mut out, &title);
    let count = if guests.len() == 1 { "this guest".to_owned() } else { format!("these {} guests", guests.len()) };
    intro(&mut out, &party, [&id, &file, &title, &why.words(&count)], as_of);
    let rows = store.entities(EntityKind::Person);
    for (number, guest) in guests.iter().enumerate() {
        let own = identity.person(guest.person);
        line(&mut out, number, own, guest, &rows, packages.get(&guest.person).map_or(&[], Vec::as_slice), zone);
    }
    foot(&mut out);
    Some((out.into_bytes(), format!("guestlens sheet of {file}.html")))
}

/// The same sponsor, guests and export have the same id: answers given twice are answers to one sheet.
fn sheet_id(party: &Party, guests: &[&str], as_of: Option<i64>) -> String {
    let mut hash = Sha256::new();
    for text in std::iter::once(party.key.as_str()).chain(guests.iter().copied()) {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.update(as_of.unwrap_or_default().to_le_bytes());
    hash.finalize().iter().take(16).fold("sheet-".to_owned(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}

/// A name of letters and digits: whatever a display name holds, a file system takes it.
fn file_name(party: &Party) -> String {
    let plain: String = party.called().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).take(60).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() { "a sponsor".into() } else { words.join(" ") }
}

/// The access packages that people hold, by the exports of assignments.
fn packages(store: &Store, identity: &Identity) -> HashMap<PersonId, Vec<String>> {
    let rows = store.entities(EntityKind::Assignment);
    let mut found: HashMap<PersonId, Vec<String>> = HashMap::default();
    for row in rows.rows().filter(|row| rows.text(*row, A::State) == "delivered") {
        let code = |attribute| rows.code(row, attribute);
        let name = rows.text(row, A::PackageName).into_owned();
        let person = identity.of_codes(code(A::TargetId), code(A::TargetUpn), code(A::TargetMail));
        if let (Some(person), false) = (person, name.is_empty()) {
            found.entry(person).or_default().push(name);
        }
    }
    for names in found.values_mut() {
        names.arrange();
        names.dedup();
    }
    found
}

/// A text inside of an element or of an attribute in double quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            // Controls, and marks that turn the direction of writing: a name could hide behind them.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn hash(text: &str) -> String {
    guestlens_store::base64::encode(&Sha256::digest(text.as_bytes()))
}

fn head(out: &mut String, title: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    );
}

/// `words`: the sheet's id, the name of its file, its heading, and why its reader got it.
fn intro(out: &mut String, party: &Party, words: [&str; 4], as_of: Option<i64>) {
    let [id, file, title, why] = words;
    let [own_id, upn, mail, name] = [&party.id, &party.upn, &party.mail, &party.name].map(|text| escaped(text));
    let from = as_of.map_or(String::new(), time::iso);
    let _ = write!(
        out,
        "<main data-sheet=\"{id}\" data-title=\"{SPONSOR_SHEET}\" data-from=\"{from}\" data-id=\"{own_id}\" \
         data-upn=\"{upn}\" data-mail=\"{mail}\" data-name=\"{name}\" data-file=\"sponsor answers {}.json\">\n\
         <h1>{title}</h1>\n",
        escaped(file)
    );
    let _ = writeln!(
        out,
        "<p>{why} Say for each whether the access is still needed. This page sends \
         nothing: when you are done, save your answers and give the file back to whoever gave you this page.</p>"
    );
    if let Some(as_of) = as_of {
        let _ = writeln!(out, "<p>As of {} (UTC).</p>", time::plain_day(as_of, &Zone::default()));
    }
    *out += "<noscript><p>Scripts are off here: print this page and tick by hand, or open the file in a browser.</p></noscript>\n\
        <table>\n<thead><tr><th scope=\"col\">Guest</th><th scope=\"col\">Since</th><th scope=\"col\">Last sign-in</th>\
        <th scope=\"col\">Access packages</th><th scope=\"col\">Answer</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>\n";
}

fn line(
    out: &mut String,
    number: usize,
    person: &Person,
    guest: &Guest,
    rows: &Entities,
    packages: &[String],
    zone: &Zone,
) {
    let [id, upn, mail, name] = [&person.id, &person.upn, &person.mail, &person.name].map(|text| escaped(text));
    let label = escaped(person.label());
    let address = if person.mail.is_empty() { &upn } else { &mail };
    let company = guest.row.map_or(String::new(), |row| escaped(&rows.text(row as usize, A::Company)));
    let time_of = |attribute| guest.row.and_then(|row| rows.time(row as usize, attribute));
    let day = |ticks: Option<i64>| ticks.map_or("not known".into(), |ticks| time::plain_day(ticks, zone));
    let last = [A::LastSignIn, A::LastNonInteractiveSignIn, A::LastSuccessfulSignIn].into_iter().filter_map(time_of);
    let packages: Vec<String> = packages.iter().map(|name| escaped(name)).collect();
    let packages = if packages.is_empty() { "none in the loaded files".into() } else { packages.join("<br>") };
    let small = |text: &str| if text.is_empty() { String::new() } else { format!("<small>{text}</small>") };
    let shown = if *address == label { String::new() } else { small(address) };
    let choice = |value: &str, word: &str| {
        format!(
            "<label><input type=\"radio\" name=\"guest-{number}\" value=\"{value}\" autocomplete=\"off\"> {word}</label>"
        )
    };
    let _ = writeln!(
        out,
        "<tr data-guest data-id=\"{id}\" data-upn=\"{upn}\" data-mail=\"{mail}\" data-name=\"{name}\">\
         <th scope=\"row\">{label}{shown}{}</th><td>{}</td><td>{}</td><td>{packages}</td>\
         <td><fieldset aria-label=\"{label}\">{}{}</fieldset></td>\
         <td><input type=\"text\" maxlength=\"500\" autocomplete=\"off\" aria-label=\"Why, {label}\"></td></tr>",
        small(&company),
        day(time_of(A::Created)),
        day(last.max()),
        choice("Approve", "Keep"),
        choice("Deny", "Remove"),
    );
}

fn foot(out: &mut String) {
    let _ = write!(
        out,
        "</tbody>\n</table>\n<div class=\"bar\" hidden><button type=\"button\" id=\"save\">Save my answers</button>\
         <span id=\"status\" role=\"status\"></span>\
         <label>Continue with saved answers <input type=\"file\" id=\"open\" accept=\".json\"></label></div>\n\
         <section class=\"saved\" id=\"saved\" hidden><p>Your browser has saved a file. Give it back to whoever gave you \
         this page. If there is no file, copy this text into a mail instead:</p>\
         <textarea id=\"text\" readonly aria-label=\"Answers\"></textarea></section>\n</main>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_holds_stays_text() {
        assert_eq!(escaped("<b a='1' c=\"2\">&\u{202e}\n"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;\u{fffd} ");
        let party = Party { name: "../ <img>\"\u{0}".into(), ..Party::default() };
        assert_eq!(file_name(&party), "img");
        assert_eq!(file_name(&Party { name: "..".into(), ..Party::default() }), "a sponsor");
    }

    #[test]
    fn neither_script_nor_style_ends_its_element() {
        for text in [SCRIPT, STYLE] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
        for word in ["fetch", "XMLHttpRequest", "WebSocket", "innerHTML", "eval", "http", "sendBeacon", "import("] {
            assert!(!SCRIPT.contains(word), "{word}");
        }
    }
}
