//! What is attached, and what may be.

use organization::{Edit, Settings, SwitchedOff};
use policy::Kind;

use crate::bench::{Bench, MANAGEMENT, ROOT, attach, detach};

#[test]
fn the_last_scp_of_a_node_stays() {
    let mut bench = Bench::new();
    bench.policy("Allow list", Kind::Scp);
    assert_eq!(
        bench.refused(detach(ROOT, "FullAWSAccess")),
        "`FullAWSAccess` is the last SCP of `r-root`: while SCPs are enabled each root, OU and \
         account keeps at least one, so attach the replacement first and detach this one then"
    );
    bench.make(attach(ROOT, "allow-list"));
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess", "allow-list"]);
    bench.make(detach(ROOT, "FullAWSAccess"));
    assert_eq!(bench.attached(ROOT), ["allow-list"]);
    assert!(
        bench
            .refused(detach(ROOT, "allow-list"))
            .contains("the last SCP")
    );
    bench.make(Edit::ReplaceAttachment {
        node: ROOT.into(),
        old: "allow-list".into(),
        new: "FullAWSAccess".into(),
    });
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(detach(MANAGEMENT, "allow-list")),
        "the policy `allow-list` is not attached to `111111111111` itself: only what is attached \
         directly can be detached"
    );
}

#[test]
fn only_scps_and_rcps_that_are_enabled_are_attached_and_only_once() {
    let mut bench = Bench::new();
    bench.policy("Lock", Kind::Scp);
    bench.policy("Perimeter", Kind::Rcp);
    bench.policy("Read", Kind::Identity);
    assert_eq!(
        bench.refused(attach(ROOT, "perimeter")),
        "RCPs are not enabled in this organization: enable `RESOURCE_CONTROL_POLICY` first"
    );
    assert_eq!(
        bench.refused(attach(ROOT, "read")),
        "the policy `read` is of kind `identity`: expected `scp` or `rcp`"
    );
    assert_eq!(
        bench.refused(attach(ROOT, "gone")),
        "there is no policy `gone`"
    );
    assert_eq!(
        bench.refused(attach("ou-x", "lock")),
        "there is no root, OU or account `ou-x`"
    );
    assert_eq!(
        bench.refused(attach(ROOT, "FullAWSAccess")),
        "the policy `FullAWSAccess` is attached to `r-root` already"
    );
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    bench.make(attach(ROOT, "perimeter"));
    assert_eq!(
        bench.refused(attach(ROOT, "RCPFullAWSAccess")),
        "the policy `RCPFullAWSAccess` is attached to `r-root` already"
    );
    assert_eq!(
        bench.refused(detach(ROOT, "RCPFullAWSAccess")),
        "`RCPFullAWSAccess` is attached everywhere while RCPs are enabled: AWS does not let anyone \
         detach it"
    );
    bench.make(detach(ROOT, "perimeter"));
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(Edit::ReplaceAttachment {
            node: ROOT.into(),
            old: "FullAWSAccess".into(),
            new: "perimeter".into()
        }),
        "the policy `perimeter` is of kind `rcp`: expected `scp`"
    );
}

#[test]
fn attachments_are_counted_by_kind() {
    let mut bench = Bench::new();
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    for n in 0..10 {
        bench.policy(&format!("s{n}"), Kind::Scp);
        bench.policy(&format!("r{n}"), Kind::Rcp);
    }
    for n in 0..9 {
        bench.make(attach(ROOT, &format!("s{n}")));
    }
    assert_eq!(
        bench.refused(attach(ROOT, "s9")),
        "`r-root` has 10 SCPs: AWS allows no more"
    );
    for n in 0..4 {
        bench.make(attach(ROOT, &format!("r{n}")));
    }
    assert_eq!(
        bench.refused(attach(ROOT, "r4")),
        "`r-root` has 5 RCPs, `RCPFullAWSAccess` counted: AWS allows no more"
    );
    // What is inherited takes no slot (Q-10).
    bench.make(attach(MANAGEMENT, "s9"));
    bench.make(Edit::ReplaceAttachment {
        node: ROOT.into(),
        old: "s0".into(),
        new: "s9".into(),
    });
}

