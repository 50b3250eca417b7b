//! The shared page as HTML: no script, nothing but what its learner chose, in words.

use crate::{
    db::{Opening, Result, text},
    times::{clock, day, length, moment, monday, short_day, span, weekday},
    web::pages::escape,
    working_days::london_day,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{
    attendance::{Attendance, Count, standing},
    course::{Contact, Course, Role},
    deadline::{Assignment, Extension, Mode},
    share::Shows,
    study::{Studied, StudyPlan},
    webinar::Webinar,
};
use serde::de::DeserializeOwned;

/// Lines of a table: the page stays small on a slow line.
const LINES_MAX: usize = 40;
/// Weeks of study time before this one.
const WEEKS_BEFORE: u64 = 8;

/// # Errors
/// A record cannot be read.
pub fn write(service: &str, opening: &Opening, now: DateTime<Utc>) -> Result<String> {
    let page = Page { opening, now, today: london_day(now) };
    let (name, whom) = (escape(&opening.learner_name), escape(&opening.share.whom));
    let mut html = format!(
        "<h1>{name} shares this with you</h1>\n<p class=\"note\">For {whom}. {name} made this page and chose what is on it. \
         It ends on {}, or before that if {name} withdraws it. Times are London times.</p>\n",
        day(london_day(opening.share.ends_at))
    );
    for shown in Shows::ALL {
        if opening.share.shows.contains(&shown) {
            html.push_str(&match shown {
                Shows::Deadlines => page.deadlines()?,
                Shows::Sessions => page.sessions()?,
                Shows::Attendance => page.attendance()?,
                Shows::Study => page.study()?,
            });
        }
    }
    html.push_str(&page.contacts()?);
    html.push_str(&format!("<p>As it was on {}.</p>\n", moment(now)));
    Ok(whole(service, &html))
}

/// For an address that opens nothing, whatever it was.
pub fn none(service: &str) -> String {
    whole(
        service,
        "<h1>There is no page here</h1>\n<p>It is over, or was withdrawn, or the address is not complete. \
         Ask the learner who gave you the address for a new one.</p>\n",
    )
}

pub fn too_many(service: &str) -> String {
    whole(service, "<h1>Too many tries</h1>\n<p>Wait a minute, then load the page again.</p>\n")
}

/// The title says nothing of whose it is: it stays in the browser's history.
fn whole(service: &str, main: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>A shared page - {}</title>\n\
         <link rel=\"stylesheet\" href=\"/share.css\">\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
        escape(service)
    )
}

