//! What a request is about, and what was decided.

use crate::{
    ids::{AssignmentId, ContactId, WebinarId},
    json::{Json, Wire, write_choice},
};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    /// `{"assignment": "A1"}` and so on.
    #[serde(rename_all = "kebab-case")]
    pub enum About {
        Assignment(AssignmentId),
        Webinar(WebinarId),
        Contact(ContactId),
        /// A material, a page or whatever else, by its name.
        Material(String),
        /// An address.
        Link(String),
    }

    /// What the provider decided: `{"granted": {"until": …}}` and so on.
    #[serde(rename_all = "kebab-case")]
    pub enum Decision {
        Granted(Granted),
        Refused(Refused),
        Agreed(Agreed),
        Call(Call),
    }

    /// More time. The extension is told as such too; the original deadline stays beside it.
    pub struct Granted {
        pub until: DateTime<Utc>,
    }

    pub struct Refused {
        pub reason: String,
    }

    /// How the delivery is adapted: a device lent, data paid for, work on paper, another format.
    pub struct Agreed {
        pub what: String,
        pub from: NaiveDate,
    }

    /// When somebody calls.
    pub struct Call {
        pub at: DateTime<Utc>,
    }
}

impl Wire for About {
    fn read(json: &Json) -> Option<Self> {
        let (name, id) = json.choice()?;
        let id = id.text()?;
        Some(match name {
            "assignment" => About::Assignment(id.into()),
            "webinar" => About::Webinar(id.into()),
            "contact" => About::Contact(id.into()),
            "material" => About::Material(id.into()),
            "link" => About::Link(id.into()),
            _ => return None,
        })
    }

    fn write(&self, out: &mut String) {
        let (name, id) = match self {
            About::Assignment(id) => ("assignment", &id.0),
            About::Webinar(id) => ("webinar", &id.0),
            About::Contact(id) => ("contact", &id.0),
            About::Material(name) => ("material", name),
            About::Link(address) => ("link", address),
        };
        write_choice(out, name, id);
    }
}

impl Wire for Decision {
    fn read(json: &Json) -> Option<Self> {
        Some(match json.choice()? {
            ("granted", content) => Decision::Granted(Wire::read(content)?),
            ("refused", content) => Decision::Refused(Wire::read(content)?),
            ("agreed", content) => Decision::Agreed(Wire::read(content)?),
            ("call", content) => Decision::Call(Wire::read(content)?),
            _ => return None,
        })
    }

    fn write(&self, out: &mut String) {
        match self {
            Decision::Granted(content) => write_choice(out, "granted", content),
            Decision::Refused(content) => write_choice(out, "refused", content),
            Decision::Agreed(content) => write_choice(out, "agreed", content),
            Decision::Call(content) => write_choice(out, "call", content),
        }
    }
}
