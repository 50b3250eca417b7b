//! What has come and waits for the learner, on Today: each line leads to where it stands.

use crate::{
    browser::dom::{El, el, slot},
    components::go,
    data::submit,
    route::{Help, My, Route},
    state::{
        app::App,
        news::{Known, News},
        records,
    },
};
use contract::ids::AssignmentId;

/// Nothing where nothing waits.
#[must_use]
pub fn news(app: App) -> El {
    el("div").child(slot(move || {
        let lines: Vec<_> = waits(app).into_iter().filter_map(|one| line(app, one)).collect();
        let list = (!lines.is_empty()).then(|| el("ul").class("plain-list").child(lines));
        list.map(|list| el("section").child(el("h2").child(app.text.news().title)).child(list))
    }))
}

fn waits(app: App) -> Vec<News> {
    let waiting: Vec<AssignmentId> =
        submit::waiting(app, &|_| true).into_iter().map(|item| item.work.assignment).collect();
    let learner = app.who().map(|who| who.learner).unwrap_or_default();
    let now = app.now.get();
    app.records.with(|records| Known { records, learner: learner.as_str(), waiting: &waiting, now }.news())
}

/// Nothing where what it is about is not on this device.
fn line(app: App, news: News) -> Option<El> {
    let t = app.text.news();
    let session =
        |id: &str| app.records.with(|r| r.webinars.iter().find(|w| w.id.as_str() == id).map(|w| w.title.clone()));
    let (to, text) = match news {
        News::Feedback(id) => {
            let title = app.records.with(|r| records::assignment(r, &id).map(|work| work.title.clone()))?;
            (Route::Deadline(id), (t.feedback)(&title))
        }
        News::Missed(id) => (My::Attendance.into(), (t.missed)(&session(id.as_str())?)),
        News::Check(id) => {
            let title = session(id.as_str())?;
            (My::Check(id.0).into(), (app.text.understanding().link)(&title))
        }
        News::Answered(count) => (Help::Requests.into(), (t.answered)(count)),
        News::Guidance(count) => (My::Reading.into(), (t.guidance)(count)),
        News::Policies(count) => (Route::Course, (t.policies)(count)),
    };
    Some(el("li").child(go(&to, &text)))
}
