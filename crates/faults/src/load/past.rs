//! What learners declared before: changes, receipts that are signed, and evidence in one chain, as the server itself would have written
//! them. `portal-server verify-log` finds it whole.

use super::{
    bulk::{Bulk, Table, Value},
    people::{COHORT, PAST, People, name, put_record, title},
};
use crate::{book::sha256, dice::Dice};
use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use contract::{
    change::{Ack, Change, Outcome, What},
    deadline::AiLevel,
    declaration::{AiUse, Answer, Declaration, Fingerprint, Help, RulesShown, Source, Wording},
    json::to_json,
    receipt::{Receipt, Signature, sayable_code, signed_text},
};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use tokio::sync::mpsc;

/// What somebody declares: an attempt at a course's piece of work.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    pub learner: usize,
    pub course: usize,
    pub work: usize,
    pub attempt: u32,
    /// Of the learner's device.
    pub seq: u64,
}

/// One that was kept, but for its link.
struct Kept {
    learner: String,
    assignment: String,
    due: DateTime<Utc>,
    change: Change,
    bytes: String,
    sha256: String,
    receipt: Receipt,
    receipt_json: String,
    answer: String,
}

const CHANGE: Table = ("change", "id,learner,client,seq,sha256,bytes,received_at,answer");
const DECLARATION: Table = (
    "declaration",
    "change_id,learner,assignment,assignment_title,attempt,code,received_at,device_time,counted_due,late",
);
const EVIDENCE: Table = ("evidence", "sequence,kind,change_id,payload,sha256,previous,received_at");
const ARRIVAL: Table = ("arrival", "change_id,sha256,client,seq,learner,at,outcome");

/// Each learner's declarations of what was due; they come one after the other from revision 2. Says the last revision.
///
/// # Errors
/// The database does not take them.
pub async fn declare(bulk: &mut Bulk, people: People, key_id: &str, secret: &str) -> Result<i64> {
    let secret = BASE64URL_NOPAD.decode(secret.as_bytes())?;
    let key = SigningKey::from_bytes(secret.as_slice().try_into().context("the receipt key has another length")?);
    let key_id = key_id.to_owned();
    // Signing takes as long as writing: each has a processor.
    let (to, mut made) = mpsc::channel(16);
    let making = tokio::task::spawn_blocking(move || {
        for work in 0..PAST {
            for learners in (0..people.learners).collect::<Vec<_>>().chunks(200) {
                let some: serde_json::Result<Vec<Kept>> =
                    learners.iter().map(|l| kept(people, *l, work, &key, &key_id)).collect();
                if to.blocking_send(some).is_err() {
                    return;
                }
            }
        }
    });
    let (mut sequence, mut previous) = (0, "0".repeat(64));
    while let Some(some) = made.recv().await {
        for kept in some? {
            sequence += 1;
            previous = write(bulk, kept, sequence, previous).await?;
        }
    }
    making.await?;
    Ok(sequence + 1)
}

fn kept(people: People, learner: usize, work: usize, key: &SigningKey, key_id: &str) -> serde_json::Result<Kept> {
    let number = work * people.learners + learner;
    let matter = Matter { learner, course: learner / COHORT, work, attempt: 1, seq: work as u64 + 1 };
    // A moment before the deadline, or after it.
    let signed_at = people.due(work) + Duration::seconds(learner as i64 % 90 - 80);
    let change = change(people, matter, &uuid(&[people.seed, 9, number as u64]), signed_at);
    let bytes = to_json(&change);
    let sha256 = sha256(bytes.as_bytes());
    let received_at = signed_at + Duration::seconds(2);
    let code = code(number as u64);
    let due = people.due(work);
    let signature = key.sign(signed_text(&code, &sha256, received_at).as_bytes());
    let signature = BASE64URL_NOPAD.encode(&signature.to_bytes());
    let assignment = people.assignment(matter.course, work);
    let receipt = Receipt {
        change: change.id.clone(),
        code,
        assignment: (*assignment).into(),
        assignment_title: title(work),
        attempt: 1,
        received_at,
        sha256: sha256.clone(),
        device_time: signed_at,
        late: received_at > due,
        signature: Some(Signature { key: key_id.into(), signature }),
        withdrawn_at: None,
        countersigned: None,
    };
    let outcome = Outcome::Accepted { receipt: Some(receipt.clone()) };
    let answer = Ack { id: change.id.clone(), sha256: sha256.clone(), outcome, missing: Vec::new() };
    let (answer, receipt_json) = (serde_json::to_string(&answer)?, serde_json::to_string(&receipt)?);
    let learner = people.learner(learner);
    Ok(Kept { learner, assignment, due, change, bytes, sha256, receipt, receipt_json, answer })
}

