//! The organization: OUs five levels deep, accounts anywhere, policies attached everywhere.

use serde_json::{Value, json};

use super::{ACCOUNTS, ORGANIZATION, Plan};

impl Plan {
    pub(super) fn organization(&mut self) -> Option<Value> {
        if !self.has_organization {
            return None;
        }
        let mut accounts = ACCOUNTS[1..].to_vec();
        let depth = self.dice.below(6);
        let root = format!("{ORGANIZATION}/r-ab12/");
        self.paths.push(root.clone());
        let mut children = self.unit(depth, 1, &root, &mut accounts);
        children.extend(accounts.iter().map(|id| self.account(id)));
        let management = if self.dice.percent(97) {
            ACCOUNTS[0]
        } else {
            ACCOUNTS[1]
        };
        children.push(self.account(ACCOUNTS[0]));
        let mut types = Vec::new();
        if self.dice.percent(94) {
            types.push("SERVICE_CONTROL_POLICY");
        }
        if self.dice.percent(90) {
            types.push("RESOURCE_CONTROL_POLICY");
        }
        let billing = self.dice.percent(3);
        Some(json!({
            "id": ORGANIZATION,
            "partition": self.partition,
            "featureSet": if billing { "CONSOLIDATED_BILLING" } else { "ALL" },
            "enabledPolicyTypes": types,
            "managementAccountId": management,
            "root": { "id": "r-ab12", "policies": self.attached(), "children": children },
        }))
    }

    /// A chain of OUs with some of the accounts in each.
    fn unit(
        &mut self,
        depth: usize,
        level: usize,
        above: &str,
        accounts: &mut Vec<&'static str>,
    ) -> Vec<Value> {
        if depth == 0 {
            return Vec::new();
        }
        let id = format!("ou-ab12-0000000{level}");
        let path = format!("{above}{id}/");
        self.paths.push(path.clone());
        let mut children = self.unit(depth - 1, level + 1, &path, accounts);
        let here = self.dice.below(3).min(accounts.len());
        for id in accounts.split_off(accounts.len() - here) {
            children.push(self.account(id));
        }
        let policies = self.attached();
        vec![
            json!({ "type": "ou", "id": id, "name": id, "policies": policies, "children": children }),
        ]
    }

    fn account(&mut self, id: &str) -> Value {
        let mut account = json!({ "type": "account", "id": id, "name": id });
        if self.dice.percent(60) {
            account["policies"] = self.attached();
        }
        account
    }

    fn attached(&mut self) -> Value {
        let mut attached = Vec::new();
        if self.dice.percent(94) {
            attached.push("FullAWSAccess".to_owned());
        }
        if self.dice.percent(18) {
            attached.push(self.policy("scp"));
        }
        if self.dice.percent(18) {
            attached.push(self.policy("rcp"));
        }
        json!(attached)
    }
}
