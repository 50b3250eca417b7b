use contract::declaration::Wording;

/// Changes whenever a word of the statements does.
pub const WORDING_VERSION: &str = "withdraw-2026-11";

/// What is signed, in order.
const STATEMENTS: [&str; 4] = [
    "I withdraw my declaration for this work and this attempt.",
    "I know that the declaration stays on record as I signed it, with this withdrawal beside it.",
    "I know that my assessor sees both.",
    "My provider may keep this withdrawal as evidence.",
];

texts! {
    Withdrawal {
        link_title = "Was something not right?";
        link_text = "You can take the declaration back. What you signed stays on record.";
        link = "Withdraw this declaration";
        title = "Withdraw your declaration";
        does = "What withdrawing does";
        does_list: [&'static str; 3] = [
            "It puts a dated note beside your declaration: you take it back.",
            "Your assessor sees both.",
            "You can sign a new attempt at this work.",
        ];
        does_not = "What it does not do";
        does_not_list: [&'static str; 3] = [
            "It does not delete or change what you signed.",
            "It does not move your deadline.",
            "It does not undo what your assessor or the awarding body has already decided.",
        ];
        talk = "Not sure? Talk to your tutor first.";
        reason = "Why do you withdraw it? (You do not have to say)";
        reason_hint = "Your assessor reads this.";
        wording = "What you sign";
        statements: fn() -> Wording = || Wording {
            version: WORDING_VERSION.into(),
            language: "en-GB".into(),
            statements: STATEMENTS.iter().map(|s| (*s).into()).collect(),
        };
        sign = "Sign and withdraw";
        sign_hint = "After you sign you cannot undo this.";
        not_signed_full = "This device is full, so your withdrawal is NOT saved. Delete some photos or files, then press Sign and withdraw again.";
        not_signed_storage = "This browser cannot save, and the service could not be reached. Your withdrawal is NOT signed. Try again, or use another browser.";
        too_large = "This is more text than we can take. Make your reason shorter";

        already_title = "You have withdrawn this already";
        already = "You cannot withdraw it twice. Its receipt says when you did.";
        to_receipt = "Go to the receipt";

        withdrew = "You withdrew this declaration";
        waiting = "Your withdrawal is signed and saved on this device. It is not sent yet: it goes by itself when the connection is back.";
        refused_title = "Your withdrawal was not taken";
        refused = "Your declaration stands. The withdrawal is still saved on this device. Here is what the service said:";
        withdrawn: fn(&str) -> String = |when| format!("We have your withdrawal since {when}. The declaration stays on record, with the withdrawal beside it.");
        again = "You can sign a new attempt.";
        of: fn(&str) -> String = |title| format!("Withdrawal: {title}");
    }
}
