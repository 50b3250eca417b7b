use super::count;

texts! {
    /// What Today has besides: the session that is on, and what has come and waits for the learner.
    News {
        at_session: fn(&str) -> String = |session| format!("Are you at “{session}”?");
        title = "New for you";
        feedback: fn(&str) -> String = |work| format!("Read your feedback on “{work}”");
        missed: fn(&str) -> String = |session| format!("We missed you at “{session}”. Tell us why");
        answered: fn(usize) -> String = |n| format!("{} an answer", count(n, "of your requests has", "of your requests have"));
        guidance: fn(usize) -> String = |n| format!("{} to read", count(n, "safety page", "safety pages"));
        policies: fn(usize) -> String = |n| format!("{} to read", count(n, "policy", "policies"));
    }
}
