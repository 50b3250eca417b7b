use crate::{
    components::{GoButton, PageTitle},
    data::session,
    route::Route,
    state::app::{App, Link},
};
use leptos::prelude::*;

/// Says what signing out does here and now, before it does it.
#[component]
pub fn SignOut() -> impl IntoView {
    let app = App::here();
    let t = &app.text.device;
    let drafts = move || app.drafts.with(|d| d.iter().filter(|d| !d.is_untouched()).count());
    let leave = move |_| {
        leptos::task::spawn_local(async move {
            app.route.set(Route::Today);
            crate::browser::page::replace_hash(&Route::Today.href());
            session::sign_out(app).await;
        });
    };
    view! {
        <PageTitle title=t.sign_out_title />
        <p>{t.sign_out_text}</p>
        {move || match drafts() {
            0 => None,
            n => Some(view! { <p class="notice">{(t.sign_out_drafts)(n)}</p> }),
        }}
        {move || match app.unsent().len() {
            0 => None,
            n => Some(view! { <div class="notice"><p>{(t.sign_out_unsent)(n)}</p><p>{t.sign_out_wait}</p></div> }),
        }}
        {move || matches!(app.link.get(), Link::Unreachable(_)).then(|| view! { <p>{t.sign_out_offline}</p> })}
        <div class="buttons">
            <button type="button" class="button" on:click=leave>{t.sign_out}</button>
            <GoButton to=Route::Today text=t.stay second=true />
        </div>
    }
}
