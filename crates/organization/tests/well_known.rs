//! The policies that need no entry in a scenario.

use organization::{Scenario, WELL_KNOWN, well_known};
use policy::Kind;

#[test]
fn each_is_one_that_aws_accepts() {
    for known in &WELL_KNOWN {
        // AWS's own RCP may allow, which no other one may: it is read by the wider rules.
        let kind = match known.kind {
            Kind::Rcp => Kind::Resource,
            kind => kind,
        };
        let parsed = policy::parse(known.text, kind);
        assert!(
            !parsed.is_refused(),
            "{}: {:?}",
            known.name,
            parsed.diagnostics
        );
        assert_eq!(policy::format(known.text).as_deref(), Some(known.text));
        assert_eq!(known.as_of.len(), "2026-11-21".len());
    }
}

#[test]
fn every_scenario_can_name_them() {
    let scenario = Scenario::empty();
    let kinds = [
        ("FullAWSAccess", Kind::Scp),
        ("RCPFullAWSAccess", Kind::Rcp),
        ("AdministratorAccess", Kind::Identity),
        ("PowerUserAccess", Kind::Identity),
        ("IAMFullAccess", Kind::Identity),
    ];
    assert_eq!(kinds.len(), WELL_KNOWN.len());
    for (name, kind) in kinds {
        let found = scenario
            .policy(name)
            .map(|policy| (policy.id(), policy.kind()));
        assert_eq!(found, Some((name, Some(kind))));
    }
    assert_eq!(well_known("ReadOnlyAccess"), None);
    assert_eq!(well_known("fullawsaccess"), None);
}
