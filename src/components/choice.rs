use super::Errors;
use leptos::prelude::*;

/// One question with a few answers, of which one is chosen. A click on a chosen one changes nothing.
#[component]
pub fn Radios(
    /// The id of the first answer, where a fault's link goes; the group's other ids are derived from it.
    #[prop(into)]
    id: String,
    #[prop(into)] question: String,
    #[prop(optional, into)] hint: Option<String>,
    /// The answers, in order.
    answers: Vec<String>,
    /// Which answer is chosen; nothing before the learner has chosen.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    on_choose: impl Fn(usize) + Copy + 'static,
) -> impl IntoView {
    let errors = Errors::here();
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let fault = {
        let id = id.clone();
        Memo::new(move |_| errors.of(&id))
    };
    let described = {
        let (hint_id, error_id, has_hint) = (hint_id.clone(), error_id.clone(), hint.is_some());
        move || {
            let ids = [has_hint.then_some(&hint_id), fault.get().is_some().then_some(&error_id)];
            let ids: Vec<_> = ids.into_iter().flatten().map(String::as_str).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let items = answers
        .into_iter()
        .enumerate()
        .map(|(n, answer)| {
            let answer_id = if n == 0 { id.clone() } else { format!("{id}-{n}") };
            view! {
                <div class="choice">
                    <input type="radio" id=answer_id.clone() name=id.clone()
                        prop:checked=move || chosen.get() == Some(n) on:change=move |_| on_choose(n) />
                    <label for=answer_id>{answer}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:field--error=move || fault.get().is_some() aria-describedby=described>
            <legend class="label">{question}</legend>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {move || fault.get().map(|what| view! { <p class="error" id=error_id.clone()>{what}</p> })}
            {items}
        </fieldset>
    }
    .into_any()
}

/// One box to tick.
#[component]
pub fn Tick(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] ticked: Signal<bool>,
    on_tick: impl Fn(bool) + 'static,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let errors = Errors::here();
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let fault = {
        let id = id.clone();
        Memo::new(move |_| errors.of(&id))
    };
    let described = {
        let (error_id, hint_id, has_hint) = (error_id.clone(), hint_id.clone(), hint.is_some());
        move || match (fault.get().is_some(), has_hint) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(hint_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field" class:field--error=move || fault.get().is_some()>
            {move || fault.get().map(|what| view! { <p class="error" id=error_id.clone()>{what}</p> })}
            <div class="choice">
                <input type="checkbox" id=id.clone() aria-describedby=described prop:checked=move || ticked.get()
                    on:change=move |event| on_tick(event_target_checked(&event)) />
                <label for=id>{label}</label>
            </div>
            {hint.map(|hint| view! { <p class="hint choice__hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
