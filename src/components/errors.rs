use super::focus_later;
use crate::{browser::focus, state::app::App};
use leptos::prelude::*;

/// The faults of the form on this page: each a field's id and what to do, in the order of the page. Fields read their own
/// from it; the summary lists all.
#[derive(Clone, Copy)]
pub struct Errors {
    list: RwSignal<Vec<(String, String)>>,
    app: App,
}

impl Errors {
    /// Makes the page's faults known to its fields. The page's title says 'Error: ' while there are any.
    #[must_use]
    pub fn provide() -> Self {
        let app = App::here();
        let errors = Self { list: RwSignal::default(), app };
        provide_context(errors);
        app.faulty.set(false);
        errors
    }

    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    /// Shows these faults and moves focus to their summary; returns whether there were none.
    pub fn show(self, faults: Vec<(String, String)>) -> bool {
        let none = faults.is_empty();
        self.app.faulty.set(!none);
        self.list.set(faults);
        if !none {
            focus_later(SUMMARY);
        }
        none
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(self, id: &str) -> Option<String> {
        self.list.with(|all| all.iter().find(|(field, _)| field == id).map(|(_, what)| what.clone()))
    }
}

const SUMMARY: &str = "error-summary";

/// The list of what is wrong. It takes focus when it appears, so that a screen reader says it first; each line leads to its
/// field.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let errors = Errors::here();
    let text = App::here().text;
    move || {
        let all = errors.list.get();
        (!all.is_empty()).then(|| {
            let lines = all
                .into_iter()
                .map(|(field, what)| {
                    let target = field.clone();
                    let jump = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        focus::to_id(&target);
                    };
                    view! { <li><a href=format!("#{field}") on:click=jump>{what}</a></li> }
                })
                .collect_view();
            view! {
                <div class="error-summary" id=SUMMARY tabindex="-1" role="alert">
                    <h2>{text.common.error_summary}</h2>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }
}
