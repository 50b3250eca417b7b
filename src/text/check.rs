texts! {
    /// The page where anybody checks a receipt code.
    Check {
        title = "Check a receipt";
        intro = "Each declaration that we have has a receipt code. Type the code to see when we got it. We show no name.";
        code = "Receipt code";
        hint = "Nine letters and numbers, such as 28T5-CY4T-Y. Capitals, spaces and dashes do not matter.";
        submit = "Check";
        working = "Checking…";
        missing = "Type the receipt code";
        short: fn(usize) -> String = |n| format!("A receipt code has 9 letters and numbers. This has {n}");
        wrong = "A letter or number in this code is wrong. Ask for the code again, one letter at a time";

        found_title = "We have this declaration";
        found_withdrawn_title = "We have this declaration. It was withdrawn";
        found_withdrawn = "The learner took it back. It is kept, with the withdrawal beside it.";
        compare = "Compare the fingerprint with the one on the learner’s receipt. If one letter differs, it is not the same declaration.";
        countersigned = "Assessor signed";
        not_countersigned = "Not yet";
        not_withdrawn = "No";

        none_title = "There is no receipt with this code";
        none: [&'static str; 3] = [
            "Ask for the code again. It may be a code for another portal.",
            "If the learner’s page says “not sent yet”, we do not have the declaration yet. It gets a code when it arrives.",
            "If the code is on a receipt and still not here, call the provider. Keep the receipt.",
        ];

        offline_title = "This device has no network";
        offline = "A code can only be checked online. Try again when the connection is back.";
        unreachable_title = "We cannot reach the service";
        unreachable = "Nothing is known about this code yet. Check your connection, then press Check again.";
        too_many_title = "Wait a minute";
    }
}
