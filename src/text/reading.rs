use contract::act::ReadKind;

texts! {
    /// What is to be read, and that it was read.
    Reading {
        title = "Safety pages to read";
        intro = "Read each page. Then press ‘I have read it’. When a page changes, we ask you again.";
        to_read = "To read";
        all_read = "You have read all of them.";
        done = "You have read these";
        none = "No pages have come yet. Call your tutor, or read how to stay safe:";
        to_safety = "Go to Staying safe online";
        version = "Version";
        reviewed = "Checked on";
        changes = "What changed";
        report = "Report something wrong";
        read = "I have read it";
        read_title: fn(&str) -> String = |title| format!("I have read it: {title}");
        read_on: fn(&str) -> String = |day| format!("You said on {day} that you have read this version.");
        read_before: fn(ReadKind, &str, &str) -> String = |kind, version, day| match kind {
            ReadKind::Feedback => format!("You read it on {day}. It has changed since."),
            _ => format!("You read version {version} on {day}. This one is newer."),
        };

        // Beside a link that leaves the portal.
        checked: fn(&str) -> String = |day| format!("We last looked at this link on {day}.");
        not_checked = "We have not said when we last looked at this link.";
    }
}
