use crate::{
    route::Step,
    state::draft::{Fault, Field},
};
use contract::{deadline::AiLevel, declaration::Wording};

/// Changes whenever a word of the rules or of the statements does.
pub const WORDING_VERSION: &str = "2026-11";

/// What is signed, in order: the work is their own, sources are acknowledged, help is declared, a false declaration is
/// malpractice.
const STATEMENTS: [&str; 5] = [
    "The work I hand in is my own. I did it myself.",
    "I have named every source that I used.",
    "I have named everyone who helped me, and every AI tool that I used.",
    "I know that a false declaration is malpractice. My provider may have to report it to the awarding body. I may fail.",
    "My provider may keep this declaration as evidence.",
];

texts! {
    Declaration {
        title = "Declare your work";
        choose = "Which work do you declare?";
        choose_none = "There is no work to declare now. When your tutor sets some, it shows here.";
        choose_done = "Declared before";
        step_title: fn(Step) -> &'static str = |step| match step {
            Step::Work => "The work",
            Step::Rules => "The rules",
            Step::Help => "Who helped you",
            Step::Sources => "Your sources",
            Step::Ai => "AI tools",
            Step::Files => "Your files",
            Step::Sign => "Check and sign",
        };
        progress: fn(Step) -> &'static str = |step| match step {
            Step::Work => "Step 1 of 6",
            Step::Rules => "Step 2 of 6",
            Step::Help => "Step 3 of 6, part 1 of 3",
            Step::Sources => "Step 3 of 6, part 2 of 3",
            Step::Ai => "Step 3 of 6, part 3 of 3",
            Step::Files => "Step 4 of 6",
            Step::Sign => "Step 5 of 6",
        };
        progress_receipt = "Step 6 of 6";
        saved = "Saved on this device. You can stop and come back.";
        saves = "Saving on this device…";
        not_saved = "This browser cannot save what you write. Finish it now, while you are online.";
        save_failed = "This device is full: what you write now is not saved. Make room, then press Save and continue.";

        attempt_of: fn(u32) -> String = |n| format!("This is attempt {n}.");
        attempts_used = "You have used all attempts for this work. Talk to your tutor before you declare another one.";
        group = "Did you do this work in a group?";
        group_yes = "Yes, with others";
        group_no = "No, on my own";
        own_part = "What was your own part?";
        own_part_hint = "Say it in your own words. The others in your group each sign for theirs.";

        rules_intro = "Read this before you sign. We keep what you were shown.";
        rules_read = "I have read the rules";
        rules: fn(Option<AiLevel>) -> Vec<&'static str> = rules;

        help_any = "Did anyone help you with this work?";
        help_hint = "Friends, family, people at work. Teaching in class does not count.";
        help_yes = "Yes, somebody helped me";
        help_no = "No, nobody helped me";
        help_entry: fn(usize) -> String = |n| format!("Helper {n}");
        help_who = "Who helped you?";
        help_how = "What did they do?";
        help_add = "Add another helper";

        sources_any = "Did you use any sources?";
        sources_hint = "Books, websites, videos, handouts.";
        sources_yes = "Yes, I used sources";
        sources_no = "No, I used no sources";
        source_entry: fn(usize) -> String = |n| format!("Source {n}");
        source_author = "Author";
        source_year = "Year";
        source_page = "Page";
        source_address = "Web address";
        source_seen = "Date you looked at it";
        source_add: [&'static str; 2] = ["Add a book or paper", "Add a website"];

        ai_any: fn(Option<AiLevel>) -> &'static str = |level| match level {
            Some(AiLevel::None) => "This task allows no AI. Did you use any?",
            Some(AiLevel::Plan) => "This task allows AI to plan. Did you use any?",
            Some(AiLevel::Draft) => "This task allows AI to help draft. Did you use any?",
            Some(AiLevel::Open) => "This task allows AI. Did you use any?",
            None => "Did you use any AI tool?",
        };
        ai_hint: fn(Option<AiLevel>) -> &'static str = |level| match level {
            Some(AiLevel::None) => "If you did, say so here. It is better to tell us now than to be asked later.",
            Some(AiLevel::Plan) => "To plan and to find ideas is fine. If it wrote any of your work, say so: it is better to tell us now.",
            Some(AiLevel::Draft | AiLevel::Open) => "It is allowed. Say which tool, and where in your work.",
            None => "Your tutor has not said what is allowed. Say what you used, and talk to your tutor.",
        };
        ai_yes = "Yes, I used AI";
        ai_no = "No, I used no AI";
        ai_entry: fn(usize) -> String = |n| format!("AI use {n}");
        ai_tool = "Which tool?";
        ai_version = "Which version, or when?";
        ai_purpose = "What did you use it for?";
        ai_place = "Where in your work?";
        ai_add = "Add another AI use";
        remove = "Remove";
        added: fn(&str) -> String = |entry| format!("{entry} added.");
        removed: fn(&str) -> String = |entry| format!("{entry} removed.");

        files_any = "Does your work have files?";
        files_hint = "The files stay on this device. We keep only their names, sizes and fingerprints. It costs almost no data.";
        files_yes = "Yes";
        files_no = "No, it has no files";
        files_choose = "Choose your files";
        files_choose_hint = "Choose the same files that you hand in.";
        files_working: fn(&str) -> String = |name| format!("Taking the fingerprint of {name}…");
        files_done: fn(&str) -> String = |name| format!("{name} added.");
        files_too_large: fn(&str) -> String = |name| format!("{name} is too large for this device. Hand it in the usual way, and tell your tutor.");
        files_failed: fn(&str) -> String = |name| format!("{name} could not be read. Choose it again.");
        files_fingerprint = "Fingerprint";
        files_wait = "Wait a moment: a fingerprint is not ready yet. Then press Save and continue";

        sign_intro = "Check your answers. You can change each one.";
        answer_none = "None";
        answer_missing = "Not answered yet";
        finish_first: fn(&str) -> String = |page| format!("Answer “{page}” first");
        wording = "What you sign";
        statements: fn() -> Wording = || Wording {
            version: WORDING_VERSION.into(),
            language: "en-GB".into(),
            statements: STATEMENTS.iter().map(|s| (*s).into()).collect(),
        };
        agree = "I agree to all of this";
        name = "Type your full name";
        name_hint = "It is your signature.";
        late = "The deadline is over. You can still sign. We note the time, and your tutor decides.";
        sign = "Sign and send";
        sign_hint = "After you sign you cannot change it. You can sign another attempt.";
        signing = "Signing…";
        attempt_changed: fn(u32) -> String = |n| format!("This work was just signed on this device. This is now attempt {n}. Press Sign and send if you want to sign that too");
        too_large = "This is more text than one declaration can hold. Make it shorter, or talk to your tutor";
        not_signed_full = "This device is full, so your declaration is NOT saved. Delete some photos or files, then press Sign and send again. Or print this page and give it to your tutor.";
        not_signed_storage = "This browser cannot save, and the service could not be reached. Your declaration is NOT signed. Try again, or use another browser.";
        not_signed_insecure = "This page was not opened safely (https), so this browser cannot sign. Tell your provider.";

        fault: fn(Field, Fault) -> String = fault;
    }
}

