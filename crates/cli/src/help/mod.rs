//! The texts of `--help`.

use crate::args::Topic;

impl Topic {
    /// The help about it.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::All => include_str!("all.txt"),
            Self::Eval => include_str!("eval.txt"),
            Self::Test => include_str!("test.txt"),
            Self::Diff => include_str!("diff.txt"),
            Self::Lint => include_str!("lint.txt"),
            Self::Link => include_str!("link.txt"),
            Self::Open => include_str!("open.txt"),
            Self::Lesson => include_str!("lesson.txt"),
            Self::Schema => include_str!("schema.txt"),
        }
    }
}
