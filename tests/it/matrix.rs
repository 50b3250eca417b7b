//! Who may do what with whose things: every call of the document, as nobody, the learner whose it is, another learner, and staff.

use crate::{
    changes::send,
    support::{
        Portal, asking, batch, browser, credentials,
        declaration::{attempt, change_with, sent},
        seal::seal,
    },
};
use contract::staff::StaffRole;
use portal_server::commands::staff;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const KEY: &str = "a-long-random-staff-key";
const COUNTERSIGN: &str = "POST /api/v1/admin/countersignatures";
const ANSWER: &str = "POST /api/v1/admin/requests/{id}/steps";
/// What is Amira's and nobody else's.
const SECRETS: [&str; 5] = ["Amira", "My sister", "L1001", "until the doctor says", "My shift changed"];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Nobody,
    /// L1001, whose things they are.
    Owner,
    /// L1002, on the same course.
    Other,
    /// Whoever has the key of the configuration.
    Key,
    /// With a key of their own.
    Staff(StaffRole),
}

const ROLES: [Role; 9] = [
    Role::Nobody,
    Role::Owner,
    Role::Other,
    Role::Key,
    Role::Staff(StaffRole::Tutor),
    Role::Staff(StaffRole::Assessor),
    Role::Staff(StaffRole::SafeguardingLead),
    Role::Staff(StaffRole::LearnerSupport),
    Role::Staff(StaffRole::Administrator),
];

/// A call and the statuses that [`ROLES`] get, in their order. A staff key alone is no learner, and a learner no staff.
struct Line {
    call: &'static str,
    statuses: [u16; 9],
}

/// A call that is no different for staff of any role.
const fn line(call: &'static str, [nobody, owner, other, staff]: [u16; 4]) -> Line {
    Line { call, statuses: [nobody, owner, other, staff, staff, staff, staff, staff, staff] }
}

/// A call for staff: what the configuration's key gets, then tutor, assessor, safeguarding lead, learner support, administrator.
const fn for_staff(call: &'static str, [key, tutor, assessor, lead, support, admin]: [u16; 6]) -> Line {
    Line { call, statuses: [401, 401, 401, key, tutor, assessor, lead, support, admin] }
}

