use portal::browser::early::{self, Field};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

/// The form of the page that is shipped, in this page's body.
fn show_first_page() -> web_sys::Document {
    let page = include_str!("../../index.html");
    let form = &page[page.find("<form").unwrap()..page.find("</form>").unwrap()];
    let document = web_sys::window().unwrap().document().unwrap();
    let place = document.create_element("div").unwrap();
    place.set_id("early-test");
    place.set_inner_html(form);
    document.body().unwrap().append_child(&place).unwrap();
    document
}

fn input(document: &web_sys::Document, id: &str) -> HtmlInputElement {
    document.get_element_by_id(id).unwrap().dyn_into().unwrap()
}

#[wasm_bindgen_test]
fn what_was_typed_before_the_app_came_is_kept() {
    let document = show_first_page();
    let window = web_sys::window().unwrap();
    input(&document, "sign-in-learner").set_value("L1001");
    input(&document, "sign-in-passphrase").set_value("plain-river");
    input(&document, "sign-in-shared-no").set_checked(true);
    input(&document, "sign-in-learner").focus().unwrap();
    input(&document, "sign-in-learner").set_selection_range(1, 3).unwrap();
    let flag = js_sys::Object::new();
    js_sys::Reflect::set(&flag, &"submitted".into(), &true.into()).unwrap();
    js_sys::Reflect::set(&window, &"portalEarly".into(), &flag).unwrap();

    let early = early::take();
    assert_eq!((early.learner.as_str(), early.passphrase.as_str()), ("L1001", "plain-river"));
    assert!(!early.shared && early.submitted);
    assert!(early.focus == Some(Field::Learner) && early.selection == Some((1, 3)));

    assert!(!early::take().submitted, "it is signed in once");
    document.get_element_by_id("early-test").unwrap().remove();
}

#[wasm_bindgen_test]
fn an_untouched_form_is_a_shared_computer_and_nothing_typed() {
    let document = show_first_page();
    let early = early::take();
    assert!(early.shared && !early.submitted);
    assert!(early.learner.is_empty() && early.passphrase.is_empty());
    document.get_element_by_id("early-test").unwrap().remove();
    assert!(early::take().shared, "and so is a page without the form");
}
