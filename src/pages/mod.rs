//! One file a page.

mod accessibility;
mod act;
mod ask;
mod attendance;
mod calendar;
mod check;
mod config_fault;
mod copy;
mod course;
mod deadline;
mod deadlines;
mod declare;
mod device;
mod feedback;
mod hand_in;
mod help;
mod live;
mod my_data;
mod news;
mod reading;
mod receipt;
mod receipts;
mod requests;
mod safety;
mod sharing;
mod sign_in;
mod sign_out;
mod study;
mod today;
mod understanding;
mod voice;
mod week;
mod withdraw;
mod work;

pub use config_fault::config_fault;
pub use copy::copy;
pub use news::news;
pub use sign_in::{sign_in, take_up};
pub use sign_out::leave;

use crate::{
    browser::dom::{El, el},
    components::{go_button, title},
    late,
    route::{Help, My, Route},
    state::app::App,
};

/// The page of a route, for somebody who may see it. The pages that are opened first are in the program's first part.
#[must_use]
pub fn page(app: App, route: Route) -> El {
    match route {
        Route::Today => today::today(app),
        Route::Deadlines => deadlines::deadlines(app),
        Route::Safety => safety::safety(app),
        Route::SignOut => sign_out::sign_out(app),
        few => late::page(app, few),
    }
}

/// The pages that few open, in the late part.
#[must_use]
pub fn late_page(app: App, route: Route) -> El {
    match route {
        Route::Deadline(id) => deadline::deadline(app, id),
        Route::Live => live::live(app),
        Route::Work => work::work(app),
        Route::Declare(id, step) => declare::declare(app, id, step),
        Route::Receipts => receipts::receipts(app),
        Route::Receipt(id) => receipt::receipt(app, id),
        Route::Withdraw(id) => withdraw::withdraw(app, id),
        Route::Help(page) => match Help::parse(&page) {
            Some(Help::Main) => help::help(app),
            Some(Help::Ask(kind, about)) => ask::ask(app, &kind, about),
            Some(Help::Requests) => requests::requests(app),
            Some(Help::Request(id)) => requests::request(app, id),
            None => not_found(app),
        },
        Route::My(page) => my(app, My::parse(&page)),
        Route::Check => check::check(app),
        Route::Course => course::course(app),
        Route::Device => device::device(app),
        Route::HandIn => hand_in::hand_in(app),
        _ => not_found(app),
    }
}

fn my(app: App, page: Option<My>) -> El {
    match page {
        Some(My::Attendance) => attendance::attendance(app),
        Some(My::Check(id)) => understanding::check(app, id),
        Some(My::Session(id)) => voice::session_page(app, id),
        Some(My::Reading) => reading::reading(app),
        Some(My::Calendar) => calendar::calendar(app),
        Some(My::Week) => week::week(app),
        Some(My::Data) => my_data::my_data(app),
        Some(My::Study) => study::study(app),
        Some(My::Sharing) => sharing::sharing(app),
        Some(My::Accessibility) => accessibility::accessibility(app),
        _ => not_found(app),
    }
}

fn not_found(app: App) -> El {
    let t = &app.text.common;
    gone(app, t.not_found_title, t.not_found, &Route::Today, t.to_today)
}

/// What stands where something should be that is not there: what happened, and the way on.
fn gone(app: App, heading: &str, what: &str, to: &Route, way: &str) -> El {
    el("div").child(title(app, heading)).child(el("p").child(what)).child(go_button(to, way))
}
