//! The same as a page of its own, to be kept and read without the portal: no script, no link, nothing from elsewhere.

use serde_json::Value;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:1rem auto;padding:0 1rem;overflow-wrap:anywhere}\
    dl{border-left:.25rem solid #767676;padding-left:.75rem}dt{font-weight:700}dd{margin:0 0 .5rem 0}dd dl{margin:0}\
    ul{padding-left:1.25rem}";

/// What is in each table, in plain words. One that is not here has its own name.
const HEADINGS: [(&str, &str); 20] = [
    ("learner", "You"),
    ("session", "When you signed in"),
    ("enrolment", "Your courses"),
    ("record", "What the portal shows you alone"),
    ("departure", "What you no longer see"),
    ("change", "What you sent, exactly"),
    ("declaration", "Your declarations"),
    ("evidence", "The proof that nothing was altered"),
    ("withdrawal", "Declarations that you took back"),
    ("countersignature", "Who countersigned"),
    ("arrival", "When your messages arrived"),
    ("access_log", "Which staff read something of yours"),
    ("request", "What you asked for"),
    ("request_step", "Each step of what you asked for"),
    ("act", "What you did with one press"),
    ("entry", "What staff entered about you"),
    ("calendar", "The address of your calendar"),
    ("courses", "How long we keep it"),
    ("not_here", "What is not in this file"),
    ("kept", "What we keep"),
];

/// From what [`super::told`] gives.
#[must_use]
pub fn page(told: &Value) -> String {
    let text = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut out = String::from("<!doctype html>\n<html lang=\"en-GB\">\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n<title>My data</title>\n<style>");
    out.push_str(STYLE);
    out.push_str("</style>\n<h1>My data</h1>\n<p>");
    escape(&mut out, &format!("{} ({}), as we kept it at {} (UTC).", text("name"), text("learner"), text("made_at")));
    out.push_str("</p>\n<p>Keep this file where only you can read it.</p>\n");
    for part in ["courses", "not_here"] {
        section(&mut out, part, told.get(part).unwrap_or(&Value::Null));
    }
    for (table, rows) in told.get("kept").and_then(Value::as_object).into_iter().flatten() {
        section(&mut out, table, rows);
    }
    out.push_str("</html>\n");
    out
}

fn section(out: &mut String, name: &str, value: &Value) {
    let heading = HEADINGS.iter().find(|(table, _)| *table == name).map_or(name, |(_, heading)| heading);
    out.push_str("<h2>");
    escape(out, heading);
    out.push_str("</h2>\n");
    put(out, value);
    out.push('\n');
}

fn put(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push('-'),
        Value::Bool(truth) => out.push_str(if *truth { "yes" } else { "no" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => escape(out, text),
        Value::Array(all) => {
            out.push_str("<ul>");
            for one in all {
                out.push_str("<li>");
                put(out, one);
                out.push_str("</li>\n");
            }
            out.push_str("</ul>");
        }
        Value::Object(all) => {
            out.push_str("<dl>");
            for (name, value) in all {
                out.push_str("<dt>");
                escape(out, &name.replace('_', " "));
                out.push_str("</dt><dd>");
                put(out, value);
                out.push_str("</dd>");
            }
            out.push_str("</dl>");
        }
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::page;
    use serde_json::json;

    #[test]
    fn what_anybody_wrote_stays_text_and_a_table_that_is_new_has_its_own_name() {
        let kept =
            json!({ "act": [{ "body": { "a_name": "<script>&\"" } }], "of_tomorrow": [{ "at": null, "late": true }] });
        let page = page(&json!({ "name": "Zo\u{eb} <b>", "learner": "L1", "made_at": "now", "kept": kept }));
        assert!(page.contains("Zo\u{eb} &lt;b&gt; (L1)") && page.contains("&lt;script&gt;&amp;&quot;"), "{page}");
        assert!(page.contains("<h2>What you did with one press</h2>") && page.contains("<dt>a name</dt>"), "{page}");
        assert!(page.contains("<h2>of_tomorrow</h2>") && page.contains("<dt>late</dt><dd>yes</dd>"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    }
}
