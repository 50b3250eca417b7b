texts! {
    Live {
        title = "Live sessions";
        next = "Next";
        past = "Past";
        none_next = "No live session is planned. When your tutor plans one, it shows here.";
        none_past = "No session has been yet.";
        join_named: fn(&str) -> String = |title| format!("Join {title}");
        open_now = "You can join now.";
        opens: fn(&str) -> String = |time| format!("You can join from {time}. The link works before, but nobody may be there.");
        over = "This session is over.";
        cancelled = "Called off";
        host: fn(&str) -> String = |host| format!("Goes to {host}");
        data: fn(u32) -> String = |mb| format!("takes about {mb} MB of data an hour");
        data_session: fn(u64) -> String = |mb| format!("takes about {mb} MB of data for this session");
        data_unknown = "size not known: video takes a lot of data";
        less_data = "You use less data. A telephone call takes none:";
        telephone = "No data? Join by telephone";
        pin = "PIN";
        place = "Where";
        about = "About it";
        no_link = "There is no link yet. Your tutor adds it here.";
        unsafe_link = "This session’s link is not safe, so it is not shown. Call your tutor for the right one.";
    }
}
