use super::deadlines::{nothing_came, waiting};
use crate::{
    components::{Outside, PageTitle, Row, Tag, Telephone, Tone, When, host_of, rows},
    state::{
        agenda::{self, JOIN_EARLY, Phase},
        app::App,
        records,
    },
};
use contract::webinar::Webinar;
use leptos::prelude::*;

/// Sessions to come and sessions that were.
#[component]
pub fn Live() -> impl IntoView {
    let app = App::here();
    let t = &app.text.live;
    view! {
        <PageTitle title=t.title />
        {move || {
            if nothing_came(app) {
                return waiting(app);
            }
            let (next, past) = app.records.with(|r| agenda::sessions(r, app.now.get()));
            let list = |sessions: Vec<Webinar>, none: &'static str| {
                if sessions.is_empty() {
                    return view! { <p>{none}</p> }.into_any();
                }
                let items = sessions.iter().map(|s| view! { <li>{card(app, s)}</li> }).collect_view();
                view! { <ul class="cards">{items}</ul> }.into_any()
            };
            view! {
                <h2>{t.next}</h2>
                {list(next, t.none_next)}
                <h2>{t.past}</h2>
                {list(past, t.none_past)}
            }
            .into_any()
        }}
    }
}

/// One session: when, how to get in, and what it costs.
pub fn card(app: App, session: &Webinar) -> AnyView {
    let t = &app.text.live;
    let phase = agenda::phase(session, app.now.get());
    let course = app.records.with(|r| records::course_title(r, &session.course).to_string());
    let coming = matches!(phase, Phase::Coming | Phase::Open);
    let tag = match phase {
        Phase::Open => Some((Tone::Good, t.open_now)),
        Phase::Cancelled => Some((Tone::Bad, t.cancelled)),
        Phase::Over => Some((Tone::Plain, t.over)),
        Phase::Coming => None,
    };
    let mut list = Vec::new();
    if coming {
        list.extend(session.place.clone().map(|place| Row::new(t.place, place)));
        list.extend(session.telephone.clone().map(|number| Row::new(t.telephone, view! { <Telephone number=number /> })));
        list.extend(session.pin.clone().map(|pin| Row::new(t.pin, view! { <span class="code">{pin}</span> })));
    }
    list.extend(session.about.clone().map(|about| Row::new(t.about, view! { <p class="lines">{about}</p> })));
    view! {
        <article class="card">
            <h3 class="card__title">{session.title.clone()}</h3>
            <p class="card__main"><When at=session.starts until=session.ends /></p>
            <p class="card__more">{course}" · "{(app.text.common.mode)(session.mode)}</p>
            <p class="tags">{tag.map(|(tone, text)| view! { <Tag tone=tone text=text /> })}</p>
            {coming.then(|| join(app, session, phase))}
            {(!list.is_empty()).then(|| rows(list))}
        </article>
    }
    .into_any()
}

/// The way in. The link is there before the session too: a learner may want to try it, and their clock may be wrong.
fn join(app: App, session: &Webinar, phase: Phase) -> AnyView {
    let t = &app.text.live;
    let Some(link) = &session.join else {
        // A room needs no link.
        return session.place.is_none().then(|| view! { <p>{t.no_link}</p> }).into_any();
    };
    let Some(host) = host_of(link).map(str::to_string) else {
        return view! { <p class="notice">{t.unsafe_link}</p> }.into_any();
    };
    let price = session.data_mb_per_hour.map_or_else(|| t.data_unknown.to_string(), t.data);
    view! {
        {(phase == Phase::Coming).then(|| view! {
            <p>{(t.opens)(&app.dates().time(session.starts - JOIN_EARLY))}</p>
        })}
        <p><Outside href=link.clone() text=(t.join_named)(&session.title) button=true second=phase == Phase::Coming /></p>
        <p class="hint">{(t.host)(&host)}", "{price}"."</p>
    }
    .into_any()
}
