use crate::{
    browser::page,
    components::{PageTitle, Tag, Tone, When},
    route::Route,
    state::{
        agenda::{self, Group},
        app::{App, Link},
        records,
    },
};
use contract::{deadline::Assignment, delta::Records, ids::CourseId};
use leptos::prelude::*;

const COURSE: &str = "course";

/// Everything that is due, in the groups a learner would look in.
#[component]
pub fn Deadlines() -> impl IntoView {
    let app = App::here();
    let t = &app.text.deadlines;
    let course = RwSignal::new(None::<CourseId>);
    view! {
        <PageTitle title=t.title />
        {move || if nothing_came(app) {
            waiting(app)
        } else {
            view! {
                {move || filter(app, course)}
                {move || groups(app, course.get())}
                <button type="button" class="plain no-print" on:click=|_| page::print()>{app.text.common.print}</button>
            }
            .into_any()
        }}
    }
}

/// Whether nothing has ever come from the server on this device.
pub fn nothing_came(app: App) -> bool {
    app.records.with(|r| *r == Records::default()) && !matches!(app.link.get(), Link::UpToDate(_))
}

/// The first seconds, or the first hours without a network.
pub fn waiting(app: App) -> AnyView {
    let c = &app.text.common;
    let line = match app.link.get() {
        Link::Unreachable(_) => c.nothing_yet_offline,
        _ => c.nothing_yet_online,
    };
    view! { <p class="notice">{c.nothing_yet}" "{line}</p> }.into_any()
}

/// Courses to choose from, where there is more than one.
fn filter(app: App, course: RwSignal<Option<CourseId>>) -> Option<AnyView> {
    let t = &app.text.deadlines;
    let courses = app.records.with(|r| r.courses.clone());
    (courses.len() > 1).then(|| {
        let chosen = course.get();
        let options = courses
            .into_iter()
            .map(|c| {
                let selected = chosen.as_ref() == Some(&c.id);
                view! { <option value=c.id.0 selected=selected>{c.title}</option> }
            })
            .collect_view();
        let choose = move |event| {
            let id = event_target_value(&event);
            course.set((!id.is_empty()).then_some(CourseId(id)));
        };
        view! {
            <div class="field no-print">
                <label class="label" for=COURSE>{t.course}</label>
                <select id=COURSE class="input" on:change=choose>
                    <option value="" selected=chosen.is_none()>{t.all_courses}</option>
                    {options}
                </select>
            </div>
        }
        .into_any()
    })
}

fn groups(app: App, course: Option<CourseId>) -> AnyView {
    let t = &app.text.deadlines;
    let dates = app.dates();
    let now = app.now.get();
    let mut all = app.with_declared(|d| agenda::deadlines(d, now, |time| dates.zone_day(time)));
    all.retain(|(_, a)| course.as_ref().is_none_or(|c| a.course == *c));
    if all.is_empty() {
        let line = if course.is_some() { t.none_of_course } else { t.none };
        return view! { <p class="notice">{line}</p> }.into_any();
    }
    Group::ALL
        .into_iter()
        .filter_map(|group| {
            let cards: Vec<_> =
                all.iter().filter(|(g, _)| *g == group).map(|(g, a)| view! { <li>{card(app, *g, a, false)}</li> }).collect();
            (!cards.is_empty()).then(|| {
                view! {
                    <section>
                        <h2>{(t.group)(group)}" "<span class="count">"("{cards.len()}")"</span></h2>
                        <ul class="cards">{cards}</ul>
                    </section>
                }
            })
        })
        .collect_view()
        .into_any()
}

/// One deadline in a list. `alone`: it stands under a heading of its own, with no group around it.
pub fn card(app: App, group: Group, assignment: &Assignment, alone: bool) -> AnyView {
    let t = &app.text.deadlines;
    let due = app.records.with(|r| records::due(r, assignment));
    let extended = due != assignment.due;
    let course = app.records.with(|r| records::course_title(r, &assignment.course).to_string());
    let tags = [
        (group == Group::Late).then(|| view! { <Tag tone=Tone::Bad text=t.late /> }),
        extended.then(|| view! { <Tag tone=Tone::Plain text=t.extended /> }),
        state(app, assignment).map(|(tone, text)| view! { <Tag tone=tone text=text /> }),
    ];
    let link = view! { <a href=Route::Deadline(assignment.id.clone()).href()>{assignment.title.clone()}</a> };
    let title = if alone {
        view! { <p class="card__title">{link}</p> }.into_any()
    } else {
        view! { <h3 class="card__title">{link}</h3> }.into_any()
    };
    view! {
        <article class="card" class:card--late=group == Group::Late>
            {title}
            <p class="card__main"><When at=due all_day=assignment.all_day && !extended /></p>
            <p class="card__more">{course}" · "{(app.text.common.mode)(assignment.mode)}</p>
            <p class="tags">{tags}</p>
        </article>
    }
    .into_any()
}

/// What has happened to a piece of work: called off, declared, declared but not sent.
pub fn state(app: App, assignment: &Assignment) -> Option<(Tone, &'static str)> {
    let t = &app.text.deadlines;
    if assignment.cancelled {
        Some((Tone::Plain, t.cancelled))
    } else if app.unsent_work().iter().any(|(id, _)| *id == assignment.id) {
        Some((Tone::Wait, t.declared_unsent))
    } else if app.records.with(|r| r.receipts.iter().any(|x| x.assignment == assignment.id)) {
        Some((Tone::Good, t.declared))
    } else {
        None
    }
}
