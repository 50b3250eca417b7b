//! Reads a provider's files into a [`Batch`] of rows, and says of every row it refuses where it stands and what to do.
//! It knows no database: the server compares a batch with what it has.

pub mod batch;

pub use batch::{Audience, Batch, EnrolmentRow, LearnerRow, RecordRow, Refusal};
