use contract::request::AskKind;

texts! {
    /// Whom to reach, and what to ask for.
    Help {
        title = "Help";
        intro = "Call somebody now, or ask for something here. You see what becomes of it under Your requests.";
        yours = "Your requests";
        ask = "Ask for something";
        kinds: [(AskKind, &'static str); 7] = [
            (AskKind::CallBack, "Ask us to call you"),
            (AskKind::Learning, "Get help with learning"),
            (AskKind::Personal, "Talk about something personal (private)"),
            (AskKind::GetOnline, "Get help to get online: a device, data, a place, skills"),
            (AskKind::StudyTime, "My study time was cancelled (private)"),
            (AskKind::AnotherFormat, "Ask for another format"),
            (AskKind::AccessibilityProblem, "Report an accessibility problem"),
        ];
        report = "Tell us about a worry";
        reports: [(AskKind, &'static str); 3] = [
            (AskKind::Concern, "Report a concern about safety (private)"),
            (AskKind::ReportConduct, "Report how somebody behaved"),
            (AskKind::ReportMaterial, "Report something wrong in our material"),
        ];
        people = "Who to call";
        none = "Nobody is listed here yet. Call the number at the bottom of the page.";
        open: fn(&str) -> String = |until| format!("Open now, until {until}");
        closed: fn(&str) -> String = |when| format!("Closed: opens {when}");
        at: fn(&str, &str) -> String = |day, time| format!("{day}, {time}");
        today = "today";
        not_known = "We do not know when somebody answers. Try the number.";
        times = "Times are London times.";
        call_me: fn(&str) -> String = |name| format!("Ask {name} to call you");
        write: fn(&str) -> String = |address| format!("Email {address}");
        paper = "By telephone or on paper";
        paper_text: [&'static str; 4] = [
            "You do not need the portal to ask. Call a number above and say what you need.",
            "Or write it on paper. Put your name, your learner reference and a number to call on it. Give it to your tutor.",
            "Ask by which day you hear back, and write that day down.",
            "You can print this page and keep it.",
        ];
    }
}
