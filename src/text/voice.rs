use contract::voice::Clear;

texts! {
    /// What a learner says of a session.
    Voice {
        title = "What was this session like?";
        link: fn(&str) -> String = |session| format!("Say what it was like: {session}");
        link_done: fn(&str) -> String = |session| format!("See what you said of it: {session}");
        intro = "Your tutor reads this, and so do those who look after our courses. They use it to make sessions better. They are not told who you are.";
        safety = "Are you worried about your safety? Report a concern instead.";
        not_yet: fn(&str) -> String = |when| format!("You can say it when the session has begun: {when}.");
        gone = "This session is not on this device, or this address is wrong.";
        act: fn(&str) -> String = |session| format!("What you said of a session: {session}");
        how_clear = "How clear was it?";
        clear: fn(Clear) -> &'static str = |clear| match clear {
            Clear::All => "I understood all of it",
            Clear::Most => "I understood most of it",
            Clear::Some => "I understood some of it",
            Clear::Little => "I understood very little",
        };
        helped = "What helped you? (You do not have to say)";
        change = "What should we change? (You do not have to say)";
        named = "You may tell them that I said this";
        named_hint = "Without this tick nobody sees your name. But your own words may show who you are.";
        unchosen = "Choose how clear it was";
        too_long = "Make it shorter: 2,000 letters at most";
        send = "Send";

        said = "What you said";
        said_clear = "How clear it was";
        said_helped = "What helped";
        said_change = "What to change";
        said_name = "Your name";
        is_named = "They may see it";
        not_named = "They do not see it";
        received: fn(&str) -> String = |when| format!("It arrived on {when}. Your tutor can read it.");
        again = "Change what I said";
    }
}
