//! Where a policy is used, in words.

use std::rc::Rc;

use organization::{PolicyUse, PolicyUses, RCP_FULL_AWS_ACCESS, Scenario, TreeIndex};
use policy::Kind;
use yew::prelude::*;

use crate::state::{principal_word, resource_name};

/// How many places are named.
const MOST_NAMES: usize = 3;

/// Where each policy is used, worked out anew when something changes that can use one.
#[hook]
pub(super) fn use_policy_uses(scenario: &Rc<Scenario>) -> Rc<PolicyUses> {
    use_memo(Users(Rc::clone(scenario)), |Users(scenario)| {
        scenario.all_policy_uses()
    })
}

/// A scenario, as far as something in it can use a policy.
struct Users(Rc<Scenario>);

impl PartialEq for Users {
    fn eq(&self, other: &Self) -> bool {
        fn same<T>(own: &[Rc<T>], others: &[Rc<T>]) -> bool {
            let mut pairs = own.iter().zip(others);
            own.len() == others.len() && pairs.all(|(one, other)| Rc::ptr_eq(one, other))
        }
        let (own, other) = (&self.0, &other.0);
        own.organization == other.organization
            && same(&own.principals, &other.principals)
            && same(&own.resources, &other.resources)
            && same(&own.endpoints, &other.endpoints)
            && same(&own.requests, &other.requests)
    }
}

/// "Workloads and role Admin", or nothing where it is not used.
pub(super) fn uses_in_words(
    scenario: &Scenario,
    uses: &PolicyUses,
    index: Option<&TreeIndex>,
    policy: &str,
) -> Option<String> {
    let mut organization = scenario.organization.iter();
    if policy == RCP_FULL_AWS_ACCESS && organization.any(|one| one.rcps_enabled()) {
        return Some(texts::policies_uses_every_node().to_owned());
    }
    let uses = uses.of(policy);
    let kind = kind(scenario, policy);
    let mut names: Vec<String> = uses
        .iter()
        .take(MOST_NAMES)
        .map(|place| name_of_use(scenario, index, kind, place))
        .collect();
    let more = uses.len().saturating_sub(MOST_NAMES);
    if more > 0 {
        names.push(texts::policies_uses_more(&more));
    }
    let last = names.pop()?;
    if names.is_empty() {
        return Some(last);
    }
    Some(texts::common_and(&names.join(", "), &last))
}

/// All places, one for each line.
pub(crate) fn all_uses(
    scenario: &Scenario,
    uses: &[PolicyUse],
    index: Option<&TreeIndex>,
    policy: &str,
) -> String {
    let kind = kind(scenario, policy);
    let names: Vec<String> = uses
        .iter()
        .take(100)
        .map(|place| name_of_use(scenario, index, kind, place))
        .collect();
    names.join("\n")
}

fn kind(scenario: &Scenario, policy: &str) -> Option<Kind> {
    scenario.policy(policy)?.kind()
}

/// One place of a policy of this kind.
pub(super) fn name_of_use(
    scenario: &Scenario,
    index: Option<&TreeIndex>,
    kind: Option<Kind>,
    place: &PolicyUse,
) -> String {
    match place {
        PolicyUse::Node(id) => index
            .and_then(|index| index.node(id.as_str()))
            .map_or_else(|| id.to_string(), |node| node.name().to_owned()),
        PolicyUse::Boundary(id) if kind == Some(Kind::Identity) => {
            texts::policies_uses_as_boundary(&holder(scenario, id.as_str()))
        }
        PolicyUse::Identity(id) | PolicyUse::Boundary(id) | PolicyUse::Trust(id) => {
            holder(scenario, id.as_str())
        }
        PolicyUse::Resource(arn) => resource_name(arn).to_owned(),
        PolicyUse::Endpoint(id) => id.clone(),
        PolicyUse::Caller(id) => texts::policies_uses_the_caller_of(
            &scenario
                .request(id.as_str())
                .filter(|request| !request.name.is_empty())
                .map_or(id.as_str(), |request| &request.name),
        ),
    }
}

fn holder(scenario: &Scenario, id: &str) -> String {
    scenario.principal(id).map_or_else(
        || id.to_owned(),
        |principal| format!("{} {}", principal_word(principal), principal.name()),
    )
}

#[cfg(test)]
mod tests {
    use organization::{Organization, file};

    use super::*;

    #[test]
    fn places_are_named_and_many_are_counted() {
        let text = r#"{
            "version": 1,
            "organization": {"managementAccountId": "111111111111", "root": {"policies": ["FullAWSAccess", "a"], "children": [
                {"type": "account", "id": "111111111111", "name": "Management"},
                {"type": "ou", "name": "Work", "policies": ["FullAWSAccess", "a"], "children": []}
            ]}},
            "policies": [
                {"id": "a", "name": "A", "kind": "scp", "document": {}},
                {"id": "b", "name": "B", "kind": "identity", "document": {}},
                {"id": "c", "name": "C", "kind": "scp", "document": {}},
                {"id": "t", "name": "T", "kind": "trust", "document": {}},
                {"id": "r", "name": "R", "kind": "resource", "document": {}},
                {"id": "e", "name": "E", "kind": "endpoint", "document": {}},
                {"id": "m", "name": "M", "kind": "boundary", "document": {}}
            ],
            "resources": [{"arn": "arn:aws:s3:::photos", "policy": "r"}],
            "endpoints": [{"id": "vpce-0a1b2c3d", "policy": "e"}],
            "principals": [
                {"id": "1", "type": "role", "account": "111111111111", "name": "one", "policies": ["b"]},
                {"id": "2", "type": "user", "account": "111111111111", "name": "two", "policies": ["b"]},
                {"id": "3", "type": "group", "account": "111111111111", "name": "three", "policies": ["b"]},
                {"id": "4", "type": "role", "account": "111111111111", "name": "four", "policies": ["b"], "trustPolicy": "t", "permissionsBoundary": "m"},
                {"id": "5", "type": "user", "account": "111111111111", "name": "five", "permissionsBoundary": "PowerUserAccess"}
            ]
        }"#;
        let scenario = file::read(text).unwrap().scenario;
        let index = scenario.organization.as_ref().map(Organization::index);
        let uses = scenario.all_policy_uses();
        let words = |policy: &str| uses_in_words(&scenario, &uses, index.as_ref(), policy);
        assert_eq!(words("a").as_deref(), Some("Root and Work"));
        assert_eq!(
            words("b").as_deref(),
            Some("role one, user two, group three and 1 more")
        );
        assert_eq!(words("c"), None);
        assert_eq!(words("RCPFullAWSAccess"), None);
        assert_eq!(words("t").as_deref(), Some("role four"));
        assert_eq!(words("m").as_deref(), Some("role four"));
        assert_eq!(words("r").as_deref(), Some("photos"));
        assert_eq!(words("e").as_deref(), Some("vpce-0a1b2c3d"));
        assert_eq!(
            words("PowerUserAccess").as_deref(),
            Some("user five as boundary")
        );
        let text = text.replace(
            "\"managementAccountId\"",
            "\"enabledPolicyTypes\": [\"RESOURCE_CONTROL_POLICY\"], \"managementAccountId\"",
        );
        let scenario = file::read(&text).unwrap().scenario;
        let uses = scenario.all_policy_uses();
        let words = uses_in_words(&scenario, &uses, None, "RCPFullAWSAccess");
        assert_eq!(words.as_deref(), Some("every node"));
    }
}
