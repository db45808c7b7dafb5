//! What stands beside the tree: opened, renamed, closed, and given policies of its own. Runs
//! without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where something is wrong"
)]

use std::rc::Rc;

use organization::{Edit, PolicyUse, PrincipalKind, Resource, file};
use policy::Kind;
use web::state::{Action, Entity, Model, reduce};

const SCENARIO: &str = r#"{
    "version": 1,
    "organization": {
        "managementAccountId": "111111111111",
        "root": { "children": [
            { "type": "account", "id": "111111111111", "name": "Management" },
            { "type": "account", "id": "222222222222", "name": "Dev" }
        ] }
    },
    "externalAccounts": [{ "id": "999999999999", "name": "Partner" }],
    "principals": [
        { "id": "app", "type": "role", "account": "222222222222", "name": "App", "policies": [] },
        { "id": "far", "type": "role", "account": "999999999999", "name": "Far", "policies": [] }
    ],
    "resources": [
        { "arn": "arn:aws:s3:::logs", "account": "222222222222" },
        { "arn": "arn:aws:kms:eu-west-1:222222222222:key/1" }
    ],
    "endpoints": [{ "id": "vpce-0a1b2c3d" }],
    "requests": [{ "id": "r1", "principal": "app", "action": "s3:GetObject", "endpoint": "vpce-0a1b2c3d" }]
}"#;

fn model() -> Model {
    let scenario = file::read(SCENARIO).unwrap().scenario;
    Model {
        scenario: Rc::new(scenario),
        ..Model::default()
    }
    .with_first_selected()
}

fn after(model: &Model, action: Action) -> Model {
    reduce(model, action, 0.0).expect("the action changes something")
}

fn opened(model: &Model, entity: Entity) -> Model {
    after(model, Action::EntityOpened(Some(entity)))
}

fn renamed(arn: &str) -> Action {
    Action::Edited(Edit::UpdateResource {
        arn: "arn:aws:s3:::logs".to_owned(),
        resource: Box::new(Resource {
            arn: arn.to_owned(),
            account: Some("222222222222".into()),
            policy: None,
            tags: Default::default(),
            extra: Default::default(),
        }),
    })
}

#[test]
fn what_is_open_stays_open_while_its_name_is_typed_and_when_that_is_undone() {
    let logs = Entity::Resource("arn:aws:s3:::logs".to_owned());
    let model = opened(&model(), logs.clone());
    let photos = after(&model, renamed("arn:aws:s3:::photos"));
    assert_eq!(
        photos.selection.entity,
        Some(Entity::Resource("arn:aws:s3:::photos".to_owned()))
    );
    let undone = after(&photos, Action::Undone);
    assert_eq!(undone.selection.entity, Some(logs));
    let deleted = after(
        &undone,
        Action::Edited(Edit::DeleteResource("arn:aws:s3:::logs".to_owned())),
    );
    assert_eq!(deleted.selection.entity, None);
}

#[test]
fn the_letters_of_an_arn_are_one_step() {
    let model = opened(&model(), Entity::Resource("arn:aws:s3:::logs".to_owned()));
    let one = reduce(&model, renamed("arn:aws:s3:::logs2"), 0.0).unwrap();
    let rename = |to: &str| {
        let Action::Edited(Edit::UpdateResource { resource, .. }) = renamed(to) else {
            unreachable!("an edit of a resource")
        };
        Action::Edited(Edit::UpdateResource {
            arn: "arn:aws:s3:::logs2".to_owned(),
            resource,
        })
    };
    let two = reduce(&one, rename("arn:aws:s3:::logs23"), 200.0).unwrap();
    assert_eq!(after(&two, Action::Undone).scenario, model.scenario);
}

#[test]
fn an_account_with_another_id_stays_selected() {
    let dev = after(&model(), Action::NodeSelected(Some("222222222222".into())));
    let set = Action::Edited(Edit::SetAccountId {
        account: "222222222222".into(),
        id: "333333333333".into(),
    });
    let renamed = after(&dev, set);
    assert_eq!(renamed.selection.node, Some("333333333333".into()));
    let undone = after(&renamed, Action::Undone);
    assert_eq!(undone.selection.node, Some("222222222222".into()));
}

