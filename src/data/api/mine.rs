//! What is the learner's own: the address of their calendar, and all that is kept of them.

use super::{Api, Fault, decode, refusal};
use contract::{
    calendar::{Calendar, NewCalendar},
    kept::Kept,
};

impl Api {
    /// # Errors
    /// [`Fault`].
    pub async fn calendar(&self) -> Result<Calendar, Fault> {
        decode(&self.send("GET", "calendar", None, None).await?)
    }

    /// Makes the address, which is told this once; the one before it stops.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn make_calendar(&self) -> Result<NewCalendar, Fault> {
        decode(&self.send("POST", "calendar", None, None).await?)
    }

    /// # Errors
    /// [`Fault`].
    pub async fn end_calendar(&self) -> Result<(), Fault> {
        refusal(&self.send("DELETE", "calendar", None, None).await?).map_or(Ok(()), Err)
    }

    /// # Errors
    /// [`Fault`].
    pub async fn kept(&self) -> Result<Kept, Fault> {
        decode(&self.send("GET", "me", None, None).await?)
    }

    /// All of it as a text: a page or JSON.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn my_data(&self, page: bool) -> Result<String, Fault> {
        let answer = self.send("GET", if page { "me/data?format=html" } else { "me/data" }, None, None).await?;
        refusal(&answer).map_or(Ok(answer.body), Err)
    }
}
