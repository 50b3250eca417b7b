//! Who has read which rules and guidance, for those who have to know.

use crate::{
    acts::acts,
    changes::send,
    support::{
        Portal,
        asking::{Clerk, asked_of},
        batch,
        declaration::sent,
        problem,
    },
};
use contract::delta::Kind;
use import::{Audience, RecordRow};
use serde_json::json;

async fn rules(portal: &Portal, version: &str, removed: bool) {
    let body = json!({ "id": "rules", "title": "-Rules", "version": version, "issued_on": "2026-09-01" }).to_string();
    let policy =
        RecordRow { kind: Kind::Policy.into(), id: "rules".into(), audience: Audience::Everyone, body, removed };
    portal.import(batch::records([policy])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_says_who_read_which_version_when_and_who_has_not_and_is_logged() {
    let (portal, learner) = asked_of(|_| {}).await;
    rules(&portal, "V1", false).await;
    portal.learner("L1002").await;
    let read = |number, kind: &str, id: &str, version: &str| {
        sent(&acts(number, &json!({ "read": { "kind": kind, "id": id, "version": version } })))
    };
    send(&portal, &learner, &[read(1, "policy", "rules", "V1"), read(2, "guidance", "passwords", "1")]).await;
    rules(&portal, "V2", false).await;

    let lead = Clerk::new(&portal, "safeguarding-lead").await;
    let csv = lead.get("export/acknowledgements").await.text().await.unwrap();
    let times = "2026-11-23T11:58:00.000Z,2026-11-23T12:00:00.000Z";
    let expected = [
        "learner,learner_name,kind,id,title,version,status,read_at,received_at".to_owned(),
        format!("L1001,L1001 Name,guidance,passwords,Keep your passphrase to yourself,1,read,{times}"),
        format!("L1001,L1001 Name,policy,rules,'-Rules,V1,earlier,{times}"),
        "L1001,L1001 Name,policy,rules,'-Rules,V2,not-read,,".to_owned(),
        "L1002,L1002 Name,guidance,passwords,Keep your passphrase to yourself,1,not-read,,".to_owned(),
        "L1002,L1002 Name,policy,rules,'-Rules,V2,not-read,,".to_owned(),
    ];
    assert_eq!(csv.lines().collect::<Vec<_>>(), expected);

    send(&portal, &learner, &[read(3, "policy", "rules", "V2")]).await;
    let csv = lead.get("export/acknowledgements").await.text().await.unwrap();
    assert!(csv.contains(&format!("policy,rules,'-Rules,V2,read,{times}")), "{csv}");
    // Of a policy that is no longer there only who read it is told.
    rules(&portal, "V2", true).await;
    let csv = lead.get("export/acknowledgements").await.text().await.unwrap();
    assert_eq!(csv.matches("policy,").count(), 2, "{csv}");
    assert_eq!(csv.matches("policy,rules,'-Rules,V2,earlier,").count(), 1, "{csv}");

    let log = lead.get("access-log").await.text().await.unwrap();
    assert_eq!(log.matches(",safeguarding-lead,export-acknowledgements,").count(), 3, "{log}");
    for role in ["tutor", "assessor", "learner-support"] {
        let clerk = Clerk::new(&portal, role).await;
        problem(clerk.get("export/acknowledgements").await, 403, "other-role").await;
    }
    assert_eq!(Clerk::new(&portal, "administrator").await.get("export/acknowledgements").await.status(), 200);
}
