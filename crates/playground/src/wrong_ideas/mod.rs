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
                title: texts::misreading_undenied_is_allowed(),
                says: texts::misreading_undenied_is_allowed_says(),
                contradiction: texts::misreading_undenied_is_allowed_truth(),
                rules: &["EVAL-1", "SCP-3"],
            },
            Self::AllowFlowsDown => Words {
                word: "allowFlowsDown",
                title: texts::misreading_allow_flows_down(),
                says: texts::misreading_allow_flows_down_says(),
                contradiction: texts::misreading_allow_flows_down_truth(),
                rules: &["SCP-3"],
            },
            Self::ScpGrants => Words {
                word: "scpGrants",
                title: texts::misreading_scp_grants(),
                says: texts::misreading_scp_grants_says(),
                contradiction: texts::misreading_scp_grants_truth(),
                rules: &["SCP-6", "SCP-30"],
            },
            Self::LowerUndoesDeny => Words {
                word: "lowerUndoesDeny",
                title: texts::misreading_lower_undoes_deny(),
                says: texts::misreading_lower_undoes_deny_says(),
                contradiction: texts::misreading_lower_undoes_deny_truth(),
                rules: &["SCP-2", "SCP-4"],
            },
            Self::BoundaryGrants => Words {
                word: "boundaryGrants",
                title: texts::misreading_boundary_grants(),
                says: texts::misreading_boundary_grants_says(),
                contradiction: texts::misreading_boundary_grants_truth(),
                rules: &["EVAL-7"],
            },
            Self::ManagementBound => Words {
                word: "managementBound",
                title: texts::misreading_management_bound(),
                says: texts::misreading_management_bound_says(),
                contradiction: texts::misreading_management_bound_truth(),
                rules: &["ORG-5", "SCP-20"],
            },
            Self::AdminBeatsScp => Words {
                word: "adminBeatsScp",
                title: texts::misreading_admin_beats_scp(),
                says: texts::misreading_admin_beats_scp_says(),
                contradiction: texts::misreading_admin_beats_scp_truth(),
                rules: &["EVAL-3", "SCP-6"],
            },
            Self::RootUnstoppable => Words {
                word: "rootUnstoppable",
                title: texts::misreading_root_unstoppable(),
                says: texts::misreading_root_unstoppable_says(),
                contradiction: texts::misreading_root_unstoppable_truth(),
                rules: &["SCP-21", "SCP-31"],
            },
            Self::SpecificWins => Words {
                word: "specificWins",
                title: texts::misreading_specific_wins(),
                says: texts::misreading_specific_wins_says(),
                contradiction: texts::misreading_specific_wins_truth(),
                rules: &["EVAL-2"],
            },
            Self::FirstMatchWins => Words {
                word: "firstMatchWins",
                title: texts::misreading_first_match_wins(),
                says: texts::misreading_first_match_wins_says(),
                contradiction: texts::misreading_first_match_wins_truth(),
                rules: &["EVAL-2"],
            },
            Self::AbsentKeyFails => Words {
                word: "absentKeyFails",
                title: texts::misreading_absent_key_fails(),
                says: texts::misreading_absent_key_fails_says(),
                contradiction: texts::misreading_absent_key_fails_truth(),
                rules: &["COND-4"],
            },
            Self::AbsentMeansFalse => Words {
                word: "absentMeansFalse",
                title: texts::misreading_absent_means_false(),
                says: texts::misreading_absent_means_false_says(),
                contradiction: texts::misreading_absent_means_false_truth(),
                rules: &["COND-4", "COND-5", "K-15"],
            },
            Self::NotActionAllows => Words {
                word: "notActionAllows",
                title: texts::misreading_not_action_allows(),
                says: texts::misreading_not_action_allows_says(),
                contradiction: texts::misreading_not_action_allows_truth(),
                rules: &["ACT-4", "EVAL-1"],
            },
            Self::ResourcePolicyEnough => Words {
                word: "resourcePolicyEnough",
                title: texts::misreading_resource_policy_enough(),
                says: texts::misreading_resource_policy_enough_says(),
                contradiction: texts::misreading_resource_policy_enough_truth(),
                rules: &["X-1", "X-3", "ORG-11"],
            },
            Self::IdentityPolicyEnough => Words {
                word: "identityPolicyEnough",
                title: texts::misreading_identity_policy_enough(),
                says: texts::misreading_identity_policy_enough_says(),
                contradiction: texts::misreading_identity_policy_enough_truth(),
                rules: &["X-1", "TR-1", "KMS-1"],
            },
            Self::ScpBindsOutsiders => Words {
                word: "scpBindsOutsiders",
                title: texts::misreading_scp_binds_outsiders(),
                says: texts::misreading_scp_binds_outsiders_says(),
                contradiction: texts::misreading_scp_binds_outsiders_truth(),
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
