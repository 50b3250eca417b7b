//! One file a page.

mod check;
mod config_fault;
mod copy;
mod deadline;
mod deadlines;
mod declare;
mod device;
mod hand_in;
mod late;
mod live;
mod receipt;
mod receipts;
mod safety;
mod sign_in;
mod sign_out;
mod today;
mod withdraw;
mod work;

pub use config_fault::config_fault;
pub use late::when_there_is_time;
pub use sign_in::{sign_in, take_up};
pub use sign_out::leave;

use crate::{
    browser::dom::{El, el},
    components::{go_button, title},
    route::Route,
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
        late => late::page(app, late),
    }
}

/// What stands where something should be that is not there: what happened, and the way on.
fn gone(app: App, heading: &str, what: &str, to: &Route, way: &str) -> El {
    el("div").child(title(app, heading)).child(el("p").child(what)).child(go_button(to, way))
}
