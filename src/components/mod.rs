//! What is shown, never where it comes from.

mod choice;
mod date;
mod errors;
mod field;
mod focus;
mod heading;
mod link;
mod summary_list;
mod tag;

pub use choice::{Radios, Tick};
pub use date::When;
pub use errors::{ErrorSummary, Errors};
pub use field::TextField;
pub use focus::focus_later;
pub use heading::PageTitle;
pub use link::{Go, GoButton, Outside, Telephone, host_of};
pub use summary_list::{Row, rows};
pub use tag::{Tag, Tone};
