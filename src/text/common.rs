use contract::{course::Role, deadline::Mode};

texts! {
    /// Words of more than one page.
    Common {
        london_time = "London time";
        provider_time = "provider’s time";
        change = "Change";
        save_and_continue = "Save and continue";
        back = "Back";
        print = "Print this page";
        error_summary = "There is a problem";
        error_prefix = "Error: ";
        opens_in_new_tab = "opens in a new tab";
        not_found_title = "Page not found";
        not_found = "The portal has no page at this address. Check the address, or go to Today.";
        to_today = "Go to Today";
        mode: fn(Mode) -> &'static str = |mode| match mode {
            Mode::FaceToFace => "Face to face",
            Mode::LiveWebinar => "Live webinar",
            Mode::Distance => "Online, in your own time",
            Mode::Blended => "Face to face and online",
            Mode::IndependentStudy => "Independent study",
        };
        role: fn(Role) -> &'static str = |role| match role {
            Role::Tutor => "Tutor",
            Role::Assessor => "Assessor",
            Role::SafeguardingLead => "Safeguarding lead",
            Role::LearnerSupport => "Learner support",
            Role::Technical => "Help with the portal",
            Role::Mentor => "Mentor",
            Role::Other => "Contact",
        };
        part_comes_title = "Opening this page";
        part_comes = "It comes in a moment. The other pages work meanwhile.";
        part_missing_title = "This page could not be opened";
        part_missing = "It is not on this device yet, and our service did not send it. Check that you are online, then try again.";
        try_again = "Try again";
        nothing_yet = "Your deadlines have not come yet.";
        nothing_yet_online = "We are getting them now. This takes a few seconds.";
        nothing_yet_offline = "This device has no network. They come as soon as it is back. To know now, call your tutor.";
    }
}
