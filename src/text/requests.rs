use contract::{
    request::{AskKind, Need, Status},
    staff::StaffRole,
};

texts! {
    /// What was asked, and what becomes of it.
    Requests {
        title = "Your requests";
        // The title of a page about one of them.
        one = "Your request";
        none = "You have not asked for anything yet.";
        kind: fn(AskKind) -> &'static str = |kind| match kind {
            AskKind::MoreTime => "More time",
            AskKind::FeedbackQuestion => "A question about feedback",
            AskKind::CallBack => "A call",
            AskKind::Learning => "Help with learning",
            AskKind::GetOnline => "Help to get online",
            AskKind::Apology => "I can’t come",
            AskKind::MissedReason => "Why I missed a session",
            AskKind::ReportMaterial => "Something wrong in material",
            AskKind::ReportConduct => "How somebody behaved",
            AskKind::AnotherFormat => "Another format",
            AskKind::AccessibilityProblem => "An accessibility problem",
            AskKind::Personal | AskKind::StudyTime | AskKind::Concern => "A private request",
        };
        // Once it is shared.
        study_time = "Study time that was cancelled";
        study: fn(&str, &str) -> String = |length, day| format!("{length} on {day}.");
        about: fn(&str, &str) -> String = |kind, about| format!("{kind}: {about}");
        waiting = "On this device";
        arrived = "Received";
        status: fn(Status) -> &'static str = |status| match status {
            Status::Received => "Received",
            Status::Seen => "Seen",
            Status::InProgress => "We are on it",
            Status::Answered => "Answered",
            Status::Closed => "Closed",
            Status::Withdrawn => "You withdrew it",
        };
        not_sent = "Not sent yet";
        sent = "Sent. News of it is on its way";
        refused = "Needs you to do something";
        overdue = "Late: we have not answered";
        asked_at: fn(&str) -> String = |when| format!("Asked {when}");
        saved_at: fn(&str) -> String = |when| format!("Saved {when}");
        answer_by: fn(&str) -> String = |day| format!("We answer by {day}");
        to_help = "Ask for something";
        back = "Your requests";

        not_sent_title = "Saved on this device. Not sent yet";
        not_sent_text = "It goes by itself when the connection is back. Keep this page open, or come back to the portal on this device.";
        sent_title = "Sent";
        sent_text = "It has arrived. This page shows what becomes of it as soon as news comes.";
        arrived_text = "It has arrived, and it is done.";
        call_now = "Can’t it wait? Call now";
        private_text = "What you wrote is locked. Nobody on this device can read it.";
        refused_title = "Your request was not taken";
        refused_text = "It is still saved on this device. Here is what the service said:";

        private = "Private: read by few";
        promised = "We answer by";
        overdue_text: fn(&str) -> String = |day| format!("We promised to answer by {day}. We have not, and we are sorry. Please call us now:");
        asked_until = "You asked for time until";
        needs = "You need";
        need: fn(Need) -> &'static str = |need| match need {
            Need::Device => "a device",
            Need::Data => "data",
            Need::Place => "a place",
            Need::Skills => "skills",
        };
        format = "Format";
        decision = "What was decided";
        granted: fn(&str) -> String = |when| format!("You have more time: until {when}. Your deadline’s page shows both dates.");
        refused_because: fn(&str) -> String = |why| format!("No, because: {why}");
        agreed: fn(&str, &str) -> String = |what, from| format!("{what} From {from} on.");
        call: fn(&str) -> String = |when| format!("We call you on {when}.");
        steps = "What happened";
        you = "You";
        role: fn(StaffRole) -> &'static str = |role| match role {
            StaffRole::Tutor => "tutor",
            StaffRole::Assessor => "assessor",
            StaffRole::SafeguardingLead => "safeguarding lead",
            StaffRole::LearnerSupport => "learner support",
            StaffRole::Administrator => "administrator",
            StaffRole::Other => "staff",
        };
        asked = "asked";
        added = "added";
        withdrew = "withdrew it";
        did: fn(Status) -> &'static str = |status| match status {
            Status::Received => "has it",
            Status::Seen => "has seen it",
            Status::InProgress => "is on it",
            Status::Answered => "answered",
            Status::Closed => "closed it",
            Status::Withdrawn => "withdrew it",
        };
        call_me: fn(&str) -> String = |number| format!("Call me on {number}.");
        suits: fn(&str) -> String = |when| format!("A good time: {when}");
        opening = "Opening what is locked…";
        not_opened = "This could not be opened on this device. Sign out and sign in again.";

        add = "Add a message";
        add_label = "Your message";
        add_again = "It was answered. A message opens it again, with a new day.";
        add_send = "Send the message";
        message = "A message";
        message_waiting = "Your message is saved on this device. It is not sent yet: it goes by itself when the connection is back.";
        message_sent = "Your message is sent.";
        kept = "It is saved on this device, and goes to your provider.";
        closed = "This request is closed. Do you need more? Ask anew.";
        share_title = "Nobody else sees this yet";
        share = "Share this with my provider";
        share_text = "Only you can read this, and nobody answers. Share it, and your tutor, our support team and an administrator read the day, the time and what you wrote. They answer you by a promised day.";
        sharing = "Sharing a private request";
        sharing_waiting = "You share it: that is saved on this device. It is not sent yet, and goes by itself when the connection is back.";
        withdraw = "Withdraw this request";
        withdraw_text = "Nobody has to answer then. What you asked stays on record.";
        withdraw_yes = "Yes, withdraw it";
        withdraw_no = "No, keep it";
        withdrawal = "A withdrawal";
        withdrawal_waiting = "Your withdrawal is saved on this device. It is not sent yet: it goes by itself when the connection is back.";
        gone_title = "This request is not on this device";
        gone = "It may belong to somebody else, or it has not come yet. Go to Your requests.";
        to_list = "Go to Your requests";
    }
}
