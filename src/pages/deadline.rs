use super::deadlines::state;
use crate::{
    browser::page,
    components::{Go, GoButton, Outside, PageTitle, Row, Tag, Telephone, Tone, When, host_of, rows},
    route::{Route, Step},
    state::{app::App, records},
};
use contract::{
    course::{Contact, Role},
    deadline::Assignment,
    ids::{AssignmentId, CourseId},
};
use leptos::prelude::*;

/// One piece of work: when, how, what to hand in, and what to do next.
#[component]
pub fn Deadline(id: AssignmentId) -> impl IntoView {
    let app = App::here();
    let t = &app.text.deadlines;
    let found = Memo::new(move |_| app.records.with(|r| records::assignment(r, &id).cloned()));
    move || match found.get() {
        Some(assignment) => detail(app, &assignment),
        None => view! {
            <PageTitle title=t.gone_title />
            <p>{t.gone}</p>
            <GoButton to=Route::Deadlines text=t.to_list />
        }
        .into_any(),
    }
}

fn detail(app: App, assignment: &Assignment) -> AnyView {
    let t = &app.text.deadlines;
    let c = &app.text.common;
    let extension = app.records.with(|r| records::extension(r, &assignment.id).cloned());
    let due = extension.as_ref().map_or(assignment.due, |e| e.due);
    let course = app.records.with(|r| r.courses.iter().find(|c| c.id == assignment.course).cloned());
    let course_title = course.as_ref().map_or_else(|| assignment.course.0.clone(), |c| c.title.clone());
    let body = assignment.awarding_body.clone().or_else(|| course.and_then(|c| c.awarding_body));
    let done = state(app, assignment);
    let late = done.is_none() && due < app.now.get();

    let mut list = Vec::new();
    let first_due = view! { <When at=assignment.due all_day=assignment.all_day /> };
    match extension {
        Some(extension) => {
            list.push(Row::new(t.extended_to, view! { <strong><When at=extension.due /></strong> }));
            list.push(Row::new(t.was_due, first_due));
            list.extend(extension.reason.map(|reason| Row::new(t.extension_reason, reason)));
        }
        None => list.push(Row::new(t.due, view! { <strong>{first_due}</strong> })),
    }
    list.push(Row::new(t.course, course_title));
    list.push(Row::new(t.how, (c.mode)(assignment.mode)));
    list.push(Row::new(t.ai, (t.ai_level)(assignment.ai_level)));
    if assignment.group {
        list.push(Row::new(t.group_work, t.group_work_value));
    }
    list.extend(assignment.attempts.map(|n| Row::new(t.attempts, (t.attempts_value)(n))));
    list.extend(body.map(|body| Row::new(t.awarding_body, body)));
    list.extend(assignment.feedback_by.map(|at| Row::new(t.feedback_by, view! { <When at=at /> })));

    let hand_in = match &assignment.hand_in {
        Some(text) => view! { <p class="lines">{text.clone()}</p> }.into_any(),
        None => view! { <p>{t.no_hand_in}</p> }.into_any(),
    };
    view! {
        <p class="back no-print"><Go to=Route::Deadlines text=t.title /></p>
        <PageTitle title=assignment.title.clone() />
        <p class="tags">
            {late.then(|| view! { <Tag tone=Tone::Bad text=t.late /> })}
            {done.map(|(tone, text)| view! { <Tag tone=tone text=text /> })}
        </p>
        {assignment.cancelled.then(|| view! { <p class="notice">{t.cancelled_text}</p> })}
        {rows(list)}
        <h2>{t.hand_in}</h2>
        {hand_in}
        {assignment.link.as_ref().and_then(|link| host_of(link).map(str::to_string).map(|host| view! {
            <p><Outside href=link.clone() text=format!("{} ({host})", t.more) /></p>
        }))}
        {(!assignment.cancelled).then(|| declare(app, &assignment.id))}
        {receipts(app, &assignment.id)}
        <h2>{t.more_time}</h2>
        <p>{t.more_time_text}</p>
        {contacts(app, &assignment.course)}
        <button type="button" class="plain no-print" on:click=|_| page::print()>{c.print}</button>
    }
    .into_any()
}

/// The one next thing to do with the work.
fn declare(app: App, id: &AssignmentId) -> AnyView {
    let t = &app.text.deadlines;
    let text = if app.draft(id).is_some_and(|d| !d.is_untouched()) {
        t.continue_draft
    } else if app.next_attempt(id) > 1 {
        t.declare_again
    } else {
        t.declare
    };
    view! { <p class="no-print"><GoButton to=Route::Declare(id.clone(), Step::Work) text=text /></p> }.into_any()
}

fn receipts(app: App, id: &AssignmentId) -> Option<AnyView> {
    let r = &app.text.receipts;
    let arrived = app.records.with(|known| records::receipts_of(known, id));
    let unsent: Vec<_> = app.unsent().into_iter().filter(|item| item.work().assignment == *id).collect();
    if arrived.is_empty() && unsent.is_empty() {
        return None;
    }
    let unsent = unsent.into_iter().map(|item| {
        let attempt = item.work().attempt;
        view! { <li><Go to=Route::Receipt(item.sent.id) text=(r.attempt)(attempt) />": "{r.status_saved}</li> }.into_any()
    });
    let arrived = arrived.into_iter().map(|x| {
        view! { <li><Go to=Route::Receipt(x.change) text=(r.attempt)(x.attempt) />": "<span class="code">{x.code}</span></li> }
            .into_any()
    });
    let list = unsent.chain(arrived).collect_view();
    Some(view! { <h2>{app.text.deadlines.receipts}</h2><ul>{list}</ul> }.into_any())
}

/// The people of a course: its own tutors and assessors first, else everybody's.
pub fn contacts(app: App, course: &CourseId) -> AnyView {
    let teaches = |c: &&Contact| matches!(c.role, Role::Tutor | Role::Assessor);
    let people: Vec<_> = app.records.with(|r| {
        let own: Vec<_> =
            r.contacts.iter().filter(teaches).filter(|c| c.course.as_ref() == Some(course)).cloned().collect();
        if own.is_empty() { r.contacts.iter().filter(teaches).filter(|c| c.course.is_none()).cloned().collect() } else { own }
    });
    if people.is_empty() {
        return view! { <p>{app.text.deadlines.no_contact}</p> }.into_any();
    }
    let people = people
        .into_iter()
        .map(|c| {
            view! {
                <li>
                    <strong>{c.name}</strong>", "{(app.text.common.role)(c.role)}
                    {c.telephone.map(|number| view! { <br /><Telephone number=number /> })}
                    {c.email.map(|email| view! { <br /><a href=format!("mailto:{email}")>{email.clone()}</a> })}
                    {c.hours.map(|hours| view! { <br />{hours} })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list">{people}</ul> }.into_any()
}
