//! The app's parts as they were in earlier versions. A browser that still has one gets the next as what differs from it (RFC 9842,
//! compression dictionary transport): an update of a few kilobytes in place of all of a part. Browsers that do not know it get the
//! whole, as before.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};
use tokio::sync::OnceCell;

/// What a browser may use what it got for.
pub const USE_AS_DICTIONARY: HeaderName = HeaderName::from_static("use-as-dictionary");
/// The SHA-256 of what it has, as `:BASE64:`.
const AVAILABLE_DICTIONARY: HeaderName = HeaderName::from_static("available-dictionary");
/// Brotli with a dictionary: these four bytes, the dictionary's SHA-256, and the stream.
pub const ENCODING: HeaderValue = HeaderValue::from_static("dcb");
const MAGIC: [u8; 4] = [0xff, 0x44, 0x43, 0x42];
/// The answer depends on these.
pub const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, available-dictionary");
/// Versions of one part that are kept.
const KEPT: usize = 8;
/// No part of the app is as long, in bytes.
const LONGEST: u64 = 8 * 1024 * 1024;

type Made = Arc<OnceCell<Option<Arc<[u8]>>>>;

/// Where they are, and what was made of them.
pub struct Earlier {
    folder: PathBuf,
    /// By the address's last part and the dictionary's hash. There are as many as there are versions.
    made: Mutex<HashMap<(String, String), Made>>,
    kept: Mutex<Vec<String>>,
}

/// A part of the app: `learner-portal_bg-0123456789abcdef.wasm` is a `learner-portal_bg-*.wasm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its file's name.
    pub name: String,
    before: String,
    after: String,
}

impl Part {
    /// The program's parts: what is named by its contents.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next()?;
        let (stem, ending) = name.rsplit_once('.')?;
        let (before, hash) = stem.rsplit_once('-')?;
        (is_hash(hash) && matches!(ending, "wasm" | "js")).then(|| Self {
            name: name.to_owned(),
            before: format!("{before}-"),
            after: format!(".{ending}"),
        })
    }

    /// For which addresses it is a dictionary; `path` is its own.
    #[must_use]
    pub fn header(&self, path: &str) -> Option<HeaderValue> {
        let folder = path.strip_suffix(&self.name)?;
        HeaderValue::from_str(&format!("match=\"{folder}{}*{}\"", self.before, self.after)).ok()
    }

    fn is_version(&self, name: &str) -> bool {
        Self::of(name).is_some_and(|other| other.before == self.before && other.after == self.after)
    }
}

/// What stands in a name for the file's contents: the first 16 hexadecimal digits of their SHA-256.
#[must_use]
pub fn is_hash(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The dictionary that a browser has, if it takes what is made with one: SHA-256.
#[must_use]
pub fn offered(headers: &HeaderMap) -> Option<[u8; 32]> {
    let encodings = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    if !encodings.split(',').any(|one| one.split(';').next().is_some_and(|name| name.trim() == "dcb")) {
        return None;
    }
    let hash = headers.get(AVAILABLE_DICTIONARY)?.to_str().ok()?.trim();
    let hash = hash.strip_prefix(':')?.strip_suffix(':')?;
    BASE64.decode(hash.as_bytes()).ok()?.try_into().ok()
}

impl Earlier {
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, made: Mutex::default(), kept: Mutex::default() }
    }

    /// Keeps a part for the time when it is an earlier one. Where that cannot be done, later versions travel whole.
    pub async fn keep(self: Arc<Self>, part: Part, dist: PathBuf) {
        {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.contains(&part.name) {
                return;
            }
            kept.push(part.name.clone());
        }
        let written = tokio::task::spawn_blocking(move || keep(&self.folder, &part, &dist)).await;
        if let Ok(Err(error)) = written {
            tracing::warn!(%error, "a part of the app could not be kept, so its next version will travel whole");
        }
    }

    /// The part as what differs from the dictionary; nothing if that is not here. Made once, and kept in memory.
    pub async fn difference(self: &Arc<Self>, part: &Part, dist: &Path, dictionary: [u8; 32]) -> Option<Arc<[u8]>> {
        // Looked for by name first: a stranger's hash takes no place in memory.
        let hash = HEXLOWER.encode(&dictionary);
        let name = format!("{}{}{}", part.before, &hash[..16], part.after);
        let from = self.folder.join(&name);
        if name == part.name || !tokio::fs::try_exists(&from).await.unwrap_or(false) {
            return None;
        }
        let made = {
            let mut all = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry((part.name.clone(), name)).or_default().clone()
        };
        let to = dist.join(&part.name);
        let make = || async move {
            let made = tokio::task::spawn_blocking(move || difference(&from, &to, dictionary)).await;
            made.ok()?
                .inspect_err(|error| tracing::warn!(%error, "what differs between two versions could not be made"))
                .ok()?
        };
        made.get_or_init(make).await.clone()
    }
}

