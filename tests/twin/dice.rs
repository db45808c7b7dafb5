//! Choices from a seed: the same seed, the same choices.

/// A small generator of numbers (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.number() % (count.max(1) as u64)).unwrap_or(0)
    }

    /// True once in `of` times.
    pub(crate) fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// True so many times of a hundred.
    pub(crate) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Between `least` and `most` of them, each once, in their order.
    pub(crate) fn some<T: Clone>(&mut self, of: &[T], least: usize, most: usize) -> Vec<T> {
        let count = (least + self.below(most - least + 1)).min(of.len());
        let mut places: Vec<usize> = (0..of.len()).collect();
        for at in 0..count {
            let other = at + self.below(places.len() - at);
            places.swap(at, other);
        }
        places.truncate(count);
        places.sort_unstable();
        places.into_iter().map(|at| of[at].clone()).collect()
    }
}