const MATRIX: [Line; 24] = [
    line("GET /healthz", [200, 200, 200, 200]),
    line("GET /readyz", [200, 200, 200, 200]),
    line("GET /api/v1/meta", [200, 200, 200, 200]),
    line("GET /api/v1/receipts/{code}", [200, 200, 200, 200]),
    line("GET /api/v1/session", [401, 200, 200, 401]),
    line("GET /api/v1/sync", [401, 200, 200, 401]),
    // Each sends the same changes of Amira's; the answers inside are looked at below.
    line("POST /api/v1/changes", [401, 200, 200, 401]),
    line("POST /api/v1/envelopes", [200, 200, 200, 200]),
    // Whoever makes one makes their own; the id is of nobody's.
    line("POST /api/v1/shares", [401, 200, 200, 401]),
    line("GET /api/v1/shares", [401, 200, 200, 401]),
    line("DELETE /api/v1/shares/{id}", [401, 404, 404, 401]),
    for_staff("POST /api/v1/admin/import", [200, 403, 403, 403, 403, 200]),
    for_staff("GET /api/v1/admin/declarations", [200, 403, 200, 403, 403, 200]),
    // Once: the second is told that it is done.
    for_staff("POST /api/v1/admin/countersignatures", [200, 403, 409, 403, 403, 409]),
    for_staff("GET /api/v1/admin/gaps", [200, 403, 403, 403, 403, 200]),
    for_staff("GET /api/v1/admin/access-log", [200, 403, 403, 200, 403, 200]),
    // Amira's request for more time: not for the lead, nor for learner support, nor for a key without a name.
    for_staff("GET /api/v1/admin/requests", [403, 200, 200, 200, 200, 200]),
    for_staff("GET /api/v1/admin/requests/{id}", [403, 200, 200, 403, 403, 200]),
    for_staff("POST /api/v1/admin/requests/{id}/steps", [403, 200, 200, 403, 403, 200]),
    for_staff("GET /api/v1/admin/export/requests", [403, 403, 403, 403, 403, 200]),
    for_staff("GET /api/v1/admin/export/concerns", [403, 403, 403, 200, 403, 403]),
    // With a wrong passphrase, whoever asks.
    line("POST /api/v1/session", [401, 401, 401, 401]),
    line("DELETE /api/v1/sessions", [401, 204, 204, 401]),
    line("DELETE /api/v1/session", [204, 204, 204, 204]),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_call_of_the_document_has_its_line_here() {
    let portal = Portal::start().await;
    let document: Value = portal.get(&browser(), "/openapi.json").await.json().await.unwrap();
    let mut there = BTreeSet::new();
    for (path, calls) in document["paths"].as_object().unwrap() {
        there.extend(calls.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let here: BTreeSet<String> = MATRIX.iter().map(|line| line.call.to_owned()).collect();
    assert_eq!(here, there, "a call without a line, or a line without a call");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_reaches_their_own_things_alone_and_staff_what_is_for_staff() {
    let school = School::open().await;
    for line in &MATRIX {
        for (role, expected) in ROLES.into_iter().zip(line.statuses) {
            let caller = school.caller(role).await;
            let before = school.amiras().await;
            let answer = school.request(line.call, role, &caller).send().await.unwrap();
            let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
            assert_eq!(status, expected, "{} as {role:?}: {text}", line.call);
            let is_staff = matches!(role, Role::Key | Role::Staff(_));
            if role != Role::Owner && !(is_staff && status == 200) {
                for secret in SECRETS {
                    assert!(!text.contains(secret), "{secret} for {role:?} in {}: {text}", line.call);
                }
            }
            if !matches!(role, Role::Owner) && ![COUNTERSIGN, ANSWER].contains(&line.call) {
                assert_eq!(school.amiras().await, before, "{} as {role:?} changed what is Amira's", line.call);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_another_learners_is_refused_under_its_own_id_and_under_a_new_one() {
    let school = School::open().await;
    let other = school.caller(Role::Other).await;
    let mut as_mine = attempt(1);
    as_mine["what"]["declare"]["learner"] = json!("L1002");
    for (change, status) in [(attempt(1), 409), (attempt(9), 403), (as_mine, 409)] {
        let ack = &send(&school.portal, &other, &[sent(&change)]).await[0];
        assert_eq!(ack["outcome"]["refused"]["problem"]["status"], status, "{ack}");
        for secret in SECRETS {
            assert!(!ack.to_string().contains(secret), "{secret} in {ack}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_is_taken_from_the_session_whatever_a_request_names() {
    let school = School::open().await;
    let other = school.caller(Role::Other).await;
    for path in ["/api/v1/sync?learner=L1001", "/api/v1/session?learner=L1001", "/api/v1/sync?cursor=L1001"] {
        let answer =
            other.get(format!("{}{path}", school.portal.url)).header("x-learner", "L1001").send().await.unwrap();
        let text = answer.text().await.unwrap();
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {path}: {text}");
        }
    }
    // Nor is a cursor of hers a way to what is hers.
    let owner = school.caller(Role::Owner).await;
    let cursor = school.portal.sync(&owner, None).await["cursor"].as_str().unwrap().to_owned();
    let text = school.portal.sync(&other, Some(&cursor)).await.to_string();
    assert!(!text.contains("until the doctor says"), "{text}");
}

/// Two learners of one course, of whom one has declared something and has an extension.
struct School {
    portal: Portal,
    code: String,
    envelope: Value,
    /// By role.
    keys: BTreeMap<&'static str, String>,
}

impl School {
    async fn open() -> Self {
        let portal = Portal::start_with(|config| config.staff_key = Some(KEY.into())).await;
        portal.import(batch::weld()).await;
        portal.learner("L1001").await;
        portal.learner("L1002").await;
        let mut extension = batch::extension("L1001", "weld-1", "2026-12-24T23:59:00Z");
        let mut body: Value = serde_json::from_str(&extension.body).unwrap();
        body["reason"] = json!("until the doctor says");
        extension.body = body.to_string();
        portal.import(batch::records([extension])).await;
        let owner = portal.sign_in("L1001").await;
        let ack = &send(&portal, &owner, &[sent(&attempt(1))]).await[0];
        let code = ack["outcome"]["accepted"]["receipt"]["code"].as_str().unwrap().to_owned();
        let mut ask = asking::more_time();
        // Later than the extension.
        ask["what"]["ask"]["until"] = json!("2027-01-06");
        let asked = &send(&portal, &owner, &[sent(&ask)]).await[0];
        assert!(asked["outcome"]["accepted"].is_object(), "{asked}");
        let envelope = seal(&portal, &owner, &attempt(1)).await;
        let mut keys = BTreeMap::new();
        for role in StaffRole::ALL {
            let role = role.word();
            keys.insert(role, staff::add(&*portal.db, role, "Bo Staff", role).await.unwrap());
        }
        Self { portal, code, envelope, keys }
    }

    async fn caller(&self, role: Role) -> Client {
        match role {
            Role::Nobody | Role::Key | Role::Staff(_) => browser(),
            Role::Owner => self.portal.sign_in("L1001").await,
            Role::Other => self.portal.sign_in("L1002").await,
        }
    }

    fn request(&self, call: &str, role: Role, caller: &Client) -> RequestBuilder {
        let (method, path) = call.split_once(' ').unwrap();
        let mut url = format!("{}{path}", self.portal.url).replace("{code}", &self.code.replace('$', "%24"));
        url = url.replace("{id}", asking::ID);
        if path.ends_with("import") {
            url += "?name=learners.csv&dry_run=1";
        }
        let request = caller.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        let request = match path.rsplit('/').next().unwrap() {
            "changes" => request.json(&json!([sent(&attempt(1)), sent(&change_with("/seq", json!(2)))])),
            "envelopes" => request.json(&json!([self.envelope])),
            "countersignatures" => {
                request.json(&json!({ "code": self.code, "assessor": "Bo Assessor", "statements": ["It is hers."] }))
            }
            "session" if method == "POST" => {
                let mut form = credentials("L1001", "own");
                form["passphrase"] = json!("not the passphrase");
                request.json(&form)
            }
            "shares" if method == "POST" => {
                request.json(&json!({ "whom": "Ms Lee", "shows": ["deadlines"], "weeks": 1 }))
            }
            "steps" => request.json(&json!({ "status": "in-progress" })),
            "import" => request.body("id,name\nL1003,Cem\n"),
            _ => request,
        };
        match role {
            Role::Key => request.bearer_auth(KEY),
            Role::Staff(role) => request.bearer_auth(&self.keys[role.word()]),
            Role::Nobody | Role::Owner | Role::Other => request,
        }
    }

    /// All that is Amira's, as she sees it and as the rows have it.
    async fn amiras(&self) -> String {
        let news = self.portal.db.sync(&"L1001".into(), None).await.unwrap();
        let declared: Vec<String> =
            self.portal.db.declarations().await.unwrap().into_iter().map(|kept| kept.change).collect();
        format!("{:?} {declared:?}", news.changed)
    }
}
