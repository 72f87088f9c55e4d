//! Values that are JSON inside a string, unpacked into indented lines.
//!
//! Modified properties hold `"\"Member\""` for Member and whole policies as one string; a reader
//! wants neither quotes nor backslashes.

use super::details::Line;
use serde_json::Value;

const DEEPEST: u32 = 16;
const LINES: usize = 500;

/// The lines of a JSON value; none if the text is not JSON or nothing but a plain number or word.
pub fn unpack(text: &str) -> Vec<Line> {
    let Some(value) = parse(text) else { return Vec::new() };
    let mut lines = Vec::new();
    add(&mut lines, 0, "", &value);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push(Line { depth: 0, key: String::new(), value: "… (more than is shown here)".into() });
    }
    lines
}

fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    text.starts_with(['"', '[', '{']).then(|| serde_json::from_str(text).ok()).flatten()
}

fn add(lines: &mut Vec<Line>, depth: u32, key: &str, value: &Value) {
    if lines.len() > LINES {
        return;
    }
    if let Value::String(text) = value
        && let Some(inner) = parse(text).filter(|_| depth < DEEPEST)
    {
        return add(lines, depth, key, &inner);
    }
    let alone = match value {
        Value::Array(all) => all.first().filter(|first| all.len() == 1 && !first.is_object() && !first.is_array()),
        _ => None,
    };
    if let Some(alone) = alone {
        return add(lines, depth, key, alone);
    }
    let mut line = |value: String| lines.push(Line { depth, key: key.into(), value });
    match value {
        Value::Null => line(String::new()),
        Value::Bool(value) => line(value.to_string()),
        Value::Number(value) => line(value.to_string()),
        Value::String(value) => line(value.clone()),
        Value::Array(all) if all.is_empty() => line(String::new()),
        Value::Object(all) if all.is_empty() => line(String::new()),
        Value::Array(_) | Value::Object(_) if depth >= DEEPEST => line(value.to_string()),
        Value::Array(all) => {
            let deeper = open(lines, depth, key);
            for (at, value) in all.iter().enumerate() {
                add(lines, deeper, &(at + 1).to_string(), value);
            }
        }
        Value::Object(all) => {
            let deeper = open(lines, depth, key);
            for (key, value) in all {
                add(lines, deeper, key, value);
            }
        }
    }
}

/// A heading for deeper lines; the outermost value needs none.
fn open(lines: &mut Vec<Line>, depth: u32, key: &str) -> u32 {
    if key.is_empty() {
        return depth;
    }
    lines.push(Line { depth, key: key.into(), value: String::new() });
    depth + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(u32, &str, &str)]) {
        let lines = unpack(text);
        let lines: Vec<_> = lines.iter().map(|line| (line.depth, line.key.as_str(), line.value.as_str())).collect();
        assert_eq!(lines, expect, "{text}");
    }

    #[test]
    fn unpacks_json_and_leaves_text_alone() {
        check("Member", &[]);
        check("42", &[]);
        check("[not json", &[]);
        check(r#""Member""#, &[(0, "", "Member")]);
        check(r#""\"Member\"""#, &[(0, "", "Member")]);
        check(r#"["x"]"#, &[(0, "", "x")]);
        check(r#""[\"x\"]""#, &[(0, "", "x")]);
        check("[]", &[(0, "", "")]);
        check(r#"["a","b"]"#, &[(0, "1", "a"), (0, "2", "b")]);
        check(
            r#"{"state":"enabled","users":{"include":["All"],"n":2}}"#,
            &[(0, "state", "enabled"), (0, "users", ""), (1, "include", "All"), (1, "n", "2")],
        );
    }

    #[test]
    fn stops_at_its_bounds() {
        assert_eq!(unpack(&format!("[{}1]", "1,".repeat(9_999))).len(), LINES + 1);
        let deep = format!("{}1{}", r#"{"a":"#.repeat(100), "}".repeat(100));
        assert!(unpack(&deep).iter().all(|line| line.depth <= DEEPEST));
        let mut text = String::from("x");
        for _ in 0..12 {
            text = serde_json::to_string(&text).unwrap();
        }
        assert_eq!(unpack(&text).len(), 1);
    }
}
