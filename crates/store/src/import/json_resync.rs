//! Finds where a record ends that cannot be read, so that the next one can.

/// Follows JSON text that is known to be wrong or too large, byte by byte and across pushes.
///
/// It knows more than brackets: a raw line end closes a string (no JSON string has one); a quote that
/// opens a string where none can begin closes one instead; a `{` where no value can begin, or first in
/// its line, begins the next record.
#[derive(Default)]
pub(super) struct Resync {
    /// A bit for each open container, set for an object.
    open: Vec<u64>,
    depth: usize,
    arrays: usize,
    in_string: bool,
    escaped: bool,
    /// The last byte, and the last that is not white space.
    last: u8,
    significant: u8,
}

impl Resync {
    /// Where in these bytes the record ends. `None`: not in these.
    pub(super) fn feed(&mut self, text: &[u8]) -> Option<usize> {
        for (at, &byte) in text.iter().enumerate() {
            let last = std::mem::replace(&mut self.last, byte);
            if self.in_string {
                if byte == b'\n' || (byte == b'"' && !self.escaped) {
                    self.in_string = false;
                    self.significant = b'"';
                }
                self.escaped = !self.escaped && byte == b'\\';
                continue;
            }
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                b'"' => {
                    self.in_string = matches!(last, b'{' | b'[' | b':' | b',' | b' ' | b'\t' | b'\r' | b'\n');
                    self.escaped = false;
                }
                b'{' => {
                    if self.depth > 0 && (last == b'\n' || !self.value_may_begin()) {
                        return Some(at);
                    }
                    self.push(true);
                }
                b'[' => self.push(false),
                // The end of an array that is not in the record is the end of one around it.
                b']' if self.arrays == 0 => return Some(at),
                b']' | b'}' => {
                    self.close(byte == b'}');
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            self.significant = byte;
        }
        None
    }

    fn value_may_begin(&self) -> bool {
        if self.innermost_is_object() { self.significant == b':' } else { matches!(self.significant, b'[' | b',') }
    }

    fn innermost_is_object(&self) -> bool {
        self.depth.checked_sub(1).is_some_and(|at| self.open[at / 64] >> (at % 64) & 1 == 1)
    }

    fn push(&mut self, object: bool) {
        let (word, bit) = (self.depth / 64, 1 << (self.depth % 64));
        if word == self.open.len() {
            self.open.push(0);
        }
        if object {
            self.open[word] |= bit;
        } else {
            self.open[word] &= !bit;
        }
        self.depth += 1;
        self.arrays += usize::from(!object);
    }

    /// Closes the innermost object or array and what is still open in it.
    fn close(&mut self, object: bool) {
        while self.depth > 0 {
            let found = self.innermost_is_object();
            self.depth -= 1;
            self.arrays -= usize::from(!found);
            if found == object {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_end_of_a_wrong_record() {
        let check = |text: &str, end: Option<usize>| {
            assert_eq!(Resync::default().feed(text.as_bytes()), end, "{text}");
            let mut resync = Resync::default();
            assert_eq!(
                (0..text.len()).find_map(|at| resync.feed(&text.as_bytes()[at..=at]).map(|end| at + end)),
                end,
                "{text}"
            );
        };
        check(r#"{"a":"\x"},"#, Some(10));
        check(r#"{"a":[{"b":1}, {"c":2}]} "#, Some(24));
        check("{\"a\":\"b\n{\"a\":1}", Some(8));
        check(r#"{"a":[1],{"a":1}"#, Some(9));
        check(r#"{"a":1]"#, Some(6));
        check(r#"{"a":[{"b":1],"c":2}"#, Some(20));
        check(r#"{"a":"b"c":"d"}"#, Some(15));
        check(r#"{"a":[1"#, None);
        check(r#"{"p":{["[{""id"":1}]""#, Some(19));
    }
}
