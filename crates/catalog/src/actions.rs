//! Which resource an action is weighed on.

use std::cmp::Ordering;

/// Actions that are weighed on no single resource (RES-9): service prefix and the names of its
/// actions, both in lower case and in order, the names with a space between them; `*` stands for
/// all actions of the service. As of 2026-09-26; an action that takes resources since then is left
/// out.
const WITHOUT_RESOURCE: &[(&str, &str)] = &[
    (
        "access-analyzer",
        "checkaccessnotgranted checknonewaccess checknopublicaccess listanalyzers \
         validatepolicy",
    ),
    (
        "acm",
        "getaccountconfiguration listcertificates putaccountconfiguration \
         requestcertificate",
    ),
    (
        "athena",
        "listdatacatalogs listengineversions listworkgroups",
    ),
    (
        "autoscaling",
        "describeaccountlimits describeadjustmenttypes describeautoscalinggroups \
         describeautoscalinginstances describelaunchconfigurations describelifecyclehooks \
         describeloadbalancers describeloadbalancertargetgroups \
         describemetriccollectiontypes describenotificationconfigurations describepolicies \
         describescalingactivities describescalingprocesstypes describescheduledactions \
         describetags",
    ),
    ("aws-portal", "*"),
    (
        "bedrock",
        "deletemodelinvocationloggingconfiguration getfoundationmodelavailability \
         getmodelinvocationloggingconfiguration listfoundationmodels \
         putmodelinvocationloggingconfiguration",
    ),
    (
        "ce",
        "createanomalymonitor createanomalysubscription getpreferences \
         getreservationcoverage getreservationutilization getsavingsplanscoverage \
         getsavingsplansutilization listcostallocationtags listcostcategorydefinitions \
         updatecostallocationtagsstatus updatepreferences",
    ),
    (
        "cloudformation",
        "activateorganizationsaccess deactivateorganizationsaccess describeaccountlimits \
         describeorganizationsaccess estimatetemplatecost listexports listimports \
         liststacks listtypes validatetemplate",
    ),
    (
        "cloudtrail",
        "deregisterorganizationdelegatedadmin describetrails listeventdatastores \
         listimports listpublickeys listtrails lookupevents \
         registerorganizationdelegatedadmin",
    ),
    (
        "cloudwatch",
        "deleteanomalydetector describealarmsformetric describeanomalydetectors \
         getmetricstatistics getmetricwidgetimage listdashboards listmetricstreams \
         putanomalydetector",
    ),
    ("compute-optimizer", "*"),
    (
        "config",
        "deletedeliverychannel deleteretentionconfiguration deliverconfigsnapshot \
         describecompliancebyconfigrule describecompliancebyresource describeconfigrules \
         describeconfigurationaggregators describeconformancepacks describedeliverychannels \
         describedeliverychannelstatus describeretentionconfigurations \
         getcompliancesummarybyconfigrule getcompliancesummarybyresourcetype \
         getdiscoveredresourcecounts getresourceconfighistory listdiscoveredresources \
         putdeliverychannel putevaluations putretentionconfiguration selectresourceconfig",
    ),
    (
        "dynamodb",
        "describeendpoints describelimits describereservedcapacity \
         describereservedcapacityofferings listbackups listglobaltables liststreams \
         listtables purchasereservedcapacityofferings",
    ),
    (
        "ec2",
        "createdefaultsubnet createdefaultvpc describeaccountattributes describeaddresses \
         describeavailabilityzones describebundletasks describecapacityreservations \
         describecarriergateways describeclientvpnendpoints describecustomergateways \
         describedhcpoptions describeegressonlyinternetgateways describeexporttasks \
         describefastsnapshotrestores describefleets describeflowlogs \
         describehostreservations describehosts describeiaminstanceprofileassociations \
         describeidformat describeimages describeimportimagetasks \
         describeimportsnapshottasks describeinstanceconnectendpoints \
         describeinstancecreditspecifications describeinstances describeinstancestatus \
         describeinstancetypeofferings describeinstancetypes describeinternetgateways \
         describeipampools describeipams describeipamscopes describekeypairs \
         describelaunchtemplates describelaunchtemplateversions describemanagedprefixlists \
         describenatgateways describenetworkacls describenetworkinterfaces \
         describeplacementgroups describeprefixlists describepublicipv4pools \
         describeregions describereservedinstances describereservedinstancesofferings \
         describeroutetables describesecuritygrouprules describesecuritygroups \
         describesnapshots describespotfleetrequests describespotinstancerequests \
         describespotpricehistory describestalesecuritygroups describesubnets describetags \
         describetransitgatewayattachments describetransitgatewaypeeringattachments \
         describetransitgatewayroutetables describetransitgateways \
         describetransitgatewayvpcattachments describevolumes describevolumesmodifications \
         describevolumestatus describevpcendpointconnections describevpcendpoints \
         describevpcendpointserviceconfigurations describevpcendpointservices \
         describevpcpeeringconnections describevpcs describevpnconnections \
         describevpngateways disableallowedimagessettings disableebsencryptionbydefault \
         disableimageblockpublicaccess disableserialconsoleaccess \
         disablesnapshotblockpublicaccess enableallowedimagessettings \
         enableebsencryptionbydefault enableimageblockpublicaccess \
         enableserialconsoleaccess enablesnapshotblockpublicaccess getallowedimagessettings \
         getebsdefaultkmskeyid getebsencryptionbydefault getimageblockpublicaccessstate \
         getinstancemetadatadefaults getserialconsoleaccessstatus \
         getsnapshotblockpublicaccessstate getspotplacementscores modifyebsdefaultkmskeyid \
         modifyinstancemetadatadefaults purchasereservedinstancesoffering \
         resetebsdefaultkmskeyid",
    ),
    (
        "ecr",
        "deleteregistrypolicy describepullthroughcacherules describeregistry \
         getauthorizationtoken getregistrypolicy getregistryscanningconfiguration \
         putregistrypolicy putregistryscanningconfiguration putreplicationconfiguration",
    ),
    (
        "ecs",
        "deregistertaskdefinition describetaskdefinition listaccountsettings listclusters \
         listtaskdefinitionfamilies listtaskdefinitions putaccountsettingdefault",
    ),
    ("eks", "describeaddonversions listclusters"),
    (
        "elasticloadbalancing",
        "describeaccountlimits describeinstancehealth describelistenercertificates \
         describelisteners describeloadbalancerattributes describeloadbalancers \
         describerules describesslpolicies describetags describetargetgroupattributes \
         describetargetgroups describetargethealth",
    ),
    ("firehose", "listdeliverystreams"),
    (
        "guardduty",
        "acceptadministratorinvitation archivefindings createdetector declineinvitations \
         describeorganizationconfiguration disableorganizationadminaccount \
         disassociatefromadministratoraccount disassociatefrommasteraccount \
         enableorganizationadminaccount getfindings getfindingsstatistics \
         getinvitationscount getmembers listdetectors listfilters listfindings \
         listinvitations listipsets listmembers listorganizationadminaccounts \
         listthreatintelsets unarchivefindings updateorganizationconfiguration",
    ),
    (
        "health",
        "describeaffectedaccountsfororganization describeentityaggregates \
         describeeventaggregates describeevents describeeventsfororganization \
         describeeventtypes disablehealthserviceaccessfororganization \
         enablehealthserviceaccessfororganization",
    ),
    (
        "iam",
        "createaccountalias deleteaccountalias deleteaccountpasswordpolicy \
         disableorganizationsrootcredentialsmanagement disableorganizationsrootsessions \
         enableorganizationsrootcredentialsmanagement enableorganizationsrootsessions \
         generatecredentialreport getaccountauthorizationdetails getaccountpasswordpolicy \
         getaccountsummary getcontextkeysforcustompolicy getcredentialreport \
         getorganizationsaccessreport getservicelastaccesseddetails \
         getservicelastaccesseddetailswithentities listaccountaliases listgroups \
         listinstanceprofiles listopenidconnectproviders listorganizationsfeatures \
         listpolicies listroles listsamlproviders listservercertificates listusers \
         listvirtualmfadevices setsecuritytokenservicepreferences simulatecustompolicy \
         updateaccountpasswordpolicy",
    ),
    (
        "inspector2",
        "batchgetaccountstatus describeorganizationconfiguration disable \
         disabledelegatedadminaccount enable enabledelegatedadminaccount listcoverage \
         listfindings updateorganizationconfiguration",
    ),
    (
        "kms",
        "connectcustomkeystore createcustomkeystore createkey deletecustomkeystore \
         describecustomkeystores disconnectcustomkeystore generaterandom listaliases \
         listkeys updatecustomkeystore",
    ),
    (
        "lambda",
        "createeventsourcemapping getaccountsettings listcodesigningconfigs \
         listeventsourcemappings listfunctions listlayers",
    ),
    (
        "macie2",
        "disablemacie disableorganizationadminaccount enablemacie \
         enableorganizationadminaccount getfindings getmaciesession listfindings \
         listmembers listorganizationadminaccounts updatemaciesession",
    ),
    (
        "organizations",
        "createaccount creategovcloudaccount createorganization deleteorganization \
         describecreateaccountstatus describeorganization disableawsserviceaccess \
         enableallfeatures enableawsserviceaccess leaveorganization listaccounts \
         listawsserviceaccessfororganization listcreateaccountstatus \
         listdelegatedadministrators listhandshakesforaccount listhandshakesfororganization \
         listpolicies listroots",
    ),
    (
        "rds",
        "describeaccountattributes describecertificates describedbengineversions \
         describeenginedefaultparameters describeeventcategories describeevents \
         describeorderabledbinstanceoptions describereserveddbinstancesofferings \
         describesourceregions modifycertificates",
    ),
    (
        "route53",
        "createhealthcheck createhostedzone getcheckeripranges getgeolocation \
         gethealthcheckcount gethostedzonecount listgeolocations listhealthchecks \
         listhostedzones listhostedzonesbyname listreusabledelegationsets \
         listtrafficpolicies",
    ),
    (
        "s3",
        "createjob getaccountpublicaccessblock listaccesspoints listallmybuckets listjobs \
         liststoragelensconfigurations putaccountpublicaccessblock",
    ),
    ("secretsmanager", "getrandompassword listsecrets"),
    (
        "securityhub",
        "createfindingaggregator listfindingaggregators",
    ),
    (
        "servicequotas",
        "getawsdefaultservicequota listawsdefaultservicequotas \
         listrequestedservicequotachangehistory listservicequotas listservices",
    ),
    (
        "sns",
        "checkifphonenumberisoptedout getsmsattributes listphonenumbersoptedout \
         listplatformapplications listsubscriptions listtopics optinphonenumber \
         setsmsattributes",
    ),
    ("sqs", "listqueues"),
    (
        "ssm",
        "createactivation createpatchbaseline deleteactivation describeactivations \
         describeautomationexecutions describeavailablepatches describeinstanceinformation \
         describemaintenancewindows describeparameters describepatchbaselines \
         describepatchgroups describesessions getinventory getinventoryschema \
         listassociations listcommandinvocations listcommands listcomplianceitems \
         listcompliancesummaries listdocuments listinventoryentries",
    ),
    ("sso-directory", "*"),
    (
        "sts",
        "decodeauthorizationmessage getaccesskeyinfo getcalleridentity \
         getservicebearertoken getsessiontoken",
    ),
    ("support", "*"),
    ("tag", "*"),
    (
        "xray",
        "batchgettraces getencryptionconfig getsamplingrules getsamplingstatisticsummaries \
         getsamplingtargets getservicegraph gettracegraph gettracesummaries \
         putencryptionconfig puttelemetryrecords puttracesegments",
    ),
];

