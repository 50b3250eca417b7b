//! Leptos's signals, each with its value in a box of one kind. Leptos compiles a signal's code again for each kind of value it
//! holds, twenty of them here; behind these it is there once (docs/performance.md has the figures).
//!
//! Whatever is made here belongs to the reactive owner it is made under and goes with it. Reading what has gone is a mistake in the
//! code and ends the page; writing to it does nothing.

use leptos::{
    prelude::{ArcTrigger, Effect, Get, GetUntracked, LocalStorage, Notify, RenderEffect, Track},
    reactive::owner::ArenaItem,
};
use send_wrapper::SendWrapper;
use std::{any::Any, cell::RefCell, marker::PhantomData, rc::Rc};

/// A value that is followed by whatever reads it.
pub struct RwSignal<T> {
    place: Place,
    kind: PhantomData<fn() -> T>,
}

/// A value that is computed from signals, and followed only when it becomes another.
pub struct Memo<T> {
    /// Moves on with each other value.
    turn: leptos::prelude::Memo<u32>,
    value: RwSignal<Option<T>>,
}

/// A value that nothing follows.
pub struct StoredValue<T>(RwSignal<T>);

impl<T: 'static> RwSignal<T> {
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { place: Place::new(Box::new(value)), kind: PhantomData }
    }

    /// Reads it; what reads it follows it.
    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        let cell = self.place.here();
        cell.changed.track();
        read(of_kind(&**cell.value.borrow()))
    }

    pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(of_kind(&**self.place.here().value.borrow()))
    }

    /// What runs now follows it.
    pub fn track(&self) {
        self.place.here().changed.track();
    }

    pub fn set(&self, value: T) {
        self.place.put(Box::new(value));
    }

    /// Changes it in its place; nothing if it has gone.
    pub fn update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let cell = self.place.cell()?;
        let result = change(of_kind_mut(&mut **cell.value.borrow_mut()));
        cell.changed.notify();
        Some(result)
    }

    fn update_unnoticed<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let cell = self.place.cell()?;
        let result = change(of_kind_mut(&mut **cell.value.borrow_mut()));
        Some(result)
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    #[must_use]
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    #[must_use]
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }

    /// Nothing if it has gone.
    #[must_use]
    pub fn try_get_untracked(&self) -> Option<T> {
        Some(of_kind::<T>(&**self.place.cell()?.value.borrow()).clone())
    }
}

impl<T: PartialEq + 'static> Memo<T> {
    pub fn new(compute: impl Fn() -> T + 'static) -> Self {
        let value = RwSignal::new(None);
        let compute = move || {
            let new = Some(compute());
            let other = value.with_untracked(|old| *old != new);
            if other {
                value.update_unnoticed(|old| *old = new);
            }
            other
        };
        Self { turn: turns(Box::new(compute)), value }
    }

    /// What runs now follows it.
    pub fn track(&self) {
        self.turn.get();
    }

    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        self.track();
        self.value.with_untracked(|value| read(value.as_ref().expect("computed by its turn")))
    }
}

impl<T: Clone + PartialEq + 'static> Memo<T> {
    #[must_use]
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    #[must_use]
    pub fn get_untracked(&self) -> T {
        self.turn.get_untracked();
        self.value.with_untracked(|value| value.clone().expect("computed by its turn"))
    }
}

impl<T: 'static> StoredValue<T> {
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(RwSignal::new(value))
    }

    pub fn with_value<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with_untracked(read)
    }

    pub fn set_value(&self, value: T) {
        self.0.set(value);
    }

    /// Changes it in its place; nothing if it has gone.
    pub fn update_value<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.update_unnoticed(change)
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    #[must_use]
    pub fn get_value(&self) -> T {
        self.0.get_untracked()
    }
}

/// Runs soon, and again after each change of what it read.
pub fn effect(run: impl FnMut() + 'static) {
    effect_of(Box::new(run));
}

/// Runs now, and again after each change of what it read: for what is shown.
pub fn follow(run: Box<dyn Fn()>) {
    keep(Box::new(RenderEffect::new(move |_| run())));
}

/// Keeps a thing until the owner goes, and then drops it.
pub fn keep(thing: Box<dyn Any>) {
    Place::new(thing);
}

fn effect_of(run: Box<dyn FnMut()>) {
    Effect::new(run);
}

/// Counts on whenever `compute` says that there is another value.
fn turns(compute: Box<dyn Fn() -> bool>) -> leptos::prelude::Memo<u32> {
    let compute = SendWrapper::new(compute);
    leptos::prelude::Memo::new(move |turn: Option<&u32>| {
        let turn = turn.copied().unwrap_or_default();
        if compute() { turn.wrapping_add(1) } else { turn }
    })
}

/// Where a value is: a handle.
#[derive(Clone, Copy)]
struct Place(ArenaItem<Rc<Cell>, LocalStorage>);

struct Cell {
    changed: ArcTrigger,
    value: RefCell<Box<dyn Any>>,
}

impl Place {
    fn new(value: Box<dyn Any>) -> Self {
        Self(ArenaItem::new_local(Rc::new(Cell { changed: ArcTrigger::new(), value: RefCell::new(value) })))
    }

    /// Nothing if it has gone.
    fn cell(self) -> Option<Rc<Cell>> {
        self.0.try_get_value()
    }

    fn here(self) -> Rc<Cell> {
        self.cell().expect("a signal of a part of the page that is still there")
    }

    fn put(self, value: Box<dyn Any>) {
        if let Some(cell) = self.cell() {
            // The old one is dropped when the cell is free again.
            let _old = cell.value.replace(value);
            cell.changed.notify();
        }
    }
}

fn of_kind<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().expect("the kind that it was made with")
}

fn of_kind_mut<T: 'static>(value: &mut dyn Any) -> &mut T {
    value.downcast_mut().expect("the kind that it was made with")
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: Default + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Default + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}
