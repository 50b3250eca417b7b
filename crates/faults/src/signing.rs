//! Signing: what a learner declares, made into bytes once, numbered and kept.

use crate::{
    book::{Matter, Signed, sha256},
    device::Device,
    dice::Dice,
    disk::Item,
    seal,
    store::WORK,
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    change::{Change, Sent, What},
    declaration::{AiUse, Answer, Declaration, Fingerprint, Help, RulesShown, Source, Wording},
    ids::{ChangeId, ClientId},
    json::to_json,
    withdrawal::Withdrawal,
};
use tokio::task::yield_now;

/// What somebody is about to sign, decided before the run.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The change's id.
    pub id: String,
    pub learner: String,
    pub matter: Matter,
    /// Where its words are thrown.
    pub place: [u64; 4],
    /// About 100 kB of words.
    pub long: bool,
}

/// Keeps a change for good, as the app does: the number is read first, and taken only if it is still the next.
pub async fn sign(device: &Device, draft: &Draft) {
    loop {
        let seen = device.disk.begin().await.kept.client;
        let mut dice = Dice::new(&draft.place);
        let (client, seq) = seen.clone().unwrap_or_else(|| (dice.uuid(), 1));
        let signed = change(device, draft, &client, seq, dice);
        yield_now().await; // the fingerprint takes a moment
        device.book.open().signed.insert(signed.id.clone(), signed.clone());
        let item = item(device, draft, &signed);
        let mut transaction = device.disk.begin().await;
        if transaction.kept.client != seen {
            continue;
        }
        transaction.kept.client = Some((client, seq + 1));
        let sealed = item.sealed;
        transaction.kept.outbox.insert(signed.id.clone(), item);
        transaction.finish(Some(&signed)).await;
        device.tally.count(|figures| {
            figures.sealed += u64::from(sealed);
            figures.withdrawals += u64::from(matches!(signed.what, Matter::Withdrawal { .. }));
        });
        device.kick();
        return;
    }
}

fn item(device: &Device, draft: &Draft, signed: &Signed) -> Item {
    let sealed = device.sealing(&draft.learner).and_then(|keys| seal::envelope(&keys, signed));
    let plain = || Sent { id: ChangeId(signed.id.clone()), change: signed.bytes.to_string() };
    let (parcel, sha256, is_sealed) = match sealed {
        Some((envelope, sha256)) => (envelope, sha256, true),
        None => (to_json(&plain()), signed.sha256.clone(), false),
    };
    Item {
        id: signed.id.clone(),
        learner: draft.learner.clone(),
        parcel: parcel.into(),
        sealed: is_sealed,
        sha256,
        seq: signed.seq,
        attention: None,
    }
}

fn change(device: &Device, draft: &Draft, client: &str, seq: u64, mut dice: Dice) -> Signed {
    let now = Utc::now() + Duration::seconds(device.skew);
    let what = match &draft.matter {
        Matter::Declaration { assignment, attempt } => {
            What::Declare(Box::new(declaration(draft, assignment, *attempt, now, &mut dice)))
        }
        Matter::Withdrawal { declaration } => What::Withdraw(Box::new(Withdrawal {
            learner: draft.learner.as_str().into(),
            declaration: declaration.as_str().into(),
            reason: dice.chance(500).then(|| words(&mut dice, 80)),
            wording: wording(&mut dice),
            signed_name: words(&mut dice, 20),
            device_time: now,
            clock_offset_ms: Some(-device.skew * 1_000),
        })),
    };
    let id = ChangeId(draft.id.clone());
    let change = Change { id, client: ClientId(client.to_owned()), seq, made_at: now, what };
    let mut bytes = to_json(&change);
    if dice.chance(200) {
        // What a newer app adds, and blanks, count as signed.
        bytes.truncate(bytes.len() - 1);
        bytes.push_str(" ,\t\"a_field_of_a_newer_app\" : { \"kept\" : 1.50 } }\n");
    }
    Signed {
        id: draft.id.clone(),
        learner: draft.learner.clone(),
        client: client.to_owned(),
        seq,
        sha256: sha256(bytes.as_bytes()),
        bytes: bytes.into(),
        what: draft.matter.clone(),
    }
}

fn declaration(draft: &Draft, assignment: &str, attempt: u32, now: DateTime<Utc>, dice: &mut Dice) -> Declaration {
    let (_, due, title) = WORK.iter().find(|(id, ..)| *id == assignment).copied().unwrap_or(WORK[0]);
    let helpers = if draft.long { 27 } else { dice.below(3) };
    let length = if draft.long { 3_900 } else { 60 };
    let help = (0..helpers).map(|_| Help { who: words(dice, 20), how: words(dice, length) }).collect::<Vec<_>>();
    let web = Source::Web { address: "https://example.org/a?b=c&d=\u{e9}".into(), seen_on: words(dice, 12) };
    let print = Source::Print { author: words(dice, 12), year: "2019".into(), page: "12\u{2013}14".into() };
    let ai = AiUse { tool: words(dice, 10), version: "4".into(), purpose: words(dice, 40), place: words(dice, 9) };
    Declaration {
        learner: draft.learner.as_str().into(),
        assignment: assignment.into(),
        assignment_title: title.into(),
        attempt,
        course: "faults".into(),
        awarding_body: dice.chance(300).then(|| words(dice, 20)),
        due: due.parse().unwrap_or(now),
        extended_to: None,
        own_part: dice.chance(300).then(|| words(dice, 120)),
        rules: RulesShown { ai_level: None, text: vec![words(dice, 50)], shown_at: now - Duration::minutes(8) },
        help: if help.is_empty() { Answer::None } else { Answer::Some(help) },
        sources: if dice.chance(500) { Answer::Some(vec![web, print]) } else { Answer::None },
        ai: if dice.chance(500) { Answer::Some(vec![ai]) } else { Answer::None },
        files: vec![Fingerprint { name: words(dice, 12), size: 1_024, sha256: sha256(&dice.bytes::<8>()) }],
        wording: wording(dice),
        signed_name: words(dice, 20),
        device_time: now,
        clock_offset_ms: dice.chance(500).then_some(-7_200_123),
    }
}

fn wording(dice: &mut Dice) -> Wording {
    let statements = vec![words(dice, 60), words(dice, 60)];
    Wording { version: "1".into(), language: "en-GB".into(), statements }
}

/// Words with all that a parser, a proxy or a database might change; never only blanks.
fn words(dice: &mut Dice, length: usize) -> String {
    const PARTS: [&str; 24] = [
        "a",
        "work",
        " ",
        "  ",
        "\"",
        "\\",
        "/",
        "\n",
        "\t",
        "\r\n",
        "caf\u{e9}",
        "cafe\u{301}",
        "\u{2019}",
        "\u{1F469}\u{200D}\u{1F52C}",
        "\u{202E}",
        "\u{7f}",
        "\u{1}",
        "<b>",
        "&amp;",
        "'",
        "';--",
        "\u{fffd}",
        "\u{2028}",
        "0.10",
    ];
    let mut text = String::from("I");
    while text.chars().count() + 4 < length {
        let part: &&str = dice.pick(&PARTS);
        text.push_str(part);
    }
    text
}
