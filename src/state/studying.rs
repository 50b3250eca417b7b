//! Study time as its page shows it: what has come back, and what waits on this device. What waits is read from the name of its act.

use chrono::{Days, NaiveDate};
use contract::{
    json::{Json, Wire, to_json},
    study::{DAY_MINUTES, Studied, Study, StudyDay, StudyPlan},
};
use std::fmt::Write;

/// How the name of time that was taken begins.
pub const TAKE: &str = "act/study/";
/// How the name of a plan begins.
pub const PLAN: &str = "act/plan-study/";

/// Weeks before this one that the page shows.
const WEEKS_BEFORE: u64 = 11;

/// All that the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Studying {
    pub plan: Vec<StudyDay>,
    /// The plan waits on this device.
    pub plan_waits: bool,
    /// This week first.
    pub weeks: Vec<Week>,
    /// This week's pieces, in the order of their days.
    pub pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    pub monday: NaiveDate,
    /// Minutes; nothing where there was no plan.
    pub planned: Option<u32>,
    pub taken: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub study: Study,
    pub waits: bool,
}

impl Studying {
    /// `waiting`: the names of the acts that wait, the oldest first.
    #[must_use]
    pub fn of(plan: Option<StudyPlan>, weeks: &[Studied], waiting: &[String], today: NaiveDate) -> Self {
        let (mut days, history) = plan.map(|plan| (plan.days, plan.weeks)).unwrap_or_default();
        let planned_here = waiting.iter().rev().find_map(|name| read_plan(name));
        let plan_waits = planned_here.is_some();
        if let Some(here) = planned_here {
            days = here;
        }
        let mut pieces = Vec::new();
        for week in weeks {
            for taken in &week.taken {
                put(&mut pieces, Piece { study: taken.study.clone(), waits: false });
            }
        }
        for name in waiting {
            if let Some(study) = read_take(name) {
                put(&mut pieces, Piece { study, waits: true });
            }
        }
        pieces.retain(|piece| piece.study.minutes > 0 || piece.waits);
        let this = monday(today);
        let mut shown = Vec::new();
        for back in 0..=WEEKS_BEFORE {
            let Some(week) = this.checked_sub_days(Days::new(7 * back)) else { break };
            let mut taken = 0;
            for piece in &pieces {
                if monday(piece.study.date) == week {
                    taken += piece.study.minutes;
                }
            }
            let planned = if back == 0 {
                (!days.is_empty()).then(|| days.iter().map(|day| day.minutes).sum())
            } else {
                let next = week.checked_add_days(Days::new(7));
                let last = history.iter().rev().find(|plan| next.is_none_or(|next| plan.date < next));
                last.map(|plan| plan.minutes).filter(|minutes| *minutes > 0)
            };
            if back == 0 || taken > 0 || planned.is_some() {
                shown.push(Week { monday: week, planned, taken });
            }
        }
        pieces.retain(|piece| monday(piece.study.date) == this);
        super::order::sort(&mut pieces, |a, b| (a.study.date, &a.study.what) < (b.study.date, &b.study.what));
        Self { plan: days, plan_waits, weeks: shown, pieces }
    }
}

/// The same day and words replace what is there.
fn put(pieces: &mut Vec<Piece>, piece: Piece) {
    let same = |known: &&mut Piece| known.study.date == piece.study.date && known.study.what == piece.study.what;
    match pieces.iter_mut().find(same) {
        Some(known) => *known = piece,
        None => pieces.push(piece),
    }
}

/// The name of an act: `act/study/2026-11-23/45/reading`.
#[must_use]
pub fn take_name(study: &Study) -> String {
    let what = study.what.as_deref().unwrap_or_default();
    format!("{TAKE}{}/{}/{what}", date_text(study.date), study.minutes)
}

fn read_take(name: &str) -> Option<Study> {
    let mut parts = name.strip_prefix(TAKE)?.splitn(3, '/');
    let (date, minutes, what) = (date(parts.next()?)?, parts.next()?.parse().ok()?, parts.next()?);
    Some(Study { date, minutes, what: Some(what.to_owned()).filter(|what| !what.is_empty()) })
}

/// The name of an act: `act/plan-study/1.1110.90/4.600.30`.
#[must_use]
pub fn plan_name(days: &[StudyDay]) -> String {
    let mut name = String::from(PLAN);
    for (n, day) in days.iter().enumerate() {
        let _ = write!(name, "{}{}.{}.{}", if n > 0 { "/" } else { "" }, day.weekday, day.from, day.minutes);
    }
    name
}

