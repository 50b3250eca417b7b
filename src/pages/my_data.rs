use super::calendar::{is_shared, why};
use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        save,
    },
    components::{Row, button, rows, title},
    data::api::Fault,
    signal::RwSignal,
    state::app::App,
    text::format,
};
use contract::kept::{Kept, KeptCourse};

/// All that is kept of the learner, as a file; and until when it is kept.
#[must_use]
pub fn my_data(app: App) -> El {
    let t = app.text.my_data();
    let known = RwSignal::new(None::<Result<Kept, Fault>>);
    let ask = move || {
        wasm_bindgen_futures::spawn_local(async move {
            let answer = app.api().kept().await;
            known.set(Some(answer));
        });
    };
    ask();
    let what: Vec<_> = t.what.iter().map(|line| el("li").child(*line)).collect();
    el("div")
        .child(title(app, t.title))
        .child(el("p").child(t.intro))
        .child(el("ul").child(what))
        .child(el("p").child(t.private))
        .child(slot(move || is_shared(app).then(|| el("p").class("notice notice--bad").child(t.shared))))
        .child(slot(move || match known.get() {
            None => el("p").child(t.checking),
            Some(Err(fault)) => {
                let again = button("button button--second", app.text.common.try_again, ask);
                el("div").child(el("p").class("notice").child(why(fault, t.offline))).child(again)
            }
            Some(Ok(kept)) => el("div").child(files(app, &kept)).child(how_long(app, &kept.courses)),
        }))
        .child(el("p").child(t.proof))
}

fn files(app: App, kept: &Kept) -> El {
    let t = app.text.my_data();
    let said = RwSignal::new(String::new());
    let get = move |page: bool, name: &'static str, media_type: &'static str| {
        move || {
            wasm_bindgen_futures::spawn_local(async move {
                said.set(match app.api().my_data(page).await {
                    Ok(text) if save::text(name, media_type, &text).is_ok() => (t.saved)(name),
                    Ok(_) => t.not_saved.into(),
                    Err(fault) => why(fault, t.offline),
                });
            });
        }
    };
    let page = (t.page)(&format::bytes(kept.page_bytes));
    let json = (t.json)(&format::bytes(kept.bytes));
    el("div")
        .child(
            el("div")
                .class("buttons")
                .child(button("button", &page, get(true, "my-data.html", "text/html")))
                .child(button("button button--second", &json, get(false, "my-data.json", "application/json"))),
        )
        .child(el("p").class("hint").child(t.size_hint))
        .child(el("p").attr("role", "status").child(text_of(move || said.get())))
}

fn how_long(app: App, courses: &[KeptCourse]) -> El {
    let t = app.text.my_data();
    let said = |course: &KeptCourse| match (course.kept_until, course.years, &course.awarding_body) {
        (Some(day), ..) => (t.until)(&app.dates().day(day)),
        (None, Some(years), Some(body)) => (t.years)(years, body),
        _ => t.no_rule.into(),
    };
    let list: Vec<_> = courses.iter().map(|course| Row::new(&course.title, said(course))).collect();
    let list = if list.is_empty() { el("p").child(t.no_courses) } else { rows(list) };
    el("section").child(el("h2").child(t.how_long)).child(list)
}