fn keep(folder: &Path, part: &Part, dist: &Path) -> io::Result<()> {
    let target = folder.join(&part.name);
    if target.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    // Whole or not at all, whoever else writes it.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::copy(&mut std::fs::File::open(dist.join(&part.name))?, &mut file)?;
    file.persist(target)?;
    let mut versions: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| part.is_version(name)) {
            versions.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    versions.sort_unstable_by(|a, b| b.cmp(a));
    for (_, old) in versions.into_iter().skip(KEPT) {
        std::fs::remove_file(old)?;
    }
    Ok(())
}

/// Nothing if the file is not the dictionary that it is named after.
fn difference(from: &Path, to: &Path, dictionary: [u8; 32]) -> io::Result<Option<Arc<[u8]>>> {
    let (dict, bytes) = (read(from)?, read(to)?);
    if <[u8; 32]>::from(Sha256::digest(&dict)) != dictionary {
        return Ok(None);
    }
    let mut out = Vec::from(MAGIC);
    out.extend(dictionary);
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        // As long as both together, so that each place of the dictionary is in reach; the longest that decoders must take is 24.
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompressCustomIoCustomDict(
        &mut brotli::IoReaderWrapper(&mut bytes.as_slice()),
        &mut brotli::IoWriterWrapper(&mut out),
        &mut [0; 65_536],
        &mut [0; 65_536],
        &params,
        brotli::enc::StandardAlloc::default(),
        &mut |_, _, _, _| (),
        &dict,
        io::ErrorKind::UnexpectedEof.into(),
    )?;
    Ok(Some(out.into()))
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if std::fs::metadata(file)?.len() > LONGEST {
        return Err(io::Error::other("it is longer than a part of the app may be"));
    }
    std::fs::read(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_dictionary_for_its_own_next_versions_alone() {
        let part = Part::of("/learn/learner-portal_bg-0123456789abcdef.wasm").unwrap();
        let header = part.header("/learn/learner-portal_bg-0123456789abcdef.wasm").unwrap();
        assert_eq!(header, "match=\"/learn/learner-portal_bg-*.wasm\"");
        assert!(part.is_version("learner-portal_bg-00000000000000ff.wasm"));
        assert!(!part.is_version("learner-portal_late-00000000000000ff.wasm"));
        for none in ["/index.html", "/sw.js", "/a-0123456789abcdeg.js", "/style-0123456789abcdef.css", "/"] {
            assert_eq!(Part::of(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_offered_is_read_only_where_it_is_taken() {
        let hash = format!(":{}:", BASE64.encode(&[7; 32]));
        let headers = |accept: &str, hash: &str| {
            HeaderMap::from_iter([
                (header::ACCEPT_ENCODING, accept.parse().unwrap()),
                (AVAILABLE_DICTIONARY, hash.parse().unwrap()),
            ])
        };
        assert_eq!(offered(&headers("gzip, br, dcb, dcz", &hash)), Some([7; 32]));
        for (accept, hash) in [("gzip, br", hash.as_str()), ("dcb", "abc"), ("dcb", ":AAAA:"), ("dcb", ":%:")] {
            assert_eq!(offered(&headers(accept, hash)), None, "{accept} {hash}");
        }
    }

    #[tokio::test]
    async fn a_next_version_is_what_differs_and_strangers_get_nothing() {
        let (data, dist) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let old: Vec<u8> = (0..40_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let mut new = old.clone();
        new.splice(50_000..50_010, *b"another text of the program");
        let digest = |bytes: &[u8]| <[u8; 32]>::from(Sha256::digest(bytes));
        let name = |bytes: &[u8]| format!("part-{}.wasm", &HEXLOWER.encode(&digest(bytes))[..16]);
        for bytes in [&old, &new] {
            std::fs::write(dist.path().join(name(bytes)), bytes).unwrap();
        }
        let earlier = Arc::new(Earlier::new(data.path().join("earlier")));
        let part = Part::of(&name(&new)).unwrap();
        assert_eq!(earlier.difference(&part, dist.path(), digest(&old)).await, None);
        earlier.clone().keep(Part::of(&name(&old)).unwrap(), dist.path().to_owned()).await;
        let made = earlier.difference(&part, dist.path(), digest(&old)).await.unwrap();
        assert!(made.len() < 400, "{} bytes", made.len());
        assert_eq!((&made[..4], &made[4..36]), (&MAGIC[..], &digest(&old)[..]));
        assert_eq!(earlier.difference(&part, dist.path(), digest(b"another")).await, None);
    }

    #[test]
    fn only_the_last_versions_are_kept() {
        let (data, dist) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for n in 0..KEPT + 3 {
            let name = format!("part-{n:016x}.wasm");
            std::fs::write(dist.path().join(&name), [0]).unwrap();
            keep(data.path(), &Part::of(&name).unwrap(), dist.path()).unwrap();
        }
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), KEPT);
    }
}
