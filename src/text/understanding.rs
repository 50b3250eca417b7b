use crate::state::understanding::Fault;
use contract::check::Judged;

texts! {
    /// The questions on a session.
    Understanding {
        title = "Check what you understood";
        link: fn(&str) -> String = |session| format!("Check what you understood: {session}");
        link_done: fn(&str) -> String = |session| format!("See your answers: {session}");
        intro = "This is for learning. It counts for no mark. When you have answered, you see what is right and why.";
        once = "Your first answers count. Your tutor sees them.";
        catch_up = "The session is over. You can still answer, and it counts as well.";
        several = "Choose all that are right.";
        send = "Send my answers";
        not_yet: fn(&str) -> String = |when| format!("You can answer when the session has begun: {when}.");
        gone = "There are no questions here. They are not on this device, or your tutor took them away.";
        to_live = "Go to Live sessions";
        act: fn(&str) -> String = |session| format!("Your answers: {session}");

        sum: fn(usize, usize) -> String = |right, all| format!("{right} of {all} right");
        answered: fn(&str) -> String = |when| format!("You answered on {when}.");
        was_catch_up = "The session was over by then. It counts as well.";
        more_than_once = "You answered more than once. These are your first answers: they count.";
        judged: fn(Judged) -> &'static str = |judged| match judged {
            Judged::Right => "Right",
            Judged::Wrong => "Not right",
            Judged::NotJudged => "This question was changed after you answered",
        };
        you = "You answered";
        you_waits = "What you wrote shows here when it has been sent.";
        right_is = "Right is";
        why = "Why";
        good_answer = "A good answer";
        fault: fn(u32, Fault) -> String = |number, fault| match fault {
            Fault::Unchosen => format!("Choose an answer to question {number}"),
            Fault::Unwritten => format!("Write a few words to question {number}"),
            Fault::TooLong => format!("Make your answer to question {number} shorter"),
        };
        numbered: fn(u32, &str) -> String = |number, question| format!("{number}. {question}");
    }
}
