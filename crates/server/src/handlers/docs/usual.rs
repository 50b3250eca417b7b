//! The problems that any call can answer by what it is: written once here, and not at each.

use utoipa::openapi::{
    OpenApi, Ref, RefOr, Response,
    content::ContentBuilder,
    path::{Operation, PathItem},
    response::ResponseBuilder,
};

const ANY: [(&str, &str); 2] = [
    ("400", "The address or the body cannot be read"),
    ("503", "The service or its database is busy: nothing was kept"),
];
const WRITES: (&str, &str) = ("403", "Asked by a page of another origin");
const STAFF: (&str, &str) = ("404", "There is no such thing; nor is there this call, where no staff key is configured");
const WITH_BODY: [(&str, &str); 4] = [
    ("408", "The body came too slowly"),
    ("413", "The body is too large"),
    ("415", "The body is not said to be JSON"),
    ("422", "The body or the query is not what this call takes; where it can be told, its fields"),
];

/// Adds them where a call does not speak of such a status itself.
pub fn add(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        if path.starts_with("/api/") {
            operations(item, path.starts_with("/api/v1/admin/"));
        }
    }
}

fn operations(item: &mut PathItem, is_staff: bool) {
    for (operation, writes) in [(&mut item.get, false), (&mut item.post, true), (&mut item.delete, true)] {
        let Some(operation) = operation else { continue };
        let has_body = operation.request_body.is_some();
        let has_query = operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
        let body = WITH_BODY.iter().filter(|(status, _)| has_body || has_query && *status == "422");
        let by_kind = writes.then_some(&WRITES).into_iter().chain(is_staff.then_some(&STAFF));
        for (status, why) in ANY.iter().chain(by_kind).chain(body) {
            describe(operation, status, why);
        }
    }
}

fn describe(operation: &mut Operation, status: &str, why: &str) {
    operation.responses.responses.entry(status.into()).or_insert_with(|| RefOr::T(problem(why)));
}

fn problem(why: &str) -> Response {
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(why).content("application/problem+json", problem).build()
}
