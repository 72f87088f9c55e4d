//! Reads JSON text member by member, borrowing every string that needs no unescaping.
//!
//! Own code and not `serde_json`, because one reader has to serve the happy path and the odd one alike:
//! it tells text that ends too early from text that is wrong, keeps values of any type as text, repairs
//! lone surrogates and never recurses deeper than the shape asked for. A property test holds it to
//! `serde_json`'s verdict.

use super::json_value::Value;
use wide::u8x16;

/// Why a value could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The text ends inside the value.
    End,
    /// This is not JSON.
    Syntax,
    /// Nested deeper than [`Reader::DEEPEST`].
    Deep,
}

pub(super) type Read<T> = Result<T, Fault>;

/// A place in JSON text.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// How deep arrays and objects may be nested: as deep as `serde_json` goes.
    pub(super) const DEEPEST: u32 = 127;

    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Bytes read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next byte that is not white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Read<u8> {
        loop {
            match self.text.get(self.at) {
                None => return Err(Fault::End),
                Some(b'\n') => {
                    self.at += 1;
                    self.skip_indent();
                }
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(&byte) => return Ok(byte),
            }
        }
    }

    #[inline]
    fn skip_indent(&mut self) {
        while let Some(block) = block(self.text, self.at) {
            let spaces = block.simd_eq(u8x16::splat(b' ')).to_bitmask().trailing_ones();
            self.at += spaces as usize;
            if spaces < 16 {
                return;
            }
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.peek()? != byte {
            return Err(Fault::Syntax);
        }
        self.at += 1;
        Ok(())
    }

    fn enter(&mut self, open: u8) -> Read<()> {
        self.expect(open)?;
        self.depth += 1;
        if self.depth > Self::DEEPEST { Err(Fault::Deep) } else { Ok(()) }
    }

    /// Reads an object. `each` gets the key, escapes and all, and has to read the value.
    #[inline]
    pub(super) fn object(&mut self, mut each: impl FnMut(&mut Self, &'a [u8]) -> Read<()>) -> Read<()> {
        self.enter(b'{')?;
        if self.peek()? == b'}' {
            self.leave();
            return Ok(());
        }
        loop {
            let (key, _) = self.string()?;
            self.expect(b':')?;
            each(self, key)?;
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {
                    self.leave();
                    return Ok(());
                }
                _ => return Err(Fault::Syntax),
            }
        }
    }

    /// Reads an array. `each` has to read the element.
    #[inline]
    pub(super) fn array(&mut self, mut each: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.enter(b'[')?;
        if self.peek()? == b']' {
            self.leave();
            return Ok(());
        }
        loop {
            each(self)?;
            match self.peek()? {
                b',' => self.at += 1,
                b']' => {
                    self.leave();
                    return Ok(());
                }
                _ => return Err(Fault::Syntax),
            }
        }
    }

    fn leave(&mut self) {
        self.at += 1;
        self.depth -= 1;
    }

    /// Reads any value.
    #[inline]
    pub(super) fn value(&mut self) -> Read<Value<'a>> {
        match self.peek()? {
            b'"' => {
                let (text, escaped) = self.string()?;
                Ok(if escaped { Value::Escaped(text) } else { Value::Plain(text) })
            }
            b'n' => self.word(b"null").map(|()| Value::Null),
            _ => {
                let start = self.at;
                self.skip()?;
                Ok(Value::Other(&self.text[start..self.at]))
            }
        }
    }

    /// Reads past any value.
    pub(super) fn skip(&mut self) -> Read<()> {
        // A bit for each open container, the innermost lowest: set for an object.
        let mut open: u128 = 0;
        let outside = self.depth;
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                byte @ (b'{' | b'[') => {
                    self.enter(byte)?;
                    open = open << 1 | u128::from(byte == b'{');
                    let next = self.peek()?;
                    if next == byte + 2 {
                        self.leave();
                        open >>= 1;
                    } else {
                        if byte == b'{' {
                            self.key()?;
                        }
                        continue;
                    }
                }
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                b'-' | b'0'..=b'9' => self.number()?,
                _ => return Err(Fault::Syntax),
            }
            loop {
                if self.depth == outside {
                    return Ok(());
                }
                match (self.peek()?, open & 1 == 1) {
                    (b',', object) => {
                        self.at += 1;
                        if object {
                            self.key()?;
                        }
                        break;
                    }
                    (b'}', true) | (b']', false) => {
                        self.leave();
                        open >>= 1;
                    }
                    _ => return Err(Fault::Syntax),
                }
            }
        }
    }

    fn key(&mut self) -> Read<()> {
        self.string()?;
        self.expect(b':')
    }

    fn word(&mut self, word: &[u8]) -> Read<()> {
        let rest = &self.text[self.at..];
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        Err(if word.starts_with(rest) { Fault::End } else { Fault::Syntax })
    }

    /// Reads a number; one that the text ends with might go on.
    fn number(&mut self) -> Read<()> {
        if self.text[self.at] == b'-' {
            self.at += 1;
        }
        let leading = self.text.get(self.at) == Some(&b'0');
        if self.digits()? > 1 && leading {
            return Err(Fault::Syntax);
        }
        if self.text[self.at] == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.text[self.at], b'e' | b'E') {
            self.at += 1;
            if matches!(self.text.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Read<usize> {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        match self.text.get(self.at) {
            None => Err(Fault::End),
            Some(_) if start == self.at => Err(Fault::Syntax),
            Some(_) => Ok(self.at - start),
        }
    }

    /// Reads a string: what stands between its quotes and whether it has escapes.
    #[inline]
    pub(super) fn string(&mut self) -> Read<(&'a [u8], bool)> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            match block(self.text, self.at) {
                Some(block) => {
                    let ends = block.simd_eq(u8x16::splat(b'"')).to_bitmask()
                        | block.simd_eq(u8x16::splat(b'\\')).to_bitmask()
                        | block.min(u8x16::splat(0x1f)).simd_eq(block).to_bitmask();
                    if ends == 0 {
                        self.at += 16;
                        continue;
                    }
                    self.at += ends.trailing_zeros() as usize;
                }
                None => {
                    while self.text.get(self.at).is_some_and(|&byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                        self.at += 1;
                    }
                }
            }
            match self.text.get(self.at) {
                None => return Err(Fault::End),
                Some(b'"') => {
                    self.at += 1;
                    return Ok((&self.text[start..self.at - 1], escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(Fault::Syntax),
            }
        }
    }

    fn escape(&mut self) -> Read<()> {
        match self.text.get(self.at + 1) {
            None => Err(Fault::End),
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(())
            }
            Some(b'u') => {
                for at in self.at + 2..self.at + 6 {
                    match self.text.get(at) {
                        None => return Err(Fault::End),
                        Some(byte) if byte.is_ascii_hexdigit() => {}
                        Some(_) => return Err(Fault::Syntax),
                    }
                }
                self.at += 6;
                Ok(())
            }
            Some(_) => Err(Fault::Syntax),
        }
    }
}

/// The 16 bytes at a place, if there are as many.
#[inline]
pub(super) fn block(text: &[u8], at: usize) -> Option<u8x16> {
    let bytes: [u8; 16] = text.get(at..at + 16)?.try_into().ok()?;
    Some(u8x16::from(bytes))
}

/// Whether a text is one JSON value.
pub(super) fn is_whole(text: &[u8]) -> bool {
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.peek() == Err(Fault::End)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(json: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut reader = Reader::new(json.as_bytes());
        let (mut buffer, mut bad) = (Vec::new(), false);
        reader
            .array(|reader| {
                let value = reader.value()?;
                found.push(String::from_utf8(value.text(&mut buffer, &mut bad).to_vec()).unwrap());
                Ok(())
            })
            .unwrap();
        found
    }

    #[test]
    fn reads_values_as_text() {
        let json =
            r#" [ "a b", "x\"\u00e9\ud83d\ude00\n", null, 1.50 , true, { "a" : [ 1, "b c" ] }, [], "\ud800x" ] "#;
        let expected = ["a b", "x\"é😀\n", "", "1.50", "true", r#"{"a":[1,"b c"]}"#, "[]", "\u{fffd}x"];
        assert_eq!(texts(json), expected);
    }

    #[test]
    fn tells_early_ends_from_wrong_text() {
        let fault = |text: &str| Reader::new(text.as_bytes()).skip().unwrap_err();
        for text in ["", "[", "[1", "[1,", "{\"a", "{\"a\\", "{\"a\":tr", "\"\\u12", "12", "-", "1.", "1e"] {
            assert_eq!(fault(text), Fault::End, "{text}");
        }
        for text in [
            "]",
            "[1 2]",
            "{1:2}",
            "{\"a\" 1}",
            "[tru]",
            "\"\\x\"",
            "\"\\u12g",
            "\"a\nb\"",
            "01 ",
            "[1,]",
            "{,}",
            "1.x",
        ] {
            assert_eq!(fault(text), Fault::Syntax, "{text}");
        }
        assert_eq!(fault(&"[".repeat(100_000)), Fault::Deep);
        assert_eq!(fault(&"{\"a\":".repeat(100_000)), Fault::Deep);
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json(text in r#"[\[\]{}:,"\\au0-9.eE \-+\n]{0,24}|[ -~]{0,12}"#) {
            let text = format!("{text} ");
            let mut reader = Reader::new(text.as_bytes());
            let own = reader.skip().and_then(|()| match reader.peek() { Err(Fault::End) => Ok(()), _ => Err(Fault::Syntax) });
            // IgnoredAny does not look at escapes of surrogates; numbers out of range are no syntax error.
            let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text);
            prop_assert_eq!(own.is_ok(), theirs.is_ok(), "{}", text);
        }

        #[test]
        fn unescapes_as_serde_json_does(value in any::<String>()) {
            let json = serde_json::to_string(&[&value]).unwrap();
            prop_assert_eq!(texts(&json), [value]);
        }
    }
}
