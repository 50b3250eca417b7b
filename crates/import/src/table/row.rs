//! One row: cells by the names of their columns, and all that is wrong with them.

use crate::{
    batch::Refusal,
    report::{Fault, Place},
    value::{self, Value},
};

pub(crate) struct Row<'a> {
    place: Place,
    names: &'a [String],
    cells: &'a [String],
    refused: Vec<Refusal>,
}

impl<'a> Row<'a> {
    pub fn new(place: Place, names: &'a [String], cells: &'a [String]) -> Self {
        Self { place, names, cells, refused: Vec::new() }
    }

    /// A value that must be there. Where it is wrong the row is refused at its end, and a stand-in is given until then,
    /// so that all that is wrong with a row is said at once.
    pub fn need<T: Default>(&mut self, column: &str, parse: impl Fn(&str) -> Value<T>) -> T {
        match self.cell(column) {
            "" => self.refuse(column, Fault::new("There is nothing in this column.", "Fill it in.")),
            cell => match parse(cell) {
                Ok(value) => return value,
                Err(fault) => self.refuse(column, fault),
            },
        }
        T::default()
    }

    /// A value that may be left empty.
    pub fn may<T>(&mut self, column: &str, parse: impl Fn(&str) -> Value<T>) -> Option<T> {
        match self.cell(column) {
            "" => None,
            cell => match parse(cell) {
                Ok(value) => Some(value),
                Err(fault) => {
                    self.refuse(column, fault);
                    None
                }
            },
        }
    }

    /// Yes or no; empty is no.
    pub fn flag(&mut self, column: &str) -> bool {
        self.may(column, value::yes).unwrap_or_default()
    }

    /// Unwraps a value that was made of several cells; `column` is the one to blame.
    pub fn made<T: Default>(&mut self, column: &str, value: Value<T>) -> T {
        value.unwrap_or_else(|fault| {
            self.refuse(column, fault);
            T::default()
        })
    }

    pub fn refuse(&mut self, column: &str, fault: Fault) {
        self.refused.push(fault.at(&self.place, column));
    }

    pub fn is_refused(&self) -> bool {
        !self.refused.is_empty()
    }

    /// The row's place and whether it asks for removal, or what is wrong with it.
    pub fn finish(mut self) -> Result<(Place, bool), Vec<Refusal>> {
        let removed = self.flag("removed");
        if self.refused.is_empty() { Ok((self.place, removed)) } else { Err(self.refused) }
    }

    fn cell(&self, column: &str) -> &'a str {
        let at = self.names.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map(String::as_str).unwrap_or_default()
    }
}
