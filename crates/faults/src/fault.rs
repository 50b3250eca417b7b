//! What can happen to one request between a client and the server.

use crate::dice::Dice;

/// What does not happen in every group: so many times in a thousand requests of the storm.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rare {
    /// The server is killed.
    pub kills: usize,
    /// [`Forged::Lie`].
    pub lies: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Goes through.
    Clear,
    /// The connection is reset as soon as it is there.
    Refused,
    /// The request is read and never sent on.
    ClosedBefore,
    /// A part of the request reaches the server (in a thousand), then nothing.
    RequestCut(usize),
    /// The whole request reaches the server; so many microseconds later both sides are reset.
    Reset(u64),
    /// The proxy stops speaking to the server after the request, and passes on what the server still says.
    HalfClosed,
    /// The server answers, and the client's connection closes without it.
    AnswerLost,
    /// The client gets a part of the answer (in a thousand).
    AnswerCut(usize),
    /// The answer comes in chunks, and the last ones do not.
    ChunksCut,
    /// Milliseconds before the request goes on.
    SlowRequest(u64),
    /// Milliseconds before the answer goes on.
    SlowAnswer(u64),
    /// The request goes nowhere, and the connection stays open until the client gives up.
    BlackHole,
    /// The server answers; the answer goes nowhere.
    AnswerStalled,
    /// The request reaches the server twice at once.
    DoubledAtOnce,
    /// The request reaches the server again after it was answered; the client gets the second answer.
    DoubledInTurn,
    /// The client gets its answer; milliseconds later the same request reaches the server once more.
    DoubledLate(u64),
    /// Held back until a later request has gone by.
    Overtaken,
    /// Somebody in between answers: see [`Forged`].
    Answered(Forged),
    /// The JSON around the changes is written anew, with other blanks.
    Reformatted,
    /// The server is killed (-9) so many microseconds after the request has reached it.
    ServerKilled(u64),
}

/// Answers that are not this server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forged {
    /// 200 and a page: the sign-in page of the network in between.
    Page200,
    Page401,
    Page502,
    Page503,
    Problem503,
    EmptyList,
    EmptyObject,
    /// Acceptances with the right ids and fingerprints of other bytes.
    OtherFingerprints,
    /// Acceptances of changes that are somebody else's.
    OtherIds,
    /// Right acceptances, but for a comma.
    BrokenJson,
    /// Right acceptances, as a page.
    WrongType,
    /// Right in everything, and nothing is kept. No network can do this: it shows that the bench would see a server that does.
    Lie,
}

const FORGED: [Forged; 11] = [
    Forged::Page200,
    Forged::Page401,
    Forged::Page502,
    Forged::Page503,
    Forged::Problem503,
    Forged::EmptyList,
    Forged::EmptyObject,
    Forged::OtherFingerprints,
    Forged::OtherIds,
    Forged::BrokenJson,
    Forged::WrongType,
];

impl Fault {
    /// The fault of one request.
    #[must_use]
    pub fn thrown(dice: &mut Dice, Rare { kills, lies }: Rare) -> Self {
        if dice.chance(lies) {
            return Self::Answered(Forged::Lie);
        }
        if dice.chance(kills) {
            // Before, while and after the server writes: a commit takes a millisecond or a few.
            return Self::ServerKilled(dice.below(6_000) as u64);
        }
        if dice.chance(300) {
            return Self::Clear;
        }
        match dice.below(20) {
            0 => Self::Refused,
            1 => Self::ClosedBefore,
            2 => Self::RequestCut(dice.below(1_000)),
            3 | 4 => Self::Reset(dice.below(6_000) as u64),
            5 => Self::HalfClosed,
            6 | 7 => Self::AnswerLost,
            8 => Self::AnswerCut(dice.below(1_000)),
            9 => Self::ChunksCut,
            10 => Self::SlowRequest(dice.between(5, 150) as u64),
            11 => Self::SlowAnswer(dice.between(5, 150) as u64),
            12 => Self::BlackHole,
            13 => Self::AnswerStalled,
            14 => Self::DoubledAtOnce,
            15 => Self::DoubledInTurn,
            16 => Self::DoubledLate(dice.between(5, 300) as u64),
            17 => Self::Overtaken,
            18 => Self::Answered(*dice.pick(&FORGED)),
            _ => Self::Reformatted,
        }
    }

    /// For the figures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Refused => "refused",
            Self::ClosedBefore => "closed before",
            Self::RequestCut(_) => "request cut",
            Self::Reset(_) => "reset",
            Self::HalfClosed => "half-closed",
            Self::AnswerLost => "answer lost",
            Self::AnswerCut(_) => "answer cut",
            Self::ChunksCut => "chunks cut",
            Self::SlowRequest(_) => "slow request",
            Self::SlowAnswer(_) => "slow answer",
            Self::BlackHole => "black hole",
            Self::AnswerStalled => "answer stalled",
            Self::DoubledAtOnce => "doubled at once",
            Self::DoubledInTurn => "doubled in turn",
            Self::DoubledLate(_) => "doubled late",
            Self::Overtaken => "overtaken",
            Self::Answered(_) => "answered by another",
            Self::Reformatted => "reformatted",
            Self::ServerKilled(_) => "server killed",
        }
    }
}