struct Page<'a> {
    opening: &'a Opening,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl Page<'_> {
    fn all<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<T>> {
        let bodies = self.opening.records.iter().filter(|(known, _)| known == kind);
        bodies.map(|(_, body)| text::parse(body)).collect()
    }

    fn course(&self, id: &str) -> Result<String> {
        let courses: Vec<Course> = self.all("course")?;
        let title = courses.into_iter().find(|course| course.id.as_str() == id).map(|course| course.title);
        Ok(escape(&title.unwrap_or_default()))
    }

    fn deadlines(&self) -> Result<String> {
        let extensions: Vec<Extension> = self.all("extension")?;
        let due = |work: &Assignment| {
            let extended = extensions.iter().find(|extension| extension.assignment == work.id);
            extended.map_or(work.due, |extension| extension.due)
        };
        let mut works: Vec<Assignment> = self.all("assignment")?;
        works.retain(|work| !work.cancelled && london_day(due(work)) >= self.today);
        works.sort_by_key(|work| due(work));
        let mut lines = Vec::new();
        for work in &works {
            lines.push([escape(&work.title), self.course(work.course.as_str())?, moment(due(work))]);
        }
        let none = "There is no deadline to come.";
        Ok(section("Deadlines to come", "Work that is to be handed in", ["Work", "Course", "Due"], &lines, none))
    }

    fn sessions(&self) -> Result<String> {
        let mut sessions: Vec<Webinar> = self.all("webinar")?;
        sessions.retain(|session| !session.cancelled && session.ends.max(session.starts) >= self.now);
        sessions.sort_by_key(|session| session.starts);
        let mut lines = Vec::new();
        for session in &sessions {
            let course = self.course(session.course.as_str())?;
            let what = format!("{}{}{course}", escape(&session.title), if course.is_empty() { "" } else { ", " });
            lines.push([what, mode(session.mode).into(), span(session.starts, session.ends)]);
        }
        let none = "There is no session to come.";
        Ok(section("Sessions to come", "When time for learning is needed", ["Session", "How", "When"], &lines, none))
    }

    /// Of the sessions that are over, as the app counts them.
    fn attendance(&self) -> Result<String> {
        let sessions: Vec<Webinar> = self.all("webinar")?;
        let mut count = Count::default();
        for known in self.all::<Attendance>("attendance")? {
            let session = sessions.iter().find(|session| session.id == known.webinar);
            if let Some(session) = session.filter(|session| session.closes() <= self.now) {
                count.add(standing(session, Some(&known)));
            }
        }
        let Some(percent) = count.percentage() else { return Ok(String::new()) };
        let Count { attended, counted, .. } = count;
        Ok(format!("<h2>Attendance</h2>\n<p>{percent}%: at {attended} of {counted} sessions.</p>\n"))
    }

    fn study(&self) -> Result<String> {
        let plan = self.all::<StudyPlan>("study-plan")?.pop();
        let weeks: Vec<Studied> = self.all("studied")?;
        let mut html = String::from("<h2>Study time</h2>\n");
        match plan.as_ref().filter(|plan| !plan.days.is_empty()) {
            None => html.push_str("<p>There is no plan yet.</p>\n"),
            Some(plan) => {
                html.push_str("<p>Planned each week:</p>\n<ul>\n");
                for one in &plan.days {
                    let (from, until) = (clock(one.from), clock(one.from + one.minutes));
                    html.push_str(&format!(
                        "<li>{}, {from} to {until}: {}</li>\n",
                        weekday(one.weekday),
                        length(one.minutes)
                    ));
                }
                html.push_str("</ul>\n");
            }
        }
        let mut lines = Vec::new();
        for back in 0..=WEEKS_BEFORE {
            let Some(week) = monday(self.today).checked_sub_days(Days::new(7 * back)) else { break };
            let taken: u32 = weeks
                .iter()
                .filter(|one| one.week == week)
                .flat_map(|one| &one.taken)
                .map(|one| one.study.minutes)
                .sum();
            let planned = plan.as_ref().and_then(|plan| {
                let sunday = week + Days::new(6);
                plan.weeks.iter().rev().find(|from| from.date <= sunday).map(|from| from.minutes)
            });
            if back == 0 || taken > 0 || planned.is_some() {
                let name = format!("Week of {}{}", short_day(week), if back == 0 { " (this week)" } else { "" });
                lines.push([name, planned.map_or("not planned".into(), length), length(taken)]);
            }
        }
        html.push_str(&table("Planned and taken, week by week", ["Week", "Planned", "Taken"], &lines));
        Ok(html)
    }

    /// Whom at the provider to ask, as everybody is told.
    fn contacts(&self) -> Result<String> {
        let mut people: Vec<Contact> = self.all("contact")?;
        people.retain(|who| who.course.is_none() && (who.telephone.is_some() || who.email.is_some()));
        let role =
            if people.iter().any(|who| who.role == Role::LearnerSupport) { Role::LearnerSupport } else { Role::Tutor };
        let mut html = String::new();
        for who in people.iter().filter(|who| who.role == role) {
            let number = who.telephone.as_deref().map(|number| {
                let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                format!("<a href=\"tel:{dialled}\">{}</a>", escape(number))
            });
            let mail = who.email.as_deref().map(|mail| format!("<a href=\"mailto:{0}\">{0}</a>", escape(mail)));
            let ways: Vec<_> = number.into_iter().chain(mail).chain(who.hours.as_deref().map(escape)).collect();
            html.push_str(&format!("<p>{}: {}</p>\n", escape(&who.name), ways.join(", ")));
        }
        Ok(if html.is_empty() { html } else { format!("<h2>Ask the training provider</h2>\n{html}") })
    }
}

/// A heading, and the lines or why there are none. The cells are HTML.
fn section(heading: &str, caption: &str, head: [&str; 3], lines: &[[String; 3]], none: &str) -> String {
    let what = if lines.is_empty() { format!("<p>{none}</p>\n") } else { table(caption, head, lines) };
    format!("<h2>{heading}</h2>\n{what}")
}

fn table(caption: &str, head: [&str; 3], lines: &[[String; 3]]) -> String {
    let columns: String = head.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    let mut html = format!("<table>\n<caption>{caption}</caption>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n");
    for [first, second, third] in lines.iter().take(LINES_MAX) {
        html.push_str(&format!("<tr><th scope=\"row\">{first}</th><td>{second}</td><td>{third}</td></tr>\n"));
    }
    html.push_str("</tbody>\n</table>\n");
    let more = lines.len().saturating_sub(LINES_MAX);
    if more > 0 {
        html.push_str(&format!("<p>And {more} more, later than these.</p>\n"));
    }
    html
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::FaceToFace => "Face to face",
        Mode::LiveWebinar => "Live webinar",
        Mode::Distance => "Online, in their own time",
        Mode::Blended => "Face to face and online",
        Mode::IndependentStudy => "Independent study",
    }
}
