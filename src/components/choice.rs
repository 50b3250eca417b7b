use super::{Errors, errors::hint_id};
use crate::browser::dom::{El, el};
use std::rc::Rc;

/// One question with a few answers, of which one is chosen.
pub struct Radios<'a> {
    /// The id of the first answer, where a fault's link goes; the group's other ids are derived from it.
    pub id: &'a str,
    pub question: &'a str,
    pub hint: Option<&'a str>,
    /// The answers, in order.
    pub answers: &'a [&'a str],
}

/// `chosen`: which answer is; nothing before the learner has chosen.
#[must_use]
pub fn radios(
    errors: Errors,
    group: &Radios,
    chosen: impl Fn() -> Option<usize> + 'static,
    on_choose: impl Fn(usize) + 'static,
) -> El {
    radios_boxed(errors, group, Rc::new(chosen), Rc::new(on_choose))
}

/// One for all groups, whatever their closures capture: bytes of the program.
fn radios_boxed(
    errors: Errors,
    group: &Radios,
    chosen: Rc<dyn Fn() -> Option<usize>>,
    on_choose: Rc<dyn Fn(usize)>,
) -> El {
    let id = group.id;
    let answers: Vec<_> = group
        .answers
        .iter()
        .enumerate()
        .map(|(n, answer)| {
            let (chosen, on_choose) = (chosen.clone(), on_choose.clone());
            let answer_id = if n == 0 { id.to_owned() } else { format!("{id}-{n}") };
            let input = el("input")
                .attr("type", "radio")
                .id(&answer_id)
                .attr("name", id)
                .checked_of(move || chosen() == Some(n))
                .on_check(move |_| on_choose(n));
            el("div").class("choice").child(input).child(el("label").attr("for", &answer_id).child(*answer))
        })
        .collect();
    errors
        .around(el("fieldset"), id)
        .attr_of("aria-describedby", errors.described(id, group.hint.is_some()))
        .child(el("legend").class("label").child(group.question))
        .child(group.hint.map(|hint| el("p").class("hint").id(&hint_id(id)).child(hint)))
        .child(errors.line(id))
        .child(answers)
}

/// Whether a box is ticked, and what happens when that changes.
type Tick = (Box<dyn Fn() -> bool>, Box<dyn Fn(bool)>);

/// One box to tick.
#[must_use]
pub fn tick(
    errors: Errors,
    id: &str,
    label: &str,
    hint: Option<&str>,
    ticked: impl Fn() -> bool + 'static,
    on_tick: impl Fn(bool) + 'static,
) -> El {
    tick_boxed(errors, id, label, hint, (Box::new(ticked), Box::new(on_tick)))
}

/// As above.
fn tick_boxed(errors: Errors, id: &str, label: &str, hint: Option<&str>, (ticked, on_tick): Tick) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .id(id)
        .attr_of("aria-describedby", errors.described(id, hint.is_some()))
        .checked_of(ticked)
        .on_check(on_tick);
    errors
        .around(el("div"), id)
        .child(errors.line(id))
        .child(el("div").class("choice").child(input).child(el("label").attr("for", id).child(label)))
        .child(hint.map(|hint| el("p").class("hint choice__hint").id(&hint_id(id)).child(hint)))
}
