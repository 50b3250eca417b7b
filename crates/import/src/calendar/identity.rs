//! Ids that stay when an event is changed: by its UID and, in a series, by the day of the occurrence. Its time of day may move.

use super::when::When;
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// `ics-` and 16 digits: stable, safe to show, and without what a UID may say of a person or a machine.
pub(super) fn of_event(uid: &str) -> String {
    let hash = Sha256::digest(uid.as_bytes());
    let digits: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("ics-{digits}")
}

/// How much of each event, by its id, the calendars of a batch had.
#[derive(Default)]
pub(crate) struct Reading {
    whole: BTreeSet<String>,
    partly: BTreeSet<String>,
}

impl Reading {
    /// The event itself was read, with all days of its series.
    pub(super) fn wholly(&mut self, uid: &str) {
        self.whole.insert(of_event(uid));
    }

    /// Something of it was refused or left out.
    pub(super) fn partly(&mut self, uid: &str) {
        self.partly.insert(of_event(uid));
    }

    /// The ids of those of which nothing is missing.
    pub fn whole(mut self) -> BTreeSet<String> {
        self.whole.retain(|id| !self.partly.contains(id));
        self.whole
    }
}

/// The days of one UID's occurrences, and those of them that others take the place of.
#[derive(Default)]
pub(super) struct Days {
    /// The first of the series, whose zone says which day it is. Without it each occurrence has its own.
    first: Option<When>,
    occurrences: BTreeSet<Slot>,
    replaced: BTreeSet<Slot>,
}

/// In order of time.
type Slot = (NaiveDate, Option<DateTime<Utc>>);

impl Days {
    /// `replaced` is what each RECURRENCE-ID of the UID says.
    pub fn new<'a>(
        first: Option<When>,
        occurrences: impl Iterator<Item = &'a When>,
        replaced: impl Iterator<Item = &'a When>,
    ) -> Self {
        let mut days = Self { first, ..Self::default() };
        days.occurrences = occurrences.map(|occurrence| days.slot(occurrence)).collect();
        days.replaced = replaced.map(|replaced| days.named(replaced)).collect();
        days
    }

    pub fn is_replaced(&self, occurrence: &When) -> bool {
        self.replaced.contains(&self.slot(occurrence))
    }

    /// The id of an occurrence of the series.
    pub fn id(&self, uid: &str, occurrence: &When) -> String {
        self.numbered(uid, self.slot(occurrence))
    }

    /// The id of the occurrence that a RECURRENCE-ID names.
    pub fn id_of_replaced(&self, uid: &str, replaced: &When) -> String {
        self.numbered(uid, self.named(replaced))
    }

    /// Those that were taken out or replaced count too, so that the others of their day keep their numbers.
    fn numbered(&self, uid: &str, slot: Slot) -> String {
        let until = (slot.0, None)..=slot;
        let others = self.replaced.range(until.clone()).filter(|replaced| !self.occurrences.contains(replaced));
        let number = self.occurrences.range(until).count() + others.count();
        let id = format!("{}-{}", of_event(uid), slot.0.format("%Y%m%d"));
        if number > 1 { format!("{id}-{number}") } else { id }
    }

    fn slot(&self, when: &When) -> Slot {
        let day = match self.first {
            Some(When::At { zone, .. }) => when.date_in(zone),
            _ => when.date(),
        };
        (day, when.instant())
    }

    /// One that names only the day means the series' time of day or, where there is none at that time, the first of the day.
    fn named(&self, replaced: &When) -> Slot {
        let slot = match (replaced, self.first) {
            (When::Day(day), Some(first)) => self.slot(&first.on(*day)),
            _ => self.slot(replaced),
        };
        let by_day = matches!(replaced, When::Day(_)) || matches!(self.first, Some(When::Day(_)));
        if !by_day || self.occurrences.contains(&slot) {
            return slot;
        }
        self.occurrences.range((slot.0, None)..).next().filter(|(day, _)| *day == slot.0).copied().unwrap_or(slot)
    }
}
