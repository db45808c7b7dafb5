//! What common misreadings would answer, beside the truth.
//!
//! A wrong idea is worked out by changing the scenario so that AWS would do what the misreader
//! believes, or by putting the explained outcomes together as the misreader would. Each names the
//! rule of docs/semantics.md that contradicts it. A wrong answer is shown only where it differs
//! from the right one.

mod answer;

use evaluator::Verdict;
use organization::Scenario;

use crate::engine::Engine;
use crate::view::{Focus, Phrase};
use crate::words::{strong, text, verdict};

/// A common misreading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WrongIdea {
    /// What nothing denies is allowed (EVAL-1, SCP-3).
    UndeniedIsAllowed,
    /// An Allow at the root is enough for everything below (SCP-3).
    AllowFlowsDown,
    /// An SCP that allows grants access (SCP-6).
    ScpGrants,
    /// An Allow further down undoes a Deny from above (SCP-2).
    LowerUndoesDeny,
    /// A permissions boundary grants what it allows (EVAL-7).
    BoundaryGrants,
    /// SCPs and RCPs bind the management account, too (ORG-5).
    ManagementBound,
    /// An administrator's Allow beats an SCP (EVAL-3).
    AdminBeatsScp,
    /// The root user of an account can always do everything (SCP-21).
    RootUnstoppable,
    /// The more exact statement wins (EVAL-2).
    SpecificWins,
    /// Statements are read in order, and the first that matches wins (EVAL-2).
    FirstMatchWins,
    /// A key that a request does not have makes every condition fail (COND-4).
    AbsentKeyFails,
    /// A key of `true` and `false` that a request does not have is false (COND-4, K-15).
    AbsentMeansFalse,
    /// A Deny with NotAction allows what it lists (ACT-4).
    NotActionAllows,
    /// The resource's policy alone lets a caller of another account in.
    ResourcePolicyEnough,
    /// An identity policy alone opens the resources of another account, or a role (X-1, TR-1).
    IdentityPolicyEnough,
    /// SCPs bind everybody who uses the organization's resources (SCP-23).
    ScpBindsOutsiders,
}

/// What a misreader would answer for a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Misreading {
    /// The wrong idea.
    pub idea: WrongIdea,
    /// What the misreader believes comes out.
    pub verdict: Verdict,
    /// What does come out.
    pub truth: Verdict,
    /// What the misreader would say, in a sentence.
    pub says: Phrase,
    /// What is so instead, in a sentence.
    pub contradiction: &'static str,
    /// The rules of docs/semantics.md that say so.
    pub rules: &'static [&'static str],
}

/// The words of a wrong idea.
struct Words {
    word: &'static str,
    title: &'static str,
    says: &'static str,
    contradiction: &'static str,
    rules: &'static [&'static str],
}

