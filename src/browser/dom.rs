//! Building the page. A view is made of elements that follow Leptos's signals; nothing here is generic behind its first line,
//! so that a page costs the learner the calls it makes and no more. (The same pages by Leptos's `view!` macro were twice the
//! program: docs/architecture.md has the figures.)
//!
//! What is built belongs to the reactive owner it is built under: effects stop and listeners go with it.

use super::{document, element, focus, listen::Listener};
use crate::signal::{follow, keep};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node};

/// An element under construction.
#[derive(Clone)]
pub struct El(Element);

/// Something that can stand inside an element.
pub trait Part {
    fn put(self, into: &Inside);
}

/// The inside of an element, where parts are put in order.
pub struct Inside(Node);

/// An element, by its tag: `el("p")`.
///
/// # Panics
/// Outside a page, or for something that is no tag: a mistake in the code.
#[must_use]
pub fn el(tag: &str) -> El {
    El(document().and_then(|document| document.create_element(tag).ok()).expect("a page, and a tag"))
}

impl El {
    #[must_use]
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    #[must_use]
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// An attribute that is there or not.
    #[must_use]
    pub fn attr_if(self, name: &str, value: Option<&str>) -> Self {
        set(&self.0, name, value);
        self
    }

    /// An attribute that follows signals; nothing takes it away.
    #[must_use]
    pub fn attr_of(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || set(&element, name, value().as_deref())));
        self
    }

    /// A class that comes and goes with signals.
    #[must_use]
    pub fn class_of(self, class: &'static str, there: impl Fn() -> bool + 'static) -> Self {
        let list = self.0.class_list();
        follow(Box::new(move || {
            // Fails only for an empty or spaced name.
            let _ = list.toggle_with_force(class, there());
        }));
        self
    }

    /// Puts a text in the place of all that is in it.
    pub fn set_text(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }

    /// Takes it out of sight, for everybody, and back.
    pub fn hide(&self, hidden: bool) {
        set(&self.0, "hidden", hidden.then_some(""));
    }

    pub(super) fn element(&self) -> &Element {
        &self.0
    }

    /// Puts a part behind those that are there.
    #[must_use]
    pub fn child(self, part: impl Part) -> Self {
        part.put(&Inside(self.0.clone().into()));
        self
    }

    /// Markup that the server has made safe.
    #[must_use]
    pub fn inner_html(self, html: &str) -> Self {
        self.0.set_inner_html(html);
        self
    }

    /// What a box holds, as a signal has it; the cursor stays where it is.
    #[must_use]
    pub fn value_of(self, value: impl Fn() -> String + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || set_value(&element, &value())));
        self
    }

    /// Whether a radio button or a tick box is on.
    #[must_use]
    pub fn checked_of(self, checked: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(checked());
            }
        }));
        self
    }

    /// Calls back at a click.
    #[must_use]
    pub fn on_click(self, callback: impl Fn() + 'static) -> Self {
        self.on("click", Box::new(move |_| callback()))
    }

    /// Calls back in place of what the browser would do at a click or when a form is submitted.
    #[must_use]
    pub fn instead_of(self, event: &'static str, callback: impl Fn() + 'static) -> Self {
        self.on(
            event,
            Box::new(move |event| {
                event.prevent_default();
                callback();
            }),
        )
    }

    /// Calls back with what a box holds, at each key.
    #[must_use]
    pub fn on_input(self, callback: impl Fn(String) + 'static) -> Self {
        let element = self.0.clone();
        self.on("input", Box::new(move |_| callback(value(&element))))
    }

    /// Calls back with what is chosen in a list.
    #[must_use]
    pub fn on_choice(self, callback: impl Fn(String) + 'static) -> Self {
        let element = self.0.clone();
        self.on("change", Box::new(move |_| callback(value(&element))))
    }

    /// Calls back with whether it is on, when that changes.
    #[must_use]
    pub fn on_check(self, callback: impl Fn(bool) + 'static) -> Self {
        let element = self.0.clone();
        self.on(
            "change",
            Box::new(move |_| callback(element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked))),
        )
    }

    fn on(self, event: &'static str, callback: Box<dyn FnMut(Event)>) -> Self {
        let listener = Listener::new_boxed(&self.0, event, callback);
        keep(Box::new(listener));
        self
    }
}

impl Part for El {
    fn put(self, into: &Inside) {
        let _ = into.0.append_child(&self.0);
    }
}

impl Part for &str {
    fn put(self, into: &Inside) {
        if let Some(document) = document() {
            let _ = into.0.append_child(&document.create_text_node(self));
        }
    }
}

impl Part for String {
    fn put(self, into: &Inside) {
        self.as_str().put(into);
    }
}

impl<P: Part> Part for Option<P> {
    fn put(self, into: &Inside) {
        if let Some(part) = self {
            part.put(into);
        }
    }
}

impl<P: Part> Part for Vec<P> {
    fn put(self, into: &Inside) {
        for part in self {
            part.put(into);
        }
    }
}

/// Several parts, one after the other.
impl<const N: usize> Part for [El; N] {
    fn put(self, into: &Inside) {
        for part in self {
            part.put(into);
        }
    }
}

/// Text that follows signals.
pub struct TextOf(Box<dyn Fn() -> String>);

#[must_use]
pub fn text_of(text: impl Fn() -> String + 'static) -> TextOf {
    TextOf(Box::new(text))
}

impl Part for TextOf {
    fn put(self, into: &Inside) {
        let Some(document) = document() else { return };
        let node = document.create_text_node("");
        let _ = into.0.append_child(&node);
        follow(Box::new(move || {
            let text = (self.0)();
            if node.data() != text {
                node.set_data(&text);
            }
        }));
    }
}

/// A part of the page that is built anew whenever a signal that it read changes.
pub struct Slot(Box<dyn Fn(&Inside)>);

#[must_use]
pub fn slot<P: Part>(build: impl Fn() -> P + 'static) -> Slot {
    Slot(Box::new(move |inside| build().put(inside)))
}

impl Part for Slot {
    fn put(self, into: &Inside) {
        let Some(document) = document() else { return };
        // What is between the two marks is this slot's, whatever slots inside it do.
        let (start, end) = (document.create_comment(""), document.create_comment(""));
        let _ = into.0.append_child(&start);
        let _ = into.0.append_child(&end);
        follow(Box::new(move || {
            let fragment: Node = document.create_document_fragment().into();
            let inside = Inside(fragment);
            (self.0)(&inside);
            let Some(parent) = end.parent_node() else { return };
            let mut focused = None;
            while let Some(old) = start.next_sibling().filter(|node| !node.is_same_node(Some(&end))) {
                focused = focused.or_else(|| focus::within(&old));
                let _ = parent.remove_child(&old);
            }
            let _ = parent.insert_before(&inside.0, Some(&end));
            // News must not throw somebody back to the top of the page.
            if let Some(focused) = focused {
                focus::give_on(&focused, &parent);
            }
        }));
    }
}

/// Puts a part in the place of all that is in the element with this id.
pub fn put_into(id: &str, part: impl Part) {
    if let Some(root) = element::<Element>(id) {
        root.set_text_content(None);
        part.put(&Inside(root.into()));
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for a name that is none.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn value(element: &Element) -> String {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else {
        element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
    }
}

fn set_value(element: &Element, text: &str) {
    if value(element) == text {
        return;
    }
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    }
}
