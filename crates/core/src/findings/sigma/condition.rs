//! The condition of a rule: selections joined by and, or, not, `1 of` and `all of`.

/// A condition over selections, by their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// Does not hold.
    Never,
    /// A selection.
    Is(usize),
    /// All of these.
    All(Vec<Condition>),
    /// Any of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

impl Condition {
    /// Whether it holds, given which selections do.
    pub(super) fn holds(&self, is: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Never => false,
            Self::Is(selection) => is(*selection),
            Self::All(parts) => parts.iter().all(|part| part.holds(is)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(is)),
            Self::Not(part) => !part.holds(is),
        }
    }
}

/// Reads a condition; else what of it is not supported.
pub(super) fn parse(text: &str, names: &[&str]) -> Result<Condition, String> {
    if let Some((_, aggregation)) = text.split_once('|') {
        return Err(format!("the aggregation |{aggregation} of the condition"));
    }
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut words = Words { all: spaced.split_whitespace().collect(), at: 0, depth: 0, names };
    let condition = words.any()?;
    match words.peek() {
        None => Ok(condition),
        Some(word) => Err(format!("{word} in the condition {text}")),
    }
}

/// Parentheses and negations within each other.
const DEEPEST: u32 = 64;

struct Words<'a> {
    all: Vec<&'a str>,
    at: usize,
    depth: u32,
    names: &'a [&'a str],
}

impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.all.get(self.at).copied()
    }

    fn take(&mut self, word: &str) -> bool {
        let is = self.peek().is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.every()?];
        while self.take("or") {
            parts.push(self.every()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn every(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn one(&mut self) -> Result<Condition, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("a condition that is nested too deeply".into());
        }
        let result = self.part();
        self.depth -= 1;
        result
    }

    fn part(&mut self) -> Result<Condition, String> {
        if self.take("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.take("(") {
            let inner = self.any()?;
            return if self.take(")") { Ok(inner) } else { Err("a parenthesis that is not closed".into()) };
        }
        let Some(word) = self.peek() else { return Err("a condition that ends too early".into()) };
        self.at += 1;
        if self.take("of") {
            let of = self.peek().unwrap_or_default();
            self.at += 1;
            let matching: Vec<Condition> = self
                .names
                .iter()
                .enumerate()
                .filter(|(_, name)| named(of, name))
                .map(|(at, _)| Condition::Is(at))
                .collect();
            if matching.is_empty() {
                return Err(format!("{word} of {of}, which names no selection"));
            }
            return match word.to_ascii_lowercase().as_str() {
                "1" | "any" => Ok(Condition::Any(matching)),
                "all" => Ok(Condition::All(matching)),
                _ => Err(format!("{word} of {of}")),
            };
        }
        match self.names.iter().position(|name| *name == word) {
            Some(at) => Ok(Condition::Is(at)),
            None => Err(format!("{word}, which is no selection, in the condition")),
        }
    }
}

fn named(of: &str, name: &str) -> bool {
    match of {
        // Selections that begin with an underscore are left out of "them".
        "them" => !name.starts_with('_'),
        _ => super::matching::like(of, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence_and_groups() {
        let names = ["a", "b", "filter_1", "filter_2"];
        let holds = |text: &str, set: &[usize]| parse(text, &names).unwrap().holds(&|at| set.contains(&at));
        assert!(holds("a or b and not filter_1", &[0, 2]));
        assert!(!holds("(a or b) and not 1 of filter_*", &[0, 3]));
        assert!(holds("all of filter_*", &[2, 3]) && !holds("all of them", &[0, 1, 2]));
        assert!(holds("NOT a AND b", &[1]));
        for bad in ["a and", "(a", "c", "1 of x*", "a | count() > 3", "a b", "2 of them"] {
            assert!(parse(bad, &names).is_err(), "{bad}");
        }
        assert!(parse(&"(".repeat(100_000), &names).is_err());
    }
}
