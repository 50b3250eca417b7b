//! The fields of what a learner does, each fault with its JSON pointer.

use super::fields::Faults;
use contract::act::{Act, Deed, Read};

/// The longest id or version, in characters.
const NAME_MAX: usize = 200;

impl Faults {
    pub fn act(&mut self, act: &Act) {
        let at = format!("/what/act/deed/{}", act.deed.name());
        match &act.deed {
            Deed::Read(read) => self.read(read, &at),
            Deed::Arrive(arrive) => self.name(arrive.webinar.as_str(), &format!("{at}/webinar")),
        }
    }

    fn read(&mut self, read: &Read, at: &str) {
        self.name(&read.id, &format!("{at}/id"));
        self.name(&read.version, &format!("{at}/version"));
    }

    /// What something is called by; never empty.
    pub(super) fn name(&mut self, name: &str, pointer: &str) {
        self.unless(!name.trim().is_empty(), pointer, "This must not be empty.");
        self.length(name, NAME_MAX, pointer);
    }
}
