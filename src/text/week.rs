texts! {
    /// What a learner takes along on paper.
    Week {
        title = "Your two weeks";
        intro = "Print this. It has this week and next week, who to call, and a form to sign by hand.";
        of: fn(&str, &str) -> String = |name, learner| format!("{name} ({learner})");
        printed: fn(&str) -> String = |day| format!("As it was on {day}. Times are London times.");
        none = "Nothing is due and no session is planned in these two weeks.";
        late = "Late";
        due: fn(&str, &str) -> String = |time, title| format!("By {time}: {title}");
        session: fn(&str, &str) -> String = |time, title| format!("{time}: {title}");
        by_telephone: fn(&str) -> String = |number| format!("Call {number}");
        pin: fn(&str) -> String = |pin| format!("PIN {pin}");
        online = "Join in the portal";
        people = "Who to call";
        no_people = "Ask your tutor for a number, and write it here.";
        emergency: [(&'static str, &'static str); 3] = [
            ("999", "in danger now"),
            ("101", "police, not an emergency"),
            ("0800 1111", "Childline, if you are under 19"),
        ];
        form = "My work is my own (to sign by hand)";
        form_text = "No device when you hand in? Fill this in, and give it to your tutor with the work.";
        lines: [&'static str; 5] = ["The work", "Who helped me, and how", "My sources", "AI tools I used, and where", "Signed, with the date"];
    }
}
