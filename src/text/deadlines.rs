use crate::state::agenda::Group;
use contract::deadline::AiLevel;

texts! {
    Deadlines {
        title = "Deadlines";
        // The title of a page about one piece of work.
        one = "Deadline";
        none = "You have no deadlines. When your tutor sets one, it shows here.";
        none_of_course = "This course has no deadlines.";
        course = "Course";
        all_courses = "All courses";
        group: fn(Group) -> &'static str = |group| match group {
            Group::Late => "Late",
            Group::ThisWeek => "This week",
            Group::NextWeek => "Next week",
            Group::Later => "Later",
            Group::Done => "Done",
        };
        due = "Due";
        due_until: fn(&str) -> String = |date| format!("{date}, by the end of the day");
        was_due = "First deadline";
        extended_to = "Your extension";
        extension_reason = "Why it was extended";
        extended = "Extended";
        late = "Late";
        cancelled = "Called off";
        cancelled_text = "Your tutor called this off. You do not have to hand it in.";
        declared = "Declared";
        declared_unsent = "Declared, not sent yet";
        withdrawn = "Declaration withdrawn";
        handed_in = "Handed in";
        how = "How";
        hand_in = "What to hand in";
        no_hand_in = "Your tutor has not said yet. Ask them before you start.";
        ai = "AI";
        ai_level: fn(Option<AiLevel>) -> &'static str = |level| match level {
            Some(AiLevel::None) => "No AI. All of it must come from you.",
            Some(AiLevel::Plan) => "AI may help you plan and find ideas. It must not write any of it.",
            Some(AiLevel::Draft) => "AI may help you draft. You must say where.",
            Some(AiLevel::Open) => "You may use AI freely. You must say where.",
            None => "Your tutor has not said. Ask them before you use it.",
        };
        awarding_body = "Awarding body";
        feedback_by = "Feedback promised by";
        attempts = "Attempts";
        attempts_value: fn(u32) -> String = |n| if n == 1 { "One attempt".into() } else { format!("Up to {n} attempts") };
        group_work = "Group work";
        group_work_value = "Each of you signs for your own part.";
        more: fn(&str, &str) -> String = |host, size| format!("More about it ({host}, {size})");
        size_unknown = "size not known";
        declare = "Declare this work is yours";
        declare_again = "Declare another attempt";
        continue_draft = "Continue your declaration";
        receipts = "Your declarations";
        more_time = "Need more time?";
        more_time_text = "Ask before the deadline. Tell your tutor why, and how long you need.";
        no_contact = "Call your provider: the number is at the foot of this page.";
        gone_title = "This work is not on your list";
        gone = "Your tutor may have taken it away, or it belongs to somebody else. Go to Deadlines to see your list.";
        to_list = "Go to Deadlines";
    }
}
