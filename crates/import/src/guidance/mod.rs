//! Pages of online-safety guidance: front matter, then Markdown.

mod front;
mod html;

use crate::{
    gather::{Found, Item},
    report::{Fault, Place, Report},
    source::{self, Source},
    value,
};
use contract::{guidance::Guidance, ids::GuidanceId};
use front::Front;
use std::path::Path;

/// The longest page, in bytes of its HTML.
const HTML_MAX: usize = 64 * 1024;

/// Does the file begin with a line of three hyphens?
pub(crate) fn has_front_matter(bytes: &[u8]) -> bool {
    let first = source::without_bom(bytes).split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.trim_ascii_end() == b"---"
}

pub(crate) fn read(source: &Source, found: &mut Vec<Found>, report: &mut Report) {
    let text = match source::text(&source.bytes) {
        Ok(text) => text,
        Err((Some(line), fault)) => return report.refuse_line(&Place::new(&source.name, line), fault),
        Err((None, fault)) => return report.refuse_file(&source.name, fault.what, fault.mend),
    };
    let (mut front, body) = match Front::split(&source.name, text) {
        Ok(parts) => parts,
        Err(fault) => return report.refuse_line(&Place::new(&source.name, 1), fault),
    };
    let stem = Path::new(&source.name).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let page = Guidance {
        id: GuidanceId(front.may("id", value::id).unwrap_or_else(|| front.made("id", value::id(&stem)))),
        title: front.need("title", value::title),
        version: front.need("version", value::name),
        reviewed_on: front.need("reviewed_on", value::date),
        html: html::from_markdown(body.text, |from_start, fault| {
            front.refuse_line(body.line + lines(body.text.get(..from_start).unwrap_or_default()), fault);
        }),
        order: front.may("order", order).unwrap_or_default(),
        changes: front.may("changes", value::text),
    };
    let removed = front.may("removed", value::yes).unwrap_or_default();
    let place = Place::new(&source.name, body.line);
    if page.html.trim().is_empty() {
        front.refuse_line(body.line, Fault::new("The page has no text.", "Write it below the front matter."));
    } else if page.html.len() > HTML_MAX {
        front.refuse_line(body.line, Fault::new("The page is longer than 64 kB.", "Split it into shorter pages."));
    }
    match front.finish(report) {
        Ok(()) => found.push(Found { place: Place { line: 1, ..place }, item: Item::Guidance(page), removed }),
        Err(refused) => report.refused.extend(refused),
    }
}

fn order(text: &str) -> value::Value<i32> {
    let wrong = || Fault::new(format!("{} is not a whole number.", value::quoted(text)), "Write it as 1, 2, 3.");
    text.parse().map_err(|_| wrong())
}

fn lines(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}
