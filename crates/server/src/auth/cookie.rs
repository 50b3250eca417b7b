//! The session's cookie. Under https it has the `__Host-` prefix, so that no neighbouring host can set or read it.

use axum_extra::extract::cookie::{Cookie, SameSite};

#[derive(Clone, Copy)]
pub struct CookieStyle {
    pub secure: bool,
}

impl CookieStyle {
    #[must_use]
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-portal" } else { "portal" }
    }

    /// Lives as long as the browser's session on a shared computer, `max_age` where there is one.
    #[must_use]
    pub fn set(self, token: String, max_age: Option<chrono::Duration>) -> String {
        let mut cookie = Cookie::build((self.name(), token)).http_only(true).same_site(SameSite::Lax).path("/");
        if self.secure {
            cookie = cookie.secure(true);
        }
        let cookie = cookie.build().to_string();
        match max_age {
            Some(age) => format!("{cookie}; Max-Age={}", age.num_seconds()),
            None => cookie,
        }
    }

    #[must_use]
    pub fn clear(self) -> String {
        self.set(String::new(), Some(chrono::Duration::zero()))
    }
}
