texts! {
    /// All that is kept of the learner.
    MyData {
        title = "Your data";
        intro = "You can have a copy of all that we keep about you.";
        what: [&'static str; 4] = [
            "who you are, your courses, and when you signed in",
            "all that you sent us, word for word, with your receipts",
            "what you asked for, and each answer",
            "what staff entered about you, and who read it",
        ];
        private = "What you told us in private is in it too. So keep the file where only you can read it.";
        shared = "This is a shared computer. The file would stay in its downloads. Do this on your own device, or delete the file before you go.";
        page: fn(&str) -> String = |size| format!("Save a page to read ({size})");
        json: fn(&str) -> String = |size| format!("Save a file for computers ({size})");
        saved: fn(&str) -> String = |name| format!("Saved as {name}. Look in your downloads.");
        not_saved = "This browser could not save the file. Try another one.";
        size_hint = "It takes less data than that: it travels packed.";
        how_long = "How long we keep it";
        until: fn(&str) -> String = |day| format!("We keep it until {day}.");
        years: fn(u32, &str) -> String = |years, body| {
            let years = super::count(years as usize, "year", "years");
            format!("{body} wants us to keep it for {years} after you get your certificate.")
        };
        no_rule = "We have not set yet how long we keep it. Ask your provider.";
        no_courses = "You are on no course yet.";
        proof = "You cannot change or delete what you signed: it is proof, for you too. Is something wrong? Tell your tutor.";
        checking = "We are looking how much there is.";
        offline = "We cannot reach our service. You need a connection to get your data. Try again when you are online.";
    }
}
