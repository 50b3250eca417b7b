//! One schedule, decided before it begins: who signs what, on which devices, and what happens to them.

use crate::{book::Matter, dice::Dice, signing::Draft, store::WORK};

pub struct Plan {
    pub number: u64,
    /// So many requests go through the storm.
    pub storm: u64,
    pub learners: Vec<String>,
    pub devices: Vec<DevicePlan>,
}

pub struct DevicePlan {
    pub tabs: usize,
    /// Seconds.
    pub skew: i64,
    pub sealed: bool,
    pub by_passphrase: bool,
    /// Who uses it; the first signs in first.
    pub learners: Vec<String>,
    pub events: Vec<Event>,
}

#[derive(Clone, Debug)]
pub enum Event {
    Signs(Draft),
    /// In two tabs in the same moment.
    SignsTwice(Draft, Draft),
    /// The browser is killed (-9) after so many steps of keeping it.
    KilledSigning(Draft, usize),
    /// The browser is killed (-9), and opened again milliseconds later.
    Killed(u64),
    /// The session ends on the server.
    SessionEnds,
    /// Another learner, or the same one, signs in.
    Sits(String),
    /// Milliseconds.
    Pauses(u64),
}

/// What the server can do beyond the first version.
#[derive(Clone, Copy, Debug, Default)]
pub struct Abilities {
    pub envelopes: bool,
    pub withdrawals: bool,
}

/// The learners of a schedule.
#[must_use]
pub fn learners(seed: u64, number: u64) -> Vec<String> {
    let mut dice = Dice::new(&[seed, number, 2]);
    let many = if dice.chance(300) { 2 } else { 1 };
    (0..many).map(|n| format!("F{number}-{n}")).collect()
}

impl Plan {
    #[must_use]
    pub fn thrown(seed: u64, number: u64, can: Abilities) -> Self {
        let learners = learners(seed, number);
        let mut dice = Dice::new(&[seed, number, 3]);
        let mut making = Making { seed, number, can, made: 0, attempts: Default::default() };
        let devices = if dice.chance(250) { 2 } else { 1 };
        let devices: Vec<DevicePlan> = (0..devices).map(|_| making.device(&learners, &mut dice)).collect();
        let storm = dice.between(3, 26) as u64;
        let mut plan = Self { number, storm, learners, devices };
        if plan.devices.len() == 2 && dice.chance(250) {
            plan.sign_one_attempt_twice(&mut making);
        }
        plan
    }

    /// The same learner signs for the same attempt on two devices: one of the two is kept, the other stays with its learner.
    fn sign_one_attempt_twice(&mut self, making: &mut Making) {
        let learner = self.learners[0].clone();
        let first = making.declaration(&learner);
        let second = Draft { matter: first.matter.clone(), ..making.declaration(&learner) };
        for (device, draft) in self.devices.iter_mut().zip([first, second]) {
            device.events.push(Event::Signs(draft));
        }
    }
}

struct Making {
    seed: u64,
    number: u64,
    can: Abilities,
    made: u64,
    attempts: std::collections::HashMap<(String, String), u32>,
}

impl Making {
    fn device(&mut self, learners: &[String], dice: &mut Dice) -> DevicePlan {
        let mut learners = learners.to_vec();
        if dice.chance(400) {
            learners.reverse();
        }
        let skew = match dice.below(5) {
            0 => dice.between(1, 30) as i64 * 86_400,
            1 => -(dice.between(1, 30) as i64) * 86_400,
            2 => 3_600,
            _ => 0,
        };
        let mut device = DevicePlan {
            tabs: if dice.chance(350) { 2 } else { 1 },
            skew,
            sealed: self.can.envelopes && dice.chance(600),
            by_passphrase: dice.chance(10),
            learners,
            events: Vec::new(),
        };
        let burst = dice.chance(15);
        let signatures = if burst { dice.between(52, 70) } else { dice.between(1, 6) };
        for _ in 0..signatures {
            let learner = dice.pick(&device.learners).clone();
            let events = self.signature(&learner, burst, dice);
            device.events.extend(events);
            if !burst || dice.chance(60) {
                device.events.extend(happens(&device.learners, dice));
            }
        }
        device
    }

    fn signature(&mut self, learner: &str, burst: bool, dice: &mut Dice) -> Vec<Event> {
        let draft = self.declaration(learner);
        if burst {
            return vec![Event::Signs(draft)];
        }
        match dice.below(10) {
            0 => vec![Event::SignsTwice(draft, self.declaration(learner))],
            // Keeping takes eight steps.
            1 => vec![Event::KilledSigning(draft, dice.below(12))],
            2 if self.can.withdrawals => {
                let withdrawal = Draft {
                    matter: Matter::Withdrawal { declaration: draft.id.clone() },
                    long: false,
                    ..self.declaration(learner)
                };
                vec![Event::Signs(draft), Event::Pauses(dice.below(30) as u64), Event::Signs(withdrawal)]
            }
            _ => vec![Event::Signs(draft)],
        }
    }

    fn declaration(&mut self, learner: &str) -> Draft {
        self.made += 1;
        let place = [self.seed, self.number, 4, self.made];
        let mut dice = Dice::new(&place);
        let (assignment, ..) = dice.pick(&WORK);
        let attempt = self.attempts.entry((learner.to_owned(), (*assignment).to_owned())).or_default();
        *attempt += 1;
        let matter = Matter::Declaration { assignment: (*assignment).to_owned(), attempt: *attempt };
        Draft { id: dice.uuid(), learner: learner.to_owned(), matter, place, long: dice.chance(12) }
    }
}

fn happens(learners: &[String], dice: &mut Dice) -> Option<Event> {
    match dice.below(10) {
        0 | 1 => Some(Event::Killed(dice.below(40) as u64)),
        2 => Some(Event::SessionEnds),
        3 | 4 => Some(Event::Sits(dice.pick(learners).clone())),
        5..=7 => Some(Event::Pauses(dice.below(80) as u64)),
        _ => None,
    }
}
