//! An account outside the organization, opened.

use std::rc::Rc;

use organization::{Edit, ExternalAccount, ExternalOrganization, Scenario};
use yew::prelude::*;

use super::{Sheet, account_id, code, text};
use crate::components::organization::parts::typed_text;
use crate::components::organization::principals::principals;
use crate::context::Dispatch;

pub(super) fn of_account(
    scenario: &Scenario,
    account: &Rc<ExternalAccount>,
    dispatch: &Dispatch,
) -> Sheet {
    let with = |change: fn(&mut ExternalAccount, String)| {
        let before = Rc::clone(account);
        Callback::from(move |text: String| {
            let mut changed = ExternalAccount::clone(&before);
            change(&mut changed, text);
            Edit::UpdateExternalAccount(Box::new(changed))
        })
    };
    let organization = account.organization.as_ref();
    let path = organization.and_then(|one| one.path.as_deref());
    let body = html! {
        <>
            <div class="sheet-fields">
                { text(texts::common_name(), &account.name, with(|one, text| one.name = text)) }
                { account_id(&account.id) }
                { code(texts::common_partition(), account.partition.as_deref().unwrap_or_default(), "aws", with(|one, text| {
                    one.partition = typed_text(&text);
                })) }
                { code(
                    texts::common_organization_id(), organization.map_or("", |one| &one.id), texts::organization_sheets_account_in_no_organization(),
                    with(set_organization),
                ) }
                if organization.is_some() {
                    { code(texts::organization_sheets_account_entity_path(), path.unwrap_or_default(), texts::common_not_known(), with(|one, text| {
                        if let Some(organization) = &mut one.organization {
                            organization.path = typed_text(&text);
                        }
                    })) }
                }
            </div>
            { principals(scenario, &account.id, &account.name, dispatch) }
        </>
    };
    Sheet {
        name: account.name.clone(),
        word: texts::organization_sheets_account_account_outside_the_organization(),
        account: None,
        arn: String::new(),
        body,
        deletion: Edit::DeleteExternalAccount(account.id.clone()),
    }
}

fn set_organization(account: &mut ExternalAccount, text: String) {
    let before = account.organization.take();
    account.organization = typed_text(&text).map(|id| match before {
        // The path begins with the id.
        Some(before) => ExternalOrganization {
            path: before
                .path
                .and_then(|path| Some(format!("{id}{}", path.strip_prefix(&before.id)?))),
            id,
            extra: before.extra,
        },
        None => ExternalOrganization {
            id,
            path: None,
            extra: Default::default(),
        },
    });
}
