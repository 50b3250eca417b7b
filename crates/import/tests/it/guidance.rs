//! Guidance pages: front matter, then Markdown.

use crate::{bodies, options, places, refusals};
use contract::{delta::Kind, guidance::Guidance};
use import::{Audience, read_text};

const PAGE: &str = "---\ntitle: Passwords\nversion: 1.0\nreviewed_on: 02/11/2026\norder: 2\n---\n\n# Passwords\n\nCall [us](tel:02079460160).\n";

#[test]
fn a_page_becomes_the_contracts_guidance_for_everyone() {
    let outcome = read_text("guidance/passwords.md", PAGE.as_bytes(), &options(None));
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    let [page] = bodies::<Guidance>(&outcome, Kind::Guidance).try_into().unwrap();
    assert_eq!(
        (page.id.as_str(), page.title.as_str(), page.version.as_str(), page.order),
        ("passwords", "Passwords", "1.0", 2)
    );
    assert_eq!(page.reviewed_on.to_string(), "2026-11-02");
    assert_eq!(
        page.html,
        "<h4>Passwords</h4>\n<p>Call <a href=\"tel:02079460160\" rel=\"noopener noreferrer\">us</a>.</p>\n"
    );
    assert_eq!(outcome.batch.records[0].audience, Audience::Everyone);
    let windows = read_text("guidance/passwords.md", PAGE.replace('\n', "\r\n").as_bytes(), &options(None));
    assert_eq!(windows.batch.records[0].id, "passwords");
}

#[test]
fn what_is_wrong_with_a_page_is_named_by_line() {
    let page = |from: &str, to: &str| {
        let outcome = read_text("guidance/p.md", PAGE.replace(from, to).as_bytes(), &options(None));
        assert!(outcome.batch.records.is_empty(), "{to}");
        places(&outcome)
    };
    assert_eq!(page("title: Passwords\n", ""), ["1 title"]);
    assert_eq!(page("02/11/2026", "yesterday"), ["4 reviewed_on"]);
    assert_eq!(page("order: 2", "order: first"), ["5 order"]);
    assert_eq!(page("order: 2", "order"), ["5 -"]);
    assert_eq!(page("tel:02079460160", "javascript:alert(1)"), ["10 -"]);
    assert_eq!(page("tel:02079460160", "http://example.org"), ["10 -"]);
    assert_eq!(page("Call ", "<script>alert(1)</script>"), ["10 -"]);
    assert_eq!(page("---\n\n", "\n"), ["1 -"]);
    assert_eq!(page("---\ntitle", "title"), ["1 -"]);
    assert_eq!(page("# Passwords\n\nCall [us](tel:02079460160).\n", ""), ["7 -"]);
}

#[test]
fn two_pages_of_one_id_are_told_apart() {
    let twice = PAGE.replace("order: 2", "id: same name");
    assert_eq!(places(&read_text("guidance/p.md", twice.as_bytes(), &options(None))), ["5 id"]);
    assert_eq!(places(&read_text("guidance/my page.md", PAGE.as_bytes(), &options(None))), ["1 id"]);
}
