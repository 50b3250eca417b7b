//! Everything that is decided by chance: from a seed and the place where it is decided, so that a run can be had again.

/// SplitMix64.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Other places in the same run (a schedule's number, a request's number) throw other numbers.
    #[must_use]
    pub fn new(place: &[u64]) -> Self {
        let mut dice = Self(0x6a09_e667_f3bc_c908);
        for part in place {
            dice.0 ^= part.wrapping_mul(0xd6e8_feb8_6659_fd93);
            dice.0 = dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 up to, and without, `end`; 0 where that is nothing.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// From `from` up to, and without, `to`.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to.saturating_sub(from))
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, in_a_thousand: usize) -> bool {
        self.below(1_000) < in_a_thousand
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next() as u8)
    }

    /// A UUID of version 4.
    pub fn uuid(&mut self) -> String {
        let mut bytes: [u8; 16] = self.bytes();
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = data_encoding::HEXLOWER.encode(&bytes);
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_place_throws_the_same_and_another_place_does_not() {
        let throw = |place: &[u64]| (0..8).map(|_| Dice::new(place).below(1_000_000)).collect::<Vec<_>>();
        assert_eq!(throw(&[1, 2, 3]), throw(&[1, 2, 3]));
        for other in [[1, 2, 4], [1, 3, 2], [2, 2, 3]] {
            assert_ne!(throw(&[1, 2, 3]), throw(&other));
        }
    }

    #[test]
    fn ids_are_uuids() {
        let id = Dice::new(&[7]).uuid();
        assert_eq!((id.len(), &id[14..15]), (36, "4"), "{id}");
    }
}
