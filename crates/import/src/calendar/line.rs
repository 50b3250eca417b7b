//! The content lines of RFC 5545: unfolded byte by byte, so that a letter that a fold cut in two is whole again.
//!
//! Written here, as a library's parser gives no lines to name in a refusal.

use crate::{report::Fault, source};

/// `NAME;PARAM=value:value`, with the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// In capitals.
    pub name: String,
    params: Vec<(String, String)>,
    /// As it stands, escapes and all.
    pub value: String,
    pub line: u64,
}

impl Property {
    /// The value of a parameter, without its quotation marks; `name` in capitals.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// A property, or the number of a line that is none.
pub(super) type Line = Result<Property, u64>;

/// All lines of a file, or the line from which its text is not UTF-8.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, (u64, Fault)> {
    let skipped = bytes.len() - source::without_bom(bytes).len();
    let mut lines = Vec::new();
    for unfolded in unfold(source::without_bom(bytes)) {
        match String::from_utf8(unfolded.bytes) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => lines.push(property(&text, unfolded.line).ok_or(unfolded.line)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let piece = unfolded.pieces.iter().rev().find(|piece| piece.from <= at);
                let (offset, line) = piece.map_or((0, unfolded.line), |p| (p.offset + at - p.from, p.line));
                return Err((line, source::not_utf8(skipped + offset)));
            }
        }
    }
    Ok(lines)
}

struct Unfolded {
    bytes: Vec<u8>,
    line: u64,
    pieces: Vec<Piece>,
}

/// Where a physical line went.
struct Piece {
    /// Its first byte in the unfolded line.
    from: usize,
    /// Its first byte in the file.
    offset: usize,
    line: u64,
}

fn unfold(bytes: &[u8]) -> Vec<Unfolded> {
    let mut unfolded: Vec<Unfolded> = Vec::new();
    let mut start = 0;
    for (number, raw) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let content = raw.strip_suffix(b"\r").unwrap_or(raw);
        match (content.split_first(), unfolded.last_mut()) {
            (Some((b' ' | b'\t', rest)), Some(last)) => {
                last.pieces.push(Piece { from: last.bytes.len(), offset: start + 1, line: number });
                last.bytes.extend_from_slice(rest);
            }
            _ => unfolded.push(Unfolded {
                bytes: content.to_vec(),
                line: number,
                pieces: vec![Piece { from: 0, offset: start, line: number }],
            }),
        }
        start += raw.len() + 1;
    }
    unfolded
}

fn property(text: &str, line: u64) -> Option<Property> {
    let mut quoted = false;
    let mut cuts = Vec::new();
    let mut colon = None;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => cuts.push(at),
            ':' if !quoted => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    // A quotation mark that is never closed: the first colon ends the name, as lenient readers have it.
    let colon = colon.or_else(|| text.find(':'))?;
    cuts.retain(|cut| *cut < colon);
    cuts.push(colon);
    let mut parts = cuts.iter().scan(0, |from, to| {
        let part = text.get(*from..*to).unwrap_or_default();
        *from = to + 1;
        Some(part)
    });
    let name = parts.next()?.trim().to_ascii_uppercase();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return None;
    }
    let params = parts.filter_map(|part| part.split_once('=')).map(|(n, v)| {
        let value = v.trim().trim_matches('"').replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
        (n.trim().to_ascii_uppercase(), value)
    });
    Some(Property { name, params: params.collect(), value: text.get(colon + 1..)?.to_owned(), line })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Property> {
        lines(bytes).unwrap().into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn joins_folds_also_inside_a_letter_and_names_the_first_line() {
        let read = read(b"\xEF\xBB\xBFA:one\r\nSUMMARY:caf\xC3\r\n \xA9 at\r\n\t ten\r\n\r\nB;X=\"a;b:c\";y=2:d:e\n");
        let shown: Vec<_> = read.iter().map(|p| (p.name.as_str(), p.value.as_str(), p.line)).collect();
        assert_eq!(shown, [("A", "one", 1), ("SUMMARY", "café at ten", 2), ("B", "d:e", 6)]);
        assert_eq!(read[2].param("X"), Some("a;b:c"));
        assert_eq!(read[2].param("Y"), Some("2"));
    }

    #[test]
    fn names_the_byte_and_line_that_is_not_utf8() {
        let (line, fault) = lines(b"A:one\r\nB:two\r\n x\xFFy\r\n").unwrap_err();
        assert_eq!(line, 3);
        assert!(fault.what.contains("byte 17 "), "{}", fault.what);
    }

    #[test]
    fn says_which_lines_are_no_content_lines() {
        let read = lines(b"A:1\nno colon here\n:2\nB\x01:3\n").unwrap();
        assert_eq!(
            read.iter().map(|l| l.as_ref().err().copied()).collect::<Vec<_>>(),
            [None, Some(2), Some(3), Some(4)]
        );
    }
}