/// Whether an action, given in lower case, is known to be weighed on no single resource (RES-9).
#[must_use]
pub fn is_without_resource(service: &str, action: &str) -> bool {
    let found = WITHOUT_RESOURCE.binary_search_by_key(&service, |(name, _)| name);
    let entry = found.ok().and_then(|at| WITHOUT_RESOURCE.get(at));
    entry.is_some_and(|(_, actions)| *actions == "*" || has_word(actions, action))
}

/// Whether a word is among words in order with a space between them.
fn has_word(mut words: &str, word: &str) -> bool {
    while !words.is_empty() {
        // The word around the middle, and what stands on both sides of it.
        let middle = words.len() / 2;
        let bytes = words.as_bytes();
        let before = bytes.iter().take(middle).rposition(|byte| *byte == b' ');
        let after = bytes.iter().skip(middle).position(|byte| *byte == b' ');
        let start = before.map_or(0, |at| at + 1);
        let end = after.map_or(words.len(), |at| middle + at);
        let Some(found) = words.get(start..end) else {
            return false;
        };
        words = match word.cmp(found) {
            Ordering::Equal => return !word.is_empty(),
            Ordering::Less => words.get(..start).unwrap_or_default().trim_end(),
            Ordering::Greater => words.get(end..).unwrap_or_default().trim_start(),
        };
    }
    false
}

