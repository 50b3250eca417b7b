texts! {
    Device {
        who: fn(&str, &str) -> String = |name, learner| format!("Signed in as {name} ({learner}).");
        nobody = "Nobody is signed in on this device.";
        shared = "This is a shared computer. Sign out when you go.";
        own = "This is your own device. You stay signed in for 30 days after you last used it.";
        text_size = "Text size";
        text_normal = "Normal";
        text_large = "Large";
        text_larger = "Larger";
        text_largest = "Largest";
        theme = "Colours";
        theme_device = "As this device";
        theme_light = "Light";
        theme_dark = "Dark";
        data = "Data";
        less_data = "Use less data";
        less_data_hint = "The portal looks for news only when you open it or press Check now. Declarations still go at once.";
        kept = "What is kept here";
        kept_persistent = "This browser has promised to keep what you save here.";
        kept_ordinary = "This browser may clear what is saved here when it runs out of room. Send declarations soon.";
        kept_none = "This browser keeps nothing here.";
        not_offline = "This browser does not open the portal without a network.";
        sign_out = "Sign out";
        sign_out_title = "Sign out of this device?";
        sign_out_text = "Your deadlines and your name are wiped from this device.";
        sign_out_drafts: fn(usize) -> String = |n| {
            format!("{} on this device. Signing out deletes {}.", super::count(n, "unfinished declaration is", "unfinished declarations are"), if n == 1 { "it" } else { "them" })
        };
        sign_out_unsent: fn(usize) -> String = |n| {
            format!(
                "{} not sent yet. {} on this device until you sign in here again. Until then, someone with skill and time could read {} on this device.",
                super::count(n, "declaration is", "declarations are"),
                if n == 1 { "It stays" } else { "They stay" },
                if n == 1 { "it" } else { "them" }
            )
        };
        sign_out_wait = "It is safest to stay until they are sent.";
        sign_out_offline = "There is no connection. You are signed out on this device now. The service hears of it when the connection is back.";
        stay = "Stay signed in";
        signed_out_title = "You are signed out";
        version: fn(&str) -> String = |version| format!("Version {version}");
    }
}
