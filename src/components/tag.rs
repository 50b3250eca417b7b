use leptos::prelude::*;

/// What a tag means; its words say it too, its colour only helps.
#[derive(Clone, Copy)]
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
#[component]
pub fn Tag(tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! { <strong class=tone.class()>{text}</strong> }.into_any()
}