impl WrongIdea {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::UndeniedIsAllowed,
        Self::AllowFlowsDown,
        Self::ScpGrants,
        Self::LowerUndoesDeny,
        Self::BoundaryGrants,
        Self::ManagementBound,
        Self::AdminBeatsScp,
        Self::RootUnstoppable,
        Self::SpecificWins,
        Self::FirstMatchWins,
        Self::AbsentKeyFails,
        Self::AbsentMeansFalse,
        Self::NotActionAllows,
        Self::ResourcePolicyEnough,
        Self::IdentityPolicyEnough,
        Self::ScpBindsOutsiders,
    ];

    /// The idea of this word, as `misconception.idea` of a lesson has it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|idea| idea.word() == word)
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.words().word
    }

    /// What people believe, in a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.words().title
    }

    /// What is so instead, in a sentence.
    #[must_use]
    pub fn contradiction(self) -> &'static str {
        self.words().contradiction
    }

    /// The rules of docs/semantics.md that contradict it.
    #[must_use]
    pub fn rules(self) -> &'static [&'static str] {
        self.words().rules
    }

    fn words(self) -> Words {
        match self {
            Self::UndeniedIsAllowed => Words {
                word: "undeniedIsAllowed",
                title: "What nothing denies is allowed.",
                says: "No statement denies it, so it is allowed.",
                contradiction: "Nothing is allowed until a policy says so, and at each level of the tree an SCP has to say so, too.",
                rules: &["EVAL-1", "SCP-3"],
            },
            Self::AllowFlowsDown => Words {
                word: "allowFlowsDown",
                title: "An Allow in an SCP flows down the tree.",
                says: "It is allowed further up, and that counts for everything below.",
                contradiction: "Every level needs an Allow of its own: the root, each OU on the way, and the account.",
                rules: &["SCP-3"],
            },
            Self::ScpGrants => Words {
                word: "scpGrants",
                title: "An SCP that allows something grants it.",
                says: "The SCPs allow it, so it is allowed.",
                contradiction: "An SCP only limits. Somebody has access if a policy of IAM or of the resource grants it as well.",
                rules: &["SCP-6", "SCP-30"],
            },
            Self::LowerUndoesDeny => Words {
                word: "lowerUndoesDeny",
                title: "An OU or account can undo a Deny from above.",
                says: "Further down it is allowed again, and the nearest policy counts.",
                contradiction: "A Deny at any level is final for everything below it. The order of the levels does not matter.",
                rules: &["SCP-2", "SCP-4"],
            },
            Self::BoundaryGrants => Words {
                word: "boundaryGrants",
                title: "A permissions boundary grants what it allows.",
                says: "The boundary allows it, so it is allowed.",
                contradiction: "A boundary only limits what identity policies grant.",
                rules: &["EVAL-7"],
            },
            Self::ManagementBound => Words {
                word: "managementBound",
                title: "SCPs bind the management account, too.",
                says: "The SCPs of the organization count for all of its accounts.",
                contradiction: "SCPs never affect the management account, nor RCPs its resources.",
                rules: &["ORG-5", "SCP-20"],
            },
            Self::AdminBeatsScp => Words {
                word: "adminBeatsScp",
                title: "An administrator's Allow beats an SCP.",
                says: "The caller's own policy allows it, and that is what counts.",
                contradiction: "SCPs are weighed before identity policies. What they do not let through, no identity policy can grant.",
                rules: &["EVAL-3", "SCP-6"],
            },
            Self::RootUnstoppable => Words {
                word: "rootUnstoppable",
                title: "Nothing stops the root user of an account.",
                says: "It is the root user, who can do everything.",
                contradiction: "SCPs bind the root user of every member account, and RCPs protect resources from it.",
                rules: &["SCP-21", "SCP-31"],
            },
            Self::SpecificWins => Words {
                word: "specificWins",
                title: "The more exact statement wins.",
                says: "One statement allows exactly this, and that goes before a general Deny.",
                contradiction: "A Deny that matches is final, however general it is.",
                rules: &["EVAL-2"],
            },
            Self::FirstMatchWins => Words {
                word: "firstMatchWins",
                title: "Statements are read in order, and the first that matches wins.",
                says: "The first statement that matches is an Allow, and there the reading stops.",
                contradiction: "All statements are weighed, in no order. One Deny that matches is enough.",
                rules: &["EVAL-2"],
            },
            Self::AbsentKeyFails => Words {
                word: "absentKeyFails",
                title: "A condition on a key that is not there does not hold.",
                says: "The request does not have the key, so the condition does not hold.",
                contradiction: "A negated operator holds for a key that is not there, and so does every operator that ends in IfExists.",
                rules: &["COND-4"],
            },
            Self::AbsentMeansFalse => Words {
                word: "absentMeansFalse",
                title: "A key that is not there is false.",
                says: "The request does not say that it is true, so it is false.",
                contradiction: "A key that is not there equals nothing, and a condition that is not negated does not hold. IfExists makes it hold.",
                rules: &["COND-4", "COND-5", "K-15"],
            },
            Self::NotActionAllows => Words {
                word: "notActionAllows",
                title: "A Deny with NotAction allows what it lists.",
                says: "The action is listed in NotAction, so it is allowed.",
                contradiction: "NotAction only says what the Deny leaves alone. Something else must still allow it.",
                rules: &["ACT-4", "EVAL-1"],
            },
            Self::ResourcePolicyEnough => Words {
                word: "resourcePolicyEnough",
                title: "A resource's policy alone lets another account in.",
                says: "The resource's policy names the caller, so it is allowed.",
                contradiction: "Across accounts both sides must allow, and none of it crosses partitions.",
                rules: &["X-1", "X-3", "ORG-11"],
            },
            Self::IdentityPolicyEnough => Words {
                word: "identityPolicyEnough",
                title: "The caller's own policy is always enough.",
                says: "The caller's own policy allows it, so it is allowed.",
                contradiction: "Another account's resource, a role and a KMS key have a policy of their own that must allow, too.",
                rules: &["X-1", "TR-1", "KMS-1"],
            },
            Self::ScpBindsOutsiders => Words {
                word: "scpBindsOutsiders",
                title: "SCPs bind everybody who uses the organization's resources.",
                says: "The SCPs of the account that owns the resource forbid it.",
                contradiction: "SCPs limit only callers of the organization's own accounts. Outsiders are for RCPs and resource policies.",
                rules: &["SCP-23", "SCP-28", "RCP-1"],
            },
        }
    }
}

/// What somebody with this wrong idea would answer, where it differs from the truth; none for a row
/// that is not there, too.
#[must_use]
pub fn misread(scenario: &Scenario, focus: &Focus, idea: WrongIdea) -> Option<Misreading> {
    let mut engine = Engine::new();
    let case = answer::Case::new(&mut engine, scenario, focus)?;
    of(&case, idea)
}

/// What each wrong idea would answer, those that differ from the truth.
#[must_use]
pub fn misreadings(scenario: &Scenario, focus: &Focus) -> Vec<Misreading> {
    let mut engine = Engine::new();
    let Some(case) = answer::Case::new(&mut engine, scenario, focus) else {
        return Vec::new();
    };
    let all = WrongIdea::ALL.into_iter();
    all.filter_map(|idea| of(&case, idea)).collect()
}

fn of(case: &answer::Case<'_>, idea: WrongIdea) -> Option<Misreading> {
    let wrong = case.believed(idea)?;
    let words = idea.words();
    (wrong != case.truth).then(|| Misreading {
        idea,
        verdict: wrong,
        truth: case.truth,
        says: vec![strong(format!("{}: ", verdict(wrong))), text(words.says)],
        contradiction: words.contradiction,
        rules: words.rules,
    })
}

#[cfg(test)]
mod tests;
