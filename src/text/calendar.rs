texts! {
    /// Deadlines in the learner's own calendar.
    Calendar {
        title = "Your calendar";
        // What others see beside a time, on a locked telephone too: never the work.
        work_due: fn(&str) -> String = |course| format!("Work due: {course}");
        add = "Add this deadline to a calendar";
        added = "The file deadline.ics is saved. Open it to put the deadline in your calendar. If the deadline moves, add it again.";
        not_added = "This browser could not save the file. Write the deadline down.";
        all = "All deadlines in your calendar";
        week = "Two weeks on one sheet, to print";
        intro = "Your phone or computer can show your deadlines and sessions in its own calendar. It looks for news a few times a day.";
        who_sees = "Who can see it?";
        who_sees_text = "You get a secret web address. Anyone who has it can see when your work is due, when you have a session, and the short name of the course. They do not see your name, your work, or a link. Give it to nobody else.";
        shared = "This is a shared computer. Do not make the address here: others could find it. Use your own phone.";
        checking = "We are looking if you have an address.";
        since: fn(&str) -> String = |day| format!("You made an address on {day}. We cannot show it again. Lost it? Make a new one. The old one then stops.");
        none = "You have no address yet.";
        make = "Make a secret address";
        make_new = "Make a new address";
        end = "Stop the address";
        ended = "The address works no more. Take the calendar out of your phone too.";
        made = "Your address";
        made_text = "We show it only once, now. Put it in your calendar before you leave this page.";
        open = "Open it in this device’s calendar";
        copy = "Copy the address";
        copied = "Copied.";
        not_copied = "This browser did not copy it. Mark the address and copy it yourself.";
        how = "How to add it";
        ways: [&'static str; 3] = [
            "Apple: open it in this device’s calendar, with the button above.",
            "Google: on a computer, press the plus beside Other calendars. Choose From URL, and paste the address.",
            "Outlook: choose Add calendar, then Subscribe from web, and paste the address.",
        ];
        offline = "We cannot reach our service. You need a connection to make or stop an address. What you have in your calendar stays there.";
        alone = "Without a connection, open a deadline. There you can add that one.";
    }
}
