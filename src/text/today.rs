texts! {
    Today {
        title = "Today";
        hello: fn(&str) -> String = |name| format!("Hello {name}");
        next_deadline = "Your next deadline";
        late: fn(usize) -> String = |n| format!("{} late", super::count(n, "piece of work is", "pieces of work are"));
        late_text = "Hand in what you have, and talk to your tutor. Late work is still looked at.";
        see_late = "See what is late";
        no_deadline = "Nothing is due. Well done.";
        next_session = "Your next live session";
        no_session = "No live session is planned.";
        all_deadlines = "See all deadlines";
        all_sessions = "See all live sessions";
        to_do = "To finish";
        draft: fn(&str) -> String = |title| format!("Finish your declaration for “{title}”");
        declare = "Declare your work";
        help = "Ask for help";
    }
}
