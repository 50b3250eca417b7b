use leptos::prelude::*;

/// A term and what it is.
pub struct Row {
    pub term: String,
    pub value: AnyView,
    /// A link to change it.
    pub action: Option<AnyView>,
}

impl Row {
    pub fn new(term: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { term: term.into(), value: value.into_any(), action: None }
    }
}

/// Terms and values, as a list that a screen reader reads in pairs.
#[must_use]
pub fn rows(rows: Vec<Row>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <div class="rows__row">
                    <dt>{row.term}</dt>
                    <dd>{row.value}</dd>
                    {row.action.map(|action| view! { <dd class="rows__action">{action}</dd> })}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="rows">{rows}</dl> }.into_any()
}
