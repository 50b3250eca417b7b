//! The fault bench: the real server, a network that fails by a seed, clients that keep the app's rules, and a checker that reads the
//! database by itself. See docs/faults.md.

mod book;
mod device;
mod dice;
mod disk;
mod fault;
mod forge;
mod http;
mod plan;
mod proxy;
mod repeats;
mod seal;
mod signing;
mod tab;

mod check;
mod doctor;
mod group;
mod postgres;
mod schedule;
mod server;
mod store;
pub mod tally;

mod run;

pub mod load;

pub use book::{Finding, Kind};
pub use doctor::doctored;
pub use run::{Kind as DatabaseKind, Options, Report, run};
