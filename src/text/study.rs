texts! {
    /// Study time, planned and taken.
    Study {
        title = "Study time";
        intro = "Only you can see this page. Your provider and your employer see none of it, until you show it to them.";
        week: fn(&str) -> String = |day| format!("This week, from Monday {day}");
        planned = "Planned";
        taken = "Taken";
        not_planned = "Nothing planned";
        none = "You have not added any time this week.";
        piece: fn(&str, &str) -> String = |length, what| if what.is_empty() { length.into() } else { format!("{length}, {what}") };
        correct = "Correct";
        // Said with the button, which stands once a line.
        which: fn(&str, &str) -> String = |day, what| if what.is_empty() { day.into() } else { format!("{day}, {what}") };
        add = "Add study time";
        day = "Which day?";
        minutes = "How many minutes?";
        minutes_hint = "Write 0 to take away what you added before.";
        what = "What did you do? (You do not have to say)";
        what_hint = "A word or two, as reading or maths. The same day and the same words again correct what you added.";
        send = "Add";
        day_fault = "Choose today, or a day before it";
        minutes_fault = "Write the minutes with digits, 1440 at most";
        what_fault: fn(usize) -> String = |most| format!("Make it shorter: {most} letters at most");
        saved_title: fn(&str, &str) -> String = |length, day| format!("{length} on {day}");
        plan = "Your plan";
        plan_none = "You have no plan yet. Make one, and see each week what you took of it.";
        plan_line: fn(&str, &str, &str, &str) -> String = |day, from, until, length| format!("{day}, {from} to {until}: {length}");
        plan_waits = "This plan is saved on this device. It is not sent yet.";
        plan_change = "Change your plan";
        plan_make = "Make a plan";
        plan_text = "Fill in the days on which you mean to study. Leave the others empty.";
        plan_start: fn(&str) -> String = |day| format!("{day}: start");
        plan_minutes: fn(&str) -> String = |day| format!("{day}: minutes");
        plan_save = "Save the plan";
        plan_fault: fn(&str) -> String = |day| format!("{day}: give the start, as 18:30, and the minutes");
        plan_title = "Your plan for study time";
        cancelled = "Was your study time cancelled?";
        cancelled_text = "Write down when, and how long it was. Only you can read it until you share it with your provider. Then they answer you.";
        cancelled_link = "My study time was cancelled";
        weeks = "Week by week";
        weeks_of: fn(&str) -> String = |day| format!("Week of {day}");
        week_column = "Week";
        show = "Show it to your employer or mentor";
        not_sent = "Not sent yet";
        refused = "Not taken";
    }
}
