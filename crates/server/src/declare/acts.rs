//! The fields of what a learner does, each fault with its JSON pointer.

use super::fields::Faults;
use contract::{
    act::{Act, Deed, Read},
    study::{DAY_MINUTES, PlanStudy, Study, WHAT_MAX},
};

/// The longest id or version, in characters.
const NAME_MAX: usize = 200;

impl Faults {
    pub fn act(&mut self, act: &Act) {
        let at = format!("/what/act/deed/{}", act.deed.name());
        match &act.deed {
            Deed::Read(read) => self.read(read, &at),
            Deed::PlanStudy(plan) => self.plan(plan, &at),
            Deed::Study(study) => self.study(study, &at),
            Deed::Unshare(unshare) => self.name(&unshare.share, &format!("{at}/share")),
        }
    }

    fn read(&mut self, read: &Read, at: &str) {
        self.name(&read.id, &format!("{at}/id"));
        self.name(&read.version, &format!("{at}/version"));
    }

    fn plan(&mut self, plan: &PlanStudy, at: &str) {
        let mut weekdays = Vec::new();
        for (i, day) in plan.days.iter().enumerate().take(8) {
            let at = format!("{at}/days/{i}");
            let fine = (1..=7).contains(&day.weekday) && !weekdays.contains(&day.weekday);
            self.unless(
                fine,
                &format!("{at}/weekday"),
                "Give each weekday at most once, as 1 for Monday to 7 for Sunday.",
            );
            self.unless(day.from < DAY_MINUTES, &format!("{at}/from"), "Give minutes since midnight.");
            let fine = (1..=DAY_MINUTES).contains(&day.minutes);
            self.unless(fine, &format!("{at}/minutes"), "Give 1 to 1,440 minutes.");
            weekdays.push(day.weekday);
        }
    }

    fn study(&mut self, study: &Study, at: &str) {
        self.unless(study.minutes <= DAY_MINUTES, &format!("{at}/minutes"), "Give 0 to 1,440 minutes.");
        self.length(study.what.as_deref().unwrap_or_default(), WHAT_MAX, &format!("{at}/what"));
    }

    /// What something is called by; never empty.
    pub(super) fn name(&mut self, name: &str, pointer: &str) {
        self.unless(!name.trim().is_empty(), pointer, "This must not be empty.");
        self.length(name, NAME_MAX, pointer);
    }
}
