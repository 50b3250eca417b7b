texts! {
    /// The page that takes a file of what another device could not send.
    HandIn {
        title = "Hand in a copy";
        intro = "Did you save a copy of declarations that were not sent? Choose the file here. It works on any device. You need not sign in.";
        safe = "The file is sealed. Nobody here can read it, and it is no harm if it was sent before.";
        link = "Hand in a copy from another device";
        file = "The file";
        file_hint = "It is called declarations-not-sent.json.";
        submit = "Hand in";
        working = "Handing in…";
        missing = "Choose the file";
        unreadable = "This browser cannot read the file. Choose it again, or copy it to this device first";
        not_such = "This is not a copy of declarations, or a part of it is missing. Choose another file, or take the copy again";
        result: fn(usize, usize) -> String = |taken, all| format!("{taken} of {} received", super::count(all, "declaration", "declarations"));
        received = "Received. Its learner finds the receipt in My receipts.";
        received_code: fn(&str, &str) -> String = |title, code| format!("{title}: received. The code is {code}.");
        refused: fn(&str) -> String = |why| format!("Not taken: {why}");
        not_yet = "Not received yet. Check your connection, then press Hand in again.";
    }
}
