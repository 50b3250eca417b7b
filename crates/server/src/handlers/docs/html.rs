//! The OpenAPI document as HTML: every call, then every type.

use crate::web::pages::escape;
use serde_json::Value;

pub fn title(document: &Value) -> String {
    text(&document["info"]["title"])
}

pub fn main(document: &Value) -> String {
    let info = &document["info"];
    let mut html = format!("<h1>{}</h1>\n{}", text(&info["title"]), paragraphs(&info["description"]));
    html.push_str(
        "<p><a href=\"/openapi.json\">The same for programs (OpenAPI)</a></p>\n<h2 id=\"calls\">Calls</h2>\n",
    );
    for (path, methods) in entries(&document["paths"]) {
        for (method, call) in entries(methods) {
            html.push_str(&operation(path, method, call));
        }
    }
    html.push_str("<h2 id=\"types\">Types</h2>\n");
    for (name, schema) in entries(&document["components"]["schemas"]) {
        html.push_str(&type_section(name, schema));
    }
    html
}

fn operation(path: &str, method: &str, call: &Value) -> String {
    let mut html = format!(
        "<section>\n<h3><code>{} {}</code></h3>\n<p>{}</p>\n{}",
        method.to_uppercase(),
        escape(path),
        text(&call["summary"]),
        paragraphs(&call["description"])
    );
    let security: Vec<&String> =
        items(&call["security"]).iter().flat_map(|way| entries(way).map(|(name, _)| name)).collect();
    if let Some(name) = security.first() {
        html.push_str(&format!("<p>Needs: {}</p>\n", escape(name)));
    }
    let parameters = items(&call["parameters"]);
    if !parameters.is_empty() {
        html.push_str(
            "<table>\n<caption>Parameters</caption>\n<tr><th scope=\"col\">Name</th><th scope=\"col\">What</th></tr>\n",
        );
        for one in parameters {
            html.push_str(&format!(
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td></tr>\n",
                text(&one["name"]),
                text(&one["description"])
            ));
        }
        html.push_str("</table>\n");
    }
    for (kind, body) in entries(&call["requestBody"]["content"]) {
        html.push_str(&format!("<p>Body: {} as <code>{}</code></p>\n", schema(&body["schema"]), escape(kind)));
    }
    html.push_str(
        "<table>\n<caption>Answers</caption>\n<tr><th scope=\"col\">Status</th><th scope=\"col\">What</th></tr>\n",
    );
    for (status, answer) in entries(&call["responses"]) {
        let bodies: Vec<String> = entries(&answer["content"]).map(|(_, body)| schema(&body["schema"])).collect();
        html.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{} {}</td></tr>\n",
            escape(status),
            text(&answer["description"]),
            bodies.join(", ")
        ));
    }
    html + "</table>\n</section>\n"
}

fn type_section(name: &str, of: &Value) -> String {
    let name = escape(name);
    let mut html = format!("<section>\n<h3 id=\"type-{name}\">{name}</h3>\n{}", paragraphs(&of["description"]));
    html.push_str(&shape(of));
    html + "</section>\n"
}

/// What a type is made of: its fields, its values, or one of several shapes.
fn shape(of: &Value) -> String {
    let choices = items(&of["oneOf"]);
    if !choices.is_empty() {
        let choices: Vec<String> =
            choices.iter().map(|one| format!("<li>{}{}</li>\n", text(&one["description"]), shape(one))).collect();
        return format!("<p>One of:</p>\n<ul>\n{}</ul>\n", choices.concat());
    }
    let parts = items(&of["allOf"]);
    if !parts.is_empty() {
        return parts.iter().map(shape).collect();
    }
    if entries(&of["properties"]).next().is_none() {
        return format!("<p>{}</p>\n", schema(of));
    }
    let required = items(&of["required"]);
    let mut html = String::from(
        "<table>\n<tr><th scope=\"col\">Field</th><th scope=\"col\">Type</th><th scope=\"col\">What</th></tr>\n",
    );
    for (name, field) in entries(&of["properties"]) {
        let optional = if required.iter().any(|one| one == name) { "" } else { ", optional" };
        html.push_str(&format!(
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}{optional}</td><td>{}</td></tr>\n",
            escape(name),
            schema(field),
            text(&field["description"])
        ));
    }
    html + "</table>\n"
}

/// A type in a few words, with a link to where it is explained.
fn schema(of: &Value) -> String {
    if let Some(name) = of["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        let name = escape(name);
        return format!("<a href=\"#type-{name}\">{name}</a>");
    }
    let values = items(&of["enum"]);
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| format!("<code>{}</code>", text(value))).collect();
        return values.join(", ");
    }
    for several in ["oneOf", "allOf", "anyOf"] {
        let parts: Vec<String> = items(&of[several]).iter().filter(|part| part["type"] != "null").map(schema).collect();
        if !parts.is_empty() {
            return parts.join(" or ");
        }
    }
    let kinds: Vec<String> = match &of["type"] {
        Value::Array(kinds) => kinds.iter().filter(|kind| *kind != "null").map(text).collect(),
        kind => vec![text(kind)],
    };
    match kinds.join(" or ").as_str() {
        "array" => format!("list of {}", schema(&of["items"])),
        kind => match of["format"].as_str() {
            Some(format) => format!("{kind} ({})", escape(format)),
            None => kind.into(),
        },
    }
}

fn paragraphs(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    text.split("\n\n").filter(|part| !part.trim().is_empty()).map(|part| format!("<p>{}</p>\n", escape(part))).collect()
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
