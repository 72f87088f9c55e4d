//! Values that hold values: JSON in a string, in a string. Each innermost text is treated by itself.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{fmt::Write as _, ops::Range};

/// How deep JSON in strings is followed.
const DEPTH: u32 = 4;

/// What becomes of an innermost text: it is written behind what stands there.
pub type Leaf<'a> = dyn FnMut(&str, &mut String) + 'a;

/// Writes a value with every innermost text replaced; what surrounds them stays as it is. Names of members are
/// innermost texts, and so are numbers, which become texts.
pub fn replace(text: &str, out: &mut String, leaf: &mut Leaf) {
    at_depth(text, DEPTH, out, leaf);
}

/// Calls back with every innermost text.
pub fn each(text: &str, leaf: &mut dyn FnMut(&str)) {
    at_depth(text, DEPTH, &mut String::new(), &mut |text, _| leaf(text));
}

fn at_depth(text: &str, depth: u32, out: &mut String, leaf: &mut Leaf) {
    let trimmed = text.trim();
    let Some(first) = trimmed.as_bytes().first() else { return };
    if depth == 0 || !matches!(first, b'[' | b'{' | b'"') {
        return leaf(trimmed, out);
    }
    if let Some(inner) = plain_string(trimmed) {
        return nested(inner, depth - 1, out, leaf);
    }
    // What is no JSON as a whole is one text, whatever its begin looks like.
    if serde_json::from_str::<IgnoredAny>(trimmed).is_err() {
        return leaf(trimmed, out);
    }
    let begin = out.len();
    let mut json = serde_json::Deserializer::from_str(trimmed);
    if (Walk { depth: depth - 1, out, leaf }).deserialize(&mut json).is_err() {
        out.truncate(begin);
        leaf(trimmed, out);
    }
}

/// What stands between two quotes, if nothing of it is escaped.
fn plain_string(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    inner.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\').then_some(inner)
}

/// A text within JSON.
fn nested(text: &str, depth: u32, out: &mut String, leaf: &mut Leaf) {
    quoted(out, &mut |out| at_depth(text, depth, out, leaf));
}

/// Writes a JSON string of what `write` writes.
fn quoted(out: &mut String, write: &mut dyn FnMut(&mut String)) {
    out.push('"');
    let begin = out.len();
    write(out);
    if out.as_bytes()[begin..].iter().any(|byte| *byte < 0x20 || *byte == b'"' || *byte == b'\\') {
        let raw = out.split_off(begin);
        let escaped = serde_json::to_string(&raw).unwrap_or_default();
        out.push_str(&escaped[1..]);
    } else {
        out.push('"');
    }
}

/// Walks through parsed JSON and writes it anew.
struct Walk<'a, 'b> {
    depth: u32,
    out: &'a mut String,
    leaf: &'a mut Leaf<'b>,
}

impl Walk<'_, '_> {
    fn number(self, number: &dyn std::fmt::Display) {
        let (text, leaf) = (number.to_string(), self.leaf);
        quoted(self.out, &mut |out| leaf(&text, out));
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        let _ = write!(self.out, "{value}");
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.out.push_str("null");
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.number(&value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.number(&value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.number(&serde_json::Value::from(value));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        nested(text, self.depth, self.out, self.leaf);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Self { depth, out, leaf } = self;
        out.push('[');
        let begin = out.len();
        loop {
            let before = out.len();
            if before > begin {
                out.push(',');
            }
            if elements.next_element_seed(Walk { depth, out: &mut *out, leaf: &mut *leaf })?.is_none() {
                out.truncate(before);
                break;
            }
        }
        out.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { depth, out, leaf } = self;
        out.push('{');
        // Of members whose names became one, the first stays: readers of JSON take one of them only, too.
        let mut names: Vec<Range<usize>> = Vec::new();
        while let Some(name) = members.next_key::<String>()? {
            let before = out.len();
            if !names.is_empty() {
                out.push(',');
            }
            let begin = out.len();
            quoted(out, &mut |out| leaf(&name, out));
            let name = begin..out.len();
            out.push(':');
            members.next_value_seed(Walk { depth, out: &mut *out, leaf: &mut *leaf })?;
            if names.iter().any(|known| out[known.clone()] == out[name.clone()]) {
                out.truncate(before);
            } else {
                names.push(name);
            }
        }
        out.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        let mut seen = Vec::new();
        replace(text, &mut out, &mut |text, out| {
            seen.push(text.to_owned());
            out.push_str(&if text == "Type" { text.to_owned() } else { text.to_uppercase() });
        });
        assert_eq!(out, expected, "{text}");
        let mut again = Vec::new();
        each(text, &mut |text| again.push(text.to_owned()));
        assert_eq!(seen, again);
    }

    #[test]
    fn treats_the_innermost_texts() {
        check("dana", "DANA");
        check(r#""dana""#, r#""DANA""#);
        check(r#"["dana"]"#, r#"["DANA"]"#);
        check(r#"["dana","vale",[]]"#, r#"["DANA","VALE",[]]"#);
        check(r#""[\"dana\"]""#, r#""[\"DANA\"]""#);
        check(r#""[1,2]""#, r#""[\"1\",\"2\"]""#);
        check(r#"{"Type":1,"a":true,"b":null,"c":1.5}"#, r#"{"Type":"1","A":true,"B":null,"C":"1.5"}"#);
        check(r#"{"a":"b","c":"d","A":["B"],"a":"d"}"#, r#"{"A":"B","C":"D"}"#);
        check("{dana", "{DANA");
        check(r#"["dana""#, r#"["DANA""#);
        check(r#""dana" and "vale""#, r#""DANA" AND "VALE""#);
        check(r#""a\u0062\n""#, r#""AB""#);
        check(r#""d\\a""#, r#""D\\A""#);
        check(" ", "");
        check(r#""""#, r#""""#);
    }

    #[test]
    fn does_not_follow_strings_without_end() {
        let mut text = "dana".to_owned();
        for _ in 0..8 {
            text = serde_json::to_string(&text).unwrap();
        }
        let mut found = Vec::new();
        each(&text, &mut |text| found.push(text.to_owned()));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("dana") && found[0].len() > 4);
    }
}
