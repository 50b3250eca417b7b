//! Splits CSV text into rows of trimmed cells, each with the line on which it begins.
//!
//! Written here because what a refusal promises is exact: the first line of a row that spans several, whatever the line
//! ends and however many empty lines came before, and a quotation mark that nobody closed.

use crate::report::Fault;

pub(crate) struct Cells<'a> {
    text: &'a str,
    /// Bytes from the start.
    at: usize,
    line: u64,
    delimiter: char,
}

/// A row, or the line that cannot be split.
type Split = Result<(u64, Vec<String>), (u64, Fault)>;

impl<'a> Cells<'a> {
    /// Finds the delimiter (comma, semicolon or tab) by which the header names the most columns; `score` counts them.
    pub fn new(text: &'a str, score: impl Fn(&[String]) -> usize) -> Self {
        let with = |delimiter| Self { text, at: 0, line: 1, delimiter }.after_hint();
        let named = |delimiter| match with(delimiter).next() {
            Some(Ok((_, header))) => score(&header),
            _ => 0,
        };
        // The last of equals is taken, so the comma comes last.
        with(['\t', ';', ','].into_iter().max_by_key(|delimiter| named(*delimiter)).unwrap_or(','))
    }

    /// Excel can begin a file with a line `sep=;`.
    fn after_hint(mut self) -> Self {
        let first = self.text.lines().next().unwrap_or_default();
        if first.len() == 5 && first.to_ascii_lowercase().starts_with("sep=") {
            self.at = self.text.find('\n').map_or(self.text.len(), |at| at + 1);
            self.line = 2;
        }
        self
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        if next == '\n' || (next == '\r' && !self.rest().starts_with('\n')) {
            self.line += 1;
        }
        Some(next)
    }

    /// The cells up to the end of the row; a quoted cell may hold line ends.
    fn row(&mut self) -> Split {
        let start = self.line;
        let mut cells = Vec::new();
        let mut cell = String::new();
        let mut quote = Quote::None;
        let mut fault = None;
        loop {
            let next = self.take();
            match (&quote, next) {
                (Quote::Open, None) => {
                    return Err((
                        start,
                        Fault::new(
                            "A quotation mark is opened in this row and never closed, so the rest of the file was not read.",
                            "Close it, or write two of them for one that belongs to the text.",
                        ),
                    ));
                }
                (Quote::Open, Some('"')) => quote = Quote::Closed,
                (Quote::Open, Some(c)) => cell.push(c),
                (Quote::Closed, Some('"')) => {
                    cell.push('"');
                    quote = Quote::Open;
                }
                (_, Some(c)) if c == self.delimiter => {
                    cells.push(std::mem::take(&mut cell).trim().to_owned());
                    quote = Quote::None;
                }
                (_, Some('\r')) if self.rest().starts_with('\n') => {}
                (_, None | Some('\n' | '\r')) => break,
                (Quote::None, Some('"')) if cell.trim().is_empty() => {
                    cell.clear();
                    quote = Quote::Open;
                }
                (Quote::Closed, Some(c)) if !c.is_whitespace() => {
                    fault = Some(Fault::new(
                        "A cell goes on after its closing quotation mark.",
                        "Write two quotation marks for one that belongs to the text.",
                    ));
                }
                (Quote::Closed, Some(_)) => {}
                (Quote::None, Some(c)) => cell.push(c),
            }
        }
        cells.push(cell.trim().to_owned());
        fault.map_or(Ok((start, cells)), |fault| Err((start, fault)))
    }
}

impl Iterator for Cells<'_> {
    type Item = Split;

    fn next(&mut self) -> Option<Split> {
        while !self.rest().is_empty() {
            match self.row() {
                // Spreadsheets leave rows of empty cells behind.
                Ok((_, cells)) if cells.iter().all(String::is_empty) => {}
                split => return Some(split),
            }
        }
        None
    }
}

enum Quote {
    None,
    Open,
    Closed,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u64, Vec<String>)> {
        Cells::new(text, <[String]>::len).map(|row| row.unwrap()).collect()
    }

    fn rows(expected: &[(u64, &[&str])]) -> Vec<(u64, Vec<String>)> {
        expected.iter().map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect())).collect()
    }

    #[test]
    fn names_the_first_line_of_each_row_with_every_line_end() {
        let text = "a,b\n\n1,\"two\nlines\"\n,,\n3,4";
        let expected = rows(&[(1, &["a", "b"]), (3, &["1", "two\nlines"]), (6, &["3", "4"])]);
        assert_eq!(split(text), expected);
        assert_eq!(split(&text.replace('\n', "\r")), {
            let mut with_cr = expected.clone();
            with_cr[1].1[1] = "two\rlines".into();
            with_cr
        });
        let crlf = split(&text.replace('\n', "\r\n"));
        assert_eq!(crlf.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3, 6]);
        assert_eq!(crlf[1].1[1], "two\r\nlines");
    }

    #[test]
    fn takes_semicolons_tabs_and_the_hint_of_excel() {
        let expected = rows(&[(1, &["a", "b"]), (2, &["1,5", "2"])]);
        assert_eq!(split("a;b\n1,5;2\n"), expected);
        assert_eq!(split("a\tb\n1,5\t2\n"), expected);
        assert_eq!(split("sep=;\na;b\n")[0], (2, vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn doubles_quotation_marks_inside_a_quoted_cell() {
        assert_eq!(split("a,b\n\"say \"\"yes\"\", then go\", 5\" pipe")[1].1, ["say \"yes\", then go", "5\" pipe"]);
    }

    #[test]
    fn refuses_a_quotation_mark_that_is_left_open_and_text_after_one() {
        let faults: Vec<_> =
            Cells::new("a,b\n1,\"2\"x\n3,\"4\n5,6\n", <[String]>::len).filter_map(Result::err).collect();
        assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
    }
}
