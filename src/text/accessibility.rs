texts! {
    /// What is promised to whom, and what does not work yet. `docs/accessibility.md` says the same to those who run and change it.
    Accessibility {
        title = "Accessibility";
        promise = "Everybody should be able to use this portal. We promise to keep to WCAG 2.2, level AA. Those are rules for websites that all can use.";
        can = "What you can do";
        can_list: [&'static str; 6] = [
            "Make the text up to four times as large, and nothing is cut off.",
            "Use only a keyboard, a screen reader, or your voice.",
            "Choose your own colours, dark or light, on the page This device.",
            "Read every page without a picture, a sound or a video.",
            "Paste your passphrase, and let your browser fill it in.",
            "Print the pages that you need on paper.",
        ];
        known = "What does not work yet";
        // Each begins as its line in docs/accessibility.md does.
        known_list: [(&'static str, &'static str); 6] = [
            ("No test with people.", "Nobody who uses a screen reader, a switch or a magnifier every day has tried the portal yet."),
            ("Screen readers not tried.", "We have not tried VoiceOver, NVDA or JAWS. We tested what our pages tell such programs."),
            ("Ten minutes on a shared computer.", "The page locks when nobody touches it for ten minutes. It warns you after nine, and you can stay. A declaration or request that you have begun is kept."),
            ("English only.", "There is no other language, no Easy Read and no British Sign Language."),
            ("Guidance from your provider", "is as easy to use as they wrote it."),
            ("Live sessions", "open in another program, as Teams or Zoom. A number to call stands beside the link."),
        ];
        tested = "How we tested it";
        tested_text = "A program looks for faults on each page, in light and dark, each time we change the portal. We test it with a keyboard alone, with large text and in small windows.";
        tested_on = "We last tested all of it on 27 November 2026, and wrote this page on that day.";
        tell = "Tell us";
        tell_text = "Tell us what does not work for you. We put it right, or find another way. You can also ask for a text in another format, as large print or sound.";
        problem = "Report an accessibility problem";
        format = "Ask for another format";
        sign_in_first = "To write to us you sign in first. You can also call.";
        call = "Call us";
        call_unknown = "Ask your tutor for the number to call.";
        law = "Are you not happy with our answer? Call the Equality Advisory and Support Service:";
    }
}

#[cfg(test)]
mod tests {
    use super::Accessibility;

    #[test]
    fn what_learners_are_told_does_not_work_is_what_the_documentation_says() {
        let documented = include_str!("../../docs/accessibility.md");
        let list = documented.split("## What is not there yet").nth(1).and_then(|rest| rest.split("\n## ").next());
        let heads: Vec<_> =
            list.unwrap_or_default().split("\n- **").skip(1).filter_map(|line| line.split("**").next()).collect();
        let told = Accessibility::ENGLISH.known_list.map(|(head, _)| head);
        assert_eq!(told.as_slice(), heads);
    }
}
