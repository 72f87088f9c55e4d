//! Values that hold values: JSON in a string, in a string. Each innermost text is treated by itself.

use serde_json::Value;

/// How deep JSON in strings is followed.
const DEPTH: u32 = 4;

/// Replaces every innermost text of a value; what surrounds it stays as it is. Members whose name may not be
/// shown are named by what `leaf` makes of it.
pub(super) fn replace(text: &str, leaf: &mut dyn FnMut(&str) -> String) -> String {
    at_depth(text, DEPTH, leaf)
}

fn at_depth(text: &str, depth: u32, leaf: &mut dyn FnMut(&str) -> String) -> String {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return String::new();
    }
    let may_be_json = matches!(trimmed.as_bytes()[0], b'[' | b'{' | b'"');
    if !may_be_json {
        return leaf(trimmed);
    }
    match serde_json::from_str::<Value>(trimmed) {
        Ok(value) if depth > 0 => inside(value, depth - 1, leaf).to_string(),
        _ => leaf(trimmed),
    }
}

fn inside(value: Value, depth: u32, leaf: &mut dyn FnMut(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(at_depth(&text, depth, leaf)),
        Value::Array(values) => values.into_iter().map(|value| inside(value, depth, leaf)).collect(),
        Value::Object(members) => {
            // Collecting would sort them first, by code of its own.
            let mut object = serde_json::Map::new();
            for (name, value) in members {
                object.insert(leaf(&name), inside(value, depth, leaf));
            }
            Value::Object(object)
        }
        Value::Number(number) => Value::String(leaf(&number.to_string())),
        Value::Bool(_) | Value::Null => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treats_the_innermost_texts() {
        let mut leaf = |text: &str| if text == "Type" { text.to_owned() } else { text.to_uppercase() };
        assert_eq!(replace("dana", &mut leaf), "DANA");
        assert_eq!(replace(r#"["dana"]"#, &mut leaf), r#"["DANA"]"#);
        assert_eq!(replace(r#""[\"dana\"]""#, &mut leaf), r#""[\"DANA\"]""#);
        assert_eq!(replace(r#"{"Type":1,"a":true}"#, &mut leaf), r#"{"A":true,"Type":"1"}"#);
        assert_eq!(replace("{dana", &mut leaf), "{DANA");
        assert_eq!(replace(" ", &mut leaf), "");
    }
}
