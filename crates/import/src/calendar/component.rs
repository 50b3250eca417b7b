//! `BEGIN:` to `END:`, nested.

use super::line::{Line, Property};

#[derive(Debug)]
pub(super) struct Component {
    /// In capitals.
    pub name: String,
    /// Of its `BEGIN:`.
    pub line: u64,
    pub properties: Vec<Property>,
    pub children: Vec<Component>,
    /// Its `END:` was there.
    pub closed: bool,
}

/// No calendar nests deeper; a file that does is not followed down.
const DEPTH_MAX: usize = 8;

impl Component {
    fn new(name: String, line: u64) -> Self {
        Self { name, line, properties: Vec::new(), children: Vec::new(), closed: false }
    }

    /// The first property of that name, in capitals.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    pub fn is(&self, property: &str, value: &str) -> bool {
        self.property(property).is_some_and(|p| p.value.trim().eq_ignore_ascii_case(value))
    }
}

/// The outermost components, and the numbers of lines that belong to none.
pub(super) fn components(lines: Vec<Line>) -> (Vec<Component>, Vec<u64>) {
    let mut tree = Tree::default();
    let mut astray = Vec::new();
    for line in lines {
        match line {
            Ok(property) if property.name == "BEGIN" => tree.begin(&property),
            Ok(property) if property.name == "END" => {
                if !tree.end(&property.value) {
                    astray.push(property.line);
                }
            }
            Ok(property) => match tree.open.last_mut() {
                Some(component) => component.properties.push(property),
                None => astray.push(property.line),
            },
            Err(number) => astray.push(number),
        }
    }
    while tree.close(false) {}
    (tree.done, astray)
}

#[derive(Default)]
struct Tree {
    open: Vec<Component>,
    done: Vec<Component>,
}

impl Tree {
    fn begin(&mut self, property: &Property) {
        let name = property.value.trim().to_ascii_uppercase();
        // An event cannot hold another: the one before has lost its end.
        if is_entry(&name) {
            while self.open.iter().any(|component| is_entry(&component.name)) {
                self.close(false);
            }
        }
        if self.open.len() >= DEPTH_MAX {
            self.close(false);
        }
        self.open.push(Component::new(name, property.line));
    }

    /// Closes the innermost component of that name; what is open inside it has lost its end.
    fn end(&mut self, name: &str) -> bool {
        let name = name.trim();
        if !self.open.iter().any(|component| component.name.eq_ignore_ascii_case(name)) {
            return false;
        }
        while self.open.last().is_some_and(|component| !component.name.eq_ignore_ascii_case(name)) {
            self.close(false);
        }
        self.close(true)
    }

    fn close(&mut self, closed: bool) -> bool {
        let Some(mut component) = self.open.pop() else { return false };
        component.closed = closed;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(component),
            None => self.done.push(component),
        }
        true
    }
}

fn is_entry(name: &str) -> bool {
    matches!(name, "VEVENT" | "VTODO" | "VJOURNAL" | "VFREEBUSY")
}
