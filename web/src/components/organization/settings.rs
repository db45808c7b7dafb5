//! The settings of the organization, under its root.

use organization::{Edit, FeatureSet, Organization};
use policy::Kind;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::field::TextField;
use crate::context::Dispatch;
use crate::state::Action;

/// What the organization can do, and what it is called.
pub(super) fn settings(organization: &Organization, dispatch: &Dispatch) -> Html {
    let all = organization.feature_set == FeatureSet::All;
    let remark = match &organization.feature_set {
        FeatureSet::All => String::new(),
        FeatureSet::ConsolidatedBilling => {
            texts::organization_settings_consolidated_billing_only().to_owned()
        }
        FeatureSet::Other(word) => texts::organization_settings_feature_set_aws(&word),
    };
    let features = |on| {
        Edit::SetFeatureSet(if on {
            FeatureSet::All
        } else {
            FeatureSet::ConsolidatedBilling
        })
    };
    let id = Callback::from(|text: String| Edit::SetOrganizationId(text.trim().into()));
    let partition = Callback::from(|text: String| Edit::SetPartition(text.trim().into()));
    html! {
        <>
            <div class="details-part"><h4>{ texts::organization_settings_organization_settings() }</h4></div>
            <div class="sheet-checks">
                { check(texts::organization_settings_all_features(), all, true, features, dispatch) }
                if !remark.is_empty() {
                    <p class="sheet-remark">{ remark }</p>
                }
                { check(texts::organization_settings_scps_enabled(), organization.scps_enabled(), all, |on| switched(Kind::Scp, on), dispatch) }
                { check(texts::organization_settings_rcps_enabled(), organization.rcps_enabled(), all, |on| switched(Kind::Rcp, on), dispatch) }
            </div>
            <div class="sheet-fields">
                <TextField
                    label={texts::common_organization_id()} value={organization.id.to_string()} code=true edit={id}
                />
                <TextField
                    label={texts::common_partition()} value={organization.partition.to_string()} code=true
                    edit={partition} options={partitions()}
                />
            </div>
        </>
    }
}

fn partitions() -> Vec<(AttrValue, AttrValue)> {
    ["aws", "aws-cn", "aws-us-gov"]
        .map(|word| (AttrValue::Static(word), AttrValue::Static("")))
        .into()
}

/// Enabling or disabling a policy type.
pub(super) fn switched(kind: Kind, on: bool) -> Edit {
    if on {
        Edit::EnablePolicyType(kind)
    } else {
        Edit::DisablePolicyType(kind)
    }
}

fn check(
    words: &'static str,
    checked: bool,
    possible: bool,
    edit: impl Fn(bool) -> Edit + 'static,
    dispatch: &Dispatch,
) -> Html {
    let onchange = dispatch.reform(move |event: Event| {
        let now = event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|field| field.checked());
        Action::Edited(edit(now))
    });
    html! {
        <label class="sheet-check">
            <input type="checkbox" {checked} disabled={!possible} {onchange} />
            { words }
        </label>
    }
}
