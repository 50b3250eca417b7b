//! Who may do what with whose things: every call of the document, as nobody, the learner whose it is, another learner, and staff.

use crate::{
    changes::send,
    checks,
    support::{
        Portal, asking, batch, browser, credentials,
        declaration::{attempt, change_with, sent},
        seal::seal,
    },
    voice,
};
use contract::staff::StaffRole;
use portal_server::{clock::Clock, commands::staff, evidence::sha256_hex};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const KEY: &str = "a-long-random-staff-key";
const COUNTERSIGN: &str = "POST /api/v1/admin/countersignatures";
const MARK: &str = "POST /api/v1/admin/attendance";
const MARKS: &str = "POST /api/v1/admin/attendance/table";
const FOLLOW_UP: &str = "POST /api/v1/admin/follow-ups";
const ANSWER: &str = "POST /api/v1/admin/requests/{id}/steps";
const HAND_IN: &str = "POST /api/v1/admin/hand-ins";
const FEEDBACK: &str = "POST /api/v1/admin/feedback";
/// What is Amira's and nobody else's.
const SECRETS: [&str; 7] = [
    "Amira",
    "My sister",
    "L1001",
    "until the doctor says",
    "My shift changed",
    "Gloves keep my hands",
    "The pace was too fast",
];

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

const MATRIX: &[Line] = &[
    line("GET /healthz", [200, 200, 200, 200]),
    line("GET /readyz", [200, 200, 200, 200]),
    line("GET /api/v1/meta", [200, 200, 200, 200]),
    line("GET /api/v1/receipts/{code}", [200, 200, 200, 200]),
    // Amira's, at its secret address: for whoever has that.
    line("GET /api/v1/calendar/{file}", [200, 200, 200, 200]),
    line("GET /api/v1/calendar", [401, 200, 200, 401]),
    line("POST /api/v1/calendar", [401, 200, 200, 401]),
    line("DELETE /api/v1/calendar", [401, 204, 204, 401]),
    line("GET /api/v1/me", [401, 200, 200, 401]),
    line("GET /api/v1/me/data", [401, 200, 200, 401]),
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
    // Of a session that is over.
    for_staff("POST /api/v1/admin/attendance", [403, 200, 403, 403, 403, 200]),
    for_staff("POST /api/v1/admin/attendance/table", [403, 200, 403, 403, 403, 200]),
    for_staff("POST /api/v1/admin/follow-ups", [403, 200, 403, 403, 200, 200]),
    for_staff("GET /api/v1/admin/export/attendance", [403, 200, 403, 403, 403, 200]),
    // What she wrote in a check, with her name; and what she said of a session, without it.
    // The same questions again are the tutor's; under their id nobody else sets any.
    for_staff("POST /api/v1/admin/checks", [403, 200, 403, 403, 403, 409]),
    for_staff("GET /api/v1/admin/checks/{webinar}", [403, 200, 403, 403, 403, 200]),
    for_staff("GET /api/v1/admin/sessions/{webinar}/feedback", [403, 200, 403, 403, 403, 200]),
    for_staff("GET /api/v1/admin/export/session-feedback", [403, 403, 403, 403, 403, 200]),
    for_staff("POST /api/v1/admin/hand-ins", [403, 200, 200, 403, 403, 200]),
    for_staff("POST /api/v1/admin/feedback", [403, 200, 200, 403, 403, 200]),
    for_staff("GET /api/v1/admin/export/feedback-times", [403, 403, 403, 403, 403, 200]),
    for_staff("GET /api/v1/admin/export/acknowledgements", [403, 403, 403, 200, 403, 200]),
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
    for line in MATRIX {
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
            let changes = [COUNTERSIGN, ANSWER, MARK, MARKS, FOLLOW_UP, HAND_IN, FEEDBACK];
            if !matches!(role, Role::Owner) && !changes.contains(&line.call) {
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
        portal
            .import(batch::records([batch::session_at("weld-live", "weld", "Arc welding", "2026-11-23T09:00:00Z")]))
            .await;
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
        portal.import(batch::records([batch::session("W1", "weld")])).await;
        let answers = checks::answers(2, "Sunglasses", &["Oil"], "Gloves keep my hands.");
        let rating = voice::rates(3, "some", json!({ "change": "The pace was too fast." }));
        let done = send(&portal, &owner, &[sent(&rating)]).await;
        assert!(done[0]["outcome"]["accepted"].is_object(), "{done:?}");
        let secret = sha256_hex(b"a-secret");
        portal.db.make_calendar(&"L1001".into(), &secret, portal.clock.now()).await.unwrap();
        let envelope = seal(&portal, &owner, &attempt(1)).await;
        let mut keys = BTreeMap::new();
        for role in StaffRole::ALL {
            let role = role.word();
            keys.insert(role, staff::add(&*portal.db, role, "Bo Staff", role).await.unwrap());
        }
        let tutor = format!("{}/api/v1/admin/checks", portal.url);
        let set = browser().post(tutor).bearer_auth(&keys["tutor"]).json(&checks::check()).send().await.unwrap();
        assert_eq!(set.status(), 200);
        let done = send(&portal, &owner, &[sent(&answers)]).await;
        assert!(done[0]["outcome"]["accepted"].is_object(), "{done:?}");
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
        url = url.replace("{id}", asking::ID).replace("{webinar}", "W1").replace("{file}", "a-secret.ics");
        if path.ends_with("import") {
            url += "?name=learners.csv&dry_run=1";
        }
        let request = caller.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        let request = match path.rsplit('/').next().unwrap() {
            "changes" => request.json(&json!([sent(&attempt(1)), sent(&change_with("/seq", json!(2)))])),
            "envelopes" => request.json(&json!([self.envelope])),
            "countersignatures" => {
                request.json(&json!({ "code": self.code, "assessor": "Bo Staff", "statements": ["It is hers."] }))
            }
            "session" if method == "POST" => {
                let mut form = credentials("L1001", "own");
                form["passphrase"] = json!("not the passphrase");
                request.json(&form)
            }
            "attendance" if method == "POST" => {
                request.json(&json!({ "learner": "L1001", "webinar": "weld-live", "mark": "absent" }))
            }
            "table" => request.body("learner,webinar,mark\nL1001,weld-live,excused\n"),
            "follow-ups" => request.json(&json!({ "learner": "L1001", "webinar": "weld-live", "by": "2026-11-27" })),
            "checks" => request.json(&checks::check()),
            "shares" if method == "POST" => {
                request.json(&json!({ "whom": "Ms Lee", "shows": ["deadlines"], "weeks": 1 }))
            }
            "steps" => request.json(&json!({ "status": "in-progress" })),
            "hand-ins" => request.json(&json!({
                "learner": "L1001", "assignment": "weld-1", "attempt": 1, "handed_in_at": "2026-11-20T09:00:00Z",
            })),
            "feedback" => request.json(&json!({
                "learner": "L1001", "assignment": "weld-1", "attempt": 1, "text": "Well done.", "outcome": "passed",
            })),
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
