use crate::state::asking::{Fault, Field};
use contract::request::{AskKind, Need};

texts! {
    /// The form of a request.
    Ask {
        // The title of the page in the browser: the same for every kind.
        general = "Ask for help";
        title: fn(AskKind) -> &'static str = |kind| match kind {
            AskKind::MoreTime => "Ask for more time",
            AskKind::FeedbackQuestion => "Ask about your feedback",
            AskKind::CallBack => "Ask us to call you",
            AskKind::Learning => "Get help with learning",
            AskKind::Personal => "Talk about something personal",
            AskKind::GetOnline => "Get help to get online",
            AskKind::Apology => "Say that you can’t come",
            AskKind::MissedReason => "Say why you missed it",
            AskKind::StudyTime => "My study time was cancelled",
            AskKind::ReportMaterial => "Report something wrong in our material",
            AskKind::ReportConduct => "Report how somebody behaved",
            AskKind::AnotherFormat => "Ask for another format",
            AskKind::AccessibilityProblem => "Report an accessibility problem",
            AskKind::Concern => "Report a concern",
        };
        intro: fn(AskKind) -> &'static str = |kind| match kind {
            AskKind::MoreTime => "Your tutor or assessor decides. Your deadline stays as it is until they do.",
            AskKind::FeedbackQuestion => "Your tutor or assessor answers you here.",
            AskKind::CallBack => "Somebody calls you. You see here when.",
            AskKind::Learning => "Your tutor or the support team answers you here.",
            AskKind::Personal => "Only our safeguarding lead and our support team can read this. It is locked on this device before it is sent.",
            AskKind::GetOnline => "We help with a device, with data, with a place to learn, or we change how you learn with us. You see here what we agree.",
            AskKind::Apology => "Your tutor is told before the session. You do not have to say why.",
            AskKind::MissedReason => "Your tutor reads it, and sees what you need to catch up.",
            AskKind::StudyTime => "Only you can read this. When you have sent it, you can share it with your provider, and then they answer you.",
            AskKind::ReportMaterial => "Tell us about a link, a page or a document that is wrong, unsafe or does not open.",
            AskKind::ReportConduct => "Your tutor, our safeguarding lead and an administrator can read this. Is it about your safety? Report a concern instead.",
            AskKind::AnotherFormat => "We make it so that you can use it. You see here what we agree.",
            AskKind::AccessibilityProblem => "Tell us what gets in your way. We put it right, or find another way for you.",
            AskKind::Concern => "Only our safeguarding lead can read this. It is locked on this device before it is sent. You are not in trouble.",
        };
        text: fn(AskKind) -> &'static str = |kind| match kind {
            AskKind::MoreTime => "Why do you need more time?",
            AskKind::FeedbackQuestion => "What do you want to ask?",
            AskKind::CallBack => "What is it about? (You do not have to say)",
            AskKind::Learning => "What do you need help with?",
            AskKind::Personal => "What do you want to tell us?",
            AskKind::GetOnline | AskKind::AnotherFormat => "Do you want to add something? (You do not have to)",
            AskKind::Apology => "Why can’t you come? (You do not have to say)",
            AskKind::MissedReason => "Why did you miss it?",
            AskKind::ReportMaterial => "What is wrong with it?",
            AskKind::AccessibilityProblem => "What does not work for you, and where?",
            AskKind::Concern => "What worries you?",
            AskKind::ReportConduct => "What happened?",
            AskKind::StudyTime => "What happened? (You do not have to say)",
        };
        safe_first = "Who to call now";
        safe_first_text = "What you write here is not read at once. In danger, call.";
        write = "Or write to us";
        telephone = "Number to call";
        telephone_if = "A number to call you (you do not have to give one)";
        telephone_hint = "For example 020 7946 0123";
        suits = "When is a good time? (You do not have to say)";
        due = "Your deadline now:";
        until = "Until which day do you need it?";
        until_hint = "You hand in by the end of that day, London time.";
        day = "Which day was it?";
        minutes = "How many minutes did you lose?";
        minutes_hint = "For example 90";
        needs = "What do you need?";
        needs_hint = "Choose all that you need.";
        need: fn(Need) -> &'static str = |need| match need {
            Need::Device => "A device to work on",
            Need::Data => "Data or an internet connection",
            Need::Place => "A place to work",
            Need::Skills => "Somebody to show me how",
        };
        format = "Which format do you need?";
        format_hint = "For example large print, sound, easy words, or paper";
        what: fn(AskKind) -> &'static str = |kind| match kind {
            AskKind::AnotherFormat => "What do you need in another format?",
            _ => "Which link, page or document is it?",
        };
        send = "Send";
        sending = "Sending…";
        next: fn(AskKind) -> &'static str = |kind| match kind {
            AskKind::StudyTime => "Nobody sees it until you share it from its page.",
            _ => "When it has arrived, you see by which day we answer.",
        };
        kept = "What you write is kept on this device until you send it or sign out.";
        not_kept = "What you write is not kept on this device. Send it before you leave this page.";
        fault: fn(Field, Fault) -> String = |field, fault| match (field, fault) {
            (Field::Text, Fault::Missing) => "Write a few words".into(),
            (Field::Telephone, Fault::Missing) => "Write the number to call".into(),
            (Field::Telephone, _) => "Write the number with digits, as 020 7946 0123".into(),
            (Field::Until, _) => "Choose a day after today, and after your deadline".into(),
            (Field::Day, _) => "Choose the day on which you lost the time".into(),
            (Field::Minutes, _) => "Write the minutes with digits, as 90".into(),
            (Field::Needs, _) => "Choose what you need".into(),
            (Field::Format, Fault::Missing) => "Say which format you need".into(),
            (Field::What, Fault::Missing) => "Say what it is".into(),
            (_, Fault::TooLong(max)) => format!("Make it shorter: {max} letters at most"),
            (..) => "Look at this again".into(),
        };
        full = "This device is full, so your request is NOT saved. Delete some photos or files, then press Send again. Or call us.";
        nowhere = "This browser cannot save, and the service could not be reached. Your request is NOT sent. Try again, or call us.";
        insecure = "This page was not opened safely (https), so this browser cannot send it. Your request is NOT sent. Call us, and tell your provider.";
        too_large = "This is more text than we can take. Make it shorter";
        no_route = "Your provider takes no private messages here. Call instead: somebody listens.";
        gone_title = "There is no such form";
        gone = "What it was about is not on this device, or this address is wrong. Go to Help.";
        to_help = "Go to Help";

        // Small things that are done with one press.
        act_kept = "Saved on this device";
        act_waits = "Saved on this device. Not sent yet. It goes by itself when the connection is back.";
        act_sent = "Sent.";
        act_refused = "This was not taken. It is still saved on this device. Here is what the service said:";

        // Ways to the form, on the pages of what it is about.
        cannot_come = "I can’t come";
        missed = "Why I missed it";
        report_conduct = "Report how somebody behaved";
        report_material = "Report this link";
        another_format = "Ask for this in another format";
        // The same link on cards that stand below each other, told apart.
        of: fn(&str, &str) -> String = |link, title| format!("{link}: {title}");
    }
}
