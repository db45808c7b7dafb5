//! The stable names of all findings, in one table.

use crate::diagnostic::Severity;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The name that diagnostics carry.
    pub name: &'static str,
    /// The weight that it has; a few codes weigh less where AWS is known or likely to be lenient.
    pub severity: Severity,
    /// The rule of `docs/semantics.md` behind it; `JSON` for the syntax of JSON.
    pub rule: &'static str,
    /// What it says.
    pub summary: &'static str,
}

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident $rule:literal $summary:literal)*) => {
        $(#[doc = $summary] pub(crate) const $constant: &str = $name;)*

        /// Every code that [`parse`](crate::parse) can report.
        pub const CODES: &[Code] = &[$(Code {
            name: $name,
            severity: Severity::$severity,
            rule: $rule,
            summary: $summary,
        }),*];
    };
}

codes! {
    TEXT_TOO_LARGE "text-too-large" Error "JSON" "The text is longer than what is read."
    EMPTY_TEXT "empty-text" Error "JSON" "There is no text."
    TOO_DEEP "too-deep" Error "JSON" "Objects and lists are nested too deeply."
    TOO_MANY_ERRORS "too-many-errors" Error "JSON" "Further errors are not listed."
    COMMENT "comment" Error "JSON" "JSON has no comments."
    BYTE_ORDER_MARK "byte-order-mark" Error "JSON" "The text starts with a byte order mark."
    INVALID_WHITESPACE "invalid-whitespace" Error "JSON" "An invisible character that is no JSON white space."
    WRONG_QUOTES "wrong-quotes" Error "JSON" "Single or typographic quotes instead of double quotes."
    UNTERMINATED_STRING "unterminated-string" Error "JSON" "A string without its closing quote."
    CONTROL_CHARACTER "control-character" Error "JSON" "A line break, tab or control character inside a string."
    INVALID_ESCAPE "invalid-escape" Error "JSON" "A backslash that starts no escape of JSON."
    INVALID_NUMBER "invalid-number" Error "JSON" "A number that JSON does not know, such as 01."
    UNQUOTED_TEXT "unquoted-text" Error "JSON" "A name or text without quotes."
    UNEXPECTED_TOKEN "unexpected-token" Error "JSON" "Something that cannot stand there."
    MISSING_COMMA "missing-comma" Error "JSON" "No comma between two entries."
    EXTRA_COMMA "extra-comma" Error "JSON" "A comma with nothing before it."
    TRAILING_COMMA "trailing-comma" Error "JSON" "A comma after the last entry."
    MISSING_COLON "missing-colon" Error "JSON" "No colon behind a name."
    MISSING_VALUE "missing-value" Error "JSON" "No value behind a colon."
    UNCLOSED "unclosed" Error "JSON" "An object or list that is not closed."
    CONTENT_AFTER_END "content-after-end" Error "JSON" "Something follows the end of the policy."
    DUPLICATE_KEY "duplicate-key" Error "GRAM-1" "One name twice in an object."

    INVALID_DOCUMENT "invalid-document" Error "GRAM-1" "The policy is no object."
    UNKNOWN_ELEMENT "unknown-element" Error "GRAM-6" "An element that the grammar does not have there."
    INVALID_TYPE "invalid-type" Error "GRAM-6" "A value of the wrong JSON type."
    INVALID_CHARACTER "invalid-character" Error "Q-13" "A character that IAM policies may not contain."
    INVALID_VERSION "invalid-version" Error "GRAM-2" "A Version that does not exist, or that this kind does not take."
    MISSING_VERSION "missing-version" Error "GRAM-3" "SCPs and RCPs must name their Version."
    ID_NOT_ALLOWED "id-not-allowed" Warning "GRAM-4" "Id outside a resource-based policy."
    MISSING_STATEMENT "missing-statement" Error "GRAM-1" "The policy has no Statement."
    EMPTY_STATEMENT "empty-statement" Error "GRAM-1" "The list of statements is empty."
    INVALID_SID "invalid-sid" Error "GRAM-4" "A Sid with characters other than letters and digits (a warning where it is not an IAM policy)."
    DUPLICATE_SID "duplicate-sid" Error "GRAM-4" "One Sid on two statements (a warning where it is not an IAM policy)."
    MISSING_EFFECT "missing-effect" Error "GRAM-5" "A statement without Effect."
    INVALID_EFFECT "invalid-effect" Error "GRAM-5" "An Effect that is neither Allow nor Deny."
    SCP_LANGUAGE "scp-language" Error "SCP-49" "Something that SCPs did not take before 2025-09-19."
    RCP_ALLOW "rcp-allow" Error "RCP-3" "An RCP of one's own that allows."
    EXCLUSIVE_ELEMENTS "exclusive-elements" Error "GRAM-5" "An element and its Not form in one statement."
    EMPTY_LIST "empty-list" Warning "GRAM-9" "A list without entries: the statement matches nothing."

    MISSING_PRINCIPAL "missing-principal" Error "GRAM-5" "A statement of a resource-based policy without Principal."
    PRINCIPAL_NOT_ALLOWED "principal-not-allowed" Error "SCP-42" "Principal or NotPrincipal in a kind of policy that has none."
    NOT_PRINCIPAL_NOT_ALLOWED "not-principal-not-allowed" Error "PRIN-12" "NotPrincipal in an RCP or a trust policy."
    NOT_PRINCIPAL_ALLOW "not-principal-allow" Warning "PRIN-12" "NotPrincipal beside Allow."
    RCP_PRINCIPAL "rcp-principal" Error "RCP-4" "An RCP whose Principal is not exactly the star."
    INVALID_PRINCIPAL "invalid-principal" Error "PRIN-1" "A principal in none of the known forms."
    PRINCIPAL_UNIQUE_ID "principal-unique-id" Warning "PRIN-7" "A unique id or canonical user id: nobody here is known by it."
    NOT_PRINCIPAL_INCOMPLETE "not-principal-incomplete" Warning "PRIN-13" "A principal in NotPrincipal without its account, its role or its sessions: it is denied all the same."
    PRINCIPAL_WILDCARD "principal-wildcard" Error "PRIN-2" "A wildcard inside a principal."
    PRINCIPAL_GROUP "principal-group" Error "PRIN-7" "A group as principal."
    UNUSUAL_PRINCIPAL "unusual-principal" Warning "PRIN-9" "A principal that does not look like what it should name."
    TRUST_ACTION "trust-action" Warning "TR-8" "A principal of a trust policy beside an action that it cannot call."
    TRUST_EVERYONE "trust-everyone" Warning "TR-7" "A trust policy that trusts everyone."

    MISSING_ACTION "missing-action" Error "GRAM-5" "A statement without Action or NotAction."
    INVALID_ACTION "invalid-action" Error "ACT-3" "An action that is not a service prefix, a colon and a name (a warning for an odd prefix or a second colon where it is not an IAM policy)."
    ACTION_WILDCARD_SERVICE "action-wildcard-service" Error "ACT-3" "A wildcard in the service prefix of an action (a warning where AWS may take it)."
    ACTION_MATCHES_NOTHING "action-matches-nothing" Warning "ACT-6" "An action that matches nothing."
    RCP_SERVICE "rcp-service" Warning "RCP-7" "An action of a service that RCPs do not reach."
    RCP_ACTION "rcp-action" Error "RCP-5" "NotAction, or an action without service, in an RCP."

    MISSING_RESOURCE "missing-resource" Error "GRAM-5" "A statement without Resource or NotResource (a warning in resource-based policies of services that know no Resource)."
    TRUST_RESOURCE "trust-resource" Error "TR-7" "Resource or NotResource in a trust policy."
    INVALID_RESOURCE "invalid-resource" Error "RES-1" "A resource that is neither the star nor an ARN (a warning for the short form of API Gateway)."
    SHORT_ARN "short-arn" Warning "RES-7" "An ARN with fewer than six parts (an error in session policies)."
    ARN_WILDCARD "arn-wildcard" Warning "RES-2" "A wildcard in the prefix, partition or service of an ARN."
    RESOURCE_TYPE_WILDCARD "resource-type-wildcard" Warning "RES-5" "A wildcard in place of the resource type."
    ARN_VARIABLE "arn-variable" Warning "RES-8" "A variable before the resource part of an ARN: it is literal text there."

    UNKNOWN_OPERATOR "unknown-operator" Error "COND-7" "A condition operator that does not exist."
    OPERATOR_CASE "operator-case" Warning "COND-8" "A condition operator in unusual case."
    NULL_IF_EXISTS "null-if-exists" Error "COND-5" "IfExists on Null."
    DUPLICATE_CONDITION_KEY "duplicate-condition-key" Error "GRAM-1" "Two keys of one operator that differ only by case."
    INVALID_CONDITION_KEY "invalid-condition-key" Warning "COND-2" "A condition key that cannot exist."
    INVALID_CONDITION_VALUE "invalid-condition-value" Error "GRAM-7" "A condition value that is no text, number or boolean."
    EMPTY_CONDITION "empty-condition" Warning "COND-9" "A Condition, operator or key without content."
    CONDITION_VALUE_TYPE "condition-value-type" Warning "NUM-1" "A value that its operator cannot read: the condition is never met as meant."
    AMBIGUOUS_DATE "ambiguous-date" Warning "DATE-2" "Four digits as a date: a year, or seconds."
    LITERAL_WILDCARD "literal-wildcard" Warning "STR-1" "A wildcard under an operator that takes it literally."
    WILDCARD_KEY "wildcard-key" Warning "KEY-1" "A wildcard for a key where it makes no sense."
    ENDPOINT_PATTERN "endpoint-pattern" Warning "VPCE-3" "A pattern or operator that interface endpoints refuse."
    UNGUARDED_FOR_ALL_VALUES "unguarded-for-all-values" Warning "SET-5" "ForAllValues in an Allow without a guard against the missing key."
    MISSING_SET_OPERATOR "missing-set-operator" Warning "SET-6" "A key with several values without ForAllValues or ForAnyValue."
    NEEDLESS_SET_OPERATOR "needless-set-operator" Warning "SET-7" "A set operator on a key that has one value."
    SET_OPERATOR_NULL "set-operator-null" Warning "SET-11" "A set operator on Null: always true or always false."
    FOR_ANY_VALUE_IF_EXISTS "for-any-value-if-exists" Warning "SET-4" "ForAnyValue with IfExists: IfExists adds nothing."

    MALFORMED_VARIABLE "malformed-variable" Warning "VAR-1" "A variable that cannot be read: it is literal text."
    UNKNOWN_VARIABLE "unknown-variable" Warning "VAR-1" "A variable that is no context key: perhaps a placeholder of a template."
    VARIABLE_IN_2008 "variable-in-2008" Warning "GRAM-2" "A variable in version 2008-10-17: it is literal text."
    VARIABLE_NOT_SUPPORTED "variable-not-supported" Warning "VAR-2" "A variable in an action, in a principal or under an operator that takes none."

    OVER_QUOTA "over-quota" Warning "Q-2" "The policy is larger than its quota."
    WHITESPACE_OVER_QUOTA "whitespace-over-quota" Warning "Q-11" "The policy is larger than its quota if saved with its white space."
}
