texts! {
    Safety {
        title = "Staying safe online";
        call_now = "Who to call now";
        emergency = "In danger now";
        emergency_text = "Call 999. If you cannot speak, press 55 when asked.";
        police = "Not an emergency";
        police_text = "Call the police on 101.";
        ceop = "Under 18, and somebody is sexual with you online";
        ceop_text = "Tell CEOP, part of the police. They help children and young people.";
        ceop_link = "Report to CEOP";
        childline = "Under 19, and you want to talk";
        childline_text = "Call Childline on 0800 1111. It is free. It does not show on a bill.";
        lead = "Our safeguarding lead";
        lead_text: fn(&str) -> String = |name| format!("{name} listens and helps. You are not in trouble.");
        lead_email: fn(&str) -> String = |address| format!("Email {address}");
        concern = "Report a concern";
        concern_text = "You can also write to our safeguarding lead, when you are signed in. Nobody else can read it.";
        guidance = "How to stay safe";
        read = "Say which of these you have read";
        none = "The full guidance comes when you sign in for the first time on this device.";
        reviewed: fn(&str, &str) -> String = |version, date| format!("Version {version}, checked on {date}");
        basics: [&'static str; 5] = [
            "Use a different passphrase for each site. Do not tell anyone.",
            "Do not open links from people you do not know.",
            "Think before you send a picture. You cannot take it back.",
            "If somebody is unkind or scares you, stop. Keep a copy. Tell someone you trust.",
            "It is not your fault. It is never too late to tell.",
        ];
        leave = "Leave this page";
        leave_hint = "Or press the Shift key three times. It opens the BBC weather page.";
        leave_limits = "It cannot hide that this site was open: the browser’s history, your internet provider, and software that watches the screen may still show it. To be safer, use a device that nobody else checks.";
    }
}
