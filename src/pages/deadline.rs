use super::{
    calendar,
    deadlines::{nothing_came, state, waiting},
    feedback, gone,
    help::to_ask,
    reading::checked,
    requests,
};
use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{
        Row, Tone, action, go, go_button, host_of, mail, outside, rows, second_button, tag, telephone, title, titled,
        when,
    },
    route::{Route, Step},
    signal::Memo,
    state::{app::App, records},
    text::format,
};
use contract::{
    course::{Contact, Role},
    deadline::Assignment,
    ids::{AssignmentId, CourseId},
    request::{About, AskKind},
};

/// One piece of work: when, how, what to hand in, and what to do next.
#[must_use]
pub fn deadline(app: App, id: AssignmentId) -> El {
    let found = Memo::new(move || app.records.with(|r| records::assignment(r, &id).cloned()));
    el("div").child(slot(move || match found.get() {
        Some(assignment) => detail(app, &assignment),
        None => not_there(app),
    }))
}

/// What stands where work should be that is not on this device: it has not come yet, or it is not this learner's.
pub fn not_there(app: App) -> El {
    let t = &app.text.deadlines;
    if nothing_came(app) {
        el("div").child(title(app, t.title)).child(waiting(app))
    } else {
        gone(app, t.gone_title, t.gone, &Route::Deadlines, t.to_list)
    }
}

fn detail(app: App, assignment: &Assignment) -> El {
    let t = &app.text.deadlines;
    let due = app.records.with(|r| records::due(r, assignment));
    let done = state(app, assignment);
    let mut tags = Vec::new();
    if due < app.now.get() && !app.with_declared(|d| d.is_done(assignment)) {
        tags.push(tag(Tone::Bad, t.late));
    }
    tags.extend(done.map(|(tone, text)| tag(tone, text)));
    let hand_in = match &assignment.hand_in {
        Some(text) => el("p").class("lines").child(text.as_str()),
        None => el("p").child(t.no_hand_in),
    };
    let more = assignment.link.as_ref().and_then(|link| {
        let size = assignment.link_bytes.map_or_else(|| t.size_unknown.into(), format::bytes);
        let link = outside(app, None, link, &(t.more)(host_of(link)?, &size))?;
        Some(el("div").child(el("p").child(link)).child(checked(app, assignment.link_reviewed_on)))
    });
    let promised = feedback::of(app, &assignment.id);
    let called_off = assignment.cancelled.then(|| el("p").class("notice").child(t.cancelled_text));
    el("div")
        .child(el("p").class("back no-print").child(go(&Route::Deadlines, t.title)))
        .child(titled(app, t.one, None, &assignment.title))
        .child((!tags.is_empty()).then(|| el("p").class("tags").child(tags)))
        .child(called_off)
        .child(facts(app, assignment, promised.is_empty()))
        .child(el("h2").child(t.hand_in))
        .child(hand_in)
        .child(more)
        .child((!assignment.cancelled).then(|| declare(app, &assignment.id)))
        .child(ways(app, assignment))
        .child((!assignment.cancelled).then(|| calendar::add(app, assignment)))
        .child(receipts(app, &assignment.id))
        .child(feedback::feedback(app, assignment, promised))
        .child(el("h2").child(t.more_time))
        .child(el("p").child(t.more_time_text))
        .child(more_time(app, &assignment.id))
        .child(contacts(app, &assignment.course))
        .child(el("p").class("more no-print").child(go(&Route::Course, app.text.course().about_course)))
        .child(action(app.text.common.print, page::print))
}

