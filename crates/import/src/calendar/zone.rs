//! Time zones by the names that calendar programs give them.

use super::component::Component;
use crate::{report::Fault, value::quoted};
use chrono_tz::{Europe, Tz};
use std::collections::BTreeMap;

/// The zones that one calendar knows.
pub(super) struct Zones {
    /// What the file's own VTIMEZONEs stand for.
    own: BTreeMap<String, Tz>,
    /// X-WR-TIMEZONE.
    preferred: Option<Tz>,
}

impl Zones {
    pub fn of(calendar: &Component) -> Self {
        let own = calendar.children.iter().filter(|child| child.name == "VTIMEZONE").filter_map(|child| {
            let tzid = child.property("TZID")?.value.trim().to_owned();
            let zone = named(&tzid).or_else(|| child.property("X-LIC-LOCATION").and_then(|p| named(&p.value)));
            Some((tzid, zone.or_else(|| by_offsets(child))?))
        });
        let preferred = calendar.property("X-WR-TIMEZONE").and_then(|property| named(&property.value));
        Self { own: own.collect(), preferred }
    }

    /// A zone's name decides before what the file says of it: the tz database knows its clock changes best.
    pub fn find(&self, tzid: &str) -> Result<Tz, Fault> {
        named(tzid).or_else(|| self.own.get(tzid.trim()).copied()).ok_or_else(|| {
            Fault::new(
                format!("The time zone {} is not known.", quoted(tzid)),
                "Set the calendar to a zone such as Europe/London and export it again.",
            )
        })
    }

    /// The zone of times that name none.
    pub fn floating(&self) -> Tz {
        self.preferred.unwrap_or(Europe::London)
    }
}

/// By the tz database's name, also behind a maker's prefix (`/mozilla.org/20050126_1/Europe/London`), or by Windows's.
fn named(tzid: &str) -> Option<Tz> {
    let tzid = tzid.trim().trim_matches('"');
    if let Ok(zone) = tzid.parse::<Tz>() {
        return Some(zone);
    }
    let parts: Vec<_> = tzid.split('/').collect();
    let behind =
        |count: usize| parts.len().checked_sub(count).and_then(|from| parts.get(from..)?.join("/").parse().ok());
    if tzid.starts_with('/')
        && let Some(zone) = behind(3).or_else(|| behind(2))
    {
        return Some(zone);
    }
    WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(tzid)).map(|(_, zone)| *zone)
}

/// A VTIMEZONE with a name of its own: Europe's clock changes, or none at all by whole hours.
fn by_offsets(timezone: &Component) -> Option<Tz> {
    let part = |name: &str| timezone.children.iter().rfind(|child| child.name == name);
    let offset = |child: &Component| child.property("TZOFFSETTO").map(|p| p.value.trim().to_owned());
    let (standard, daylight) = (part("STANDARD"), part("DAYLIGHT"));
    let changes_in = |child: &Component, month: &str| {
        let rule = child.property("RRULE").map(|p| p.value.to_ascii_uppercase()).unwrap_or_default();
        rule.split(';').any(|p| p == format!("BYMONTH={month}")) && rule.split(';').any(|p| p == "BYDAY=-1SU")
    };
    let standard_offset = offset(standard?)?;
    match daylight {
        Some(daylight) if changes_in(daylight, "3") && changes_in(standard?, "10") => {
            match (standard_offset.as_str(), offset(daylight)?.as_str()) {
                ("+0000" | "-0000", "+0100") => Some(Europe::London),
                ("+0100", "+0200") => Some(Europe::Paris),
                ("+0200", "+0300") => Some(Europe::Helsinki),
                _ => None,
            }
        }
        Some(_) => None,
        None => {
            let (sign, digits) = standard_offset.split_at_checked(1)?;
            let hours: i32 = digits.strip_suffix("00").filter(|hours| hours.len() == 2)?.parse().ok()?;
            // The tz database's Etc names count westwards.
            let west = if sign == "-" { "+" } else { "-" };
            if hours == 0 { Some(Tz::UTC) } else { format!("Etc/GMT{west}{hours}").parse().ok() }
        }
    }
}

