//! Understanding checks as their learner has them: the questions on a session, and what was answered.

use super::order;
use contract::{
    check::{ANSWER_MAX, CheckAnswer, CheckResult, Question, QuestionKind},
    delta::Records,
    late::kind::{CHECK, CHECK_RESULT},
};

/// The questions on a session, in their order.
#[must_use]
pub fn questions(records: &Records, session: &str) -> Vec<Question> {
    let mut all = records.of::<Question>();
    all.retain(|question| question.webinar.as_str() == session);
    order::sort(&mut all, |a, b| a.number < b.number);
    all
}

/// What became of the learner's answers.
#[must_use]
pub fn result(records: &Records, session: &str) -> Option<CheckResult> {
    records.of::<CheckResult>().into_iter().find(|result| result.webinar.as_str() == session)
}

/// Whether there are questions on a session, and whether they are answered; without reading them.
#[must_use]
pub fn known(records: &Records, session: &str) -> (bool, bool) {
    let of = |kind: &str, fits: &dyn Fn(&str) -> bool| records.more.iter().any(|r| r.kind == kind && fits(&r.id));
    // No id of a session has a stroke in it.
    let asked = of(CHECK, &|id| id.strip_prefix(session).is_some_and(|rest| rest.starts_with('/')));
    let answered = of(CHECK_RESULT, &|id| id.strip_suffix(session).is_some_and(|rest| rest.ends_with('/')));
    (asked, answered)
}

/// What the answers are called while they wait on this device, but for what [`short`] adds; and their draft.
#[must_use]
pub fn name(session: &str) -> String {
    format!("act/answer/{session}")
}

/// The choices of all questions in little: while answers wait, sealed, their learner is shown by it what was right. `0-02-`: the first;
/// the first and the third; nothing, as a short text.
#[must_use]
pub fn short(questions: &[Question], answers: &[CheckAnswer]) -> String {
    let mut all = Vec::new();
    for question in questions {
        let answer = answers.iter().find(|answer| answer.number == question.number);
        let is_chosen = |text: &String| answer.is_some_and(|answer| answer.chosen.contains(text));
        let places = question.choices.iter().enumerate().filter(|(_, choice)| is_chosen(&choice.text));
        all.push(places.map(|(at, _)| at.to_string()).collect::<String>());
    }
    all.join("-")
}

/// The answers that [`short`] tells of.
#[must_use]
pub fn long(questions: &[Question], short: &str) -> Vec<CheckAnswer> {
    let answer = |(question, places): (&Question, &str)| {
        let places = places.chars().filter_map(|digit| usize::try_from(digit.to_digit(10)?).ok());
        let chosen = places.filter_map(|at| question.choices.get(at)).map(|choice| choice.text.clone()).collect();
        CheckAnswer { number: question.number, chosen, text: None }
    };
    questions.iter().zip(short.split('-')).map(answer).collect()
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Unchosen,
    Unwritten,
    TooLong,
}

#[must_use]
pub fn fault(question: &Question, answer: Option<&CheckAnswer>) -> Option<Fault> {
    let text = answer.and_then(|answer| answer.text.as_deref()).unwrap_or_default().trim();
    match question.kind {
        QuestionKind::Text if text.is_empty() => Some(Fault::Unwritten),
        QuestionKind::Text => (text.chars().count() > ANSWER_MAX).then_some(Fault::TooLong),
        _ => answer.is_none_or(|answer| answer.chosen.is_empty()).then_some(Fault::Unchosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{check::Choice, json::to_json, late::Late};

    fn question(number: u32, kind: QuestionKind, choices: &[&str]) -> Question {
        let choices = choices.iter().map(|text| Choice { text: (*text).into(), right: false }).collect();
        let (question, explanation) = ("Which?".into(), "Because.".into());
        Question { webinar: "W1".into(), number, kind, question, choices, explanation }
    }

    fn three() -> Vec<Question> {
        vec![
            question(1, QuestionKind::One, &["a", "b"]),
            question(2, QuestionKind::Several, &["c", "d", "e"]),
            question(3, QuestionKind::Text, &[]),
        ]
    }

    fn answer(number: u32, chosen: &[&str], text: Option<&str>) -> CheckAnswer {
        let chosen = chosen.iter().map(|text| (*text).to_owned()).collect();
        CheckAnswer { number, chosen, text: text.map(Into::into) }
    }

    #[test]
    fn what_waits_tells_what_was_chosen_and_not_what_was_written() {
        let answers = [answer(1, &["b"], None), answer(2, &["e", "c"], None), answer(3, &[], Some("Private"))];
        let little = short(&three(), &answers);
        assert_eq!(little, "1-02-");
        let back = long(&three(), &little);
        assert_eq!(back, [answer(1, &["b"], None), answer(2, &["c", "e"], None), answer(3, &[], None)]);
        // Of other questions it tells nothing wrong.
        assert_eq!(long(&three(), "9"), [answer(1, &[], None)]);
    }

    #[test]
    fn questions_stand_in_their_order_and_only_those_of_the_session() {
        let late = |session: &str, number: u32| {
            let one = Question { webinar: session.into(), ..question(number, QuestionKind::Text, &[]) };
            let body = contract::json::parse(&to_json(&one)).expect("JSON");
            Late { kind: CHECK.into(), id: format!("{session}/{number}"), body }
        };
        let more = vec![late("W1", 2), late("W10", 1), late("W1", 1)];
        let records = Records { more, ..Records::default() };
        let numbers: Vec<_> = questions(&records, "W1").iter().map(|question| question.number).collect();
        assert_eq!(numbers, [1, 2]);
        assert_eq!(known(&records, "W1"), (true, false));
        assert_eq!(known(&records, "W"), (false, false));
    }

    #[test]
    fn each_question_wants_its_kind_of_answer() {
        let [one, several, text] = three().try_into().expect("three");
        assert_eq!(fault(&one, None), Some(Fault::Unchosen));
        assert_eq!(fault(&several, Some(&answer(2, &[], Some("x")))), Some(Fault::Unchosen));
        assert_eq!(fault(&text, Some(&answer(3, &[], Some(" ")))), Some(Fault::Unwritten));
        assert_eq!(fault(&text, Some(&answer(3, &[], Some(&"x".repeat(2_001))))), Some(Fault::TooLong));
        assert_eq!(fault(&text, Some(&answer(3, &[], Some("Heat.")))), None);
    }
}
