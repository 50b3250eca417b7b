use contract::share::Shows;

texts! {
    /// Pages for an employer or a mentor.
    Sharing {
        title = "Show a page to somebody";
        intro = "Make a page for your employer or your mentor. You choose what is on it, and for how long. You can withdraw it at any time.";
        limits = "Your name is on it, and what you tick. Your feedback, your requests and what you confide are never on it. Whoever has its address can open it, so send it only to the person it is for.";
        yours = "Pages you made";
        none = "You have made no page yet.";
        before = "Pages that are over";
        shows: fn(Shows) -> &'static str = |shows| match shows {
            Shows::Deadlines => "Deadlines to come",
            Shows::Sessions => "Sessions to come",
            Shows::Attendance => "How many sessions you were at",
            Shows::Study => "Study time, planned and taken",
        };
        on_it = "On it";
        until = "Open until";
        opened = "Opened";
        opened_never = "Not yet";
        opened_times: fn(u32, &str) -> String = |times, day| format!("{}, last on {day}", super::count(times as usize, "time", "times"));
        opened_hint = "We count how often a page is opened. We do not know by whom.";
        withdraw: fn(&str) -> String = |whom| format!("Withdraw the page for {whom}");
        withdraw_button = "Withdraw it";
        withdrawal = "Withdrawing a page";
        withdrawn: fn(&str) -> String = |day| format!("You withdrew it on {day}.");
        over: fn(&str) -> String = |day| format!("It ended on {day}.");
        make = "Make a page";
        offline = "You need a connection to make a page, as our service gives it its address. You can withdraw one without: it goes as soon as the connection is back.";
        whom = "For whom is it?";
        whom_hint = "Their name stands on the page.";
        what = "What do you want to show?";
        how_long = "For how long?";
        lengths: [&'static str; 3] = ["1 week", "4 weeks", "3 months"];
        send = "Make the page";
        sending = "Making it…";
        whom_fault = "Say for whom it is, in 100 letters at most";
        what_fault = "Choose what to show";
        how_long_fault = "Choose for how long";
        unreachable = "We could not reach the service. Check that you are online. Then look whether the page is in your list: if it is, withdraw it and make another.";
        made: fn(&str) -> String = |whom| format!("The page for {whom} is ready");
        made_text = "Copy its address now and send it. We show it only this once: nobody can look it up later, not even we.";
        address = "Address of the page";
        copy = "Copy the address";
        copied = "Copied. Paste it into a message.";
        not_copied = "This browser does not copy for us. Select the address and copy it.";
    }
}