fn read_plan(name: &str) -> Option<Vec<StudyDay>> {
    let mut days = Vec::new();
    for day in name.strip_prefix(PLAN)?.split('/').filter(|day| !day.is_empty()) {
        let mut numbers = day.split('.').map(|number| number.parse().ok());
        days.push(StudyDay { weekday: numbers.next()??, from: numbers.next()??, minutes: numbers.next()?? });
    }
    Some(days)
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

/// As a date box has it.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::read(&Json::Text(text.trim().into()))
}

#[must_use]
pub fn date_text(day: NaiveDate) -> String {
    to_json(&day).replace('"', "")
}

/// Minutes as they are typed, from `least` on.
#[must_use]
pub fn minutes(text: &str, least: u32) -> Option<u32> {
    text.trim().parse().ok().filter(|minutes| (least..=DAY_MINUTES).contains(minutes))
}

/// Minutes since midnight of a time box: `18:30`.
#[must_use]
pub fn clock(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// What a time box has for minutes since midnight.
#[must_use]
pub fn clock_text(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::study::{PlannedFrom, Taken};

    fn day(text: &str) -> NaiveDate {
        date(text).expect("a day")
    }

    fn study(date: &str, minutes: u32, what: &str) -> Study {
        Study { date: day(date), minutes, what: Some(what.to_owned()).filter(|what| !what.is_empty()) }
    }

    fn week(monday: &str, taken: &[Study]) -> Studied {
        let said_at = crate::state::samples::at("2026-11-23T12:00:00Z");
        let taken = taken.iter().map(|study| Taken { study: study.clone(), said_at }).collect();
        Studied { week: day(monday), taken, changes: vec![] }
    }

    #[test]
    fn what_waits_is_read_back_from_its_name() {
        for one in [study("2026-11-23", 45, "reading/maths 1"), study("2026-11-22", 0, "")] {
            assert_eq!(read_take(&take_name(&one)), Some(one));
        }
        let days = [StudyDay { weekday: 1, from: 1_110, minutes: 90 }, StudyDay { weekday: 7, from: 0, minutes: 1 }];
        for plan in [&days[..], &[]] {
            assert_eq!(read_plan(&plan_name(plan)), Some(plan.to_vec()));
        }
        for odd in ["act/study/", "act/study/2026-11-23/x/y", "act/plan-study/1.2", "act/read/x"] {
            assert!(read_take(odd).is_none() && read_plan(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn what_waits_counts_already_and_replaces_what_it_corrects() {
        let weeks = [
            week("2026-11-16", &[study("2026-11-22", 60, "")]),
            week(
                "2026-11-23",
                &[study("2026-11-24", 30, "maths"), study("2026-11-23", 20, ""), study("2026-11-23", 0, "x")],
            ),
        ];
        let waiting = [
            take_name(&study("2026-11-24", 50, "maths")),
            take_name(&study("2026-11-23", 0, "")),
            plan_name(&[StudyDay { weekday: 3, from: 600, minutes: 120 }]),
        ];
        let plan = StudyPlan {
            days: vec![],
            planned_at: crate::state::samples::at("2026-11-17T12:00:00Z"),
            weeks: vec![PlannedFrom { date: day("2026-11-22"), minutes: 90 }],
            changes: vec![],
        };
        let shown = Studying::of(Some(plan), &weeks, &waiting, day("2026-11-25"));
        let pieces = [study("2026-11-23", 0, ""), study("2026-11-24", 50, "maths")];
        assert_eq!(shown.pieces, pieces.map(|study| Piece { study, waits: true }));
        assert!(shown.plan_waits && shown.plan.len() == 1);
        let of = |monday: &str, planned, taken| Week { monday: day(monday), planned, taken };
        assert_eq!(shown.weeks, [of("2026-11-23", Some(120), 50), of("2026-11-16", Some(90), 60)]);
    }

    #[test]
    fn boxes_are_read_as_they_are_filled_in() {
        assert_eq!(
            ["18:30", "00:00", "7:05", "24:00", "x", "12:"].map(clock),
            [Some(1_110), Some(0), Some(425), None, None, None]
        );
        assert_eq!((clock_text(1_110), clock_text(5)), ("18:30".into(), "00:05".into()));
        assert_eq!(
            ["0", " 90 ", "1440", "1441", "-1", ""].map(|text| minutes(text, 1)),
            [None, Some(90), Some(1_440), None, None, None]
        );
        assert_eq!((minutes("0", 0), date_text(day("2026-11-23"))), (Some(0), "2026-11-23".into()));
    }
}