/// The rules for a task, a paragraph each: what is shown is kept with the signature.
fn rules(level: Option<AiLevel>) -> Vec<&'static str> {
    let ai = match level {
        Some(AiLevel::None) => "You may not use AI for this task. No planning, no writing, no changing your words.",
        Some(AiLevel::Plan) => "AI may help you plan and find ideas. It may not write any of what you hand in.",
        Some(AiLevel::Draft) => "AI may help you draft. You must say which tool, what for, and where.",
        Some(AiLevel::Open) => "You may use AI in all of this task. You must say which tool, what for, and where.",
        None => "Your tutor has not said whether AI is allowed. Ask before you sign.",
    };
    vec![
        "Do the work yourself, in your own words.",
        ai,
        "If you use words or ideas of others, name them. Say author, year and page, or web address and date.",
        "If somebody helped you, say who and how. Help is fine. Hiding it is not.",
        "Do not let others copy your work.",
        "If you sign and it is not true, that is malpractice. Your provider may have to tell the awarding body. You may fail.",
    ]
}

/// What is wrong with a field, and with it what to do.
fn fault(field: Field, fault: Fault) -> String {
    if let Fault::TooLong(max) = fault {
        return format!("Use at most {max} characters");
    }
    if let Fault::TooMany(max) = fault {
        return format!("Use at most {max}. Put the rest together, or ask your tutor");
    }
    let text = match (field, fault) {
        (Field::Group, _) => "Say if you did this work in a group",
        (Field::OwnPart, _) => "Say what your own part was",
        (Field::RulesRead, _) => "Tick that you have read the rules",
        (Field::Any(Step::Help), Fault::NoEntry) => "Add who helped you, or choose No",
        (Field::Any(Step::Help), _) => "Say if anyone helped you",
        (Field::Any(Step::Sources), Fault::NoEntry) => "Add a source, or choose No",
        (Field::Any(Step::Sources), _) => "Say if you used any sources",
        (Field::Any(Step::Ai), Fault::NoEntry) => "Add how you used AI, or choose No",
        (Field::Any(Step::Ai), _) => "Say if you used AI",
        (Field::Any(_), _) => "Say if your work has files",
        (Field::Files, _) => "Choose at least one file, or choose No",
        (Field::Agreed, _) => "Tick that you agree to all of this",
        (Field::Name, _) => "Type your full name",
        (Field::Entry(step, n, m), _) => return format!("{} {}: {}", entry_name(step), n + 1, entry_fault(step, m)),
    };
    text.into()
}

fn entry_name(step: Step) -> &'static str {
    match step {
        Step::Help => "Helper",
        Step::Sources => "Source",
        _ => "AI use",
    }
}

fn entry_fault(step: Step, field: usize) -> &'static str {
    match (step, field) {
        (Step::Help, 0) => "say who helped you",
        (Step::Help, _) => "say what they did",
        (Step::Sources, _) => "fill in every box. If you do not know, write “not known”",
        (_, 0) => "say which tool",
        (_, 1) => "say which version, or when you used it",
        (_, 2) => "say what you used it for",
        (_, _) => "say where in your work",
    }
}
