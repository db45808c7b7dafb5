//! Requests: callers of all kinds, several resources, endpoints, stated and unstated keys.

use serde_json::{Map, Value, json};

use super::keys::{ROWS, Sort};
use super::{ACCOUNTS, OUTSIDE, Person, Plan};

impl Plan {
    pub(super) fn request(&mut self, at: usize) -> Value {
        let action = *self.dice.one(&self.actions);
        let target = self.dice.one(&self.targets).clone();
        let mut request = json!({
            "id": format!("r{at}"),
            "principal": self.caller(action),
            "action": if self.dice.percent(5) { action.to_lowercase() } else { action.to_owned() },
        });
        let without_owner = target.arn.split(':').nth(4).is_none_or(str::is_empty);
        let several = action == "ec2:RunInstances" || self.dice.percent(4);
        if several {
            let mut resources = vec![json!({ "arn": target.arn })];
            if let Some(second) = self.targets.get(1) {
                resources.push(json!({ "arn": second.arn }));
            }
            for resource in &mut resources {
                if self.dice.percent(30) {
                    resource["tags"] = json!({ "env": self.dice.one(&["prod", "dev"]) });
                }
                if self.dice.percent(40) {
                    let value = *self.dice.one(&["t2.micro", "m5.large"]);
                    resource["context"] = json!({ "ec2:InstanceType": value });
                }
                let on_nothing = matches!(action, "s3:ListAllMyBuckets" | "kms:ListKeys")
                    || action.starts_with("ec2:Describe")
                    || resource["arn"] == "*";
                if without_owner && !on_nothing && self.dice.percent(30) {
                    resource["account"] = json!(self.dice.one(&ACCOUNTS));
                }
            }
            request["resources"] = json!(resources);
        } else if action == "s3:ListAllMyBuckets" || action == "kms:ListKeys" {
            let anything = self.dice.percent(85);
            request["resource"] = json!(if anything {
                "*".to_owned()
            } else {
                target.arn.clone()
            });
        } else {
            request["resource"] = json!(target.arn);
        }
        let is_on_nothing = target.arn == "*"
            || request["resource"] == "*"
            || matches!(action, "s3:ListAllMyBuckets" | "kms:ListKeys")
            || action.starts_with("ec2:Describe");
        if let Some(owner) = target.owner
            && without_owner
            && !is_on_nothing
            && self.dice.percent(45)
        {
            request["resourceAccount"] = json!(owner);
        }
        if self.dice.percent(25) {
            let mut tags = Map::new();
            for tag in self.dice.some(&["team", "env"], 1, 2) {
                tags.insert(tag.to_owned(), json!(self.dice.one(&["blue", "red"])));
            }
            request["requestTags"] = Value::Object(tags);
        }
        if self.dice.percent(20) {
            request["region"] = json!(self.dice.one(&["eu-west-1", "us-east-1", "eu-north-1"]));
        }
        if self.dice.percent(40) {
            let times = [
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
                "2025-12-31T23:59:59Z",
            ];
            request["time"] = json!(self.dice.one(&times));
        }
        if self.dice.percent(22) {
            let endpoint = if self.dice.percent(96) {
                *self.dice.one(&["vpce-1", "vpce-1", "vpce-1", "vpce-2"])
            } else {
                "vpce-unlisted"
            };
            request["endpoint"] = json!(endpoint);
        }
        if self.dice.percent(8) {
            let services = ["cloudformation.amazonaws.com", "athena.amazonaws.com"];
            request["via"] = json!(self.dice.some(&services, 1, 2));
        }
        self.keys_of(&mut request);
        request
    }

    /// Some keys stated, some stated to be absent or unknown, the others left open.
    fn keys_of(&mut self, request: &mut Value) {
        let mut context = Map::new();
        let mut absent = Vec::new();
        let mut unknown = Vec::new();
        let rows = ROWS.iter().filter(|row| {
            self.keys.iter().any(|key| key.name == row.name) || !row.carried.is_empty()
        });
        let rows: Vec<_> = rows.collect();
        let stated = if self.dice.percent(18) { 60 } else { 3 };
        for row in rows {
            let follows = row.name.starts_with("aws:Principal")
                || row.name.starts_with("aws:Resource")
                || row.name.starts_with("aws:Source")
                || matches!(
                    row.name,
                    "aws:username"
                        | "aws:userid"
                        | "aws:RequestedRegion"
                        | "aws:MultiFactorAuthPresent"
                ) && row.name != "aws:SourceIp";
            let stated = if follows && row.name != "aws:SourceIp" {
                2
            } else {
                stated
            };
            let concerned = self.keys.iter().any(|key| key.name == row.name);
            if !self
                .dice
                .percent(if concerned { stated } else { stated / 4 })
            {
                continue;
            }
            // What the caller or a resource states of its own is not stated twice.
            if ["aws:MultiFactorAuthPresent", "ec2:InstanceType"].contains(&row.name) {
                continue;
            }
            let is_tag = row.name.starts_with("aws:RequestTag/");
            match self.dice.below(20) {
                0 | 1 if !is_tag => absent.push(row.name),
                2 | 3
                    if !is_tag
                        && !["aws:TagKeys", "aws:CurrentTime", "aws:EpochTime"]
                            .contains(&row.name) =>
                {
                    unknown.push(row.name)
                }
                _ if row.carried.is_empty() => {}
                _ if row.sort == Sort::Several => {
                    let values = self.dice.some(row.carried, 1, 3);
                    context.insert(row.name.to_owned(), json!(values));
                }
                _ => {
                    let value = *self.dice.one(row.carried);
                    context.insert(row.name.to_owned(), json!(value));
                }
            }
        }
        request["context"] = Value::Object(context);
        request["absent"] = json!(absent);
        request["unknown"] = json!(unknown);
    }

