//! Every sentence the app shows, an area a file. An area is a struct with a value for each language, so that a missing
//! translation does not compile. Plain English: reading age 9 to 11, short sentences, the verb first.

/// Declares an area's struct and its English value side by side. A field is a `&'static str` unless it says otherwise.
macro_rules! texts {
    ($(#[$meta:meta])* $area:ident { $($field:ident $(: $type:ty)? = $value:expr;)* }) => {
        $(#[$meta])*
        pub struct $area {
            $(pub $field: texts!(@type $($type)?),)*
        }
        impl $area {
            pub const ENGLISH: $area = $area { $($field: $value,)* };
        }
    };
    (@type) => { &'static str };
    (@type $type:ty) => { $type };
}

pub mod format;

mod accessibility;
mod ask;
mod attendance;
mod calendar;
mod check;
mod common;
mod course;
mod deadlines;
mod declaration;
mod device;
mod feedback;
mod hand_in;
mod help;
mod live;
mod my_data;
mod news;
mod reading;
mod receipts;
mod requests;
mod safety;
mod sharing;
mod shell;
mod sign_in;
mod sign_out;
mod study;
mod today;
mod understanding;
mod voice;
mod week;
mod withdrawal;

pub use accessibility::Accessibility;
pub use ask::Ask;
pub use attendance::Attendance;
pub use calendar::Calendar;
pub use check::Check;
pub use common::Common;
pub use course::Course;
pub use deadlines::Deadlines;
pub use declaration::Declaration;
pub use device::Device;
pub use feedback::Feedback;
pub use hand_in::HandIn;
pub use help::Help;
pub use live::Live;
pub use my_data::MyData;
pub use news::News;
pub use reading::Reading;
pub use receipts::Receipts;
pub use requests::Requests;
pub use safety::Safety;
pub use sharing::Sharing;
pub use shell::Shell;
pub use sign_in::SignIn;
pub use sign_out::SignOut;
pub use study::Study;
pub use today::Today;
pub use understanding::Understanding;
pub use voice::Voice;
pub use week::Week;
pub use withdrawal::Withdrawal;

/// All text of one language, but for that of the late pages, which comes with them: it is reached by functions that only they call.
pub struct Text {
    /// BCP 47.
    pub language: &'static str,
    pub common: Common,
    pub shell: Shell,
    pub sign_in: SignIn,
    pub sign_out: SignOut,
    pub today: Today,
    pub deadlines: Deadlines,
    pub live: Live,
    pub receipts: Receipts,
    pub safety: Safety,
}

pub static ENGLISH: Text = Text {
    language: "en-GB",
    common: Common::ENGLISH,
    shell: Shell::ENGLISH,
    sign_in: SignIn::ENGLISH,
    sign_out: SignOut::ENGLISH,
    today: Today::ENGLISH,
    deadlines: Deadlines::ENGLISH,
    live: Live::ENGLISH,
    receipts: Receipts::ENGLISH,
    safety: Safety::ENGLISH,
};

macro_rules! late {
    ($($area:ident: $kind:ident),*) => {
        impl Text {
            $(#[must_use]
            pub fn $area(&self) -> &'static $kind {
                static ENGLISH: $kind = $kind::ENGLISH;
                &ENGLISH
            })*
        }
    };
}

late! {
    accessibility: Accessibility,
    ask: Ask,
    attendance: Attendance,
    calendar: Calendar,
    check: Check,
    course: Course,
    declaration: Declaration,
    device: Device,
    feedback: Feedback,
    hand_in: HandIn,
    help: Help,
    my_data: MyData,
    news: News,
    reading: Reading,
    requests: Requests,
    sharing: Sharing,
    study: Study,
    understanding: Understanding,
    voice: Voice,
    week: Week,
    withdrawal: Withdrawal
}

/// 'one thing', '2 things'.
fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
