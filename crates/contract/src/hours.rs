//! When somebody answers: hours by contact, and the days on which nobody works.

use crate::{
    ids::ContactId,
    late::{LateRecord, kind},
};
use chrono::NaiveDate;

wire! {
    /// Some hours of a weekday in which a contact answers: the late record of kind `staffed-hours`.
    pub struct StaffedHours {
        pub contact: ContactId,
        /// 1 for Monday to 7 for Sunday.
        pub weekday: u32,
        /// Minutes since midnight, by a clock in London.
        pub from: u32,
        /// The same; after `from`.
        pub until: u32,
    }

    /// A bank holiday: the late record of kind `holiday`.
    pub struct Holiday {
        pub date: NaiveDate,
        pub name: String,
        pub nation: Nation,
    }

    #[derive(Copy, Hash, Default)]
    #[serde(rename_all = "kebab-case")]
    pub enum Nation {
        #[default]
        England,
        Wales,
        Scotland,
        NorthernIreland,
    }
}

crate::wire_words!(Nation {
    England = "england",
    Wales = "wales",
    Scotland = "scotland",
    NorthernIreland = "northern-ireland",
});

impl LateRecord for StaffedHours {
    const KIND: &str = kind::STAFFED_HOURS;
}

impl LateRecord for Holiday {
    const KIND: &str = kind::HOLIDAY;
}
