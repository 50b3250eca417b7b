//! The fields of what a learner asks, each fault with its JSON pointer.

use super::{fields::Faults, problems};
use contract::{
    problem::Problem,
    request::{About, Ask, AskKind, More, WORDS_MAX, Words},
    seal::SealedWords,
};

/// The longest name of a material, address, format or 'when it suits', in characters.
const LINE_MAX: usize = 300;
/// The longest sealed text in its base64: the longest words, however many bytes each letter takes.
const SEALED_MAX: usize = 64 * 1024;

/// The words that were sealed, judged as if they had come in clear.
///
/// # Errors
/// They are not words, or fields are at fault.
pub fn confided(kind: AskKind, json: &str, is_first: bool) -> Result<Words, Problem> {
    let pointer = "/sealed";
    let words: Words = serde_json::from_str(json).map_err(|_| problems::not_opened())?;
    let mut faults = Faults::default();
    faults.words(&words, pointer);
    if kind == AskKind::StudyTime && is_first {
        faults.unless(words.study.is_some(), pointer, "Say on which day, and for how long.");
    } else {
        faults.said(Some(&words), pointer);
    }
    if faults.0.is_empty() { Ok(words) } else { Err(problems::fields(faults.0)) }
}

impl Faults {
    pub fn ask(&mut self, ask: &Ask) {
        let at = |field: &str| format!("/what/ask/{field}");
        if ask.kind.is_private() {
            self.unless(ask.sealed.is_some(), &at("sealed"), "This kind is private: seal it on the device.");
            let clear = ask.says.is_some() || ask.about.is_some() || ask.until.is_some() || ask.format.is_some();
            self.unless(!clear && ask.needs.is_empty(), "/what/ask", "A private request has nothing outside `sealed`.");
        } else {
            self.unless(ask.sealed.is_none(), &at("sealed"), "This kind is not private: send it as `says`.");
            self.open_ask(ask);
        }
        if let Some(sealed) = &ask.sealed {
            self.sealed(sealed, &at("sealed"));
        }
    }

    fn open_ask(&mut self, ask: &Ask) {
        let at = |field: &str| format!("/what/ask/{field}");
        let says = ask.says.as_ref();
        if let Some(words) = says {
            self.words(words, &at("says"));
        }
        match ask.kind {
            AskKind::CallBack => {
                let number = says.is_some_and(|words| words.telephone.is_some());
                self.unless(number, &at("says/telephone"), "Give the number to call.");
            }
            AskKind::GetOnline => self.unless(!ask.needs.is_empty(), &at("needs"), "Choose at least one."),
            AskKind::AnotherFormat => {
                let format = ask.format.as_deref().unwrap_or_default();
                self.unless(!format.trim().is_empty(), &at("format"), "Say which format you need.");
            }
            AskKind::Apology => {}
            _ => self.said(says, &at("says")),
        }
        self.unless(
            ask.kind != AskKind::MoreTime || ask.until.is_some(),
            &at("until"),
            "Choose the day until which you need.",
        );
        self.unless(ask.needs.len() <= contract::request::Need::ALL.len(), &at("needs"), "Choose each only once.");
        self.length(ask.format.as_deref().unwrap_or_default(), LINE_MAX, &at("format"));
        self.about(ask.kind, ask.about.as_ref());
    }

    fn about(&mut self, kind: AskKind, about: Option<&About>) {
        use About::{Assignment, Contact, Link, Material, Webinar};
        let fits = match kind {
            AskKind::MoreTime | AskKind::FeedbackQuestion => matches!(about, Some(Assignment(_))),
            AskKind::Apology | AskKind::MissedReason => matches!(about, Some(Webinar(_))),
            AskKind::ReportMaterial => matches!(about, Some(Material(_) | Link(_))),
            AskKind::AnotherFormat => matches!(about, Some(Assignment(_) | Material(_) | Link(_))),
            AskKind::CallBack => matches!(about, None | Some(Contact(_))),
            AskKind::ReportConduct => matches!(about, None | Some(Webinar(_))),
            _ => true,
        };
        self.unless(fits, "/what/ask/about", "Say what it is about: the work, the session, the page or the person.");
        let name = match about {
            None => return,
            Some(Assignment(id)) => id.as_str(),
            Some(Webinar(id)) => id.as_str(),
            Some(Contact(id)) => id.as_str(),
            Some(Material(name)) => name,
            Some(Link(address)) => address,
        };
        self.unless(!name.trim().is_empty(), "/what/ask/about", "Say which one.");
        self.length(name, 2 * LINE_MAX, "/what/ask/about");
    }

    pub fn more(&mut self, more: &More) {
        let given = [more.says.is_some(), more.sealed.is_some(), more.share.is_some(), more.withdraw];
        let one = given.into_iter().filter(|given| *given).count() == 1;
        self.unless(one, "/what/more", "Give exactly one of says, sealed, share and withdraw.");
        self.storable(more.request.as_str(), "/what/more/request");
        if let Some(words) = &more.says {
            self.words(words, "/what/more/says");
            self.said(Some(words), "/what/more/says");
        }
        if let Some(words) = &more.share {
            self.words(words, "/what/more/share");
            self.unless(words.study.is_some(), "/what/more/share", "Say on which day, and for how long.");
        }
        if let Some(sealed) = &more.sealed {
            self.sealed(sealed, "/what/more/sealed");
        }
    }

    fn said(&mut self, words: Option<&Words>, pointer: &str) {
        let text = words.and_then(|words| words.text.as_deref()).unwrap_or_default();
        self.unless(!text.trim().is_empty(), &format!("{pointer}/text"), "Write a few words.");
    }

    fn words(&mut self, words: &Words, pointer: &str) {
        self.length(words.text.as_deref().unwrap_or_default(), WORDS_MAX, &format!("{pointer}/text"));
        self.length(words.suits.as_deref().unwrap_or_default(), LINE_MAX, &format!("{pointer}/suits"));
        let number = words.telephone.as_deref().unwrap_or("000");
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let plain = number.chars().all(|c| c.is_ascii_alphanumeric() || " +()-.,;#*".contains(c));
        let fine = (3..=25).contains(&digits) && number.len() <= 40 && plain;
        self.unless(fine, &format!("{pointer}/telephone"), "Write the number as 020 7946 0123.");
        let minutes = words.study.as_ref().map_or(1, |study| study.minutes);
        self.unless((1..=1_440).contains(&minutes), &format!("{pointer}/study/minutes"), "Give 1 to 1,440 minutes.");
    }

    fn sealed(&mut self, sealed: &SealedWords, pointer: &str) {
        let long = sealed.sealed.len() > SEALED_MAX || sealed.enc.len() > LINE_MAX || sealed.key.len() > LINE_MAX;
        self.unless(!long, pointer, &format!("This may have {WORDS_MAX} characters. Make it shorter."));
    }
}