    fn caller(&mut self, action: &str) -> Value {
        match action {
            "sts:AssumeRoleWithSAML" if self.dice.percent(70) => return self.saml(),
            "sts:AssumeRoleWithWebIdentity" if self.dice.percent(70) => return self.web(),
            _ => {}
        }
        let among = if self.dice.percent(85) {
            3
        } else {
            self.people.len()
        };
        let person = self.people[self.dice.below(among)].clone();
        let account = person.account;
        match self.dice.below(100) {
            0..=44 if person.is_role => self.role(&person),
            0..=44 => match self.dice.below(10) {
                0 => json!(person.id),
                1 | 2 => {
                    let mut caller = json!({ "type": "userSession", "id": person.id });
                    if self.dice.percent(70) {
                        caller["mfa"] = json!(self.dice.once_in(2));
                    }
                    caller
                }
                3 => json!({ "type": "user", "id": person.id, "mfa": "none" }),
                _ => json!({ "type": "user", "id": person.id }),
            },
            45..=56 => {
                let roles: Vec<Person> = self
                    .people
                    .iter()
                    .filter(|one| one.is_role)
                    .cloned()
                    .collect();
                let role = self.dice.one(&roles).clone();
                self.role(&role)
            }
            57..=65 => {
                let users: Vec<Person> = self
                    .people
                    .iter()
                    .filter(|one| !one.is_role)
                    .cloned()
                    .collect();
                let issuer = self.dice.one(&users).clone();
                let mut caller =
                    json!({ "type": "federatedUser", "name": "guest", "issuer": issuer.id });
                if self.dice.percent(80) {
                    caller["sessionPolicies"] = self.sessions();
                }
                caller
            }
            66..=73 => json!({ "type": "root", "account": account }),
            74..=76 => {
                let mut caller = json!({ "type": "assumedRoot", "account": account });
                if self.dice.percent(90) {
                    caller["taskPolicy"] = json!(self.policy("session"));
                }
                caller
            }
            77..=82 => {
                let mut caller = json!({
                    "type": "service",
                    "name": self.dice.one(&["cloudtrail.amazonaws.com", "lambda.amazonaws.com"]),
                });
                if self.dice.percent(60) {
                    caller["sourceArn"] = json!("arn:aws:sns:eu-west-1:222222222222:t");
                }
                if self.dice.percent(40) {
                    caller["sourceAccount"] =
                        json!(self.dice.one(&["222222222222", "999999999999"]));
                }
                caller
            }
            83 => self.saml(),
            84 => self.web(),
            85..=88 => json!({ "type": "anonymous" }),
            89..=92 => self.by_arn(&person),
            93..=97 if self.has_organization => {
                let policy = if self.dice.once_in(2) {
                    "AdministratorAccess".to_owned()
                } else {
                    self.policy("identity")
                };
                json!({ "type": "everyAccount", "role": "Auditor", "policies": [policy] })
            }
            98 if self.dice.once_in(6) => json!({ "type": "root", "account": "666666666666" }),
            _ => json!(person.id),
        }
    }

    fn role(&mut self, person: &Person) -> Value {
        let mut caller =
            json!({ "type": "role", "id": person.id, "session": self.dice.one(&["s1", "s2"]) });
        match self.dice.below(12) {
            0 => caller["via"] = json!("SAML"),
            1 => {
                caller["via"] = json!("WebIdentity");
                caller["provider"] = json!("cognito-identity.amazonaws.com");
            }
            2 | 3 => caller["mfa"] = json!(self.dice.once_in(2)),
            4 => caller["tags"] = json!({ "Team": "red" }),
            5 => caller["sourceIdentity"] = json!("ann"),
            _ => {}
        }
        if person.id != "linked" && self.dice.percent(30) {
            caller["sessionPolicies"] = self.sessions();
        }
        caller
    }

    fn sessions(&mut self) -> Value {
        let count = 1 + self.dice.below(2);
        let policies: Vec<String> = (0..count)
            .map(|_| {
                if self.dice.percent(90) {
                    self.policy("session")
                } else {
                    "AdministratorAccess".to_owned()
                }
            })
            .collect();
        json!(policies)
    }

    fn saml(&mut self) -> Value {
        json!({ "type": "saml", "provider": "arn:aws:iam::222222222222:saml-provider/idp" })
    }

    fn web(&mut self) -> Value {
        let providers = [
            "cognito-identity.amazonaws.com",
            "arn:aws:iam::222222222222:oidc-provider/accounts.example.com",
        ];
        json!({ "type": "webIdentity", "provider": self.dice.one(&providers) })
    }

    /// A caller by its ARN: one that has an entry, or one that has none.
    fn by_arn(&mut self, person: &Person) -> Value {
        let partition = self.partition_of(person.account);
        let account = person.account;
        let name = person.name;
        let arn = match self.dice.below(8) {
            0 => format!("arn:{partition}:iam::{account}:root"),
            1 => format!("arn:{partition}:sts::{account}:federated-user/guest"),
            2 => format!("arn:{partition}:iam::{account}:user/nobody"),
            3 => format!("arn:{partition}:sts::{account}:assumed-role/nobody/s1"),
            4 => format!(
                "arn:{}:iam::{}:user/nobody",
                self.partition_of(OUTSIDE[0]),
                OUTSIDE[0]
            ),
            _ if person.is_role && self.dice.once_in(2) => {
                format!("arn:{partition}:sts::{account}:assumed-role/{name}/s1")
            }
            _ => person.arn.clone(),
        };
        json!({ "type": "arn", "arn": arn })
    }
}
