//! Leaves out of styles and scripts what only their readers need. Nothing is renamed or moved, so what the
//! page runs can still be read.

/// A style sheet without comments and without the spaces that mean nothing. Strings stay as they are.
pub fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if next == '"' || next == '\'' {
            let end = rest[1..].find(next).map_or(rest.len(), |end| end + 2);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if next.is_whitespace() {
            rest = rest.trim_start();
            // A space joins a selector to the next, or separates values; beside these it does neither.
            if !out.ends_with(['{', '}', ';', ',', ':']) && !rest.starts_with(['{', '}', ';', ',']) {
                out.push(' ');
            }
        } else {
            if next == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out.trim().to_owned()
}

/// A script without indentation, empty lines and lines that are only a comment. For scripts in which no
/// string goes over several lines.
pub fn script(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in lines {
        in_comment |= line.starts_with("/*");
        if !in_comment {
            out.push_str(line);
            out.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_keep_their_meaning() {
        let source = "/* a */\n@media (width > 1px) and (x: y) {\n  .a :hover, .b > c { margin: 0 calc(1px + 2px); content: \"; }  /* \"; }\n}\n";
        assert_eq!(
            css(source),
            "@media (width > 1px) and (x:y){.a :hover,.b > c{margin:0 calc(1px + 2px);content:\"; }  /* \"}}"
        );
        assert_eq!(css("a { b: c } /* open"), "a{b:c}");
    }

    #[test]
    fn scripts_keep_their_lines() {
        let source = "// head\nconst a = 'x // y';\n\n  /* two\n   * lines */\n  /** one */\n  if (a) { // kept\n    b();\n  }\n";
        assert_eq!(script(source), "const a = 'x // y';\nif (a) { // kept\nb();\n}\n");
    }
}
