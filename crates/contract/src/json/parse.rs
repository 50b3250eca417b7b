use super::Json;

/// Where a text is not what it should be, in bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
}

/// Deeper than this is refused: the contract is ten deep at most.
const DEPTH: u8 = 64;

/// Reads JSON (RFC 8259).
///
/// # Errors
/// [`Fault`] with the place.
pub fn parse(text: &str) -> Result<Json, Fault> {
    let mut reader = Reader { text, at: 0 };
    let json = reader.value(DEPTH)?;
    reader.space();
    if reader.at == text.len() { Ok(json) } else { reader.fault() }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn fault<T>(&self) -> Result<T, Fault> {
        Err(Fault { at: self.at })
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Passes over one byte, after white space.
    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let there = self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, Fault> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(json)
        } else {
            self.fault()
        }
    }

    fn value(&mut self, depth: u8) -> Result<Json, Fault> {
        self.space();
        if depth == 0 {
            return self.fault();
        }
        match self.peek() {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                if self.eat(b']') {
                    return Ok(Json::List(list));
                }
                loop {
                    list.push(self.value(depth - 1)?);
                    if self.eat(b']') {
                        return Ok(Json::List(list));
                    }
                    if !self.eat(b',') {
                        return self.fault();
                    }
                }
            }
            b'{' => {
                self.at += 1;
                let mut map = Vec::new();
                if self.eat(b'}') {
                    return Ok(Json::Map(map));
                }
                loop {
                    self.space();
                    let name = self.string()?;
                    if !self.eat(b':') {
                        return self.fault();
                    }
                    map.push((name, self.value(depth - 1)?));
                    if self.eat(b'}') {
                        return Ok(Json::Map(map));
                    }
                    if !self.eat(b',') {
                        return self.fault();
                    }
                }
            }
            _ => self.number(),
        }
    }

    fn digits(&mut self) -> Result<i64, Fault> {
        let start = self.at;
        let mut number = 0i64;
        while let digit @ b'0'..=b'9' = self.peek() {
            number = number.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        if self.at == start { self.fault() } else { Ok(number) }
    }

    fn number(&mut self) -> Result<Json, Fault> {
        let negative = self.peek() == b'-';
        self.at += usize::from(negative);
        let mut number = self.digits()?;
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
            // Nothing in the contract is written so; it is no number of ours.
            number = 0;
        }
        Ok(Json::Number(if negative { -number } else { number }))
    }

    fn string(&mut self) -> Result<String, Fault> {
        if self.peek() != b'"' {
            return self.fault();
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..b' ') {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                // The end of the text, or a control character.
                _ => return self.fault(),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let c = match self.peek() {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            c @ (b'"' | b'\\' | b'/') => c as char,
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return self.fault(),
        };
        self.at += 1;
        Ok(c)
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else { return self.fault() };
        self.at += 4;
        Ok(unit)
    }

    fn unicode(&mut self) -> Result<char, Fault> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) {
            // The first half of a pair; half a pair is no text.
            if !self.text[self.at..].starts_with("\\u") {
                return self.fault();
            }
            self.at += 2;
            let low = self.hex()?;
            if !(0xdc00..0xe000).contains(&low) {
                return self.fault();
            }
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).map_or_else(|| self.fault(), Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_json_is_read_as_serde_json_reads_it() {
        for text in [
            " null ",
            "[true,false,-12,0,[],{},\"\"]",
            r#"{"a":{"b":[1,{"c":"d"}]},"é":"ŵ"}"#,
            r#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#,
        ] {
            let ours = parse(text).map(|json| written(&json));
            let theirs = serde_json::from_str::<serde_json::Value>(text).map(|value| value.to_string());
            assert_eq!(ours.ok(), theirs.ok(), "{text}");
        }
        assert_eq!(parse("1.5"), Ok(Json::Number(1)));
        assert_eq!(parse("99999999999999999999"), Ok(Json::Number(i64::MAX)));
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (text, at) in [
            ("", 0),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("<!doctype html>", 0),
            ("nul", 0),
            ("1 2", 2),
            ("\"a", 2),
            ("\"\u{1}\"", 1),
            (r#""\ud83d""#, 7),
            (r#""\x""#, 2),
            ("-", 1),
            ("é", 0),
        ] {
            assert_eq!(parse(text), Err(Fault { at }), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err(), "too deep");
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_read_or_refused_and_never_a_panic() {
        let text = r#"{"a":["\u00e9\ud83d\ude00",-12.5e3,true,null,{"ŵ":"é"}]}"#;
        for at in 0..text.len() {
            if text.is_char_boundary(at) {
                let _ = parse(&text[..at]);
            }
            for byte in 0..=127u8 {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                if let Ok(changed) = std::str::from_utf8(&bytes) {
                    let _ = parse(changed);
                }
            }
        }
    }

    fn written(json: &Json) -> String {
        match json {
            Json::Null => "null".into(),
            Json::Bool(b) => b.to_string(),
            Json::Number(n) => n.to_string(),
            Json::Text(text) => {
                let mut out = String::new();
                super::super::write_text(&mut out, text);
                // serde_json writes these by letters.
                out.replace("\\u0008", "\\b")
                    .replace("\\u000c", "\\f")
                    .replace("\\u000d", "\\r")
                    .replace("\\u0009", "\\t")
            }
            Json::List(list) => format!("[{}]", list.iter().map(written).collect::<Vec<_>>().join(",")),
            Json::Map(map) => {
                let members: Vec<_> =
                    map.iter().map(|(name, value)| format!("\"{name}\":{}", written(value))).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}
