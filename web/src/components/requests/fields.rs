//! The fields of a request: what each is called, and the part of the request that it holds. The
//! form is drawn from this list, and what is typed goes back the same way.

use organization::{CallerKind, Request, Scenario, SessionVia};
use policy::Kind;

use super::check::{self, Check};
use super::slot::Slot;

/// Fields that belong together.
pub(super) struct Section<'a> {
    /// What they are about.
    pub(super) title: &'static str,
    /// The resource, by position, where they are about one of several.
    pub(super) resource: Option<usize>,
    /// The fields.
    pub(super) fields: Vec<Field<'a>>,
}

/// One field.
pub(super) struct Field<'a> {
    /// Its name.
    pub(super) label: &'static str,
    /// What holds while it is empty.
    pub(super) empty: String,
    /// What it expects.
    pub(super) check: Check,
    /// What it holds.
    pub(super) slot: Slot<'a>,
}

const SESSION: &[Kind] = &[Kind::Session, Kind::Identity];

/// The section of the caller, which every request begins with after its name.
pub(super) const CALLER: usize = 1;

/// All fields of a request.
pub(super) fn sections<'a>(request: &'a mut Request, scenario: &Scenario) -> Vec<Section<'a>> {
    let stated = |default: &Option<String>| {
        default
            .clone()
            .unwrap_or_else(|| texts::common_not_stated().into())
    };
    let region = evaluator::usual_region(scenario, request);
    let region = stated(&region.map(str::to_owned));
    let mut sections = vec![
        section(
            texts::common_request(),
            vec![
                text(texts::common_name(), &mut request.name),
                field(texts::common_region(), Slot::Perhaps(&mut request.region)).empty(region),
                field(
                    texts::requests_fields_time(),
                    Slot::Perhaps(&mut request.time),
                )
                .checked(check::time)
                .empty(stated(&scenario.defaults.time)),
            ],
        ),
        section(
            texts::requests_fields_caller(),
            of_caller(&mut request.caller.kind),
        ),
    ];
    let several = request.resources.len() > 1;
    let shared = request.resource_account.clone();
    let mut owner_of_all = Some(&mut request.resource_account);
    for (at, resource) in request.resources.iter_mut().enumerate() {
        let of_all = match (several || resource.account.is_some(), &shared) {
            (false, _) => owner_of_all.take(),
            _ => None,
        };
        let follows = match &shared {
            Some(account) if several => account.to_string(),
            _ => texts::requests_fields_as_in_the_arn().to_owned(),
        };
        let mut fields = vec![
            field("ARN", Slot::Long(&mut resource.arn))
                .checked(check::resource)
                .empty("*"),
            field(
                texts::common_owner(),
                Slot::PerhapsAccount(of_all.unwrap_or(&mut resource.account)),
            )
            .checked(check::account)
            .empty(follows),
            field(
                texts::requests_fields_resource_tags(),
                Slot::Tags(&mut resource.tags),
            ),
        ];
        if several || !resource.context.is_empty() {
            fields.push(field(
                texts::requests_fields_keys_of_this_resource(),
                Slot::Context(&mut resource.context),
            ));
        }
        sections.push(Section {
            title: texts::common_resource(),
            resource: several.then_some(at),
            fields,
        });
    }
    let mut fields = Vec::new();
    if several && shared.is_some() {
        let slot = owner_of_all.map(Slot::PerhapsAccount);
        let owner = slot.map(|slot| {
            field(texts::requests_fields_owner_of_the_others(), slot).checked(check::account)
        });
        fields.extend(owner);
    }
    fields.extend([
        field(
            texts::common_vpc_endpoint(),
            Slot::Endpoint(&mut request.endpoint),
        ),
        field(
            texts::requests_fields_forwarding_services(),
            Slot::List(&mut request.via),
        ),
        field(
            texts::requests_fields_tags_in_the_call(),
            Slot::Tags(&mut request.request_tags),
        ),
    ]);
    sections.push(section(texts::requests_fields_call(), fields));
    sections
}

