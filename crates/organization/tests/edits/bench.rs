//! A scenario to edit.

use organization::{
    Caller, Child, Created, Edit, PolicyId, PrincipalId, PrincipalKind, Request, RequestId,
    Scenario,
};
use policy::Kind;

pub(crate) const ROOT: &str = "r-root";
pub(crate) const MANAGEMENT: &str = "111111111111";

pub(crate) struct Bench(pub(crate) Scenario);

impl Bench {
    /// An organization with its management account.
    pub(crate) fn new() -> Self {
        let mut bench = Self(Scenario::empty());
        bench.make(Edit::CreateOrganization {
            management_account: "Management".to_owned(),
        });
        bench
    }

    #[track_caller]
    pub(crate) fn make(&mut self, edit: Edit) -> Option<Created> {
        let edited = self.0.apply(edit).unwrap_or_else(|error| panic!("{error}"));
        self.0 = edited.scenario;
        edited.created
    }

    /// The sentence with which an edit is refused.
    #[track_caller]
    pub(crate) fn refused(&self, edit: Edit) -> String {
        let before = self.0.clone();
        let error = self.0.apply(edit).expect_err("the edit is refused");
        assert_eq!(self.0, before);
        error.to_string()
    }

    #[track_caller]
    pub(crate) fn ou(&mut self, parent: &str, name: &str) -> String {
        let edit = Edit::AddOu {
            parent: parent.into(),
            name: name.to_owned(),
        };
        self.node(edit)
    }

    #[track_caller]
    pub(crate) fn account(&mut self, parent: &str, name: &str) -> String {
        let edit = Edit::AddAccount {
            parent: parent.into(),
            name: name.to_owned(),
        };
        self.node(edit)
    }

    #[track_caller]
    pub(crate) fn node(&mut self, edit: Edit) -> String {
        match self.make(edit) {
            Some(Created::Node(id)) => id.to_string(),
            other => panic!("a node, not {other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn policy(&mut self, name: &str, kind: Kind) -> PolicyId {
        let edit = Edit::AddPolicy {
            name: name.to_owned(),
            kind,
            text: "{}".into(),
        };
        match self.make(edit) {
            Some(Created::Policy(id)) => id,
            other => panic!("a policy, not {other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn principal(
        &mut self,
        kind: PrincipalKind,
        account: &str,
        name: &str,
    ) -> PrincipalId {
        let edit = Edit::AddPrincipal {
            kind,
            account: account.into(),
            name: name.to_owned(),
            policies: vec![],
        };
        match self.make(edit) {
            Some(Created::Principal(id)) => id,
            other => panic!("a principal, not {other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn request(&mut self, role: &PrincipalId) -> RequestId {
        let request = Request::new(Caller::role(role.clone()), "s3:GetObject", "*");
        let edit = Edit::AddRequest {
            request: Box::new(request),
            position: None,
        };
        match self.make(edit) {
            Some(Created::Request(id)) => id,
            other => panic!("a request, not {other:?}"),
        }
    }

    pub(crate) fn attached(&self, node: &str) -> Vec<String> {
        let organization = self.0.organization.as_ref().unwrap();
        let index = organization.index();
        let node = index.node(node).unwrap();
        let policies = organization.effective_attachments(node.attachments());
        policies.iter().map(ToString::to_string).collect()
    }

    /// The tree as `Name[child child]`.
    pub(crate) fn drawing(&self) -> String {
        fn draw(children: &[Child]) -> String {
            let children = children.iter().map(|child| match child {
                Child::Ou(ou) => format!("{}[{}]", ou.name, draw(&ou.children)),
                Child::Account(account) => account.name.clone(),
            });
            children.collect::<Vec<_>>().join(" ")
        }
        draw(&self.0.organization.as_ref().unwrap().root.children)
    }
}

pub(crate) fn attach(node: &str, policy: &str) -> Edit {
    Edit::Attach {
        node: node.into(),
        policy: policy.into(),
        position: None,
    }
}

pub(crate) fn detach(node: &str, policy: &str) -> Edit {
    Edit::Detach {
        node: node.into(),
        policy: policy.into(),
    }
}

pub(crate) fn relocate(node: &str, parent: &str, position: Option<usize>) -> Edit {
    Edit::MoveNode {
        node: node.into(),
        parent: parent.into(),
        position,
    }
}
