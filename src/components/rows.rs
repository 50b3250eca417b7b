use crate::browser::dom::{El, Part, el};

/// A term and what it is.
pub struct Row {
    term: String,
    value: El,
    action: Option<El>,
}

impl Row {
    #[must_use]
    pub fn new(term: &str, value: impl Part) -> Self {
        Self { term: term.into(), value: el("dd").child(value), action: None }
    }

    /// With a link to change it.
    #[must_use]
    pub fn with_action(self, action: El) -> Self {
        Self { action: Some(el("dd").class("rows__action").child(action)), ..self }
    }
}

/// Terms and values, as a list that a screen reader reads in pairs.
#[must_use]
pub fn rows(rows: Vec<Row>) -> El {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| el("div").class("rows__row").child(el("dt").child(row.term)).child(row.value).child(row.action))
        .collect();
    el("dl").class("rows").child(rows)
}

/// A fingerprint, to be compared symbol by symbol.
#[must_use]
pub fn fingerprint(sha256: &str) -> El {
    el("span").class("fingerprint").child(sha256)
}