fn of_caller(kind: &mut CallerKind) -> Vec<Field<'_>> {
    const ARN: &str = "arn:aws:…";
    match kind {
        CallerKind::User { id, .. } => vec![field(texts::common_user(), Slot::User(id))],
        CallerKind::UserSession { id, mfa } => {
            vec![
                field(texts::common_user(), Slot::User(id)),
                field("MFA", Slot::Yes(mfa)),
            ]
        }
        CallerKind::Role {
            id,
            session,
            via,
            provider,
            mfa,
            source_identity,
            tags,
            session_policies,
        } => {
            let with_provider = provider.is_some() || *via != SessionVia::AssumeRole;
            let mut fields = vec![
                field(texts::common_role(), Slot::Role(id)),
                field(
                    texts::requests_fields_session_name(),
                    Slot::Perhaps(session),
                )
                .checked(check::session_name)
                .empty("playground"),
                field(texts::requests_fields_opened_by(), Slot::Opened(via)),
            ];
            if with_provider {
                fields.push(
                    field(
                        texts::requests_fields_identity_provider(),
                        Slot::Perhaps(provider),
                    )
                    .empty(texts::common_not_stated()),
                );
            }
            fields.extend([
                field("MFA", Slot::Yes(mfa)),
                field(
                    texts::requests_fields_source_identity(),
                    Slot::Perhaps(source_identity),
                )
                .checked(check::session_name)
                .empty(texts::requests_details_none()),
                field(texts::requests_fields_session_tags(), Slot::Tags(tags)),
                field(
                    texts::requests_fields_session_policies(),
                    Slot::Policies(session_policies, SESSION),
                ),
            ]);
            fields
        }
        CallerKind::FederatedUser {
            name,
            issuer,
            session_policies,
        } => vec![
            text(texts::requests_fields_name_federated_user(), name).checked(check::session_name),
            field(texts::requests_fields_issued_by(), Slot::User(issuer)),
            field(
                texts::requests_fields_session_policies(),
                Slot::Policies(session_policies, SESSION),
            ),
        ],
        CallerKind::Root { account } => {
            vec![field(texts::common_account(), Slot::Account(account)).checked(check::account)]
        }
        CallerKind::AssumedRoot {
            account,
            task_policy,
        } => vec![
            field(texts::common_account(), Slot::Account(account)).checked(check::account),
            field(
                texts::requests_fields_task_policy(),
                Slot::Policy(task_policy),
            ),
        ],
        CallerKind::Service {
            name,
            source_arn,
            source_account,
        } => vec![
            text(texts::requests_fields_service(), name).checked(check::service),
            field(
                texts::requests_fields_on_behalf_of(),
                Slot::Perhaps(source_arn),
            )
            .checked(check::arn)
            .empty(ARN),
            field(
                texts::requests_fields_account_of_that(),
                Slot::PerhapsAccount(source_account),
            )
            .checked(check::account)
            .empty(texts::common_not_stated()),
        ],
        CallerKind::Saml { provider } => {
            vec![
                text(texts::requests_fields_identity_provider(), provider)
                    .checked(check::arn)
                    .empty(ARN),
            ]
        }
        CallerKind::WebIdentity { provider, context } => vec![
            text(texts::requests_fields_identity_provider(), provider),
            field(texts::requests_fields_token_keys(), Slot::Context(context)),
        ],
        CallerKind::Arn { arn } => {
            vec![field("ARN", Slot::Long(arn)).checked(check::arn).empty(ARN)]
        }
        CallerKind::EveryAccount { role, policies } => vec![
            text(texts::common_role(), role),
            field(
                texts::common_identity_policies(),
                Slot::Policies(policies, &[Kind::Identity]),
            ),
        ],
        CallerKind::Anonymous | CallerKind::Id(_) | CallerKind::Unknown(_) => Vec::new(),
    }
}

fn section<'a>(title: &'static str, fields: Vec<Field<'a>>) -> Section<'a> {
    Section {
        title,
        resource: None,
        fields,
    }
}

fn field<'a>(label: &'static str, slot: Slot<'a>) -> Field<'a> {
    Field {
        label,
        empty: String::new(),
        check: check::any,
        slot,
    }
}

