//! What has changed: the lines of a text, and the verdicts of requests.

use std::rc::Rc;

use organization::RequestId;

use crate::view::RequestView;

/// Past this many cells of the table a part of a text is taken as changed altogether.
const MOST_CELLS: usize = 250_000;

/// Lines in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The first line of the old text that is gone, from 0.
    pub old: usize,
    /// The lines that are gone.
    pub removed: Vec<String>,
    /// The first line of the new text that is new, from 0.
    pub new: usize,
    /// The lines that are new.
    pub added: Vec<String>,
}

/// A request with another verdict than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictChange {
    /// The request.
    pub request: RequestId,
    /// What came out before, in words.
    pub before: String,
    /// What comes out now, in words.
    pub after: String,
}

/// The requests whose verdict is another one than before; those that are new have none to compare.
#[must_use]
pub fn verdict_changes(
    before: &[Rc<RequestView>],
    after: &[Rc<RequestView>],
) -> Vec<VerdictChange> {
    let changed = |now: &Rc<RequestView>| {
        let then = before.iter().find(|then| then.id == now.id)?;
        (then.word != now.word).then(|| VerdictChange {
            request: now.id.clone(),
            before: then.word.clone(),
            after: now.word.clone(),
        })
    };
    after.iter().filter_map(changed).collect()
}

/// The lines in which two texts differ, from the top.
///
/// ```
/// let hunks = playground::line_changes("a\nb\nc", "a\nx\ny\nc");
/// assert_eq!(hunks.len(), 1);
/// assert_eq!((hunks[0].new, &hunks[0].removed[..]), (1, &["b".to_owned()][..]));
/// ```
#[must_use]
pub fn line_changes(old: &str, new: &str) -> Vec<Hunk> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let pairs = || old.iter().zip(&new);
    let start = pairs().take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let backwards = old.iter().rev().zip(new.iter().rev());
    let end = backwards.take(most).take_while(|(a, b)| a == b).count();
    let inner = |lines: &[&str]| -> Vec<String> {
        let kept = lines.len() - start - end;
        let inner = lines.iter().skip(start).take(kept);
        inner.map(|line| (*line).to_owned()).collect()
    };
    let mut hunks = hunks(&inner(&old), &inner(&new));
    for hunk in &mut hunks {
        hunk.old += start;
        hunk.new += start;
    }
    hunks
}

fn hunks(old: &[String], new: &[String]) -> Vec<Hunk> {
    let common = Common::of(old, new);
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut a, mut b) = (0, 0);
    let mut open: Option<Hunk> = None;
    while a < old.len() || b < new.len() {
        if a < old.len() && old.get(a) == new.get(b) && common.joins(a, b) {
            hunks.extend(open.take());
            a += 1;
            b += 1;
            continue;
        }
        let hunk = open.get_or_insert(Hunk {
            old: a,
            removed: Vec::new(),
            new: b,
            added: Vec::new(),
        });
        if b >= new.len() || (a < old.len() && common.at(a + 1, b) >= common.at(a, b + 1)) {
            hunk.removed.extend(old.get(a).cloned());
            a += 1;
        } else {
            hunk.added.extend(new.get(b).cloned());
            b += 1;
        }
    }
    hunks.extend(open);
    hunks
}

/// How many lines the rests of two texts have in common, in order.
struct Common {
    width: usize,
    lengths: Vec<u16>,
}

impl Common {
    fn of(old: &[String], new: &[String]) -> Self {
        let width = new.len() + 1;
        let cells = width * (old.len() + 1);
        if cells > MOST_CELLS {
            return Self {
                width,
                lengths: Vec::new(),
            };
        }
        let mut common = Self {
            width,
            lengths: vec![0; cells],
        };
        for (a, left) in old.iter().enumerate().rev() {
            for (b, right) in new.iter().enumerate().rev() {
                let length = if left == right {
                    common.at(a + 1, b + 1) + 1
                } else {
                    common.at(a + 1, b).max(common.at(a, b + 1))
                };
                if let Some(cell) = common.lengths.get_mut(a * width + b) {
                    *cell = length;
                }
            }
        }
        common
    }

    fn at(&self, a: usize, b: usize) -> u16 {
        let cell = self.lengths.get(a * self.width + b);
        cell.copied().unwrap_or_default()
    }

    /// Whether two equal lines belong together in what the texts have in common.
    fn joins(&self, a: usize, b: usize) -> bool {
        self.at(a, b) > 0 && self.at(a, b) == self.at(a + 1, b + 1) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The changes as text: `-line` and `+line` behind the number of the new line.
    fn told(old: &str, new: &str) -> Vec<String> {
        let changes = line_changes(old, new);
        let told = changes.iter().map(|hunk| {
            let removed = hunk.removed.iter().map(|line| format!("-{line}"));
            let added = hunk.added.iter().map(|line| format!("+{line}"));
            let lines: Vec<String> = removed.chain(added).collect();
            format!("{} {}", hunk.new, lines.join(" "))
        });
        told.collect()
    }

    #[test]
    fn equal_texts_have_no_changes() {
        assert!(told("", "").is_empty());
        assert!(told("a\nb", "a\nb\n").is_empty());
    }

    #[test]
    fn changed_added_and_removed_lines_are_told_apart() {
        assert_eq!(told("a\nb\nc", "a\nx\nc"), ["1 -b +x"]);
        assert_eq!(told("a\nc", "a\nb\nc"), ["1 +b"]);
        assert_eq!(told("a\nb\nc", "a\nc"), ["1 -b"]);
        assert_eq!(told("", "a\nb"), ["0 +a +b"]);
        assert_eq!(told("a\nb", ""), ["0 -a -b"]);
    }

    #[test]
    fn changes_apart_are_several() {
        assert_eq!(told("a\nb\nc\nd\ne", "a\nx\nc\nd"), ["1 -b +x", "4 -e"]);
        assert_eq!(told("{\n}\n{\n}", "{\n}\n{\nx\n}\n{\n}").len(), 1);
    }

    #[test]
    fn a_change_put_back_gives_the_new_text() {
        let texts = [
            "",
            "a",
            "a\nb\na\nb",
            "b\na\nb\nc\na",
            "c\nc\nc",
            "a\nx\ny\nb",
        ];
        for old in texts {
            for new in texts {
                let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
                for hunk in line_changes(old, new).iter().rev() {
                    lines.splice(hunk.old..hunk.old + hunk.removed.len(), hunk.added.clone());
                }
                assert_eq!(lines, new.lines().collect::<Vec<_>>(), "{old:?} {new:?}");
            }
        }
    }

    #[test]
    fn texts_of_any_length_are_compared() {
        let long = |word: &str| vec![word; 2000].join("\n");
        assert_eq!(line_changes(&long("a"), &long("b")).len(), 1);
    }
}
