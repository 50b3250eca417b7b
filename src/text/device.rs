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
        kept_shared = "Your deadlines, drafts and receipts are locked with your own key. On this shared computer the key is gone when you sign out, when nobody touches the page for 10 minutes, or when you close it. Then nobody can read them here.";
        kept_own = "Your deadlines, drafts and receipts are locked with your own key. The key stays on this device until you lock it or sign out. Until then, whoever can open this device can read them.";
        kept_nobody = "Nothing that can be read. What learners signed here and is not sent yet is sealed: only our service can open it.";
        kept_none = "This browser keeps nothing here. You can read and send while you are online.";
        promises = "What this browser promises";
        room = "If the device runs out of room";
        room_kept = "It keeps what you saved here.";
        room_ordinary = "It may clear what you saved here. Send declarations within 3 days.";
        power = "If the power goes off";
        power_kept = "What says “saved” is saved.";
        power_ordinary = "What you saved in the last seconds may be lost. Wait a minute before you switch off.";
        tabs = "If you have several tabs";
        tabs_kept = "One of them sends. The others wait.";
        tabs_ordinary = "Each may send the same declaration. We keep it once.";
        unsent = "Not sent yet";
        unsent_none = "Everything that was signed on this device is sent.";
        unsent_own: fn(usize) -> String = |n| format!("{} of yours.", super::count(n, "declaration", "declarations"));
        unsent_others: fn(usize) -> String = |n| format!("{} of other learners. Nobody here can read them.", super::count(n, "declaration", "declarations"));
        lock = "Lock now";
        lock_text = "Lock it when somebody else uses this device. What you wrote stays, and opens when you sign in.";
        everywhere = "Sign out everywhere";
        everywhere_text = "Did you forget to sign out somewhere, or did you lose a device? This signs you out on every device, this one too.";
        everywhere_unreachable = "We cannot reach the service, so you are still signed in everywhere. Try again when you have a connection.";
        not_offline = "This browser does not open the portal without a network.";
        version: fn(&str) -> String = |version| format!("Version {version}");
    }
}
