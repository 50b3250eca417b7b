//! One file a page.

mod config_fault;
mod deadline;
mod deadlines;
mod declare;
mod device;
mod live;
mod not_found;
mod receipt;
mod receipts;
mod safety;
mod sign_in;
mod sign_out;
mod today;
mod work;

pub use config_fault::ConfigFault;

use crate::{
    route::Route,
    state::app::{Account, App},
};
use leptos::prelude::*;

/// The page of the current route. Whoever is not signed in sees the public pages, and Sign in for all others.
pub fn page(app: App) -> AnyView {
    let route = app.route.get();
    let signed_in = Memo::new(move |_| matches!(app.account.get(), Account::In(_)));
    if !signed_in.get() && !route.is_public() {
        return view! { <sign_in::SignIn /> }.into_any();
    }
    app.faulty.set(false);
    match route {
        Route::Today => view! { <today::Today /> }.into_any(),
        Route::Deadlines => view! { <deadlines::Deadlines /> }.into_any(),
        Route::Deadline(id) => view! { <deadline::Deadline id=id /> }.into_any(),
        Route::Live => view! { <live::Live /> }.into_any(),
        Route::Work => view! { <work::Work /> }.into_any(),
        Route::Declare(id, step) => view! { <declare::Declare id=id step=step /> }.into_any(),
        Route::Receipts => view! { <receipts::Receipts /> }.into_any(),
        Route::Receipt(id) => view! { <receipt::Receipt id=id /> }.into_any(),
        Route::Safety => view! { <safety::Safety /> }.into_any(),
        Route::Device => view! { <device::Device /> }.into_any(),
        Route::SignOut => view! { <sign_out::SignOut /> }.into_any(),
        Route::Unknown => view! { <not_found::NotFound /> }.into_any(),
    }
}
