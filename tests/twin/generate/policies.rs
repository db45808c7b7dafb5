//! Policies of every kind, about what the requests are about, or nearly.

use serde_json::{Map, Value, json};

use super::{ACCOUNTS, OUTSIDE, Plan};

impl Plan {
    /// An entry of `policies`.
    pub(super) fn document(&mut self, kind: &'static str, id: &str) -> Value {
        let mut document = Map::new();
        let strict = matches!(kind, "scp" | "rcp");
        if strict || self.dice.percent(88) {
            document.insert("Version".to_owned(), json!("2012-10-17"));
        } else if self.dice.once_in(2) {
            document.insert("Version".to_owned(), json!("2008-10-17"));
        }
        let count = 1 + self.dice.below(3);
        let mut statements: Vec<Value> = (0..count).map(|_| self.statement(kind)).collect();
        // Most allow something, so that other policies come to decide.
        let open = match kind {
            "boundary" | "session" | "endpoint" => 45,
            "scp" => 30,
            "identity" => 40,
            _ => 0,
        };
        if self.dice.percent(open) {
            let mut statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
            if kind == "endpoint" {
                statement["Principal"] = json!("*");
            }
            statements.push(statement);
        }
        if self.dice.percent(2) {
            self.spoil(&mut statements);
        }
        let statements = match statements.as_slice() {
            [one] if self.dice.once_in(3) => one.clone(),
            _ => json!(statements),
        };
        document.insert("Statement".to_owned(), statements);
        json!({ "id": id, "name": id, "kind": kind, "document": document })
    }

    /// Makes a document one that AWS would refuse.
    fn spoil(&mut self, statements: &mut [Value]) {
        let at = self.dice.below(statements.len());
        match self.dice.below(3) {
            0 => statements[at]["Effect"] = json!("Permit"),
            1 => statements[at]["Condition"] = json!({ "StringIs": { "aws:username": "a" } }),
            _ => statements[at]["Action"] = json!("nothing"),
        }
    }

    fn statement(&mut self, kind: &'static str) -> Value {
        let deny = match kind {
            "rcp" => 100,
            "scp" => 65,
            "identity" | "boundary" | "session" | "endpoint" => 25,
            _ => 15,
        };
        let denies = self.dice.percent(deny);
        let mut statement = Map::new();
        statement.insert(
            "Effect".to_owned(),
            json!(if denies { "Deny" } else { "Allow" }),
        );
        if matches!(kind, "resource" | "trust" | "endpoint" | "rcp") {
            let (name, value) = self.principal(kind, denies);
            statement.insert(name.to_owned(), value);
        }
        let not_action = kind != "rcp" && self.dice.percent(10);
        let name = if not_action { "NotAction" } else { "Action" };
        let actions: Vec<String> = (0..1 + self.dice.below(2))
            .map(|_| self.action(kind))
            .collect();
        statement.insert(name.to_owned(), one_or_many(&mut self.dice, actions));
        if kind != "trust" {
            let not_resource = self.dice.percent(10);
            let name = if not_resource {
                "NotResource"
            } else {
                "Resource"
            };
            let count = 1 + self.dice.below(2);
            let resources: Vec<String> = (0..count).map(|_| self.resource(kind)).collect();
            statement.insert(name.to_owned(), one_or_many(&mut self.dice, resources));
        }
        if let Some(conditions) = self.conditions() {
            statement.insert("Condition".to_owned(), conditions);
        }
        Value::Object(statement)
    }

    fn action(&mut self, kind: &str) -> String {
        let action = *self.dice.one(&self.actions);
        let (service, name) = action.split_once(':').unwrap_or_default();
        let start: String = name.chars().take(3).collect();
        let end: String = name.chars().skip(2).collect();
        match self.dice.below(20) {
            0..=6 => action.to_owned(),
            7..=9 => format!("{service}:*"),
            10 | 11 if kind != "rcp" => "*".to_owned(),
            12 => format!("{service}:{start}*"),
            13 => format!("{service}:*{end}"),
            14 => format!("{service}:{start}?{}", &name[4.min(name.len())..]),
            15 => action.to_uppercase(),
            16 => format!("{}:{}", service.to_uppercase(), name.to_lowercase()),
            // Near misses.
            17 => format!("{action}s"),
            18 => format!("{service}:{end}"),
            _ => (*self
                .dice
                .one(&["s3:*", "sts:*", "iam:Get*", "ec2:*", "kms:*"]))
            .to_owned(),
        }
    }

