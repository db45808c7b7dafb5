// What is measured: an example of the page, and the large organization of the budgets.

export const EXAMPLE = "#example/full-access-taken-away";

/**
 * 10,000 accounts in 2,000 OUs on three levels, a region lock at the root, a Deny at 20 OUs and 100
 * requests.
 * @param {object} [options]
 * @param {boolean} [options.everyAccount] whether each request is one over every account
 * @param {boolean} [options.byAccount] whether the region lock looks at the account
 */
export function largeScenario({ everyAccount = false, byAccount = false } = {}) {
  let account = 200_000_000_000;
  let ou = 0;
  let lowest = 0;
  const unit = (name, policies, children) => ({ type: "ou", id: `ou-big1-${String((ou += 1)).padStart(8, "0")}`, name, policies: ["FullAWSAccess", ...policies], children });
  const accounts = (count) => Array.from({ length: count }, () => ({ type: "account", id: String((account += 1)), name: `Account ${account - 200_000_000_000}`, policies: ["FullAWSAccess"] }));
  const team = (name) => unit(name, [], accounts((lowest += 1) % 9 < 5 ? 6 : 5));
  const children = Array.from({ length: 20 }, (_, first) =>
    unit(`Division ${first + 1}`, ["deny-s3"], Array.from({ length: 9 }, (_, second) =>
      unit(`Department ${first + 1}.${second + 1}`, [], Array.from({ length: 10 }, (_, third) => team(`Team ${first + 1}.${second + 1}.${third + 1}`))))));
  const deny = (Sid, Action, more = {}) => ({ Version: "2012-10-17", Statement: [{ Sid, Effect: "Deny", Action, Resource: "*", ...more }] });
  const lock = { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"], ...(byAccount && { "aws:PrincipalAccount": ["200000000007", "200000004242"] }) };
  const roles = Array.from({ length: 20 }, (_, at) => ({ id: `admin${at}`, type: "role", account: String(200_000_000_001 + at * 500), name: "Admin", policies: ["AdministratorAccess"] }));
  const caller = (at) => (everyAccount ? { type: "everyAccount", role: "Admin", policies: ["AdministratorAccess"] } : { type: "role", id: `admin${at % 20}` });
  const requests = Array.from({ length: 100 }, (_, at) => ({ id: `r${at}`, principal: caller(at), action: at % 2 ? "ec2:RunInstances" : "s3:ListAllMyBuckets", resource: "*", region: at % 3 ? "eu-west-1" : "us-east-1" }));
  return JSON.stringify({
    version: 1,
    title: "Large",
    organization: {
      managementAccountId: "111111111111",
      root: { id: "r-big1", policies: ["FullAWSAccess", "regions"], children: [{ type: "account", id: "111111111111", name: "Management", policies: ["FullAWSAccess"] }, ...children] },
    },
    policies: [
      { id: "deny-s3", name: "Deny S3", kind: "scp", document: deny("DenyS3", "s3:*") },
      { id: "regions", name: "Regions", kind: "scp", document: deny("Regions", "ec2:*", { Condition: { StringNotEquals: lock } }) },
    ],
    principals: roles,
    requests,
  });
}
