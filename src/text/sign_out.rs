texts! {
    SignOut {
        sign_out = "Sign out";
        title = "Sign out of this device?";
        text = "Your deadlines and your name are wiped from this device.";
        drafts: fn(usize) -> String = |n| {
            format!("{} on this device. Signing out deletes {}.", super::count(n, "unfinished declaration is", "unfinished declarations are"), if n == 1 { "it" } else { "them" })
        };
        sealed: fn(usize, bool) -> String = |n, asks| {
            format!(
                "{} not sent yet. {} sealed on this computer and will go when it is online. Take a copy?",
                unsent(n, asks),
                if n == 1 { "It is" } else { "They are" }
            )
        };
        plain: fn(usize, bool) -> String = |n, asks| {
            format!(
                "{} not sent yet. {} on this device until you sign in here again. Someone with skill and time could read {} until then. It is safest to stay until all is sent.",
                unsent(n, asks),
                if n == 1 { "It stays" } else { "They stay" },
                if n == 1 { "it" } else { "them" }
            )
        };
        lock_instead = "Lock instead, and keep what I wrote";
        offline = "There is no connection. You are signed out on this device now. The service hears of it when the connection is back.";
        stay = "Stay signed in";
        signed_out_title = "You are signed out";
    }
}

/// `asks`: there are requests among them.
fn unsent(n: usize, asks: bool) -> String {
    if asks {
        super::count(n, "message is", "messages are")
    } else {
        super::count(n, "declaration is", "declarations are")
    }
}
