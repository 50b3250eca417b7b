//! The questions with 'none' as an answer, by the page that asks them, so that one page's code serves all three.

use super::Draft;
use crate::route::Step;
use contract::declaration::{AiUse, Help, Source};

impl Draft {
    /// The answer to 'was there any?' of a page that asks it.
    #[must_use]
    pub fn any(&self, step: Step) -> Option<bool> {
        match step {
            Step::Help => self.help.any,
            Step::Sources => self.sources.any,
            Step::Ai => self.ai.any,
            Step::Files => self.has_files,
            Step::Work => self.group,
            Step::Rules | Step::Sign => None,
        }
    }

    /// Answers 'was there any?'. What was typed stays, in case the learner changes their mind.
    pub fn set_any(&mut self, step: Step, any: bool) {
        let answer = match step {
            Step::Help => &mut self.help.any,
            Step::Sources => &mut self.sources.any,
            Step::Ai => &mut self.ai.any,
            Step::Files => &mut self.has_files,
            Step::Work => &mut self.group,
            Step::Rules | Step::Sign => return,
        };
        *answer = Some(any);
    }

    /// How many entries a page has.
    #[must_use]
    pub fn entries(&self, step: Step) -> usize {
        match step {
            Step::Help => self.help.items.len(),
            Step::Sources => self.sources.items.len(),
            Step::Ai => self.ai.items.len(),
            _ => 0,
        }
    }

    /// The fields of one entry, in the order of the page.
    #[must_use]
    pub fn fields(&self, step: Step, n: usize) -> Vec<&str> {
        match step {
            Step::Help => self.help.items.get(n).map(|h| vec![h.who.as_str(), &h.how]),
            Step::Sources => self.sources.items.get(n).map(|s| match s {
                Source::Print { author, year, page } => vec![author.as_str(), year, page],
                Source::Web { address, seen_on } => vec![address.as_str(), seen_on],
            }),
            Step::Ai => self.ai.items.get(n).map(|a| vec![a.tool.as_str(), &a.version, &a.purpose, &a.place]),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// Writes one field of one entry; an entry or field that is not there is left alone.
    pub fn set_field(&mut self, step: Step, n: usize, m: usize, text: String) {
        let fields: Option<Vec<&mut String>> = match step {
            Step::Help => self.help.items.get_mut(n).map(|h| vec![&mut h.who, &mut h.how]),
            Step::Sources => self.sources.items.get_mut(n).map(|s| match s {
                Source::Print { author, year, page } => vec![author, year, page],
                Source::Web { address, seen_on } => vec![address, seen_on],
            }),
            Step::Ai => {
                self.ai.items.get_mut(n).map(|a| vec![&mut a.tool, &mut a.version, &mut a.purpose, &mut a.place])
            }
            _ => None,
        };
        if let Some(field) = fields.and_then(|mut fields| (m < fields.len()).then(|| fields.swap_remove(m))) {
            *field = text;
        }
    }

    /// Adds an empty entry; `web`: of the two kinds of source, the website.
    pub fn add_entry(&mut self, step: Step, web: bool) {
        let empty = String::new;
        match step {
            Step::Help => self.help.items.push(Help { who: empty(), how: empty() }),
            Step::Sources if web => self.sources.items.push(Source::Web { address: empty(), seen_on: empty() }),
            Step::Sources => {
                self.sources.items.push(Source::Print { author: empty(), year: empty(), page: empty() });
            }
            Step::Ai => self.ai.items.push(AiUse { tool: empty(), version: empty(), purpose: empty(), place: empty() }),
            _ => {}
        }
    }

    pub fn remove_entry(&mut self, step: Step, n: usize) {
        fn remove<T>(items: &mut Vec<T>, n: usize) {
            if n < items.len() {
                items.remove(n);
            }
        }
        match step {
            Step::Help => remove(&mut self.help.items, n),
            Step::Sources => remove(&mut self.sources.items, n),
            Step::Ai => remove(&mut self.ai.items, n),
            _ => {}
        }
    }
}