/// Actions whose requests do not say who owns the resource (K-23): service prefix and action, both
/// in lower case; `*` stands for all actions of the service.
const WITHOUT_RESOURCE_ACCOUNT: &[(&str, &str)] = &[
    ("auditmanager", "updateassessmentframeworkshare"),
    ("detective", "acceptinvitation"),
    ("ds", "acceptshareddirectory"),
    ("ebs", "*"),
    ("ec2", "accepttransitgatewaypeeringattachment"),
    ("ec2", "acceptvpcendpointconnections"),
    ("ec2", "acceptvpcpeeringconnection"),
    ("ec2", "createtransitgatewaypeeringattachment"),
    ("ec2", "createvpcendpoint"),
    ("ec2", "createvpcpeeringconnection"),
    ("ec2", "deletetransitgatewaypeeringattachment"),
    ("ec2", "deletevpcpeeringconnection"),
    ("ec2", "rejecttransitgatewaypeeringattachment"),
    ("ec2", "rejectvpcendpointconnections"),
    ("ec2", "rejectvpcpeeringconnection"),
    ("es", "acceptinboundconnection"),
    ("guardduty", "acceptadministratorinvitation"),
    ("macie2", "acceptinvitation"),
    ("route53", "associatevpcwithhostedzone"),
    ("route53", "createvpcassociationauthorization"),
    ("securityhub", "acceptadministratorinvitation"),
];

