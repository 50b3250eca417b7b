//! The learner portal's back end: the contract over HTTP, and the database behind it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod commands;
pub mod config;

pub mod clock;
pub mod error;
pub mod router;
pub mod state;

pub mod ask;
pub mod attendance;
pub mod auth;
pub mod declare;
pub mod handlers;
pub mod intake;
pub mod web;

pub mod confidential;
pub mod db;
pub mod evidence;
pub mod inflate;
pub mod keys;
pub mod mine;
mod times;
pub mod working_days;
