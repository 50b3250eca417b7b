//! What is shown, never where it comes from.

mod choice;
mod date;
mod errors;
mod field;
mod heading;
mod link;
mod rows;
mod tag;

pub use choice::{Radios, radios, tick};
pub use date::{span, when};
pub use errors::{Errors, error_summary};
pub use field::{TextField, text_field};
pub use heading::{TITLE, title, titled};
pub use link::{action, button, go, go_button, host_of, mail, outside, second_button, telephone};
pub use rows::{Row, fingerprint, rows};
pub use tag::{Tone, tag};
