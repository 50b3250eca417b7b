//! Who is asking: passphrases, first-use codes, sessions and the staff key.

pub mod code;
pub mod cookie;
pub mod passphrase;
pub mod session;
pub mod staff;
pub mod tries;
