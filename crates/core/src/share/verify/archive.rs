//! Compressed parts of a finished file.

/// The members of a ZIP archive with their names. `None` unless every byte of it is accounted for: members one behind
/// the other, then the directory that says the same of each, no times, comments or extra fields, and nothing else.
pub(super) fn zip_members(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let number = |bytes: &[u8], at: usize, width: usize| {
        let digits = bytes.get(at..at + width)?;
        Some(digits.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let end = bytes.len().checked_sub(22)?;
    let (mut at, mut local, count) = (number(bytes, end + 16, 4)?, 0, number(bytes, end + 10, 2)?);
    let directory = at;
    let is_end = bytes[end..].starts_with(b"PK\x05\x06\0\0\0\0") && number(bytes, end + 8, 2)? == count;
    let is_whole = number(bytes, end + 12, 4)? == end.checked_sub(directory)? && number(bytes, end + 20, 2)? == 0;
    (is_end && is_whole).then_some(())?;
    let mut members = Vec::new();
    for _ in 0..count {
        let head = bytes.get(at..at + 46)?;
        let (packed, size, name_length) = (number(head, 20, 4)?, number(head, 24, 4)?, number(head, 28, 2)?);
        let name = bytes.get(at + 46..at + 46 + name_length)?;
        let own = bytes.get(local..local + 30)?;
        // What it is for, no flags, packed, 1 January 1980; no extra field, comment or attribute.
        let is_plain = head.starts_with(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\x21\0") && head[30..42] == [0; 12];
        let is_same = own.starts_with(b"PK\x03\x04") && own[4..] == head[6..32] && number(head, 42, 4)? == local;
        let start = local + 30 + name_length;
        (is_plain && is_same && bytes.get(local + 30..start)? == name).then_some(())?;
        let content = inflated(bytes.get(start..start + packed)?, size)?;
        let mut sum = flate2::Crc::new();
        sum.update(&content);
        (sum.sum() as usize == number(head, 16, 4)?).then_some(())?;
        members.push((String::from_utf8(name.to_vec()).ok()?, content));
        (at, local) = (at + 46 + name_length, start + packed);
    }
    (local == directory && at == end).then_some(members)
}

/// What deflate holds: so many bytes, and nothing behind them.
fn inflated(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut content = Vec::new();
    let mut decoder = flate2::bufread::DeflateDecoder::new(packed);
    decoder.by_ref().take(size as u64 + 1).read_to_end(&mut content).ok()?;
    (content.len() == size && decoder.into_inner().is_empty()).then_some(content)
}
