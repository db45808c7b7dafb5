//! What a lesson names, and its steps.

use std::collections::HashSet;

use crate::file::error::{FileWarning, FileWarningKind};
use crate::file::json::shortened;
use crate::file::reader::Findings;
use crate::file::suggest::closest;
use crate::lesson::{Editable, Hidden, Lesson, Step, Task};
use crate::scenario::Scenario;
use crate::well_known::well_known;

/// Reports requests and policies that a lesson names and that are not there.
pub(super) fn check(scenario: &Scenario, lesson: &Lesson, findings: &Findings) {
    let requests = scenario.requests.iter().map(|one| one.id.as_str());
    let policies = scenario.policies.iter().map(|one| one.id.as_str());
    let names = Names {
        requests: requests.collect(),
        policies: policies.collect(),
        findings,
    };
    for (index, step) in lesson.steps.iter().enumerate() {
        names.step(&format!("lesson.steps[{index}]"), step);
    }
}

struct Names<'a> {
    requests: HashSet<&'a str>,
    policies: HashSet<&'a str>,
    findings: &'a Findings,
}

impl Names<'_> {
    fn step(&self, path: &str, step: &Step) {
        for (at, one) in step.edit.iter().enumerate() {
            if let Editable::Policy(id) = one {
                self.policy(format!("{path}.edit[{at}].policy"), id.as_str());
            }
        }
        for (at, one) in step.hide.iter().enumerate() {
            match one {
                Hidden::Policy(id) => self.policy(format!("{path}.hide[{at}].policy"), id.as_str()),
                Hidden::Request(id) => {
                    self.request(format!("{path}.hide[{at}].request"), id.as_str());
                }
                _ => {}
            }
        }
        if let Some(task) = &step.task {
            self.task(&format!("{path}.task"), task);
        }
    }

    fn task(&self, path: &str, task: &Task) {
        for (at, id) in task.requests.iter().enumerate() {
            self.request(format!("{path}.requests[{at}]"), id.as_str());
        }
        if let Some(id) = &task.request {
            self.request(format!("{path}.request"), id.as_str());
        }
        for (id, _) in &task.expect {
            self.request(format!("{path}.expect"), id.as_str());
        }
        for (at, one) in task.structure.iter().enumerate() {
            for id in one.attached.iter().chain(&one.detached) {
                self.policy(format!("{path}.structure[{at}]"), id.as_str());
            }
        }
        let limits = &task.limits;
        let counted = limits.statements.iter().chain(&limits.characters);
        let kept = limits.keep_statements.iter().map(|(id, _)| id);
        for id in counted.map(|(id, _)| id).chain(kept) {
            self.policy(format!("{path}.limits"), id.as_str());
        }
    }

    fn request(&self, path: String, id: &str) {
        if !self.requests.contains(id) {
            self.missing(
                path,
                texts::subject_request(),
                id,
                self.requests.iter().copied(),
            );
        }
    }

    fn policy(&self, path: String, id: &str) {
        if !self.policies.contains(id) && well_known(id).is_none() {
            self.missing(
                path,
                texts::subject_policy(),
                id,
                self.policies.iter().copied(),
            );
        }
    }

    fn missing<'k>(
        &self,
        path: String,
        what: &str,
        id: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        self.findings.push(FileWarning {
            kind: FileWarningKind::Reference,
            path,
            message: texts::file_scenario_has_no(&what, &shortened(id)),
            suggestion: closest(id, known).map(str::to_owned),
        });
    }
}
