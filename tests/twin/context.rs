//! The context keys of a request (§6 of the rule book, K-1 … K-44, KEY-4, KEY-5).

use organization::{
    CallerKind, Context as Typed, ContextValue, Request, Resource, Scalar, SessionVia, UnstatedKeys,
};

use super::owner::entries;
use super::who::{Sort, Who};
use super::{Guess, Key, Open, Owner, Value, World, tables, values};

/// One resource of a request, with everything that its keys follow from.
pub(crate) struct Context<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) request: &'a Request,
    pub(crate) who: &'a Who,
    /// Position of the resource.
    pub(crate) position: usize,
    pub(crate) owner: &'a Owner,
    pub(crate) guess: &'a Guess,
}

/// What follows for a key from the scenario.
enum Follows {
    /// It has this value.
    Is(Value),
    /// It is absent.
    Absent,
    /// It is there, nobody knows with which value.
    There,
    /// Nobody knows whether it is there.
    Perhaps,
    /// Nobody stated it, and not every request carries it.
    Unstated,
}

fn one(text: impl Into<String>) -> Follows {
    Follows::Is(Value::One(text.into()))
}

fn many(texts: Vec<String>) -> Follows {
    Follows::Is(Value::Many(texts))
}

fn one_or(text: Option<&String>, otherwise: Follows) -> Follows {
    text.map_or(otherwise, |text| one(text.clone()))
}

