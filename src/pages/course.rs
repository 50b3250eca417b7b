use super::{
    deadline::contacts,
    deadlines::{nothing_came, waiting},
    reading::{checked, have_read, report},
};
use crate::{
    browser::dom::{El, el, slot},
    components::{Row, Tone, go, host_of, outside, rows, tag, title},
    route::My,
    state::app::App,
    text::format::bytes,
};
use contract::{
    act::ReadKind,
    course::{Course, Policy},
};

/// Each course with its awarding body and whom to ask, and the policies that hold for all of them.
#[must_use]
pub fn course(app: App) -> El {
    let t = app.text.course();
    let own = [(My::Study, app.text.study().title), (My::Sharing, app.text.sharing().title)];
    let own = own.map(|(page, name)| el("li").class("more").child(go(&page.into(), name)));
    let own = el("ul").class("plain-list no-print").child(Vec::from(own));
    el("div").child(title(app, t.title)).child(own).child(slot(move || {
        if nothing_came(app) {
            return vec![waiting(app)];
        }
        let (courses, policies) = app.records.with(|r| (r.courses.clone(), r.policies.clone()));
        let mut page: Vec<_> = courses.iter().map(|course| section(app, course)).collect();
        if courses.is_empty() {
            page.push(el("p").child(t.none));
        }
        page.push(el("h2").child(t.policies));
        if policies.is_empty() {
            page.push(el("p").child(t.no_policies));
        } else {
            let cards: Vec<_> = policies.iter().map(|p| el("li").child(policy(app, p))).collect();
            page.push(el("p").child(t.policies_text));
            page.push(el("ul").class("cards").child(cards));
        }
        page.push(el("h2").child(t.guidance));
        page.push(el("p").child(t.guidance_text));
        page.push(el("p").class("more").child(go(&My::Reading.into(), app.text.reading().title)));
        page
    }))
}

fn section(app: App, course: &Course) -> El {
    let t = app.text.course();
    let body = course.awarding_body.as_deref().unwrap_or(t.no_awarding_body);
    let agreed = course
        .blended_agreed_on
        .map_or_else(|| t.blended_unknown.to_owned(), |day| (t.blended_agreed)(&app.dates().day(day)));
    el("section")
        .child(el("h2").child(course.title.as_str()))
        .child(rows(vec![Row::new(t.awarding_body, body), Row::new(t.blended, agreed)]))
        .child(el("h3").child(t.people))
        .child(contacts(app, &course.id))
}

fn policy(app: App, policy: &Policy) -> El {
    let t = app.text.course();
    let dates = app.dates();
    let mut facts = vec![Row::new(t.version, policy.version.as_str()), Row::new(t.issued, dates.day(policy.issued_on))];
    let mut late = None;
    if let Some(renewal) = policy.renewal_on {
        if i64::from(renewal.to_epoch_days()) < dates.zone_day(app.now.get()) {
            late = Some((t.overdue_text)(&dates.day(renewal)));
        } else {
            facts.push(Row::new(t.renewal, dates.day(renewal)));
        }
    }
    let changes = policy.changes.as_deref().map(|changes| Row::new(t.changes, el("p").class("lines").child(changes)));
    facts.extend(changes);
    let link = policy.link.as_deref().and_then(|link| {
        let size = policy.link_bytes.map_or_else(|| app.text.deadlines.size_unknown.into(), bytes);
        let link = outside(app, None, link, &(t.open)(&policy.title, host_of(link)?, &size));
        let id = format!("policy/{}", policy.id);
        let below = el("div").child(checked(app, policy.link_reviewed_on)).child(report(app, &id, &policy.title));
        link.map(|link| el("div").child(el("p").child(link)).child(below))
    });
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(policy.title.as_str()))
        .child(late.is_some().then(|| el("p").class("tags").child(tag(Tone::Bad, t.overdue))))
        .child(late.map(|text| el("p").child(text)))
        .child(rows(facts))
        .child(link.unwrap_or_else(|| el("p").child(t.no_link)))
        .child(have_read(app, ReadKind::Policy, policy.id.as_str(), &policy.version, &policy.title))
}
