texts! {
    Course {
        title = "Your courses";
        about_course = "About this course";
        none = "You are on no course yet. When your provider adds you to one, it shows here.";
        awarding_body = "Awarding body";
        no_awarding_body = "Not said yet. Ask your tutor.";
        blended = "Learning online and face to face";
        blended_agreed: fn(&str) -> String = |date| format!("The awarding body agreed to it on {date}.");
        blended_unknown = "We have no date yet on which the awarding body agreed. Ask your tutor.";
        people = "Who to ask";
        policies = "Policies";
        policies_text = "Policies are the rules that you and we keep. They open outside the portal.";
        no_policies = "No policies have come yet. Ask your tutor for them.";
        version = "Version";
        issued = "From";
        renewal = "Renewed by";
        overdue = "Renewal is late";
        overdue_text: fn(&str) -> String = |date| format!("We should have renewed it by {date}. Until we do, this version counts.");
        changes = "What changed";
        open: fn(&str, &str, &str) -> String = |title, host, size| format!("Read {title} ({host}, {size})");
        guidance = "Staying safe";
        guidance_text = "Our pages on how to stay safe are rules for you, too. Read them, and say that you have.";
        no_link = "There is no link to it. Ask your tutor for a copy.";
    }
}
