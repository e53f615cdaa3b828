//! Numbers that look random and are the same every time.

use uuid::Uuid;

/// Microseconds since 1970.
pub type Micros = u64;

/// splitmix64 (Steele, Lea, Flood 2014): a few instructions per number, any seed is a good one.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `least`, below `end`. The bias of a remainder is far below what anybody could see here.
    pub fn between(&mut self, least: u64, end: u64) -> u64 {
        least + self.next() % end.saturating_sub(least).max(1)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.between(0, 100) < percent
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.next() >> 32).unwrap_or_default() % choices.len()]
    }

    /// A UUID of version 7 made at this time, as `base.uuid_v7()` would have made it: ids sort by time.
    pub fn uuid_v7(&mut self, at: Micros) -> Uuid {
        let time = ((at / 1000) << 16) | 0x7000 | ((at % 1000) * 4096 / 1000);
        Uuid::from_u64_pair(time, 0x8000_0000_0000_0000 | (self.next() >> 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_7_and_sort_by_microsecond() {
        let mut random = Random::new(1);
        let start = 1_750_000_000_123_456;
        let ids: Vec<Uuid> = (0..2000).map(|micros| random.uuid_v7(start + micros)).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        assert!(ids.iter().all(|id| id.get_variant() == uuid::Variant::RFC4122));
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers_within_bounds() {
        let numbers = |seed| {
            let mut random = Random::new(seed);
            (0..1000).map(|_| random.between(5, 15)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
        assert!(numbers(7).iter().all(|number| (5..15).contains(number)));
        assert_eq!(Random::new(1).between(9, 9), 9);
    }
}
