//! Reads a provider's files into a [`Batch`] of rows, and says of every row it refuses where it stands and what to do.
//! It knows no database: the server compares a batch with what it has.
//!
//! docs/import.md describes the files for those who write them.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod batch;
mod read;

mod calendar;
mod guidance;
mod table;

mod gather;
mod report;
mod source;

mod link;
mod london;
mod value;

pub use batch::{Audience, Batch, EnrolmentRow, LearnerRow, RecordKind, RecordRow, Refusal};
pub use read::{Known, Options, Outcome, read, read_text};
pub use table::rows_of;
