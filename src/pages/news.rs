//! What Today has besides: 'I am here' at the session that is on, and what has come and waits for the learner.

use super::{attendance, requests::called};
use crate::{
    browser::dom::{El, el, slot},
    components::go,
    data::submit,
    route::{Help, My, Route},
    state::{
        agenda::{self, Phase},
        app::App,
        news::{Known, News},
    },
};
use contract::{ids::AssignmentId, request::About};

/// Nothing where nothing waits.
#[must_use]
pub fn news(app: App) -> El {
    el("div").class("no-print").child(slot(move || session(app))).child(slot(move || {
        let lines: Vec<_> = waits(app).into_iter().filter_map(|one| line(app, one)).collect();
        let list = (!lines.is_empty()).then(|| el("ul").class("plain-list").child(lines));
        list.map(|list| el("section").child(el("h2").child(app.text.news().title)).child(list))
    }))
}

/// At the session that Today shows, while it is on: 'I am here', for whoever joins from there.
fn session(app: App) -> Option<El> {
    let now = app.now.get();
    let next = app.records.with(|r| agenda::next_session(r, now))?;
    (agenda::phase(&next, now) == Phase::Open).then(|| {
        let heading = el("h2").child((app.text.news().at_session)(&next.title));
        el("section").child(heading).child(attendance::at_session(app, &next))
    })
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
    let (to, text) = match news {
        News::Feedback(id) => {
            let work = called(app, &About::Assignment(id.clone()))?;
            (Route::Deadline(id), (t.feedback)(&work))
        }
        News::Missed(id) => (My::Attendance.into(), (t.missed)(&called(app, &About::Webinar(id))?)),
        News::Check(id) => {
            let session = called(app, &About::Webinar(id.clone()))?;
            (My::Check(id.0).into(), (app.text.understanding().link)(&session))
        }
        News::Answered(count) => (Help::Requests.into(), (t.answered)(count)),
        News::Guidance(count) => (My::Reading.into(), (t.guidance)(count)),
        News::Policies(count) => (Route::Course, (t.policies)(count)),
    };
    Some(el("li").class("more").child(go(&to, &text)))
}
