//! Reads an interactive report again: the page in it has to be the page itself, byte for byte, and each byte of
//! its data has to be accounted for. Texts are read like any other; numbers have to be codes of texts that are
//! there, or moments of the step that the report says. See `guestlens_store::store::packed` for the layout.

use super::{DEPTH, Reading, decode, sha256};
use crate::store::packed::is_rounded;

/// What stands around the data.
const MARK: &[u8] = b"<script type=\"application/octet-stream\" id=\"report\">";
const END: &[u8] = b"</script>\n";

impl Reading<'_> {
    /// `page`: the page that made the report, as its file is; `step`: to how many ticks times have to be rounded.
    pub(super) fn interactive(&mut self, bytes: &[u8], page: &[u8], step: i64, told: &mut dyn FnMut(usize, usize)) {
        self.verdict.read += bytes.len() as u64;
        let Some(data) = data_of(bytes, page) else {
            return self.hit("page", "page", 0, 4, "a page that is not the one you have opened");
        };
        let digits = without_fill(data);
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let text = std::str::from_utf8(digits).ok().filter(|_| digits.iter().all(is_base64));
        let packed = text.map(decode::base64).and_then(|gzip| {
            self.verdict.data = sha256(&gzip);
            inflated(&gzip)
        });
        let read = packed.and_then(|packed| {
            self.verdict.read += packed.len() as u64;
            self.sections(&packed, step, told)
        });
        if read.is_none() {
            self.hit("data", "data", 0, 4, "data that cannot be accounted for");
        }
    }

    /// `None` if anything is not what it has to be.
    fn sections(&mut self, packed: &[u8], step: i64, told: &mut dyn FnMut(usize, usize)) -> Option<()> {
        let mut rest = packed.strip_prefix(b"GLSTORE1")?;
        let mut texts = [0_u32; 256];
        while !rest.is_empty() {
            let (head, after) = rest.split_at_checked(16)?;
            let word = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
            let (count, length, domain) = (word(8), word(12) as usize, usize::from(head[5]));
            let (content, next) = after.split_at_checked(length)?;
            rest = next;
            told(packed.len() - after.len(), packed.len());
            let place = format!("data {}.{}.{}, ", head[1], head[2], head[3]);
            match head[0] {
                b'J' => self.text(&place, std::str::from_utf8(content).ok()?, DEPTH),
                b'T' => {
                    texts[domain] = count;
                    let lines = lines(content, count)?;
                    self.text(&place, &lines, DEPTH);
                }
                b'N' => {
                    let width = usize::from(head[4]);
                    (matches!(width, 1 | 2 | 4) && length == (count as usize).checked_mul(width)?).then_some(())?;
                    let most = content
                        .chunks_exact(width)
                        .map(|bytes| bytes.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)))
                        .max();
                    if domain < 255 {
                        // Code 0 is no text.
                        (most.unwrap_or(0) <= texts[domain]).then_some(())?;
                    } else {
                        self.no_text(&place, content);
                    }
                }
                b'M' => {
                    let (moments, left) = content.as_chunks::<8>();
                    (moments.len() == count as usize && left.is_empty()).then_some(())?;
                    let mut moments = moments.iter().map(|moment| i64::from_le_bytes(*moment));
                    let is_step = head[1..4] == [0, 1, 0];
                    let fits = |ticks: i64| if is_step { ticks == step } else { is_rounded(ticks, step) };
                    moments.all(fits).then_some(())?;
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// Numbers that are no codes are small; nothing in them may read as a known text.
    fn no_text(&mut self, place: &str, content: &[u8]) {
        let is_letter = |byte: &u8| (0x20..0x7f).contains(byte);
        for run in content.split(|byte| !is_letter(byte)).filter(|run| run.len() >= 8) {
            let text = String::from_utf8_lossy(run).to_ascii_lowercase();
            let mut found = Vec::new();
            self.search.each(&text, &mut |from, to| found.push((from, to)));
            for (from, to) in found.into_iter().filter(|(from, to)| to - from >= 8) {
                self.hit(place, &text, from, to, "a known name, address or text");
            }
        }
    }
}

/// Base64 without the one or two signs at its end that fill it up.
fn without_fill(data: &[u8]) -> &[u8] {
    let once = data.strip_suffix(b"=").unwrap_or(data);
    once.strip_suffix(b"=").unwrap_or(once)
}

/// What stands in the place of the data; `None` unless all around it is the page.
fn data_of<'a>(bytes: &'a [u8], page: &[u8]) -> Option<&'a [u8]> {
    let same = bytes.iter().zip(page).take_while(|(a, b)| a == b).count();
    // The page may go on as the mark begins, so the mark is looked for a little before.
    let from = same.saturating_sub(MARK.len());
    let at = from + memchr::memmem::find(bytes.get(from..)?, MARK)?;
    let (before, inside) = (bytes.get(..at)?, bytes.get(at + MARK.len()..)?);
    let end = memchr::memmem::find(inside, END)?;
    let (data, after) = (&inside[..end], &inside[end + END.len()..]);
    let is_page = !page.is_empty() && page.strip_prefix(before) == Some(after);
    is_page.then_some(data)
}

/// What gzip holds, without a name, a comment or anything behind it.
fn inflated(gzip: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read as _;
    (gzip.get(..10)?.starts_with(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0])).then_some(())?;
    let mut packed = Vec::new();
    let mut decoder = flate2::bufread::GzDecoder::new(gzip);
    decoder.read_to_end(&mut packed).ok()?;
    decoder.into_inner().is_empty().then_some(packed)
}

/// The texts of a dictionary, a line each; `None` unless there are so many and nothing else.
fn lines(content: &[u8], count: u32) -> Option<String> {
    let (mut rest, mut lines) = (content, String::with_capacity(content.len()));
    for _ in 0..count {
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, after) = rest.split_first()?;
            rest = after;
            length |= usize::from(byte & 127) << shift;
            if byte & 128 == 0 {
                break;
            }
        }
        let (text, after) = rest.split_at_checked(length)?;
        rest = after;
        lines.push_str(std::str::from_utf8(text).ok()?);
        lines.push('\n');
    }
    rest.is_empty().then_some(lines)
}
