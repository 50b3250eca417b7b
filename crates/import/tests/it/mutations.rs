//! Whatever bytes a file has, it is read or refused: never a panic, and never two different answers.

use crate::{fixture, options};
use import::{Refusal, read_text};

/// A linear congruential generator: the same mutations on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

const SPLICES: &[&[u8]] = &[
    b"\r\n",
    b"\r\n ",
    b"\"",
    b";",
    b":",
    b",",
    b"\\",
    b"\0",
    b"\xFF",
    "é".as_bytes(),
    b"20270328T013000",
    b"99999999",
    b"-1",
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"RRULE:FREQ=DAILY;INTERVAL=1000\r\n",
    b"RRULE:FREQ=YEARLY\r\n",
    b"DURATION:P9999W\r\n",
    b"EXDATE:20270330T160000Z\r\n",
    b"TZID=",
    b"https://",
    b"<a href=",
    b"&#x110000;",
    b"Links:\\n---\\n[1] ",
    b"\n---\n",
    b"](",
    b"PIN",
    b"Phone 0",
    b"\n\n\n",
    b"2026-11-27",
    b"yes",
    b"[1]",
];

fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        let to = (at + dice.roll(40)).min(bytes.len());
        match dice.roll(5) {
            0 => drop(bytes.splice(at..to, [])),
            1 => drop(bytes.splice(at..at, SPLICES[dice.roll(SPLICES.len())].iter().copied())),
            2 => drop(bytes.splice(at..to, SPLICES[dice.roll(SPLICES.len())].iter().copied())),
            3 if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            _ => bytes.extend_from_within(at..to),
        }
    }
    bytes
}

fn check(name: &str, bytes: &[u8]) {
    let outcome = read_text(name, bytes, &options(None));
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
    for refusal in &outcome.refused {
        let Refusal { line, what, mend, .. } = refusal;
        assert!(line.is_none_or(|line| (1..=lines).contains(&line)), "{refusal}");
        assert!(what.len() > 5 && mend.len() > 5, "{refusal}");
    }
    for row in &outcome.batch.records {
        assert!(serde_json::from_str::<serde_json::Value>(&row.body).unwrap().is_object());
        for bad in ["\"javascript:", "\"data:", "\"http:", "<script"] {
            let text = ["hand_in", "about", "title", "name", "place", "reason", "hours"];
            let body: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&row.body).unwrap();
            let linked = body.iter().filter(|(key, _)| !text.contains(&key.as_str()));
            assert!(linked.map(|(_, value)| value.to_string()).all(|value| !value.contains(bad)), "{}", row.body);
        }
    }
}

#[test]
fn mutated_files_never_panic() {
    let cohort = fixture("../../../../examples/cohort");
    let files = [
        (fixture("moodle.ics"), "WELD2.ics"),
        (fixture("outlook.ics"), "WELD2.ics"),
        (fixture("google.ics"), "WELD2.ics"),
        (fixture("canvas.ics"), "canvas.ics"),
        (cohort.join("assignments.csv"), "assignments.csv"),
        (cohort.join("sessions.csv"), "sessions.csv"),
        (cohort.join("contacts.csv"), "contacts.csv"),
        (cohort.join("guidance/strangers-and-messages.md"), "guidance/strangers.md"),
    ];
    let mut dice = Dice(2027_0328);
    for (path, name) in files {
        let bytes = std::fs::read(&path).unwrap();
        for _ in 0..150 {
            check(name, &mutate(&bytes, &mut dice));
        }
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut dice = Dice(7);
    for name in ["WELD2.ics", "assignments.csv", "guidance/page.md", "learners.tsv"] {
        for length in 0..150 {
            let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
            check(name, &bytes);
        }
    }
}
