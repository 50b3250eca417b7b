use crate::{
    components::Errors,
    data::{cache::StorageFault, drafts},
    route::Step,
    signal::{RwSignal, StoredValue},
    state::{
        app::App,
        draft::{Draft, Field},
    },
};
use contract::deadline::Assignment;

/// The form that all pages of a declaration share: the draft, kept at every change.
#[derive(Clone, Copy)]
pub struct Form {
    pub app: App,
    pub errors: Errors,
    pub draft: RwSignal<Draft>,
    pub step: Step,
    /// How many files are being read.
    pub reading: RwSignal<usize>,
    assignment: StoredValue<Assignment>,
    saving: RwSignal<Saving>,
    /// How many saves have begun and not ended.
    unsaved: RwSignal<usize>,
}

/// How it stands with keeping what is written.
#[derive(Clone, Copy, PartialEq)]
enum Saving {
    Works,
    /// This device is full.
    Full,
    /// This device keeps nothing.
    Never,
}

impl Form {
    /// The form of a page, with the draft as it was left.
    pub fn new(app: App, errors: Errors, assignment: Assignment, step: Step) -> Self {
        let learner = app.who().map(|w| w.learner).unwrap_or_default();
        let attempt = app.next_attempt(&assignment.id);
        let mut draft = app.draft(&assignment.id).map_or_else(
            || Draft::new(learner, assignment.id.clone(), attempt),
            // An attempt that has meanwhile been signed elsewhere is not signed twice.
            |draft| Draft { attempt, ..draft },
        );
        draft.forget_rules_of_another_level(assignment.ai_level);
        app.signing.set(false);
        let saving = if app.cache().persistent() { Saving::Works } else { Saving::Never };
        Self {
            app,
            errors,
            draft: RwSignal::new(draft),
            step,
            reading: RwSignal::new(0),
            assignment: StoredValue::new(assignment),
            saving: RwSignal::new(saving),
            unsaved: RwSignal::new(0),
        }
    }

    pub fn assignment(self) -> Assignment {
        self.assignment.get_value()
    }

    /// Changes the draft and keeps it. Where the page has gone meanwhile, nothing happens.
    pub fn edit(self, change: impl FnOnce(&mut Draft)) {
        if self.draft.update(change).is_some() {
            self.save();
        }
    }

    /// Keeps the draft. Saves are done in the order in which they were begun, and outlive the page.
    pub fn save(self) {
        let Some(draft) = self.draft.try_get_untracked() else { return };
        drafts::put(self.app, &draft);
        self.unsaved.update(|n| *n += 1);
        wasm_bindgen_futures::spawn_local(async move {
            let saving = match drafts::write(self.app, &draft).await {
                Ok(()) => Saving::Works,
                Err(StorageFault::Full) => Saving::Full,
                Err(_) => Saving::Never,
            };
            self.saving.set(saving);
            self.unsaved.update(|n| *n -= 1);
        });
    }

    /// Whether what is written is kept, in words.
    pub fn kept(self) -> &'static str {
        let t = self.app.text.declaration();
        if self.unsaved.get() > 0 {
            return t.saves;
        }
        match self.saving.get() {
            Saving::Works => t.saved,
            Saving::Full => t.save_failed,
            Saving::Never => t.not_saved,
        }
    }

    /// What is wrong on a page: each a field's id and what to do.
    pub fn faults(self, step: Step) -> Vec<(String, String)> {
        let group = self.assignment.with_value(|a| a.group);
        let fault = self.app.text.declaration().fault;
        let found = self.draft.with_untracked(|d| d.faults(step, group));
        found.into_iter().map(|(field, what)| (field_id(field), fault(field, what))).collect()
    }

    /// The first page before signing that is not complete.
    pub fn unfinished(self) -> Option<Step> {
        let group = self.assignment.with_value(|a| a.group);
        self.draft.with_untracked(|d| d.unfinished_before(Step::Sign, group))
    }
}

/// The id of the box a fault is about.
pub fn field_id(field: Field) -> String {
    match field {
        Field::Group => "group".into(),
        Field::OwnPart => "own-part".into(),
        Field::RulesRead => "rules-read".into(),
        Field::Any(step) => format!("{}-any", step.as_str()),
        Field::Entry(step, n, m) => format!("{}-{n}-{m}", step.as_str()),
        Field::Files => "files".into(),
        Field::Agreed => "agreed".into(),
        Field::Name => "name".into(),
    }
}
