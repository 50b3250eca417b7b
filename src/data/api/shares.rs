//! Pages that learners share: making one. What becomes of it is news, and withdrawing it an act.

use super::{Api, Fault, decode};
use contract::{
    json::to_json,
    share::{NewShare, Shared},
};

impl Api {
    /// Makes a page. Where no answer comes, it may have been made all the same: then it is in the list.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn share(&self, new: &NewShare) -> Result<Shared, Fault> {
        decode(&self.send("POST", "shares", Some(&to_json(new)), None).await?)
    }
}
