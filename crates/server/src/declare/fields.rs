//! The fields of a change, each fault with its JSON pointer.

use super::problems;
use contract::{
    change::{CHANGE_BYTES_MAX, Change, Sent, What},
    declaration::{AiUse, Answer, Declaration, ENTRIES_MAX, Fingerprint, Help, NAME_MAX, Source, TEXT_MAX, Wording},
    ids::LearnerId,
    problem::{FieldProblem, Problem},
    withdrawal::Withdrawal,
};

/// Checks all that the change's own bytes can tell.
///
/// # Errors
/// It is another learner's, it is too long, or fields are at fault: all of them, not only the first.
pub fn validate(sent: &Sent, change: &Change, learner: &LearnerId) -> Result<(), Problem> {
    if sent.change.len() > CHANGE_BYTES_MAX {
        return Err(problems::too_long(CHANGE_BYTES_MAX));
    }
    let (whose, pointer) = match &change.what {
        What::Declare(declaration) => (&declaration.learner, "/what/declare/learner"),
        What::Withdraw(withdrawal) => (&withdrawal.learner, "/what/withdraw/learner"),
        What::Ask(ask) => (&ask.learner, "/what/ask/learner"),
        What::More(more) => (&more.learner, "/what/more/learner"),
        What::Act(act) => (&act.learner, "/what/act/learner"),
    };
    if whose != learner {
        return Err(problems::other_learner(pointer));
    }
    let mut faults = Faults::default();
    faults.unless(uuid::Uuid::try_parse(change.id.as_str()).is_ok(), "/id", "This must be a UUID.");
    faults.unless(uuid::Uuid::try_parse(change.client.as_str()).is_ok(), "/client", "This must be a UUID.");
    faults.unless(i64::try_from(change.seq).is_ok_and(|seq| seq > 0), "/seq", "This must be 1 or more.");
    match &change.what {
        What::Declare(declaration) => faults.declaration(declaration),
        What::Withdraw(withdrawal) => faults.withdrawal(withdrawal),
        What::Ask(ask) => faults.ask(ask),
        What::More(more) => faults.more(more),
        What::Act(act) => faults.act(act),
    }
    if faults.0.is_empty() { Ok(()) } else { Err(problems::fields(faults.0)) }
}

#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<FieldProblem>);

impl Faults {
    pub(super) fn unless(&mut self, fine: bool, pointer: &str, detail: &str) {
        if !fine {
            self.0.push(FieldProblem { pointer: pointer.into(), detail: detail.into() });
        }
    }

    pub(super) fn length(&mut self, text: &str, most: usize, pointer: &str) {
        // Bytes are never fewer than characters: the count is only made where it can matter.
        let fine = text.len() <= most || text.chars().count() <= most;
        self.unless(fine, pointer, &format!("This may have {most} characters. Make it shorter."));
        self.storable(text, pointer);
    }

    /// Not every database can hold it, and nobody types it.
    pub(super) fn storable(&mut self, text: &str, pointer: &str) {
        self.unless(!text.contains('\0'), pointer, "This has the character U+0000 in it. Take it out.");
    }

    fn entries(&mut self, count: usize, pointer: &str) {
        self.unless(count <= ENTRIES_MAX, pointer, &format!("This may have {ENTRIES_MAX} entries. Leave some out."));
    }

    fn texts(&mut self, texts: &[String], pointer: &str) {
        self.entries(texts.len(), pointer);
        for (i, text) in texts.iter().enumerate().take(ENTRIES_MAX) {
            self.length(text, TEXT_MAX, &format!("{pointer}/{i}"));
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        self.storable(declaration.assignment.as_str(), "/what/declare/assignment");
        self.unless(declaration.attempt > 0, "/what/declare/attempt", "This must be 1 or more.");
        self.length(&declaration.assignment_title, TEXT_MAX, "/what/declare/assignment_title");
        self.length(declaration.awarding_body.as_deref().unwrap_or_default(), TEXT_MAX, "/what/declare/awarding_body");
        self.length(declaration.own_part.as_deref().unwrap_or_default(), TEXT_MAX, "/what/declare/own_part");
        self.texts(&declaration.rules.text, "/what/declare/rules/text");
        self.answer(&declaration.help, "/what/declare/help", Self::help);
        self.answer(&declaration.sources, "/what/declare/sources", Self::source);
        self.answer(&declaration.ai, "/what/declare/ai", Self::ai);
        self.entries(declaration.files.len(), "/what/declare/files");
        for (i, file) in declaration.files.iter().enumerate().take(ENTRIES_MAX) {
            self.file(file, &format!("/what/declare/files/{i}"));
        }
        self.signed(&declaration.wording, &declaration.signed_name, "/what/declare");
    }

    fn withdrawal(&mut self, withdrawal: &Withdrawal) {
        self.storable(withdrawal.declaration.as_str(), "/what/withdraw/declaration");
        self.length(withdrawal.reason.as_deref().unwrap_or_default(), TEXT_MAX, "/what/withdraw/reason");
        self.signed(&withdrawal.wording, &withdrawal.signed_name, "/what/withdraw");
    }

    fn signed(&mut self, wording: &Wording, name: &str, pointer: &str) {
        self.length(&wording.version, NAME_MAX, &format!("{pointer}/wording/version"));
        self.length(&wording.language, NAME_MAX, &format!("{pointer}/wording/language"));
        let statements = format!("{pointer}/wording/statements");
        let stated = wording.statements.iter().any(|statement| !statement.trim().is_empty());
        self.unless(stated, &statements, "The words that were signed are missing.");
        self.texts(&wording.statements, &statements);
        let signature = format!("{pointer}/signed_name");
        self.unless(!name.trim().is_empty(), &signature, "Type your name to sign.");
        self.length(name, NAME_MAX, &signature);
    }

    fn answer<T>(&mut self, answer: &Answer<T>, pointer: &str, entry: fn(&mut Self, &T, &str)) {
        let Answer::Some(items) = answer else { return };
        self.unless(!items.is_empty(), pointer, "Add at least one, or say that there was none.");
        self.entries(items.len(), &format!("{pointer}/some"));
        for (i, item) in items.iter().enumerate().take(ENTRIES_MAX) {
            entry(self, item, &format!("{pointer}/some/{i}"));
        }
    }

    fn help(&mut self, help: &Help, pointer: &str) {
        self.length(&help.who, TEXT_MAX, &format!("{pointer}/who"));
        self.length(&help.how, TEXT_MAX, &format!("{pointer}/how"));
    }

    fn source(&mut self, source: &Source, pointer: &str) {
        let fields: &[(&str, &str)] = match source {
            Source::Print { author, year, page } => {
                &[("print/author", author), ("print/year", year), ("print/page", page)]
            }
            Source::Web { address, seen_on } => &[("web/address", address), ("web/seen_on", seen_on)],
        };
        for (name, text) in fields {
            self.length(text, TEXT_MAX, &format!("{pointer}/{name}"));
        }
    }

    fn ai(&mut self, ai: &AiUse, pointer: &str) {
        for (name, text) in
            [("tool", &ai.tool), ("version", &ai.version), ("purpose", &ai.purpose), ("place", &ai.place)]
        {
            self.length(text, TEXT_MAX, &format!("{pointer}/{name}"));
        }
    }

    fn file(&mut self, file: &Fingerprint, pointer: &str) {
        self.length(&file.name, TEXT_MAX, &format!("{pointer}/name"));
        let hex = file.sha256.len() == 64 && file.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        self.unless(hex, &format!("{pointer}/sha256"), "This must be 64 lower-case hexadecimal digits.");
    }
}
