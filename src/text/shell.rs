texts! {
    /// What is around every page.
    Shell {
        skip = "Skip to main content";
        menu = "Menu";
        navigation = "Main";
        today = "Today";
        deadlines = "Deadlines";
        live = "Live sessions";
        declare = "Declare your work";
        receipts = "My receipts";
        help = "Help";
        check_receipt = "Check a receipt";
        safety = "Staying safe online";
        device = "This device";
        sign_in = "Sign in";
        sign_out = "Sign out";
        help_now = "In danger now? Call 999.";
        page_title: fn(&str, &str) -> String = |page, service| format!("{page} - {service}");

        up_to_date: fn(&str) -> String = |time| format!("Up to date at {time}.");
        syncing = "Checking for news.";
        sending: fn(usize, usize) -> String = |sent, all| format!("Sending: {sent} of {all} sent.");
        not_checked = "Not checked for news yet.";
        offline: fn(&str) -> String = |time| format!("No connection. Last up to date at {time}.");
        offline_never = "No connection yet.";
        unsent: fn(usize) -> String = |n| unsent(n, "declaration is", "declarations are");
        unsent_others: fn(usize) -> String = |n| {
            format!(
                "{} of other learners {} on this device. Nobody here can read {}. {} by itself when the connection is back.",
                super::count(n, "message", "messages"),
                if n == 1 { "waits" } else { "wait" },
                if n == 1 { "it" } else { "them" },
                if n == 1 { "It goes" } else { "Each goes" }
            )
        };
        unsent_sealed: fn(usize) -> String = |n| {
            format!(
                "{} on this device {} not sent yet. Nobody here can read {}. {} by itself when the connection is back.",
                super::count(n, "message", "messages"),
                if n == 1 { "is" } else { "are" },
                if n == 1 { "it" } else { "them" },
                if n == 1 { "It goes" } else { "Each goes" }
            )
        };
        needs_learner: fn(usize) -> String = |n| {
            format!("{} not taken. Did you send from here? Sign in on this device to see why.", super::count(n, "message was", "messages were"))
        };
        unsent_long: fn(usize) -> String = |n| {
            format!(
                "{} waited on this device for more than 3 days. Connect soon, or save a copy: a browser may clear what it keeps.",
                super::count(n, "message has", "messages have")
            )
        };
        gap: fn(usize) -> String = |n| {
            format!(
                "{} never arrived, and {} no longer on this device. Look at My receipts and Help. Send again what is not there, and tell your tutor.",
                super::count(n, "message sent from here", "messages sent from here"),
                if n == 1 { "is" } else { "are" }
            )
        };
        evicted: fn(usize) -> String = |_| "This browser has cleared what was saved here. Look at My receipts. Sign again what you signed on this device and is not there.".into();
        sign_out_now = "Sign out now";
        idle_title = "Are you still there?";
        idle_text: fn(&str) -> String = |time| {
            format!("Nobody has touched this page for 9 minutes. At {time} it locks, to keep you safe. What is not saved is lost.")
        };
        attention: fn(usize) -> String = |n| attention(n, "declaration needs", "declarations need");
        see_receipts = "See My receipts";
        unsent_asks: fn(usize) -> String = |n| unsent(n, "message is", "messages are");
        attention_asks: fn(usize) -> String = |n| attention(n, "message needs", "messages need");
        see_requests = "See your requests";
        check_now = "Check now";
        arrived: fn(usize) -> String = |n| format!("{} arrived. See My receipts.", super::count(n, "declaration has", "declarations have"));
        no_storage = "This browser does not let the portal save anything (a private window, perhaps). You can read and send while you are online. Nothing is kept for later.";
        update_title = "A new version is ready";
        update_text = "Finish what you are doing. Then update: it takes a second and loses nothing that is saved.";
        update_draft = "Your unfinished declaration is saved. It is there again after the update.";
        update_now = "Update now";

        config_title = "The portal is not set up yet";
        config_missing: fn(u16) -> String =
            |status| format!("The file config.json is missing on this web server (answer {status}).");
        config_unreachable = "The file config.json could not be loaded. You may have no connection.";
        config_not_json: fn(&str) -> String = |why| format!("The file config.json cannot be read: {why}.");
        config_wrong: fn(&str, &str) -> String = |field, why| format!("The file config.json is wrong at “{field}”: {why}.");
        config_learner = "If you are a learner: try again in a minute. If it stays like this, call your tutor or your provider.";
        config_host = "If you host the portal: put a right config.json beside index.html. The README says what goes into it.";
        try_again = "Try again";
    }
}

fn unsent(n: usize, one: &str, many: &str) -> String {
    super::count(n, one, many) + " saved on this device, not sent yet."
}

fn attention(n: usize, one: &str, many: &str) -> String {
    super::count(n, one, many) + " you to do something."
}