#[test]
fn slots_are_those_of_the_day() {
    let mut bench = Bench::new();
    bench.make(Edit::SetSettings(Settings {
        as_of: Some("2026-05-14".to_owned()),
        ..Settings::default()
    }));
    for n in 0..5 {
        bench.policy(&format!("s{n}"), Kind::Scp);
    }
    for n in 0..4 {
        bench.make(attach(ROOT, &format!("s{n}")));
    }
    assert_eq!(
        bench.refused(attach(ROOT, "s4")),
        "`r-root` has 5 SCPs: AWS allows no more"
    );
    bench.make(Edit::SetSettings(Settings::default()));
    bench.make(attach(ROOT, "s4"));
}

#[test]
fn disabling_a_policy_type_detaches_it_everywhere() {
    let mut bench = Bench::new();
    bench.policy("Lock", Kind::Scp);
    bench.policy("Perimeter", Kind::Rcp);
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    let a = bench.ou(ROOT, "A");
    bench.make(attach(&a, "lock"));
    bench.make(detach(&a, "FullAWSAccess"));
    bench.make(attach(&a, "perimeter"));
    bench.make(attach(MANAGEMENT, "lock"));
    bench.make(Edit::DisablePolicyType(Kind::Scp));
    assert_eq!(bench.attached(&a), ["perimeter"]);
    assert_eq!(bench.attached(ROOT), [""; 0]);
    assert_eq!(bench.0.policies.len(), 2);
    assert_eq!(
        bench.refused(Edit::DisablePolicyType(Kind::Scp)),
        "SCPs are not enabled in this organization: enable `SERVICE_CONTROL_POLICY` first"
    );
    let b = bench.ou(ROOT, "B");
    assert_eq!(bench.attached(&b), [""; 0]);
    bench.make(Edit::EnablePolicyType(Kind::Scp));
    assert_eq!(bench.attached(&a), ["FullAWSAccess", "perimeter"]);
    for node in [ROOT, MANAGEMENT, &b] {
        assert_eq!(bench.attached(node), ["FullAWSAccess"]);
    }
    bench.make(Edit::DisablePolicyType(Kind::Rcp));
    assert_eq!(bench.attached(&a), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(Edit::EnablePolicyType(Kind::Scp)),
        "SCPs are enabled already"
    );
    assert_eq!(
        bench.refused(Edit::EnablePolicyType(Kind::Trust)),
        "policies of kind `trust` are not enabled in an organization: expected `scp` or `rcp`"
    );
}

#[test]
fn an_attachment_that_comes_back_is_switched_on() {
    let mut bench = Bench::new();
    bench.policy("Lock", Kind::Scp);
    let off = |policy: &str| SwitchedOff::Attachment {
        policy: policy.into(),
        node: ROOT.into(),
    };
    bench.make(attach(ROOT, "lock"));
    bench.make(Edit::SetSettings(Settings {
        off: vec![
            off("FullAWSAccess"),
            SwitchedOff::Kind(Kind::Rcp),
            off("lock"),
        ],
        ..Settings::default()
    }));
    bench.make(detach(ROOT, "lock"));
    assert_eq!(
        bench.0.settings.off,
        [off("FullAWSAccess"), SwitchedOff::Kind(Kind::Rcp)]
    );
    bench.make(Edit::DisablePolicyType(Kind::Scp));
    assert_eq!(bench.0.settings.off, [SwitchedOff::Kind(Kind::Rcp)]);
}

#[test]
fn consolidated_billing_has_no_policy_types() {
    let text = r#"{"version": 1, "organization": {"featureSet": "CONSOLIDATED_BILLING", "enabledPolicyTypes": [], "root": {}}}"#;
    let bench = Bench(organization::file::read(text).unwrap().scenario);
    assert_eq!(
        bench.refused(Edit::EnablePolicyType(Kind::Scp)),
        "SCPs need an organization with all features: its feature set is another one"
    );
}
