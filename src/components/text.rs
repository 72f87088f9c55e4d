//! Text that comes from a file, shown so that it cannot pretend to be something else: isolated from
//! the text around it, invisible and direction-changing characters written out, mixed scripts named.

use yew::prelude::*;

/// A run of text, or one character that must not act.
#[derive(Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// Shown as it is.
    Plain(&'a str),
    /// Shown as its code point.
    Hidden(char),
}

/// Whether a character would be invisible, or change how its neighbours are shown.
pub fn is_hidden(c: char) -> bool {
    let always = c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    always
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text cut at hidden characters.
pub fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_hidden(*c)) {
        if from < at {
            runs.push(Run::Plain(&text[from..at]));
        }
        runs.push(Run::Hidden(c));
        from = at + c.len_utf8();
    }
    if from < text.len() {
        runs.push(Run::Plain(&text[from..]));
    }
    runs
}

/// How a hidden character is written, for example `⟨U+202E⟩`.
pub fn escape_char(c: char) -> String {
    format!("\u{27e8}U+{:04X}\u{27e9}", c as u32)
}

/// The text with hidden characters written out: for places that take no markup, such as `title`.
pub fn escape(text: &str) -> String {
    let write = |run| match run {
        Run::Plain(text) => text.to_owned(),
        Run::Hidden(c) => escape_char(c),
    };
    runs(text).into_iter().map(write).collect()
}

/// The scripts whose letters are taken for one another.
fn script(c: char) -> Option<u8> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some(0),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(1),
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}' => Some(2),
        '\u{530}'..='\u{58f}' => Some(3),
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Some(4),
        '\u{ff21}'..='\u{ff5a}' => Some(5),
        '\u{1d400}'..='\u{1d7ff}' => Some(6),
        _ => None,
    }
}

/// Whether a word of the text is written in more than one script, so that it may pass for another.
pub fn has_mixed_scripts(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let mut scripts = word.chars().filter_map(script);
        let first = scripts.next();
        scripts.any(|other| Some(other) != first)
    })
}

/// Text from a file.
pub fn file_text(text: &str) -> Html {
    let show = |run| match run {
        Run::Plain(text) => Html::from(text),
        Run::Hidden(c) => html! {
            <span class="file-text__hidden" title="A character that would be invisible">{ escape_char(c) }</span>
        },
    };
    html! {
        <bdi class="file-text">
            { for runs(text).into_iter().map(show) }
            if has_mixed_scripts(text) {
                <span class="file-text__badge" title="A word mixes letters of several alphabets that look alike">{ "mixed scripts" }</span>
            }
        </bdi>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_out_what_would_not_be_seen() {
        assert_eq!(escape("annex\u{202e}gpj.exe"), "annex\u{27e8}U+202E\u{27e9}gpj.exe");
        assert_eq!(escape("plain\ntext\tÄ 👍"), "plain\ntext\tÄ 👍");
        assert_eq!(runs("\u{200b}a\u{0}"), [Run::Hidden('\u{200b}'), Run::Plain("a"), Run::Hidden('\0')]);
    }

    #[test]
    fn names_words_of_two_alphabets() {
        assert!(has_mixed_scripts("p\u{430}ypal.example"));
        assert!(!has_mixed_scripts("Анна Müller"));
        assert!(!has_mixed_scripts("anna@example.com"));
    }
}
