//! Who of the staff asks, by their key. Where there is no key at all, the admin calls do not exist.

use crate::{
    db::{Access, Deed, STAFF_KEY},
    error::{Error, Result},
    evidence::sha256_hex,
    state::App,
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use chrono::{DateTime, Utc};
use contract::staff::{Person, StaffRole};
use sha2::{Digest, Sha256};

/// Someone on the staff. A handler that takes it says next which roles it is for.
pub struct Staff {
    pub id: String,
    pub person: Person,
}

impl Staff {
    /// # Errors
    /// It is for other roles.
    pub fn must_be(&self, roles: &'static [StaffRole]) -> Result<()> {
        if roles.contains(&self.person.role) { Ok(()) } else { Err(Error::OtherRole { roles }) }
    }

    /// The same, and by a key of one's own: what is answered and read has a person's name beside it.
    ///
    /// # Errors
    /// It is for other roles, or asked with the key of the configuration.
    pub fn must_be_named(&self, roles: &'static [StaffRole]) -> Result<()> {
        self.must_be(roles)?;
        if self.id == STAFF_KEY { Err(Error::NotNamed) } else { Ok(()) }
    }

    /// A line for the access log.
    #[must_use]
    pub fn access(&self, deed: Deed, subject: &str, at: DateTime<Utc>) -> Access {
        let Person { name, role } = self.person.clone();
        Access { at, staff: self.id.clone(), name, role, deed, subject: subject.into() }
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let key = app.config.staff_key.as_deref();
        let given = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.strip_prefix("Bearer "));
        if let (Some(key), Some(given)) = (key, given)
            && same(key, given)
        {
            let person = Person { name: "Staff key".into(), role: StaffRole::Administrator };
            return Ok(Self { id: STAFF_KEY.into(), person });
        }
        if let Some(given) = given
            && let Some(row) = app.db.staff_by_key(&sha256_hex(given.as_bytes())).await?
        {
            return Ok(Self { id: row.id, person: Person { name: row.name, role: row.role } });
        }
        let some_key = key.is_some() || app.db.staff().await?.iter().any(|row| row.revoked.is_none());
        Err(if some_key { Error::NotStaff } else { Error::NoSuchCall })
    }
}

/// Takes as long wherever the two differ: what is compared is their hashes, every byte of them.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a), Sha256::digest(b));
    a.iter().zip(b.iter()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
