//! Texts as comparisons see them, so that no spelling hides a name.

/// A text as comparisons see it: letter case, accents, width, look-alikes and invisible characters aside.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// The same, in place of what stands in `folded`.
pub fn fold_into(text: &str, folded: &mut String) {
    let text = text.trim();
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        text.chars().for_each(|letter| fold_letter(letter, &mut |plain| folded.push(plain)));
    }
}

/// The letters that a letter is compared as.
pub fn fold_letter(letter: char, each: &mut dyn FnMut(char)) {
    if letter.is_ascii() {
        return each(letter.to_ascii_lowercase());
    }
    if is_invisible(letter) || ('\u{300}'..='\u{36f}').contains(&letter) {
        return;
    }
    let wide = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{2010}'..='\u{2015}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        other => other,
    };
    for lower in wide.to_lowercase() {
        match plain(lower) {
            Some("") => {}
            Some(letters) => letters.chars().for_each(&mut *each),
            None => each(lower),
        }
    }
}

/// Characters without a shape of their own: joiners, marks of direction, soft hyphens, variation selectors.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The plain letters behind one with an accent, and Latin look-alikes of Greek and Cyrillic letters.
/// Source: Unicode, UnicodeData.txt (decompositions) and confusables.txt, the lower-case letters of European names.
fn plain(letter: char) -> Option<&'static str> {
    const ACCENTS: [(&str, &str); 33] = [
        ("àáâãäåāăąǎȁȃạảấầẩẫậắằẳẵặа", "a"),
        ("çćĉċčс", "c"),
        ("ďđḍ", "d"),
        ("èéêëēĕėęěẹẻẽếềểễệеё", "e"),
        ("ĝğġģǧ", "g"),
        ("ĥħḥһ", "h"),
        ("ìíîïĩīĭįıịỉіїι", "i"),
        ("ĵј", "j"),
        ("ķκк", "k"),
        ("ĺļľŀł", "l"),
        ("м", "m"),
        ("ñńņňŋ", "n"),
        ("òóôõöøōŏőơọỏốồổỗộớờởỡợоο", "o"),
        ("ρр", "p"),
        ("ŕŗř", "r"),
        ("śŝşšșѕ", "s"),
        ("ţťŧțт", "t"),
        ("ùúûüũūŭůűųưụủứừửữự", "u"),
        ("νѵ", "v"),
        ("ŵẁẃẅ", "w"),
        ("хχ", "x"),
        ("ýÿŷỳỵỷỹуγ", "y"),
        ("źżž", "z"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("þ", "th"),
        ("ð", "d"),
        ("ﬁ", "fi"),
        ("ﬂ", "fl"),
        ("ﬀ", "ff"),
        ("α", "a"),
        ("ε", "e"),
    ];
    ACCENTS.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_looks_alike() {
        for text in [
            "Dana Vale",
            "DANA VALE",
            "d\u{200b}ana va\u{ad}le",
            "Dаna Vale",
            "ｄａｎａ　ｖａｌｅ",
            "dána vale",
            "da\u{301}na vale ",
        ] {
            assert_eq!(fold(text), "dana vale", "{text}");
        }
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("山田"), "山田");
    }
}