fn text<'a>(label: &'static str, slot: &'a mut String) -> Field<'a> {
    field(label, Slot::Text(slot))
}

impl Field<'_> {
    fn checked(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    fn empty(mut self, words: impl Into<String>) -> Self {
        self.empty = words.into();
        self
    }

    /// What is wrong with what it holds.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let text = self.slot.get();
        let required = matches!(self.slot, Slot::Text(_) | Slot::Long(_) | Slot::Account(_));
        match text.as_str() {
            "" if required && self.label != texts::common_name() => {
                Some(texts::requests_fields_missing())
            }
            "" => None,
            text => (self.check)(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use organization::{AccountId, Caller, ContextValue, PrincipalId, RequestResource, Scalar};

    use super::super::keyed::Row;
    use super::super::slot::IS;
    use super::*;

    fn request() -> Request {
        Request::new(Caller::role(PrincipalId::from("ops")), "s3:ListBucket", "*")
    }

    /// Writes into the field with this label and gives the request after it.
    fn with(request: &Request, label: &str, write: impl FnOnce(Slot<'_>)) -> Request {
        let mut changed = request.clone();
        let found = sections(&mut changed, &Scenario::default())
            .into_iter()
            .flat_map(|section| section.fields)
            .find(|field| field.label == label);
        write(found.expect("a field of this name").slot);
        changed
    }

    #[test]
    fn what_is_not_touched_stays_as_it_was_written() {
        let mut request = request();
        let several = ContextValue::Many(vec![
            Scalar::Text("a".to_owned()),
            Scalar::Text("b,c".to_owned()),
        ]);
        request.resources[0].context = vec![("s3:prefix".to_owned(), several)];
        let mut rows = Vec::new();
        let label = "Keys of this resource";
        let same = with(&request, label, |slot| rows = slot.rows().unwrap());
        assert_eq!(same, request);
        rows.push(Row::new("s3:delimiter", Some(IS), "/".to_owned()));
        let changed = with(&request, label, |slot| slot.set_rows(rows));
        let context = &changed.resources[0].context;
        assert_eq!(context[0], request.resources[0].context[0]);
        let typed = ContextValue::One(Scalar::Text("/".to_owned()));
        assert_eq!(context[1], ("s3:delimiter".to_owned(), typed));
    }

    #[test]
    fn every_text_comes_back_as_it_was_typed() {
        let mut request = request();
        for (label, typed) in [
            ("Name", "A name"),
            ("Session name", "a b"),
            ("MFA", "no"),
            ("Opened by", "SAML"),
            ("ARN", "arn:aws:s3:::b"),
            ("Owner", "12"),
            ("Region", "eu-west-1"),
        ] {
            request = with(&request, label, |slot| slot.set(typed));
            with(&request, label, |slot| assert_eq!(slot.get(), typed));
        }
        assert_eq!(request.resource_account, Some(AccountId::from("12")));
    }

    #[test]
    fn one_of_several_resources_has_an_owner_of_its_own() {
        let mut request = request();
        request
            .resources
            .push(RequestResource::new("arn:aws:s3:::b"));
        let changed = with(&request, "Owner", |slot| slot.set("222222222222"));
        assert_eq!(changed.resource_account, None);
        assert_eq!(
            changed.resources[0].account,
            Some(AccountId::from("222222222222"))
        );
        request.resource_account = Some(AccountId::from("333333333333"));
        let cleared = with(&request, "Owner of the others", |slot| slot.set(""));
        assert_eq!(cleared.resource_account, None);
    }

    #[test]
    fn a_problem_is_named_beside_its_field() {
        let mut request = request();
        request.region = Some("nowhere".to_owned());
        request.time = Some("today".to_owned());
        request.resources[0].arn.clear();
        let problems: Vec<(&str, &str)> = sections(&mut request, &Scenario::default())
            .iter()
            .flat_map(|section| &section.fields)
            .filter_map(|field| Some((field.label, field.problem()?)))
            .collect();
        assert_eq!(
            problems,
            [("Time", "such as 2026-11-21T09:00:00Z"), ("ARN", "missing")]
        );
    }
}