/// `no_promise`: what stands here is all that is known of when feedback comes.
fn facts(app: App, assignment: &Assignment, no_promise: bool) -> El {
    let t = &app.text.deadlines;
    let course = app.records.with(|r| r.courses.iter().find(|c| c.id == assignment.course).cloned());
    let title = course.as_ref().map_or_else(|| assignment.course.0.clone(), |c| c.title.clone());
    let body = assignment.awarding_body.clone().or_else(|| course.and_then(|c| c.awarding_body));
    let strong = |part: El| el("strong").child(part);
    let first = when(app, assignment.due, assignment.all_day);
    let mut list = Vec::new();
    match app.records.with(|r| records::extension(r, &assignment.id).cloned()) {
        Some(extension) => {
            list.push(Row::new(t.extended_to, strong(when(app, extension.due, false))));
            list.push(Row::new(t.was_due, first));
            list.extend(extension.reason.map(|reason| Row::new(t.extension_reason, reason)));
        }
        None => list.push(Row::new(t.due, strong(first))),
    }
    list.push(Row::new(t.course, title));
    list.push(Row::new(t.how, (app.text.common.mode)(assignment.mode)));
    list.push(Row::new(t.ai, (t.ai_level)(assignment.ai_level)));
    if assignment.group {
        list.push(Row::new(t.group_work, t.group_work_value));
    }
    list.extend(assignment.attempts.map(|n| Row::new(t.attempts, (t.attempts_value)(n))));
    list.extend(body.map(|body| Row::new(t.awarding_body, body)));
    let feedback_by = assignment.feedback_by.filter(|_| no_promise);
    list.extend(feedback_by.map(|at| Row::new(t.feedback_by, when(app, at, false))));
    rows(list)
}

/// The one next thing to do with the work.
fn declare(app: App, id: &AssignmentId) -> El {
    let t = &app.text.deadlines;
    let text = if app.drafts.with(|drafts| drafts.iter().any(|d| d.assignment == *id && d.is_touched)) {
        t.continue_draft
    } else if app.next_attempt(id) > 1 {
        t.declare_again
    } else {
        t.declare
    };
    el("p").class("no-print").child(go_button(&Route::Declare(id.clone(), Step::Work), text))
}

/// The way to ask for more time, and what came of asking.
fn more_time(app: App, id: &AssignmentId) -> El {
    let asked = requests::asked(app, AskKind::MoreTime, &About::Assignment(id.clone()), id.as_str());
    let ask = second_button(&to_ask(AskKind::MoreTime, Some(id.as_str())), (app.text.ask().title)(AskKind::MoreTime));
    el("div").child(asked).child(el("p").class("no-print").child(ask))
}

/// What can be said of the work itself.
fn ways(app: App, assignment: &Assignment) -> El {
    let t = app.text.ask();
    let way = |kind, label: &str| {
        el("p").class("more no-print").child(go(&to_ask(kind, Some(assignment.id.as_str())), label))
    };
    let report = assignment.link.as_ref().map(|_| way(AskKind::ReportMaterial, t.report_material));
    el("div").child(report).child(way(AskKind::AnotherFormat, t.another_format))
}

fn receipts(app: App, id: &AssignmentId) -> Option<El> {
    let r = &app.text.receipts;
    let mut list = Vec::new();
    for item in app.unsent() {
        if item.declares() && item.work.assignment == *id {
            let link = go(&Route::Receipt(item.id), &(r.attempt)(item.work.attempt));
            list.push(el("li").child(link).child(": ").child(r.status_saved));
        }
    }
    for receipt in app.records.with(|known| records::receipts_of(known, id)) {
        let link = go(&Route::Receipt(receipt.change), &(r.attempt)(receipt.attempt));
        let withdrawn = receipt.withdrawn_at.map(|_| format!(" ({})", r.status_withdrawn));
        let code = el("span").class("code").child(receipt.code);
        list.push(el("li").child(link).child(": ").child(code).child(withdrawn));
    }
    (!list.is_empty()).then(|| el("div").child(el("h2").child(app.text.deadlines.receipts)).child(el("ul").child(list)))
}

/// The people of a course: its own tutors and assessors, else everybody's.
pub fn contacts(app: App, course: &CourseId) -> El {
    let people = |of: Option<&CourseId>| {
        let teaches = |c: &&Contact| matches!(c.role, Role::Tutor | Role::Assessor) && c.course.as_ref() == of;
        app.records.with(|r| r.contacts.iter().filter(teaches).cloned().collect::<Vec<_>>())
    };
    let mut found = people(Some(course));
    if found.is_empty() {
        found = people(None);
    }
    if found.is_empty() {
        return el("p").child(app.text.deadlines.no_contact);
    }
    let line = |part: El| el("div").child(part);
    let list: Vec<_> = found
        .into_iter()
        .map(|c| {
            el("li")
                .child(el("strong").child(c.name))
                .child(", ")
                .child((app.text.common.role)(c.role))
                .child(c.telephone.map(|number| line(telephone(&number))))
                .child(c.email.map(|email| line(mail(&email, &email))))
                .child(c.hours.map(|hours| el("div").child(hours)))
        })
        .collect();
    el("ul").class("plain-list").child(list)
}
