//! What a command gives back.

/// Text for both streams, and the exit code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Output {
    /// For the standard output.
    pub(crate) out: String,
    /// For the standard error output: errors, warnings, notes.
    pub(crate) err: String,
    /// The exit code.
    pub(crate) status: Status,
}

/// The exit codes; the larger one wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Everything is as expected.
    #[default]
    Holds,
    /// Something differs, or is wrong.
    Differs,
    /// Something could not be read, or was not understood.
    Unreadable,
}

impl Status {
    /// The number that the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Differs => 1,
            Self::Unreadable => 2,
        }
    }

    /// `Differs` if so.
    pub(crate) fn differs(differs: bool) -> Self {
        if differs { Self::Differs } else { Self::Holds }
    }
}

impl Output {
    /// A text and nothing wrong.
    pub(crate) fn holds(out: String) -> Self {
        Self {
            out,
            ..Self::default()
        }
    }

    /// Nothing but an error.
    pub(crate) fn failed(err: String) -> Self {
        Self {
            err,
            status: Status::Unreadable,
            ..Self::default()
        }
    }

    /// Makes the exit code at least this one.
    pub(crate) fn at_least(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// Adds a line to the errors.
    pub(crate) fn error(&mut self, message: impl std::fmt::Display) {
        self.err.push_str(&format!("error: {message}\n"));
        self.at_least(Status::Unreadable);
    }

    /// Adds a warning, which does not change the exit code.
    pub(crate) fn warning(&mut self, message: impl std::fmt::Display) {
        self.err.push_str(&format!("warning: {message}\n"));
    }

    /// Adds a note, which does not change the exit code.
    pub(crate) fn note(&mut self, message: impl std::fmt::Display) {
        self.err.push_str(&format!("note: {message}\n"));
    }
}