/// Whether requests say who owns the resource: `aws:ResourceAccount` and its relatives
/// (K-23 … K-25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerKeys {
    /// Every request for the action says it.
    Carried,
    /// No request for the action does.
    Missing,
    /// Requests inside one account do; of others only some.
    WithinAccount,
}

/// Whether requests for an action, given in lower case, say who owns the resource.
#[must_use]
pub fn owner_keys(service: &str, action: &str) -> OwnerKeys {
    let is_listed = WITHOUT_RESOURCE_ACCOUNT
        .iter()
        .any(|(name, only)| *name == service && (*only == "*" || *only == action));
    if is_listed {
        OwnerKeys::Missing
    } else if (service, action) == ("events", "putevents") {
        // To event buses that were set up before March 2023.
        OwnerKeys::WithinAccount
    } else {
        OwnerKeys::Carried
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_and_their_actions_are_in_order() {
        assert!(WITHOUT_RESOURCE.is_sorted_by_key(|(service, _)| service));
        for (service, actions) in WITHOUT_RESOURCE {
            let actions: Vec<&str> = actions.split(' ').collect();
            assert!(actions.is_sorted(), "{service}");
            assert!(!actions.contains(&""), "{service}");
            for action in actions.iter().filter(|action| **action != "*") {
                assert_eq!(action.to_ascii_lowercase(), *action, "{service}");
                assert!(is_without_resource(service, action), "{service}:{action}");
            }
        }
    }

    #[test]
    fn actions_without_a_resource_are_those_of_the_reference() {
        for (service, action) in [
            ("s3", "listallmybuckets"),
            ("ec2", "describeinstances"),
            ("sts", "getcalleridentity"),
            ("kms", "createkey"),
            ("tag", "getresources"),
            ("organizations", "leaveorganization"),
        ] {
            assert!(is_without_resource(service, action), "{service}:{action}");
        }
        for (service, action) in [
            ("s3", "listbucket"),
            ("s3", "list"),
            ("s3", ""),
            ("ec2", "runinstances"),
            ("ec2", "describeinstanceattribute"),
            ("ec2", "describeinstancesx"),
            ("account", "listregions"),
            ("lambda", "invokefunction"),
            ("logs", "describeloggroups"),
            ("nosuchservice", "listregions"),
        ] {
            assert!(!is_without_resource(service, action), "{service}:{action}");
        }
    }

    #[test]
    fn some_actions_do_not_say_who_owns_the_resource() {
        assert_eq!(owner_keys("s3", "getobject"), OwnerKeys::Carried);
        assert_eq!(owner_keys("ebs", "putsnapshotblock"), OwnerKeys::Missing);
        assert_eq!(
            owner_keys("ec2", "createvpcpeeringconnection"),
            OwnerKeys::Missing
        );
        assert_eq!(owner_keys("ec2", "runinstances"), OwnerKeys::Carried);
        assert_eq!(owner_keys("events", "putevents"), OwnerKeys::WithinAccount);
    }
}
