//! Long lists, built in pieces: what is on the first screen at once, the rest in the tasks that follow, so that a slow phone answers
//! its learner in between. What has not changed is not built anew.

use super::{dom::El, focus};
use gloo_timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};
use web_sys::{Element, Node};

/// How many rows are built at once, before the browser has its turn: what a phone's screen shows.
const FIRST: usize = 3;
/// How many in each turn after that.
const PIECE: usize = 10;

/// Several lists of one page, one after another.
pub struct Pieces<T>(Rc<RefCell<Lists<T>>>);

struct Lists<T> {
    lists: Vec<List<T>>,
    key: fn(&T) -> &str,
    build: Box<dyn Fn(&T) -> El>,
    /// Until the next piece; dropping it cancels it.
    next: Option<Timeout>,
}

/// One element and its rows.
struct List<T> {
    inside: Element,
    /// What is still to be shown behind `done`, the last first.
    wanted: Vec<T>,
    done: Vec<Row<T>>,
    /// Rows from before that stay as they are. They stand behind those that are done, in the order in which they are wanted.
    old: Vec<Row<T>>,
    /// Rows from before that have changed, or change their place: each stays where it was until it has been built anew.
    stale: Vec<Row<T>>,
}

struct Row<T> {
    item: T,
    element: Element,
}

impl<T: PartialEq + 'static> Pieces<T> {
    /// Fills these elements, which are empty. `key` is the same for a row that has changed; what `build` makes is plain: nothing in it
    /// follows signals or listens.
    #[must_use]
    pub fn of(inside: &[El], key: fn(&T) -> &str, build: impl Fn(&T) -> El + 'static) -> Self {
        let list = |el: &El| List {
            inside: el.element().clone(),
            wanted: Vec::new(),
            done: Vec::new(),
            old: Vec::new(),
            stale: Vec::new(),
        };
        let lists = inside.iter().map(list).collect();
        Self(Rc::new(RefCell::new(Lists { lists, key, build: Box::new(build), next: None })))
    }

    /// Shows these rows, in the order of the elements.
    pub fn show(&self, rows: impl IntoIterator<Item = Vec<T>>) {
        let mut all = self.0.borrow_mut();
        let key = all.key;
        for (list, wanted) in all.lists.iter_mut().zip(rows) {
            list.want(wanted, key);
        }
        all.next = None;
        drop(all);
        piece(&self.0, FIRST);
    }
}

/// Builds so many rows now, and the next piece when the browser has had its turn.
fn piece<T: PartialEq + 'static>(all: &Rc<RefCell<Lists<T>>>, mut left: usize) {
    let Lists { lists, key, build, next } = &mut *all.borrow_mut();
    if lists.iter_mut().any(|list| !list.step(&mut left, *key, build)) {
        let later = Rc::downgrade(all);
        *next = Some(Timeout::new(0, move || {
            if let Some(all) = later.upgrade() {
                piece(&all, PIECE);
            }
        }));
    }
}

impl<T: PartialEq> List<T> {
    fn want(&mut self, mut wanted: Vec<T>, key: fn(&T) -> &str) {
        self.done.append(&mut self.old);
        let mut at = 0;
        for row in self.done.drain(..) {
            let same = |item: &T| key(item) == key(&row.item);
            let ahead = wanted[at..].iter().position(same).map(|n| at + n);
            match ahead.or_else(|| wanted.iter().position(same)) {
                Some(n) if n >= at && wanted[n] == row.item => {
                    at = n + 1;
                    self.old.push(row);
                }
                _ => self.stale.push(row),
            }
        }
        self.stale.retain(|row| {
            let stays = wanted.iter().any(|item| key(item) == key(&row.item));
            if !stays {
                row.element.remove();
            }
            stays
        });
        wanted.reverse();
        self.wanted = wanted;
    }

    /// Brings the list nearer to what is wanted, with so many new rows at the most; whether it is there.
    fn step(&mut self, left: &mut usize, key: fn(&T) -> &str, build: &dyn Fn(&T) -> El) -> bool {
        while let Some(item) = self.wanted.pop() {
            if self.old.first().is_some_and(|row| row.item == item) {
                self.done.push(self.old.remove(0));
            } else if *left == 0 {
                self.wanted.push(item);
                return false;
            } else {
                *left -= 1;
                let element = build(&item).element().clone();
                let before = self.stale.iter().position(|row| key(&row.item) == key(&item));
                let before = before.map(|n| self.stale.remove(n).element);
                self.put(&element, before);
                self.done.push(Row { item, element });
            }
        }
        true
    }

    /// Puts a new row behind those that are done, and takes away what it was before.
    fn put(&self, element: &Element, before: Option<Element>) {
        let next = self.old.first().map(|row| Node::from(row.element.clone()));
        let _ = self.inside.insert_before(element, next.as_ref());
        let Some(before) = before else { return };
        let lost = focus::within(&before);
        before.remove();
        // News must not throw somebody back to the top of the page.
        if let Some(lost) = lost {
            focus::give_on(&lost, element);
        }
    }
}
