use crate::{
    browser::{
        dom::{El, Slot, el, slot},
        focus,
    },
    signal::RwSignal,
    state::app::App,
};

/// The faults of the form on this page: each a field's id and what to do, in the order of the page. Fields read their own
/// from it; the summary lists all.
#[derive(Clone, Copy)]
pub struct Errors {
    list: RwSignal<Vec<(String, String)>>,
    app: App,
}

const SUMMARY: &str = "error-summary";

impl Errors {
    /// A page without faults yet. Its title says 'Error: ' while there are any.
    #[must_use]
    pub fn new(app: App) -> Self {
        app.faulty.set(false);
        Self { list: RwSignal::default(), app }
    }

    /// Shows these faults and moves focus to their summary; returns whether there were none.
    pub fn show(self, faults: Vec<(String, String)>) -> bool {
        let none = faults.is_empty();
        if self.list.update(|list| *list = faults).is_some() {
            self.app.faulty.set(!none);
            if !none {
                focus::later(SUMMARY);
            }
        }
        none
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(self, id: &str) -> Option<String> {
        self.list.with(|all| all.iter().find(|(field, _)| field == id).map(|(_, what)| what.clone()))
    }

    /// What is wrong with a field, above it, with an id for the field to point to.
    pub fn line(self, id: &str) -> Slot {
        let id = id.to_owned();
        slot(move || self.of(&id).map(|what| el("p").class("error").id(&error_id(&id)).child(what)))
    }

    /// Marks what is around a faulty field, and ties the field to its hint and its fault.
    pub fn around(self, group: El, id: &str) -> El {
        let id = id.to_owned();
        group.class("field").class_of("field--error", move || self.of(&id).is_some())
    }

    /// The ids that a field is described by: its hint where it has one, its fault while there is one.
    pub fn described(self, id: &str, has_hint: bool) -> impl Fn() -> Option<String> + 'static {
        let id = id.to_owned();
        move || {
            let hint = has_hint.then(|| hint_id(&id));
            let error = self.of(&id).map(|_| error_id(&id));
            match (hint, error) {
                (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
                (hint, error) => hint.or(error),
            }
        }
    }
}

pub(super) fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}

fn error_id(id: &str) -> String {
    format!("{id}-error")
}

/// The list of what is wrong. It takes focus when it appears, so that a screen reader says it first; each line leads to its
/// field.
#[must_use]
pub fn error_summary(errors: Errors) -> Slot {
    slot(move || {
        let all = errors.list.get();
        (!all.is_empty()).then(|| {
            let lines: Vec<_> = all
                .into_iter()
                .map(|(field, what)| {
                    let link = el("a").attr("href", &format!("#{field}")).child(what);
                    el("li").child(link.instead_of("click", move || {
                        focus::to_id(&field);
                    }))
                })
                .collect();
            el("div")
                .class("error-summary")
                .id(SUMMARY)
                .attr("tabindex", "-1")
                .attr("role", "alert")
                .child(el("h2").child(errors.app.text.common.error_summary))
                .child(el("ul").child(lines))
        })
    })
}
