//! What is switched off: policy types and single attachments, kept where they are and not weighed.

use std::rc::Rc;

use super::{Outcome, done};
use crate::scenario::{Scenario, SwitchedOff};

pub(super) fn switch(scenario: &mut Scenario, parts: Vec<SwitchedOff>, off: bool) -> Outcome {
    let settings = Rc::make_mut(&mut scenario.settings);
    settings.off.retain(|part| !parts.contains(part));
    if off {
        settings.off.extend(parts);
    }
    done()
}

pub(super) fn switch_all_on(scenario: &mut Scenario) -> Outcome {
    Rc::make_mut(&mut scenario.settings).off.clear();
    done()
}

#[cfg(test)]
mod tests {
    use policy::Kind;

    use crate::ids::{NodeId, PolicyId};
    use crate::scenario::{Scenario, SwitchedOff};
    use crate::{Edit, file};

    fn after(scenario: &Scenario, parts: &[SwitchedOff], off: bool) -> Scenario {
        let parts = parts.to_vec();
        let edit = Edit::Switch { parts, off };
        scenario.apply(edit).unwrap().scenario
    }

    #[test]
    fn what_is_switched_off_is_listed_once_and_comes_back() {
        let scps = SwitchedOff::Kind(Kind::Scp);
        let lock = SwitchedOff::Attachment {
            policy: PolicyId::from("lock"),
            node: NodeId::from("ou-1"),
        };
        let scenario = after(&Scenario::empty(), &[scps.clone(), lock.clone()], true);
        let scenario = after(&scenario, std::slice::from_ref(&scps), true);
        assert_eq!(scenario.settings.off, [lock.clone(), scps.clone()]);
        assert!(file::write(&scenario).contains("\"scp\""));

        let some = after(&scenario, std::slice::from_ref(&lock), false);
        assert_eq!(some.settings.off, [scps]);
        let all = scenario.apply(Edit::SwitchAllOn).unwrap().scenario;
        assert_eq!(all, Scenario::empty());
    }
}