impl Context<'_> {
    /// The value of a key, in lower case; none if it is absent.
    pub(crate) fn value(&self, name: &str) -> Result<Option<Value>, Open> {
        if let Some(global) = tables::says_the_same(&self.service(), name)
            && self.stated(name).is_none()
        {
            return self.value(&global);
        }
        let resources = &self.request.resources;
        let is_typed_somewhere = resources
            .iter()
            .any(|one| typed(&one.context, name).is_some());
        // RES-12: keys of services and of the owner belong to one resource.
        let is_of_one = !name.starts_with("aws:") || name.starts_with("aws:resource");
        let own = resources.len() > 1 && (is_of_one || is_typed_somewhere);
        let keys = [
            Key {
                name: name.to_owned(),
                resource: Some(self.position),
            },
            Key {
                name: name.to_owned(),
                resource: None,
            },
        ];
        let open = |perhaps_absent| {
            if let Some(guessed) = keys.iter().find_map(|key| self.guess.keys.get(key)) {
                return Ok(guessed.clone());
            }
            let [of_resource, of_request] = keys.clone();
            Err(Open::Key {
                key: if own { of_resource } else { of_request },
                perhaps_absent,
            })
        };
        if let Some(forced) = keys.iter().find_map(|key| self.guess.forced.get(key)) {
            return Ok(forced.clone());
        }
        match self.state(name) {
            Follows::Is(value) => Ok(Some(value)),
            Follows::Absent => Ok(None),
            Follows::There => open(false),
            Follows::Perhaps => open(true),
            Follows::Unstated => match self.world.scenario.settings.unstated_keys {
                UnstatedKeys::Absent => Ok(None),
                UnstatedKeys::Unknown => open(true),
            },
        }
    }

    /// What is typed wins over what follows (KEY-4).
    fn state(&self, name: &str) -> Follows {
        if let Some(stated) = self.stated(name) {
            return stated;
        }
        match name.split_once('/') {
            Some(("aws:principaltag", tag)) => self.principal_tag(tag),
            Some(("aws:resourcetag", tag)) => self.resource_tag(tag),
            Some(("aws:requesttag", tag)) => self.request_tag(tag),
            _ => self.follows(name),
        }
    }

    /// What is typed; what the request says wins over the defaults (KEY-4).
    fn stated(&self, name: &str) -> Option<Follows> {
        let resource = &self.request.resources[self.position];
        let named = |list: &[String]| list.iter().any(|one| one.to_lowercase() == name);
        let of_request = typed(&resource.context, name).or(typed(&self.request.context, name));
        if let Some(value) = of_request {
            return Some(Follows::Is(value));
        }
        if named(&self.request.absent) {
            return Some(Follows::Absent);
        }
        if named(&self.request.unknown) {
            return Some(Follows::Perhaps);
        }
        let token = match &self.request.caller.kind {
            CallerKind::WebIdentity { context, .. } => typed(context, name),
            _ => None,
        };
        let defaults = &self.world.scenario.defaults.context;
        token.or(typed(defaults, name)).map(Follows::Is)
    }

    fn follows(&self, name: &str) -> Follows {
        use Follows::{Absent, There, Unstated};
        let who = self.who;
        let via = &self.request.via;
        let by_provider = [
            SessionVia::Saml,
            SessionVia::WebIdentity,
            SessionVia::IdentityCenter,
        ];
        let is_of_compute = who.sort == Sort::Role
            && !who
                .via
                .as_ref()
                .is_some_and(|via| by_provider.contains(via));
        let through_endpoint = self.request.endpoint.is_some() && via.is_empty();
        match name {
            "aws:principalarn" => self.principal_arn(),
            "aws:principalaccount" => match (&who.account, &who.sort) {
                (Some(account), _) => one(account.clone()),
                (None, Sort::Anonymous) => one("anonymous"),
                _ => There,
            },
            "aws:principalorgid" => self.organization_of(who.account.as_deref(), false),
            "aws:principalorgpaths" => self.organization_of(who.account.as_deref(), true),
            "aws:principaltype" => match who.sort {
                Sort::Root => one("Account"),
                Sort::User | Sort::UserSession => one("User"),
                Sort::Federated => one("FederatedUser"),
                Sort::Role => one("AssumedRole"),
                Sort::Anonymous => one("Anonymous"),
                Sort::AssumedRoot => one("Account"),
                Sort::Service | Sort::Saml | Sort::WebIdentity => There,
            },
            "aws:userid" => match (&who.sort, &who.account, &who.name) {
                (Sort::Root | Sort::AssumedRoot, Some(account), _) => one(account.clone()),
                (Sort::Federated, Some(account), Some(name)) => one(format!("{account}:{name}")),
                (Sort::Anonymous, ..) => one("anonymous"),
                _ => There,
            },
            "aws:username" => match who.sort {
                Sort::User | Sort::UserSession => one_or(who.name.as_ref(), There),
                _ => Absent,
            },
            "aws:principalisawsservice" => match who.sort {
                Sort::Service => one("true"),
                _ if who.signs() => one("false"),
                _ => Absent,
            },
            "aws:principalservicename" => one_or(who.service.as_ref(), Absent),
            "aws:principalservicenameslist" => match who.sort {
                Sort::Service => There,
                _ => Absent,
            },
            "aws:assumedroot" => match who.sort {
                Sort::AssumedRoot => one("true"),
                _ => Absent,
            },
            "aws:federatedprovider" => match (&who.sort, &who.via) {
                (Sort::WebIdentity, _) | (Sort::Role, Some(SessionVia::WebIdentity)) => {
                    one_or(who.provider.as_ref(), There)
                }
                (Sort::Role, None | Some(SessionVia::Other(_))) => Unstated,
                _ => Absent,
            },
            "aws:tokenissuetime" => match who.sort {
                Sort::UserSession | Sort::Role | Sort::Federated | Sort::AssumedRoot => There,
                Sort::Root => Unstated,
                _ => Absent,
            },
            "aws:multifactorauthpresent" => self.mfa(),
            "aws:multifactorauthage" => match self.state("aws:multifactorauthpresent") {
                Follows::Is(Value::One(mfa)) if mfa == "true" => There,
                Follows::Is(_) | Absent => Absent,
                There | Follows::Perhaps => Follows::Perhaps,
                Unstated => Unstated,
            },
            "aws:sourceidentity" => match who.sort {
                // Nobody knows how the session was opened.
                Sort::Role if who.via.is_none() => Unstated,
                Sort::Role => one_or(who.source_identity.as_ref(), Absent),
                Sort::AssumedRoot => Unstated,
                _ => Absent,
            },
            "aws:sourceip" if self.request.endpoint.is_some() => Absent,
            // It may be left out of the calls of a service.
            "aws:sourceip" if who.sort == Sort::Service => Unstated,
            "aws:sourceip" => There,
            "aws:sourcevpce" | "aws:sourcevpc" | "aws:vpcsourceip" if !through_endpoint => Absent,
            "aws:sourcevpce" => one_or(self.request.endpoint.as_ref(), Absent),
            "aws:sourcevpc" => {
                let id = self.request.endpoint.as_deref().unwrap_or_default();
                let entry = self.world.scenario.endpoint(id);
                one_or(entry.and_then(|entry| entry.vpc.as_ref()), There)
            }
            "aws:vpcsourceip" => There,
            // K-22: some services only.
            "aws:sourcevpcarn" | "aws:vpceaccount" | "aws:vpceorgid" | "aws:vpceorgpaths"
                if !through_endpoint =>
            {
                Absent
            }
            // K-18, K-42: role sessions of such a service.
            "aws:ec2instancesourcevpc"
            | "aws:ec2instancesourceprivateipv4"
            | "ec2:roledelivery"
            | "ec2:sourceinstancearn"
            | "ssm:sourceinstancearn"
            | "lambda:sourcefunctionarn"
            | "codebuild:buildarn"
            | "codebuild:projectarn"
            | "glue:roleassumedby"
            | "glue:credentialissuingservice"
            | "aws:chatbotsourcearn"
                if !is_of_compute =>
            {
                Absent
            }
            "identitystore:userid" if who.sort != Sort::Role => Absent,
            // K-19: not with long-term keys.
            "aws:signinsessionarn" if who.sort == Sort::User => Absent,
            "aws:resourceaccount" | "aws:resourceorgid" | "aws:resourceorgpaths" => {
                self.owner_key(name)
            }
            "aws:tagkeys" => {
                let tags = self.tag_keys();
                if tags.is_empty() { Absent } else { many(tags) }
            }
            "aws:requestedregion" => {
                let only = tables::global_region(&self.service());
                // Who has no account calls in the partition of the resource.
                let arn = &self.request.resources[self.position].arn;
                let partition = (who.partition.as_deref())
                    .or_else(|| arn.strip_prefix("arn:")?.split(':').next());
                let global = only
                    .filter(|_| partition.is_none_or(|own| own == "aws"))
                    .map(str::to_owned);
                // A service with one region does not go where the others go.
                let usual = || {
                    self.region_of_arns()
                        .or(self.world.scenario.defaults.region.clone())
                };
                let region = (self.request.region.clone())
                    .or(global)
                    .or_else(|| usual().filter(|_| only.is_none()));
                one_or(region.as_ref(), There)
            }
            "aws:currenttime" => one_or(self.time(), There),
            "aws:epochtime" => match self.time().and_then(|time| values::moment(time)) {
                Some(moment) => one(moment.seconds().to_string()),
                None => There,
            },
            "aws:securetransport" | "aws:useragent" => There,
            "aws:viaawsservice" => one(if via.is_empty() { "false" } else { "true" }),
            "kms:viaservice" if self.service() == "kms" => self.via_service(),
            "aws:calledvia" if !via.is_empty() => many(via.clone()),
            "aws:calledviafirst" => one_or(via.first(), Absent),
            "aws:calledvialast" => one_or(via.last(), Absent),
            "aws:calledvia" => Absent,
            "aws:sourcearn" | "aws:sourceaccount" | "aws:sourceorgid" | "aws:sourceorgpaths" => {
                self.source(name)
            }
            _ => Unstated,
        }
    }

    /// The service of the action, in lower case.
    fn service(&self) -> String {
        let service = self.request.action.split(':').next().unwrap_or_default();
        service.to_lowercase()
    }

    /// The Region that all ARNs of the action's own service name, of those that name one (K-29).
    fn region_of_arns(&self) -> Option<String> {
        let mut regions = Vec::new();
        for resource in &self.request.resources {
            let parts: Vec<&str> = resource.arn.split(':').collect();
            if let ["arn", _, service, region, ..] = parts.as_slice()
                && service.to_lowercase() == self.service()
                && !region.is_empty()
                && !region.contains(|c: char| c != '-' && !c.is_ascii_alphanumeric())
            {
                regions.push(*region);
            }
        }
        regions.sort_unstable();
        regions.dedup();
        match regions.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }

    /// K-44: the service that called KMS for the caller, in the Region of the call.
    fn via_service(&self) -> Follows {
        if self.who.sort == Sort::Service {
            return Follows::Unstated;
        }
        let last = match self.state("aws:calledvialast") {
            Follows::Is(Value::One(last)) => last,
            Follows::Absent => return Follows::Absent,
            _ => return Follows::Perhaps,
        };
        let arn = &self.request.resources[self.position].arn;
        let partition =
            (self.who.partition.as_deref()).or_else(|| arn.strip_prefix("arn:")?.split(':').next());
        let region = match self.state("aws:requestedregion") {
            Follows::Is(Value::One(region)) => region,
            _ => return Follows::There,
        };
        match last.strip_suffix(".amazonaws.com") {
            Some(name) if partition.is_none_or(|own| own == "aws") => {
                one(format!("{name}.{region}.amazonaws.com"))
            }
            _ => Follows::There,
        }
    }

    /// K-1.
    fn principal_arn(&self) -> Follows {
        let who = self.who;
        let (partition, account) = match (&who.partition, &who.account) {
            (Some(partition), Some(account)) => (partition, account),
            _ => return Follows::Absent,
        };
        match who.sort {
            Sort::User | Sort::UserSession => one_or(who.user_arn.as_ref(), Follows::There),
            Sort::Role => one_or(who.role_arn.as_ref(), Follows::There),
            Sort::Federated => one_or(who.session_arn.as_ref(), Follows::There),
            Sort::Root | Sort::AssumedRoot => one(format!("arn:{partition}:iam::{account}:root")),
            _ => Follows::Absent,
        }
    }

    /// The organization of an account: its id or its path (K-3, K-4, ORG-9).
    fn organization_of(&self, account: Option<&str>, path: bool) -> Follows {
        let Some(account) = account else {
            return Follows::Absent;
        };
        let inside =
            (self.world.scenario.organization.as_ref()).filter(|_| self.world.is_inside(account));
        if let Some(organization) = inside {
            let tree = self.world.tree.as_ref();
            return match tree.and_then(|tree| tree.entity_path(account)) {
                Some(entity) if path => many(vec![entity]),
                _ => one(organization.id.to_string()),
            };
        }
        // CHOICE-1: nobody knows where an account stands that the scenario does not place.
        if !self.world.is_placed(account) {
            return Follows::Unstated;
        }
        let listed = self.world.scenario.external_account(account);
        match listed.and_then(|listed| listed.organization.as_ref()) {
            None => Follows::Absent,
            Some(organization) if path => match &organization.path {
                Some(path) => many(vec![path.clone()]),
                None => Follows::There,
            },
            Some(organization) => one(organization.id.clone()),
        }
    }

    /// K-15, and K-16 through it.
    fn mfa(&self) -> Follows {
        let who = self.who;
        let stated = match who.mfa {
            Some(mfa) => one(mfa.to_string()),
            None => Follows::There,
        };
        match (&who.sort, &who.via) {
            // A service that forwards the call of a user with keys says false.
            (Sort::User, _) if !self.request.via.is_empty() => one("false"),
            // AssumeRole can take a code of an MFA device along.
            (Sort::User, _)
                if self.request.action.eq_ignore_ascii_case("sts:AssumeRole")
                    && !self.has_no_mfa() =>
            {
                Follows::Unstated
            }
            (Sort::User, _) => Follows::Absent,
            (Sort::UserSession, _) | (Sort::Role, Some(SessionVia::AssumeRole)) => stated,
            (Sort::Role, Some(SessionVia::Saml | SessionVia::WebIdentity)) => Follows::Absent,
            (Sort::Role | Sort::Root | Sort::AssumedRoot, _) => Follows::Unstated,
            _ => Follows::Absent,
        }
    }

    fn has_no_mfa(&self) -> bool {
        match &self.request.caller.kind {
            CallerKind::User { mfa: Some(mfa), .. } => mfa.as_str() == Some("none"),
            _ => false,
        }
    }

    /// K-23, K-24, K-25.
    fn owner_key(&self, name: &str) -> Follows {
        if tables::hides_owner(&self.request.action.to_lowercase()) {
            return Follows::Absent;
        }
        match (name, self.owner) {
            ("aws:resourceaccount", Owner::Nobody) => Follows::There,
            (_, Owner::Nobody) => Follows::Unstated,
            ("aws:resourceaccount", Owner::Account(account)) => one(account.clone()),
            ("aws:resourceaccount", Owner::Outside { .. }) => Follows::There,
            (_, Owner::Outside { in_organization }) => {
                if *in_organization {
                    Follows::There
                } else {
                    Follows::Absent
                }
            }
            (_, Owner::Account(account)) => {
                self.organization_of(Some(account), name == "aws:resourceorgpaths")
            }
        }
    }

    /// K-5: without regard to case (COND-2).
    fn principal_tag(&self, tag: &str) -> Follows {
        let Some(tags) = &self.who.tags else {
            return Follows::Unstated;
        };
        let found = tags.iter().find(|(own, _)| own.to_lowercase() == tag);
        one_or(found.map(|(_, value)| value), Follows::Absent)
    }

    /// K-26: the tags of the request's own resource, and those of its entry.
    fn resource_tag(&self, tag: &str) -> Follows {
        // An action on no resource has none (COND-10).
        if tables::is_without_resource(&self.request.action.to_lowercase()) {
            return Follows::Absent;
        }
        let resource = &self.request.resources[self.position];
        let entry: Option<&Resource> = entries(self.world, &resource.arn)
            .into_iter()
            .find(|entry| !resource.arn.starts_with(&format!("{}/", entry.arn)));
        let mut all = (resource.tags.iter()).chain(entry.iter().flat_map(|entry| &entry.tags));
        let found = all.find(|(own, _)| own.to_lowercase() == tag);
        let otherwise = if resource.tags.is_empty() && entry.is_none() {
            Follows::Unstated
        } else {
            Follows::Absent
        };
        one_or(found.map(|(_, value)| value), otherwise)
    }

    /// K-27.
    fn request_tag(&self, tag: &str) -> Follows {
        let tags = self.passed_tags();
        let found = tags.iter().find(|(own, _)| own.to_lowercase() == tag);
        one_or(found.map(|(_, value)| *value), Follows::Absent)
    }

    /// The tags that the call passes for this resource (K-27).
    fn passed_tags(&self) -> Vec<(&String, &String)> {
        let arn = &self.request.resources[self.position].arn;
        if tables::is_found(&self.request.action.to_lowercase(), arn) {
            return Vec::new();
        }
        self.request.request_tags.iter().collect()
    }

    /// K-28: the keys of the tags that are passed, and of those that are typed as context keys.
    fn tag_keys(&self) -> Vec<String> {
        let is_absent = |tag: &str| {
            let key = format!("aws:requesttag/{}", tag.to_lowercase());
            self.request
                .absent
                .iter()
                .any(|name| name.to_lowercase() == key)
        };
        let passed = self.passed_tags().into_iter().map(|(tag, _)| tag);
        let mut tags: Vec<String> = passed.filter(|tag| !is_absent(tag)).cloned().collect();
        let defaults = &self.world.scenario.defaults.context;
        for (name, _) in self.request.context.iter().chain(defaults) {
            let Some((prefix, tag)) = name.split_once('/') else {
                continue;
            };
            let is_new = !tags.iter().any(|known| known.eq_ignore_ascii_case(tag));
            if prefix.eq_ignore_ascii_case("aws:RequestTag") && is_new {
                tags.push(tag.to_owned());
            }
        }
        tags
    }

    /// K-31.
    fn time(&self) -> Option<&String> {
        let defaults = &self.world.scenario.defaults;
        self.request.time.as_ref().or(defaults.time.as_ref())
    }

    /// K-38, K-39, K-40.
    fn source(&self, name: &str) -> Follows {
        let who = self.who;
        if who.sort != Sort::Service {
            return Follows::Absent;
        }
        let account = (who.source_account.clone())
            .or_else(|| super::owner::account_of(who.source_arn.as_deref()?));
        match (name, account) {
            ("aws:sourcearn", _) => one_or(who.source_arn.as_ref(), Follows::Unstated),
            (_, None) => Follows::Unstated,
            ("aws:sourceaccount", Some(account)) => one(account),
            (_, Some(account)) => {
                let listed = self.world.is_inside(&account)
                    || self.world.scenario.external_account(&account).is_some();
                if listed || self.world.scenario.organization.is_none() {
                    self.organization_of(Some(&account), name == "aws:sourceorgpaths")
                } else {
                    Follows::Unstated
                }
            }
        }
    }
}

/// What is typed for a key; a key with several values has several even if one is typed (SET-8).
fn typed(context: &Typed, name: &str) -> Option<Value> {
    let (_, value) = context.iter().find(|(key, _)| key.to_lowercase() == name)?;
    let text = |scalar: &Scalar| match scalar {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Bool(value) => value.to_string(),
    };
    Some(match value {
        ContextValue::Many(values) => Value::Many(values.iter().map(text).collect()),
        ContextValue::One(value) if tables::is_multivalued(name) => Value::Many(vec![text(value)]),
        ContextValue::One(value) => Value::One(text(value)),
    })
}