/// Windows's names, as Outlook and Exchange write them, by Unicode CLDR's table.
const WINDOWS: &[(&str, Tz)] = &[
    ("GMT Standard Time", Europe::London),
    ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", Europe::London),
    ("GMT", Tz::Etc__UTC),
    ("UTC", Tz::UTC),
    ("Coordinated Universal Time", Tz::UTC),
    ("Greenwich Standard Time", Tz::Atlantic__Reykjavik),
    ("W. Europe Standard Time", Europe::Berlin),
    ("Romance Standard Time", Europe::Paris),
    ("Central Europe Standard Time", Europe::Budapest),
    ("Central European Standard Time", Europe::Warsaw),
    ("E. Europe Standard Time", Europe::Chisinau),
    ("FLE Standard Time", Europe::Kyiv),
    ("GTB Standard Time", Europe::Bucharest),
    ("Kaliningrad Standard Time", Europe::Kaliningrad),
    ("Russian Standard Time", Europe::Moscow),
    ("Belarus Standard Time", Europe::Minsk),
    ("Turkey Standard Time", Europe::Istanbul),
    ("Israel Standard Time", Tz::Asia__Jerusalem),
    ("Egypt Standard Time", Tz::Africa__Cairo),
    ("South Africa Standard Time", Tz::Africa__Johannesburg),
    ("W. Central Africa Standard Time", Tz::Africa__Lagos),
    ("E. Africa Standard Time", Tz::Africa__Nairobi),
    ("Morocco Standard Time", Tz::Africa__Casablanca),
    ("Arabic Standard Time", Tz::Asia__Baghdad),
    ("Arab Standard Time", Tz::Asia__Riyadh),
    ("Arabian Standard Time", Tz::Asia__Dubai),
    ("Iran Standard Time", Tz::Asia__Tehran),
    ("Afghanistan Standard Time", Tz::Asia__Kabul),
    ("Pakistan Standard Time", Tz::Asia__Karachi),
    ("India Standard Time", Tz::Asia__Kolkata),
    ("Sri Lanka Standard Time", Tz::Asia__Colombo),
    ("Nepal Standard Time", Tz::Asia__Kathmandu),
    ("Bangladesh Standard Time", Tz::Asia__Dhaka),
    ("SE Asia Standard Time", Tz::Asia__Bangkok),
    ("Singapore Standard Time", Tz::Asia__Singapore),
    ("China Standard Time", Tz::Asia__Shanghai),
    ("Taipei Standard Time", Tz::Asia__Taipei),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("Korea Standard Time", Tz::Asia__Seoul),
    ("AUS Eastern Standard Time", Tz::Australia__Sydney),
    ("E. Australia Standard Time", Tz::Australia__Brisbane),
    ("W. Australia Standard Time", Tz::Australia__Perth),
    ("Cen. Australia Standard Time", Tz::Australia__Adelaide),
    ("New Zealand Standard Time", Tz::Pacific__Auckland),
    ("Azores Standard Time", Tz::Atlantic__Azores),
    ("E. South America Standard Time", Tz::America__Sao_Paulo),
    ("Argentina Standard Time", Tz::America__Argentina__Buenos_Aires),
    ("Newfoundland Standard Time", Tz::America__St_Johns),
    ("Atlantic Standard Time", Tz::America__Halifax),
    ("Eastern Standard Time", Tz::America__New_York),
    ("US Eastern Standard Time", Tz::America__Indiana__Indianapolis),
    ("Central Standard Time", Tz::America__Chicago),
    ("Mountain Standard Time", Tz::America__Denver),
    ("US Mountain Standard Time", Tz::America__Phoenix),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
    ("Alaskan Standard Time", Tz::America__Anchorage),
    ("Hawaiian Standard Time", Tz::Pacific__Honolulu),
];
