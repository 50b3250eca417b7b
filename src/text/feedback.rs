use contract::feedback::WorkOutcome;

texts! {
    /// Feedback on work that was handed in.
    Feedback {
        title = "Your feedback";
        attempt: fn(u32) -> String = |n| format!("Attempt {n}");
        waits = "Your declaration is not sent yet. When it arrives, you see here by which day you get feedback.";
        handed_in = "Handed in";
        promised = "You get it by";
        no_promise = "There is no day yet. Ask your tutor.";
        late = "Late: no feedback yet";
        late_text: fn(&str) -> String = |day| format!("We promised you feedback by {day}. You do not have it, and we are sorry. Please call now:");
        given = "Given";
        by: fn(&str, &str) -> String = |name, role| format!("{name}, {role}");
        from = "From";
        changed = "Changed on";
        changed_text = "We changed this feedback. Here is how it stands now.";
        outcome = "Result";
        outcomes: fn(WorkOutcome) -> &'static str = |outcome| match outcome {
            WorkOutcome::None => "",
            WorkOutcome::Passed => "Passed",
            WorkOutcome::Merit => "Passed with merit",
            WorkOutcome::Distinction => "Passed with distinction",
            WorkOutcome::Refer => "Not yet. Work on it again, then hand it in.",
        };
        // What its learner is shown of 'I have read it' while that waits.
        of: fn(&str) -> String = |work| format!("feedback on {work}");
    }
}