#[test]
fn a_principal_is_opened_under_its_account_and_closed_to_it() {
    let app = opened(&model(), Entity::Principal("app".into()));
    assert_eq!(app.selection.node, Some("222222222222".into()));
    let closed = after(&app, Action::EntityOpened(None));
    assert_eq!(closed.selection.entity, None);
    assert_eq!(closed.selection.node, Some("222222222222".into()));

    let far = opened(&closed, Entity::Principal("far".into()));
    assert_eq!(far.selection.node, None);
    let partner = after(&far, Action::EntityOpened(None));
    assert_eq!(
        partner.selection.entity,
        Some(Entity::Account("999999999999".into()))
    );
    let closed = after(&partner, Action::EntityOpened(None));
    assert_eq!(closed.selection.entity, None);
}

#[test]
fn what_was_made_is_opened_to_be_named() {
    let made = after(
        &model(),
        Action::PrincipalAdded {
            kind: PrincipalKind::User,
            account: "999999999999".into(),
        },
    );
    assert_eq!(
        made.selection.entity,
        Some(Entity::Principal("user".into()))
    );
    assert!(made.naming);
    let made = after(&made, Action::Edited(Edit::AddEndpoint { account: None }));
    assert_eq!(
        made.selection.entity,
        Some(Entity::Endpoint("vpce-00000001".to_owned()))
    );
    let again = opened(&made, Entity::Principal("app".into()));
    assert!(!again.naming);
}

#[test]
fn a_new_policy_fits_to_its_place() {
    for (kind, place, name, says) in [
        (
            Kind::Trust,
            PolicyUse::Trust("app".into()),
            "App trust policy",
            r#""AWS": "222222222222""#,
        ),
        (
            Kind::Resource,
            PolicyUse::Resource("arn:aws:s3:::logs".to_owned()),
            "logs resource policy",
            r#""Resource": "arn:aws:s3:::logs/*""#,
        ),
        (
            Kind::Resource,
            PolicyUse::Resource("arn:aws:kms:eu-west-1:222222222222:key/1".to_owned()),
            "key/1 resource policy",
            r#""Action": "kms:*""#,
        ),
        (
            Kind::Boundary,
            PolicyUse::Boundary("far".into()),
            "Far boundary",
            r#""Allow""#,
        ),
        (
            Kind::Endpoint,
            PolicyUse::Endpoint("vpce-0a1b2c3d".to_owned()),
            "vpce-0a1b2c3d endpoint policy",
            r#""Principal": "*""#,
        ),
        (
            Kind::Session,
            PolicyUse::Caller("r1".into()),
            "",
            "refused: a bare id passes no policies",
        ),
    ] {
        let model = model();
        let target = Some(place.clone());
        let added = after(&model, Action::PolicyAdded { kind, target });
        if name.is_empty() {
            assert_eq!(added.scenario, model.scenario);
            assert!(added.notice.is_some());
            continue;
        }
        let policy = added.scenario.policies.last().unwrap();
        assert_eq!(policy.name, name);
        assert!(policy.text.contains(says), "{}", policy.text);
        assert_eq!(added.scenario.policy_uses(policy.id.as_str()), [place]);
        assert_eq!(added.selection.policy.as_ref(), Some(&policy.id));
        assert_eq!(after(&added, Action::Undone).scenario, model.scenario);
    }
}

#[test]
fn a_new_policy_of_any_kind_is_valid() {
    for kind in Kind::ALL {
        let added = after(
            &Model::default(),
            Action::PolicyAdded { kind, target: None },
        );
        let text = &added.scenario.policies.first().unwrap().text;
        let parsed = policy::parse(text, kind);
        assert!(
            parsed.diagnostics.is_empty(),
            "{kind:?}: {:?}",
            parsed.diagnostics
        );
    }
}

#[test]
fn requests_that_lose_their_endpoint_are_told() {
    let model = opened(&model(), Entity::Endpoint("vpce-0a1b2c3d".to_owned()));
    let deleted = after(
        &model,
        Action::Edited(Edit::DeleteEndpoint("vpce-0a1b2c3d".to_owned())),
    );
    assert_eq!(
        deleted.notice.unwrap().text,
        "Deleted the VPC endpoint. One request has no endpoint now."
    );
}