    fn resource(&mut self, kind: &str) -> String {
        let target = self.dice.one(&self.targets).clone();
        let arn = if target.arn == "*" {
            "arn:aws:s3:::data/x".to_owned()
        } else {
            target.arn
        };
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let head = parts[..5].join(":");
        let last = parts[5];
        let half = last
            .chars()
            .take(last.chars().count() / 2)
            .collect::<String>();
        let short = kind != "session";
        match self.dice.below(26) {
            0..=7 => "*".to_owned(),
            8..=11 => arn.clone(),
            12 => format!("{head}:*"),
            13 => format!("{head}:{half}*"),
            14 => format!("{head}:{last}/*"),
            15 => format!("arn:{}:{}:*", parts[1], parts[2]),
            16 => format!("arn:{}:{}:*:*:{last}", parts[1], parts[2]),
            17 => format!("{head}:{}?", &last[..last.len() - 1]),
            18 => format!("{head}:*{}", last.chars().skip(1).collect::<String>()),
            // Near misses.
            19 => format!("{head}:{}", last.to_uppercase()),
            20 => format!("{head}:{last}x"),
            21 if short => format!("arn:{}:{}", parts[1], parts[2]),
            22 if short => format!("arn:{}:{}*", parts[1], &parts[2][..1]),
            23 => {
                let variable = *self.dice.one(&[
                    "${aws:username}",
                    "${aws:PrincipalTag/team}",
                    "${aws:PrincipalTag/team, 'x'}",
                    "${example:Name}",
                    "${s3:prefix}",
                    "${aws:PrincipalAccount}",
                    "${*}",
                ]);
                let front = last.split('/').next().unwrap_or_default();
                format!(
                    "{head}:{front}/{variable}{}",
                    if self.dice.once_in(2) { "/*" } else { "" }
                )
            }
            24 => format!("arn:{}:s3:::*", parts[1]),
            _ => "*".to_owned(),
        }
    }

    fn principal(&mut self, kind: &str, denies: bool) -> (&'static str, Value) {
        if kind == "rcp" || (kind == "endpoint" && self.dice.percent(80)) {
            return ("Principal", json!("*"));
        }
        let not = kind != "trust" && self.dice.percent(if denies { 30 } else { 3 });
        let name = if not { "NotPrincipal" } else { "Principal" };
        match self.dice.below(10) {
            0 if !not => return (name, json!("*")),
            1 if !not => return (name, json!({ "AWS": "*" })),
            _ => {}
        }
        let mut families: Map<String, Value> = Map::new();
        if not && self.dice.percent(60) {
            // All forms of somebody, or all but one.
            let person = self.person();
            let mut forms = self.forms(&person);
            if self.dice.once_in(3) {
                let at = self.dice.below(forms.len());
                forms.remove(at);
            }
            if !forms.is_empty() {
                families.insert("AWS".to_owned(), json!(forms));
            }
        }
        let count = 1 + self.dice.below(2);
        for _ in 0..count {
            let (family, value) = match self.dice.below(20) {
                0 | 1 => (
                    "Service",
                    (*self
                        .dice
                        .one(&["cloudtrail.amazonaws.com", "lambda.amazonaws.com"]))
                    .to_owned(),
                ),
                2 => (
                    "Federated",
                    (*self.dice.one(&[
                        "accounts.example.com",
                        "arn:aws:iam::222222222222:oidc-provider/accounts.example.com",
                        "arn:aws:iam::222222222222:saml-provider/idp",
                        "arn:aws:iam::222222222222:saml-provider/other",
                    ]))
                    .to_owned(),
                ),
                3 if kind == "trust" => (
                    "Federated",
                    (*self.dice.one(&[
                        "accounts.example.com",
                        "cognito-identity.amazonaws.com",
                        "arn:aws:iam::222222222222:saml-provider/idp",
                    ]))
                    .to_owned(),
                ),
                4 if self.dice.once_in(4) => ("CanonicalUser", "0123456789abcdef".repeat(4)),
                5 if self.dice.once_in(4) => ("AWS", "AIDAAAAAAAAAAAAAAAAAA".to_owned()),
                _ => ("AWS", self.name()),
            };
            let list = families
                .entry(family.to_owned())
                .or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(json!(value));
            }
        }
        (name, Value::Object(families))
    }

    fn person(&mut self) -> super::Person {
        let among = if self.dice.percent(80) {
            3
        } else {
            self.people.len()
        };
        self.people[self.dice.below(among)].clone()
    }

    /// All forms of a principal: itself, its session, its account (PRIN-13).
    fn forms(&mut self, person: &super::Person) -> Vec<String> {
        let partition = self.partition_of(person.account);
        let account = person.account;
        let mut forms = vec![person.arn.clone()];
        forms.push(if self.dice.once_in(2) {
            account.to_owned()
        } else {
            format!("arn:{partition}:iam::{account}:root")
        });
        if person.is_role {
            let name = person.name;
            forms.push(format!(
                "arn:{partition}:sts::{account}:assumed-role/{name}/s1"
            ));
        } else if self.dice.once_in(3) {
            forms.push(format!(
                "arn:{partition}:sts::{account}:federated-user/guest"
            ));
        }
        forms
    }

    /// One principal of the family `AWS`, or nearly one.
    fn name(&mut self) -> String {
        let person = self.person();
        let arn = person.arn.clone();
        match self.dice.below(14) {
            0..=8 => {
                let forms = self.forms(&person);
                self.dice.one(&forms).clone()
            }
            9 => (*self.dice.one(&ACCOUNTS)).to_owned(),
            10 => (*self.dice.one(&OUTSIDE)).to_owned(),
            // Near misses: letters, paths.
            11 => format!("{arn}x"),
            12 => arn.replace("/team/", "/").replace(":user/ann", ":user/Ann"),
            _ => arn
                .replace(":role/", ":role/other/")
                .replace(":user/", ":user/other/"),
        }
    }
}

fn one_or_many(dice: &mut crate::dice::Dice, values: Vec<String>) -> Value {
    match values.as_slice() {
        [one] if dice.once_in(2) => json!(one),
        _ => json!(values),
    }
}
