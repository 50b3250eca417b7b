texts! {
    /// 'I am here', and what is known of each session.
    Attendance {
        title = "My attendance";
        back = "Live sessions";
        none = "No session has been yet. After your first one, you see here how you came to it.";

        // At joining.
        here = "I am here";
        here_title: fn(&str) -> String = |title| format!("I am here: {title}");
        here_text = "Press it when you join. Your tutor sees when you came.";
        conduct_title = "When you join:";
        conduct: [&'static str; 4] = [
            "Be kind. Let others speak.",
            "Show only what you want others to see.",
            "Keep what others say to yourself.",
            "Don’t record. Don’t share the link.",
        ];

        // What counts.
        came = "You came to";
        came_value: fn(usize, usize) -> String = |came, all| format!("{came} of {}", super::count(all, "session", "sessions"));
        percentage: fn(usize) -> String = |n| format!("{n}%");
        on_time = "On time";
        on_time_value: fn(usize, usize) -> String = |times, came| format!("{times} of {came}");
        late_in_all: fn(u32) -> String = |minutes| format!("{} late in all", minutes_of(minutes));
        nothing_counts = "No session counts yet.";
        how = "How we count";
        rules: [&'static str; 5] = [
            "A session counts when it is over and has a mark.",
            "You press ‘I am here’: that is your mark, until your tutor gives you one. Your tutor’s mark counts more.",
            "Late counts as coming, but not as on time. You are late from one minute after the start.",
            "Excused does not count against you. A session that is called off does not count.",
            "We round the percentage down.",
        ];
        wrong = "Is something wrong here? Ask your tutor";
        each = "Each session";

        // How one stands.
        present = "Present";
        late = "Late";
        late_by: fn(u32) -> String = |minutes| format!("Late: {}", minutes_of(minutes));
        absent = "Absent";
        excused = "Excused";
        to_check = "Your tutor checks the time";
        unmarked = "No mark yet";
        called_off = "Called off";

        // Who said so.
        you_said: fn(&str, u32) -> String = |when, minutes| match minutes {
            0 => format!("You said ‘I am here’ at {when}, on time."),
            late => format!("You said ‘I am here’ at {when}, {} after the start.", minutes_of(late)),
        };
        you_said_odd: fn(&str) -> String = |when| format!("Your ‘I am here’ came to us on {when}. The clock of your device does not fit, so your tutor looks at it.");
        marked_by: fn(&str, &str, &str) -> String = |name, role, day| format!("Marked by {name}, {role}, on {day}.");
        note = "Note for you:";

        // Somebody was missed.
        missed = "We noticed you missed this session";
        follow_up: fn(&str, &str) -> String = |who, day| format!("{who} follows it up with you by {day}.");
        reply = "Tell us why you missed it, or ask us to call you. You are not in trouble.";
        call_me = "Ask us to call you";
        ended: fn(&str, &str) -> String = |name, day| format!("{name} closed this on {day}.");
    }
}

fn minutes_of(minutes: u32) -> String {
    super::count(minutes as usize, "minute", "minutes")
}
