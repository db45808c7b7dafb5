//! Users, groups and roles; resources and endpoints with their policies.

use serde_json::{Value, json};

use super::{ACCOUNTS, OUTSIDE, Person, Plan};

impl Plan {
    /// Who there is: everybody's ARN is known before any policy names it.
    pub(super) fn people(&mut self) {
        let users = [
            ("ann", "ann", "/", ACCOUNTS[1]),
            ("bob", "bob", "/team/", ACCOUNTS[2]),
            ("mia", "mia", "/", ACCOUNTS[0]),
            ("xu", "xu", "/", OUTSIDE[0]),
            ("zoe", "zoe", "/", OUTSIDE[2]),
        ];
        let roles = [
            ("app", "app", "/team/", ACCOUNTS[1]),
            ("ops", "ops", "/", ACCOUNTS[2]),
            (
                "linked",
                "linked",
                "/aws-service-role/es.amazonaws.com/",
                ACCOUNTS[1],
            ),
            ("guest", "guest", "/", OUTSIDE[1]),
        ];
        // Nothing crosses partitions: somebody of another one is there now and then.
        let count = if self.dice.percent(30) {
            users.len()
        } else {
            users.len() - 1
        };
        let users = &users[..count];
        let all = (users.iter().map(|row| (row, false))).chain(roles.iter().map(|row| (row, true)));
        for ((id, name, path, account), is_role) in all {
            let word = if is_role { "role" } else { "user" };
            let partition = self.partition_of(account);
            self.people.push(Person {
                id,
                is_role,
                account,
                arn: format!("arn:{partition}:iam::{account}:{word}{path}{name}"),
                name,
            });
        }
        // Whoever comes first calls more often.
        for at in 0..3 {
            let other = at + self.dice.below(self.people.len() - at);
            self.people.swap(at, other);
        }
    }

    /// The entries of the people, and what belongs to the targets.
    pub(super) fn holders(&mut self) {
        let group = self.identities();
        self.principals.push(json!({
            "id": "team", "type": "group", "account": ACCOUNTS[1], "name": "team", "policies": group,
        }));
        for person in self.people.clone() {
            let path = person.arn.splitn(6, ':').nth(5).unwrap_or_default();
            let path = path.trim_start_matches("user").trim_start_matches("role");
            let path = path.strip_suffix(person.name).unwrap_or("/");
            let mut entry = json!({
                "id": person.id,
                "type": if person.is_role { "role" } else { "user" },
                "account": person.account,
                "name": person.name,
                "path": path,
                "policies": self.identities(),
            });
            if !person.is_role && person.account == ACCOUNTS[1] {
                entry["groups"] = json!(["team"]);
            }
            if person.id != "linked" && self.dice.percent(30) {
                let kind = if self.dice.percent(85) {
                    "boundary"
                } else {
                    "identity"
                };
                entry["permissionsBoundary"] = json!(self.policy(kind));
            }
            if person.is_role && self.dice.percent(92) {
                entry["trustPolicy"] = json!(self.policy("trust"));
            }
            if self.dice.percent(50) {
                entry["tags"] = json!({ "team": self.dice.one(&["blue", "red", "a*"]) });
            }
            self.principals.push(entry);
        }
        self.targets_with_policies();
        let policy = self.policy("endpoint");
        self.endpoints = vec![
            json!({ "id": "vpce-1", "policy": policy, "vpc": "vpc-1", "account": ACCOUNTS[1] }),
            json!({ "id": "vpce-2" }),
        ];
    }

    fn identities(&mut self) -> Value {
        let mut policies = Vec::new();
        if self.dice.percent(55) {
            policies.push("AdministratorAccess".to_owned());
        }
        if self.dice.percent(45) {
            policies.push(self.policy("identity"));
        }
        if self.dice.percent(2) {
            policies.push("PowerUserAccess".to_owned());
        }
        json!(policies)
    }

    fn targets_with_policies(&mut self) {
        for target in self.targets.clone() {
            if target.arn == "*" || target.arn.contains("::aws:") {
                continue;
            }
            let is_role = target.arn.contains(":role/");
            let needs = target.arn.contains(":kms:") || (is_role && target.owner.is_some());
            if !(target.told || needs) {
                continue;
            }
            // The entry of the thing itself, of what contains it, or one with wildcards.
            let arn = match (target.arn.split_once('/'), self.dice.below(10)) {
                (Some((container, _)), 0..=5) if target.arn.contains(":s3:") => {
                    container.to_owned()
                }
                _ if self.dice.percent(6) => format!("{}*", &target.arn[..target.arn.len() - 1]),
                _ => target.arn.clone(),
            };
            let mut entry = json!({ "arn": arn });
            if let Some(owner) = target.owner {
                entry["account"] = json!(owner);
            }
            if self.dice.percent(if needs { 95 } else { 65 }) {
                let is_trust = is_role && self.dice.percent(80);
                entry["policy"] = json!(self.policy(if is_trust { "trust" } else { "resource" }));
            }
            if self.dice.percent(40) {
                entry["tags"] = json!({ "env": self.dice.one(&["prod", "dev"]) });
            }
            if !self
                .resources
                .iter()
                .any(|known| known["arn"] == entry["arn"])
            {
                self.resources.push(entry);
            }
        }
    }
}