async fn write(bulk: &mut Bulk, kept: Kept, sequence: i64, previous: String) -> Result<String> {
    let Kept { learner, assignment, due, change, bytes, sha256: of_bytes, receipt, receipt_json, answer } = kept;
    let (id, client) = (change.id.as_str(), change.client.as_str());
    let (seq, received) = (change.seq as i64, receipt.received_at.timestamp_millis());
    let text = |text: &str| Value::Text(text.to_owned());
    let number = Value::Number;
    bulk.put(
        CHANGE,
        [
            text(id),
            text(&learner),
            text(client),
            number(seq),
            text(&of_bytes),
            Value::Bytes(bytes.into_bytes()),
            number(received),
            Value::Text(answer),
        ],
    )
    .await?;
    let arrival =
        [text(id), text(&of_bytes), text(client), number(seq), text(&learner), number(received), text("kept")];
    bulk.put(ARRIVAL, arrival).await?;
    bulk.put(
        DECLARATION,
        [
            text(id),
            text(&learner),
            Value::Text(assignment),
            text(&receipt.assignment_title),
            number(receipt.attempt.into()),
            text(&receipt.code),
            number(received),
            number(receipt.device_time.timestamp_millis()),
            number(due.timestamp_millis()),
            Value::Truth(receipt.late),
        ],
    )
    .await?;
    let payload = format!(r#"{{"learner":"{learner}","receipt":{receipt_json}}}"#);
    let link = format!("portal-evidence-1\n{sequence}\ndeclaration\n{id}\n{received}\n{previous}\n{payload}");
    let link = sha256(link.as_bytes());
    bulk.put(
        EVIDENCE,
        [
            number(sequence),
            text("declaration"),
            text(id),
            Value::Text(payload),
            text(&link),
            Value::Text(previous),
            number(received),
        ],
    )
    .await?;
    put_record(bulk, "receipt", id, ("learner", &learner), receipt_json, sequence + 1).await?;
    Ok(link)
}

/// What an app would send, as long as such declarations are.
#[must_use]
pub fn change(people: People, matter: Matter, id: &str, now: DateTime<Utc>) -> Change {
    let Matter { learner, course, work, attempt, seq } = matter;
    let mut dice = Dice::new(&[people.seed, 12, learner as u64, work as u64]);
    let help = Help { who: "My sister".into(), how: "She read it and told me which parts were not clear.".into() };
    let web =
        Source::Web { address: format!("https://example.org/welding/safety-{work}"), seen_on: "20 November".into() };
    let print = Source::Print { author: "Ali".into(), year: "2019".into(), page: "12\u{2013}14".into() };
    let purpose = "To find ideas for the headings".into();
    let ai = AiUse { tool: "A chat assistant".into(), version: "4".into(), purpose, place: "Part 1".into() };
    let declaration = Declaration {
        learner: people.learner(learner).as_str().into(),
        assignment: people.assignment(course, work).as_str().into(),
        assignment_title: title(work),
        attempt,
        course: people.course(course).as_str().into(),
        awarding_body: Some("Example Awards".into()),
        due: people.due(work),
        extended_to: None,
        own_part: None,
        rules: RulesShown {
            ai_level: Some(AiLevel::Plan),
            text: vec![
                "You may use AI to plan and to find ideas. Nothing that it writes is handed in.".into(),
                "Name every source, everyone who helped you, and every AI tool that you used.".into(),
            ],
            shown_at: now - Duration::minutes(8),
        },
        help: if dice.chance(300) { Answer::Some(vec![help]) } else { Answer::None },
        sources: Answer::Some(vec![web, print]),
        ai: if dice.chance(400) { Answer::Some(vec![ai]) } else { Answer::None },
        files: vec![Fingerprint { name: "report.pdf".into(), size: 184_320, sha256: sha256(id.as_bytes()) }],
        wording: Wording {
            version: "2026-11".into(),
            language: "en-GB".into(),
            statements: vec![
                "The work I hand in is my own. I did it myself.".into(),
                "I have named every source that I used.".into(),
                "I have named everyone who helped me, and every AI tool that I used.".into(),
                "I know that a false declaration is malpractice.".into(),
                "My provider may keep this declaration as evidence.".into(),
            ],
        },
        signed_name: name(&mut Dice::new(&[people.seed, 8, learner as u64])).into(),
        device_time: now,
        clock_offset_ms: Some(120),
    };
    let client = uuid(&[people.seed, 10, learner as u64]);
    let what = What::Declare(Box::new(declaration));
    Change { id: id.into(), client: contract::ids::ClientId(client), seq, made_at: now, what }
}

#[must_use]
pub fn uuid(place: &[u64]) -> String {
    Dice::new(place).uuid()
}

/// A code of its own for each number: multiplying by an odd number gives each of the 40-bit numbers once.
fn code(number: u64) -> String {
    let mut sayable = (number * 16..).filter_map(|n| sayable_code(n.wrapping_mul(0x9e_3779_b97f)));
    sayable.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::code;
    use std::collections::BTreeSet;

    #[test]
    fn every_declaration_has_a_code_of_its_own() {
        let codes: BTreeSet<String> = (0..50_000).map(code).collect();
        assert_eq!(codes.len(), 50_000);
        assert!(codes.iter().all(|code| code.len() == 11));
    }
}
