//! This browser profile's number and its count of changes. A second copy outside IndexedDB shows when the browser has cleared that.

use crate::{
    browser::{prefs, uuid},
    data::cache::{Cache, StorageFault, from_json},
};
use contract::{ids::ClientId, wire_struct};

/// Its row in the cache; it outlives every learner.
pub(super) const CLIENT: &str = "client";
/// `ID:NEXT`. It names no person.
const MIRROR: &str = "portal.client";

/// This browser profile, for the life of its storage.
#[derive(Clone)]
pub(super) struct Client {
    pub id: ClientId,
    /// The number of its next change.
    pub next: u64,
}

wire_struct!(Client { id, next });

impl Client {
    /// The client by what IndexedDB has of it (`seen`). Where that is gone, or is behind the copy, it goes on from the copy, so that
    /// the server sees which numbers never came.
    pub(super) fn find(seen: Option<&str>) -> Result<Self, StorageFault> {
        let kept = seen.map(|text| from_json::<Self>(CLIENT, text)).transpose()?;
        let copy = read(&prefs::get(MIRROR).unwrap_or_default());
        match (kept, copy) {
            (Some(kept), Some(copy)) if kept.id == copy.id => Ok(Self { next: kept.next.max(copy.next), ..kept }),
            (Some(kept), _) => Ok(kept),
            (None, Some(copy)) => Ok(copy),
            (None, None) => Ok(Self { id: ClientId(uuid::random().ok_or(StorageFault::Unavailable)?), next: 1 }),
        }
    }

    /// Brings the copy up to date; it never goes back.
    pub(super) fn copy(&self) {
        if read(&prefs::get(MIRROR).unwrap_or_default()).is_none_or(|copy| copy.id != self.id || copy.next < self.next)
        {
            prefs::set(MIRROR, &format!("{}:{}", self.id, self.next));
        }
    }
}

/// Whether the browser has cleared what the portal kept, though not everything of it. Says so once: from then on the client is
/// kept again.
pub async fn was_cleared(cache: &Cache) -> bool {
    if !cache.persistent() || !matches!(cache.read::<Client>(CLIENT).await, Ok(None)) {
        return false;
    }
    let Some(copy) = read(&prefs::get(MIRROR).unwrap_or_default()) else { return false };
    cache.write(CLIENT, &copy).await.is_ok() && copy.next > 1
}

fn read(text: &str) -> Option<Client> {
    let (id, next) = text.split_once(':')?;
    let next = next.parse().ok().filter(|next| *next > 0)?;
    (!id.is_empty()).then(|| Client { id: id.into(), next })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_copy_that_somebody_has_changed_is_none() {
        assert_eq!(read("a-b-c:12").map(|c| (c.id.0, c.next)), Some(("a-b-c".into(), 12)));
        for text in ["", "a", ":3", "a:", "a:0", "a:-1", "a:x", "a:1:2"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
