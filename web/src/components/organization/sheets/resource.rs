//! A resource or a VPC endpoint, opened.

use std::rc::Rc;

use organization::{Edit, Endpoint, PolicyUse, Resource, Scenario};
use policy::Kind;
use yew::prelude::*;

use super::{Sheet, code, owner, slice, slot};
use crate::components::organization::parts::{typed_account, typed_text};
use crate::components::organization::tags::Tags;
use crate::context::Dispatch;
use crate::state::resource_name;

const RESOURCE: &[Kind] = &[Kind::Resource];
const ENDPOINT: &[Kind] = &[Kind::Endpoint];

pub(super) fn of_resource(
    scenario: &Scenario,
    resource: &Rc<Resource>,
    dispatch: &Dispatch,
) -> Sheet {
    let with = |change: fn(&mut Resource, &str)| {
        let before = Rc::clone(resource);
        Callback::from(move |text: String| {
            let mut changed = Resource::clone(&before);
            change(&mut changed, &text);
            Edit::UpdateResource {
                arn: before.arn.clone(),
                resource: Box::new(changed),
            }
        })
    };
    let tagged = {
        let before = Rc::clone(resource);
        Callback::from(move |tags| Edit::UpdateResource {
            arn: before.arn.clone(),
            resource: Box::new(Resource {
                tags,
                ..Resource::clone(&before)
            }),
        })
    };
    let in_arn = resource
        .arn
        .split(':')
        .nth(4)
        .is_some_and(|id| !id.is_empty());
    let follows = if in_arn {
        texts::organization_sheets_resource_follows_from_the_arn()
    } else {
        texts::common_not_known()
    };
    let body = html! {
        <>
            <div class="sheet-fields">
                { code("ARN", &resource.arn, "arn:aws:s3:::bucket", with(|one, text| {
                    one.arn = text.trim().to_owned();
                })) }
                { owner(scenario, resource.account.as_ref(), follows, with(|one, text| {
                    one.account = typed_account(text);
                })) }
            </div>
            { slot(
                scenario, (texts::common_resource_policy(), texts::organization_sheets_resource_none()), RESOURCE,
                &PolicyUse::Resource(resource.arn.clone()), slice(resource.policy.as_ref()), dispatch,
            ) }
            <Tags tags={resource.tags.clone()} edit={tagged} />
        </>
    };
    Sheet {
        name: resource_name(&resource.arn).to_owned(),
        word: texts::common_resource(),
        account: resource.account.clone(),
        arn: String::new(),
        body,
        deletion: Edit::DeleteResource(resource.arn.clone()),
    }
}

pub(super) fn of_endpoint(
    scenario: &Scenario,
    endpoint: &Rc<Endpoint>,
    dispatch: &Dispatch,
) -> Sheet {
    let with = |change: fn(&mut Endpoint, &str)| {
        let before = Rc::clone(endpoint);
        Callback::from(move |text: String| {
            let mut changed = Endpoint::clone(&before);
            change(&mut changed, &text);
            Edit::UpdateEndpoint {
                id: before.id.clone(),
                endpoint: Box::new(changed),
            }
        })
    };
    let body = html! {
        <>
            <div class="sheet-fields">
                { code(texts::organization_sheets_resource_id(), &endpoint.id, "vpce-…", with(|one, text| one.id = text.trim().to_owned())) }
                { owner(scenario, endpoint.account.as_ref(), texts::common_not_stated(), with(|one, text| {
                    one.account = typed_account(text);
                })) }
                { code("VPC", endpoint.vpc.as_deref().unwrap_or_default(), texts::common_not_stated(), with(|one, text| {
                    one.vpc = typed_text(text);
                })) }
            </div>
            { slot(
                scenario, (texts::common_endpoint_policy(), texts::organization_sheets_resource_none_awss_default()),
                ENDPOINT, &PolicyUse::Endpoint(endpoint.id.clone()), slice(endpoint.policy.as_ref()),
                dispatch,
            ) }
        </>
    };
    Sheet {
        name: endpoint.id.clone(),
        word: texts::common_vpc_endpoint(),
        account: endpoint.account.clone(),
        arn: String::new(),
        body,
        deletion: Edit::DeleteEndpoint(endpoint.id.clone()),
    }
}
