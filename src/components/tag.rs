use crate::browser::dom::{El, el};

/// What a tag means; its words say it too, its colour only helps.
#[derive(Clone, Copy, PartialEq)]
pub enum Tone {
    Plain,
    Good,
    Wait,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Plain => "tag",
            Tone::Good => "tag tag--good",
            Tone::Wait => "tag tag--wait",
            Tone::Bad => "tag tag--bad",
        }
    }
}

/// A short state, such as 'Late'.
#[must_use]
pub fn tag(tone: Tone, text: &str) -> El {
    el("strong").class(tone.class()).child(text)
}
