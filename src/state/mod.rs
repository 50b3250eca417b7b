//! The app's state. What is pure is tested beside its code; `app` holds the signals.

pub mod agenda;
pub mod app;
pub mod asking;
pub mod draft;
pub mod hours;
pub mod idle;
pub mod news;
pub mod order;
pub mod pace;
pub mod records;
pub mod signing;
pub mod studying;
pub mod understanding;
pub mod unfinished;

#[cfg(test)]
mod samples;
