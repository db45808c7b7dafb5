use organization::{PolicyId, PolicyKind};
use policy::Kind;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::attach::AttachedTo;
use super::kind_word;
use crate::components::ui::{Glyph, Menu, MenuEntry, glyph};

/// What [`PolicyMeta`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PolicyMetaProps {
    /// The policy.
    pub(super) id: PolicyId,
    /// Its name.
    pub(super) name: String,
    /// Its kind.
    pub(super) kind: PolicyKind,
    /// Where it is used, in words.
    pub(super) used: Option<String>,
    /// The same in full.
    pub(super) used_in_full: String,
    /// For a policy of AWS: the date of the text.
    pub(super) as_of: Option<&'static str>,
    /// Whether there is a place where it can be attached.
    pub(super) attachable: bool,
    /// What else can be done with it.
    pub(super) more: Vec<MenuEntry>,
    /// Formats the text; none while that is not possible.
    pub(super) format: Option<Callback<MouseEvent>>,
    /// Whether the name is being changed.
    pub(super) renaming: bool,
    /// Told the new name, or nothing if it stays.
    pub(super) on_renamed: Callback<Option<String>>,
}

/// What the open policy is, where it is attached, how large it is, what can be done with it.
#[component]
pub(super) fn PolicyMeta(props: &PolicyMetaProps) -> Html {
    html! {
        <div class="policy-meta">
            if props.renaming {
                <RenameField
                    key={props.id.as_str()} name={props.name.clone()}
                    on_renamed={props.on_renamed.clone()}
                />
            } else {
                <span class="where" title={props.used_in_full.clone()}>{ description(props) }</span>
                if props.attachable {
                    <AttachedTo policy={props.id.clone()} kind={props.kind.known()} />
                }
            }
            if props.as_of.is_none() {
                <button
                    type="button" class="button" onclick={props.format.clone()}
                    disabled={props.format.is_none()} title={texts::policies_meta_indent_text_shift()}
                >
                    { texts::policies_meta_format() }
                </button>
            }
            <Menu label={texts::common_actions_for(&props.name)} entries={props.more.clone()}>
                { glyph(Glyph::More) }
            </Menu>
        </div>
    }
}

fn description(props: &PolicyMetaProps) -> String {
    let kind = kind_word(&props.kind);
    let attached = matches!(
        props.kind,
        PolicyKind::Known(Kind::Scp | Kind::Rcp | Kind::Identity)
    );
    let used = match &props.used {
        Some(places) if attached => texts::policies_meta_attached_to(&places),
        Some(places) => texts::policies_meta_used_by(&places),
        None if attached => texts::policies_meta_not_attached().to_owned(),
        None => texts::policies_meta_not_used().to_owned(),
    };
    match props.as_of {
        Some(date) => texts::policies_meta_of_aws_as_of(&kind, &date, &used),
        None => format!("{kind}, {used}"),
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct RenameFieldProps {
    name: String,
    on_renamed: Callback<Option<String>>,
}

#[component]
fn RenameField(props: &RenameFieldProps) -> Html {
    let field_ref = use_node_ref();
    let field = field_ref.clone();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    let typed = use_state_eq(|| props.name.clone());
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(field.value());
            }
        })
    };
    let finish = {
        let field = field.clone();
        let before = props.name.clone();
        props.on_renamed.reform(move |()| {
            let typed = field.cast::<HtmlInputElement>()?.value();
            let typed = typed.trim();
            (!typed.is_empty() && typed != before).then(|| typed.to_owned())
        })
    };
    let onblur = finish.reform(|_: FocusEvent| ());
    let onkeydown = {
        let before = props.name.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            // Leaving the field is what ends it, so that it ends once.
            match event.key().as_str() {
                "Enter" => drop(field.blur()),
                "Escape" => {
                    field.set_value(&before);
                    drop(field.blur());
                }
                _ => {}
            }
        })
    };
    html! {
        <input
            ref={field_ref} class="field outlined policy-rename" aria-label={texts::policies_meta_name_of_the_policy()}
            value={(*typed).clone()} maxlength="128" {oninput} {onblur} {onkeydown}
        />
    }
}
