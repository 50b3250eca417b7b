//! Passphrases: argon2id with 19 MiB, two passes, one lane; never more hashes at once than there are cores, and a queue with an end.

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{Output, PasswordHash, PasswordHasher, Salt, SaltString},
};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};
use tokio::{sync::Semaphore, task};

const MEMORY_KIB: u32 = 19 * 1024;
const PLACES: usize = 200;

#[derive(Clone)]
pub struct Passphrases {
    turns: Arc<Semaphore>,
    /// Places for those who are at it or wait: several classrooms at once.
    places: Arc<Semaphore>,
    made: Arc<AtomicU64>,
    memory: Memory,
    /// What is checked where there is no hash, so that it takes as long.
    dummy: Arc<str>,
}

#[derive(Debug, thiserror::Error)]
pub enum HashError {
    #[error("too many passphrases wait to be hashed")]
    Busy,
    #[error("the passphrase could not be hashed: {0}")]
    Failed(String),
}

impl Passphrases {
    /// # Errors
    /// Hashing does not work on this machine.
    pub async fn new() -> Result<Self, HashError> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut new = Self {
            turns: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(PLACES)),
            made: Arc::default(),
            memory: Memory::default(),
            dummy: "".into(),
        };
        let random: [u8; 16] = rand::random();
        new.dummy = new.hash(data_encoding::HEXLOWER.encode(&random)).await?.into();
        Ok(new)
    }

    /// A PHC string of the passphrase, with a salt of its own.
    pub async fn hash(&self, passphrase: String) -> Result<String, HashError> {
        self.in_turn(move || {
            let salt: [u8; 16] = rand::random();
            let salt = SaltString::encode_b64(&salt).map_err(fault)?;
            Ok(hasher()?.hash_password(trimmed(&passphrase), &salt).map_err(fault)?.to_string())
        })
        .await
    }

    /// Whether the passphrase is the one that was hashed; without a hash it is not, after about the same work.
    pub async fn verify(&self, passphrase: String, hash: Option<String>) -> Result<bool, HashError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
        let memory = self.memory.clone();
        self.in_turn(move || {
            let hash = PasswordHash::new(&hash).map_err(fault)?;
            Ok(memory.lend(|blocks| fits(trimmed(&passphrase), &hash, blocks))? && known)
        })
        .await
    }

    /// How many hashes were made. Whatever a sign-in does not match, it takes one.
    #[must_use]
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let _place = self.places.try_acquire().map_err(|_| HashError::Busy)?;
        let _turn = self.turns.acquire().await.map_err(fault)?;
        self.made.fetch_add(1, Ordering::Relaxed);
        task::spawn_blocking(work).await.map_err(fault)?
    }
}

/// What passphrases are checked in, kept for the next. Taken anew each time, by one thread after another, it would stay with each of
/// them: half a gigabyte after a classroom has signed in.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl Memory {
    fn lend<T>(&self, work: impl FnOnce(&mut Vec<Block>) -> T) -> T {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let done = work(&mut blocks);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
        done
    }
}

/// Hashes as the hash says that it was made, and compares in a time that does not tell where they differ.
fn fits(passphrase: &[u8], hash: &PasswordHash<'_>, blocks: &mut Vec<Block>) -> Result<bool, HashError> {
    let algorithm = Algorithm::try_from(hash.algorithm).map_err(fault)?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).map_err(fault)?;
    let params = Params::try_from(hash).map_err(fault)?;
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else { return Ok(false) };
    let mut bytes = [0; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes).map_err(fault)?;
    blocks.resize(params.block_count(), Block::default());
    let hasher = Argon2::new(algorithm, version, params);
    let output = Output::init_with(expected.len(), |out| {
        Ok(hasher.hash_password_into_with_memory(passphrase, salt, out, blocks)?)
    });
    Ok(output.map_err(fault)? == expected)
}

/// Keyboards like to add a space at the end.
fn trimmed(passphrase: &str) -> &[u8] {
    passphrase.trim().as_bytes()
}

fn hasher() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(MEMORY_KIB, 2, 1, None).map_err(fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn fault(error: impl ToString) -> HashError {
    HashError::Failed(error.to_string())
}

impl From<HashError> for crate::error::Error {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => {
                tracing::warn!(%error);
                Self::Unavailable
            }
            HashError::Failed(_) => {
                tracing::error!(%error, "hashing failed");
                Self::Internal
            }
        }
    }
}
