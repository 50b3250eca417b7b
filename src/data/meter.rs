//! What the portal has taken of the learner's data on this device: a number a month of the provider's zone, and nothing of whose it
//! was, so that it outlives a sign-out. Months are by the device's own clock, as nothing else is there when pages count. src/browser/meter.js and public/sw.js count.

use crate::{browser::clock, state::app::App};

/// Bytes, both ways, of this month and of the one before; nothing where this device keeps nothing.
pub async fn taken(app: App) -> Option<[u64; 2]> {
    let cache = app.cache();
    if !cache.persistent() {
        return None;
    }
    let (year, month) = app.dates().month(clock::now());
    let before = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    let mut bytes = [0; 2];
    for ((year, month), bytes) in [(year, month), before].into_iter().zip(&mut bytes) {
        *bytes = cache.read(&format!("device.data.{year}-{month:02}")).await.ok().flatten().unwrap_or_default();
    }
    Some(bytes)
}
