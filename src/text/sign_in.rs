texts! {
    SignIn {
        title = "Sign in";
        intro = "See your deadlines, join live sessions and declare your work.";
        ended_title = "You have been signed out";
        ended = "Nothing happened for a while, so we signed you out to keep you safe. A declaration or request that you had begun is still on this device. Sign in again to carry on.";
        locked_title = "The portal is locked";
        idle = "You were signed out because nobody touched the page for 10 minutes. A declaration or request that you had begun is kept, locked, on this device: sign in to go on.";
        locked = "A declaration or request that you had begun is kept, locked, on this device: sign in to go on.";
        learner = "Learner reference";
        learner_hint = "On your enrolment letter, such as L1001.";
        passphrase = "Passphrase";
        passphrase_hint = "Three or more words. You can paste it.";
        shared = "Is this a shared computer?";
        shared_hint = "A library, a centre, or a device that other people use. If the browser there asks to save your passphrase, say no.";
        shared_yes = "Yes, other people use it";
        shared_no = "No, it is mine alone";
        submit = "Sign in";
        working = "Signing you in…";
        first_time = "Is this your first time? Use the code from your tutor";
        know_passphrase = "I have a passphrase";
        code = "Code from your tutor";
        code_hint = "It works once. Capitals and spaces do not matter.";
        new_passphrase = "Choose a passphrase";
        new_passphrase_hint = "At least 12 characters. Three words that you can remember work well. Do not use your name.";
        forgotten = "Forgotten it? Call your tutor. They can give you a new code.";
        missing_learner = "Enter your learner reference";
        missing_passphrase = "Enter your passphrase";
        missing_code = "Enter the code from your tutor";
        short_passphrase: fn(usize) -> String = |min| format!("Choose a passphrase with at least {min} characters");
        long_passphrase: fn(usize) -> String = |max| format!("Choose a passphrase with at most {max} characters");
        unreachable = "We cannot reach the service. What you typed is still here. Check your connection, then press Sign in again.";
        offline_hint = "This device has no network now. You can read Staying safe online. To sign in you need a connection.";
        wrong = "The learner reference or the passphrase is not right. Check both, then try again.";
    }
}
