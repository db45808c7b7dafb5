//! The numbered lines that tell how far a command is.

/// Counts the steps of one command: `[2/6] Installing Trunk 0.21.14 (…)`.
pub(crate) struct Steps {
    done: usize,
    total: usize,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    /// Begins the next step.
    pub(crate) fn begin(&mut self, text: &str) {
        self.done += 1;
        println!("[{}/{}] {text}", self.done, self.total);
    }
}
