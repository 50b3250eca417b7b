use crate::{
    components::{GoButton, PageTitle},
    route::Route,
    state::app::App,
};
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    let text = App::here().text;
    view! {
        <PageTitle title=text.common.not_found_title />
        <p>{text.common.not_found}</p>
        <GoButton to=Route::Today text=text.common.to_today />
    }
}
