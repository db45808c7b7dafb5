// Condition keys with what they hold, in a line. Keys of services are the few that policies ask for
// most; any other key can be typed.

/** A condition key. */
export interface Key {
  name: string;
  /** What its value is. */
  type: string;
  means: string;
}

const TYPES: Record<string, string> = {
  s: "text", l: "several texts", b: "true or false", n: "number", d: "date", a: "ARN", i: "IP address",
};

const KEYS = `
aws:PrincipalArn a The ARN of who calls; for a session, that of its role.
aws:PrincipalAccount s The account of who calls.
aws:PrincipalOrgID s The organization of who calls.
aws:PrincipalOrgPaths l Where in its organization the caller's account stands, from the organization down.
aws:PrincipalTag/ s A tag of the caller: put its key behind the slash.
aws:PrincipalType s What sort of caller: Account, User, AssumedRole, FederatedUser, Anonymous.
aws:PrincipalIsAWSService b Whether a service of AWS itself calls.
aws:PrincipalServiceName s The name of the service that calls.
aws:PrincipalServiceNamesList l All names of the service that calls.
aws:userid s The unique id of who calls; for a session with the session's name.
aws:username s The name of the IAM user who calls. Only users have it.
aws:FederatedProvider s The identity provider through which the session began.
aws:SourceIdentity s The identity that was set when the session began.
aws:TokenIssueTime d When the credentials of the session were issued.
aws:MultiFactorAuthPresent b Whether the session began with MFA. Absent with long-term access keys.
aws:MultiFactorAuthAge n Seconds since the MFA of the session.
aws:AssumedRoot b Whether the session is one of root, begun centrally.
aws:ChatbotSourceArn a The chat configuration from which the call came.
aws:Ec2InstanceSourceVpc s The VPC of the instance to which the credentials belong.
aws:Ec2InstanceSourcePrivateIPv4 i The private address of the instance to which the credentials belong.
aws:SourceIp i The public address from which the call came. Absent through a VPC endpoint.
aws:SourceVpc s The VPC from which the call came through an endpoint.
aws:SourceVpcArn a The ARN of that VPC.
aws:SourceVpce s The VPC endpoint through which the call came.
aws:VpcSourceIp i The private address from which the call came through a VPC endpoint.
aws:VpceAccount s The account that owns the VPC endpoint.
aws:VpceOrgID s The organization of that account.
aws:VpceOrgPaths l Where in its organization that account stands.
aws:SourceAccount s The account for whose resource a service calls.
aws:SourceArn a The resource for which a service calls.
aws:SourceOrgID s The organization of that resource's account.
aws:SourceOrgPaths l Where in its organization that account stands.
aws:ResourceAccount s The account that owns the resource.
aws:ResourceOrgID s The organization of that account.
aws:ResourceOrgPaths l Where in its organization that account stands.
aws:ResourceTag/ s A tag of the resource: put its key behind the slash.
aws:RequestTag/ s A tag that the request passes: put its key behind the slash.
aws:TagKeys l The keys of all tags that the request passes.
aws:RequestedRegion s The Region that is called.
aws:CurrentTime d The moment of the request.
aws:EpochTime d The moment of the request, in seconds.
aws:SecureTransport b Whether the call came over TLS.
aws:UserAgent s What the client says it is. Anyone can say anything.
aws:Referer s The page from which a browser came. Anyone can say anything.
aws:ViaAWSService b Whether a service passes the call on in the caller's name.
aws:CalledVia l The services that passed the call on, in order.
aws:CalledViaFirst s The first service that passed the call on.
aws:CalledViaLast s The last service that passed the call on.
s3:prefix s How the names of listed objects must begin.
s3:delimiter s The letter that parts names of objects in a list.
s3:x-amz-acl s The canned ACL that is set.
s3:x-amz-server-side-encryption s How the object is encrypted: AES256 or aws:kms.
s3:x-amz-server-side-encryption-aws-kms-key-id a The KMS key with which the object is encrypted.
s3:TlsVersion n The version of TLS of the call.
s3:signatureversion s How the call was signed.
s3:ResourceAccount s The account that owns the bucket.
s3:ExistingObjectTag/ s A tag of the object: put its key behind the slash.
s3:RequestObjectTag/ s A tag that is set on the object: put its key behind the slash.
s3:RequestObjectTagKeys l The keys of all tags that are set on the object.
s3:object-lock-mode s The retention mode of the object.
ec2:InstanceType s The type of the instance, such as t3.micro.
ec2:Region s The Region of the call.
ec2:Vpc a The VPC of the resource.
ec2:Encrypted b Whether the volume is encrypted.
ec2:VolumeType s The type of the volume, such as gp3.
ec2:MetadataHttpTokens s Whether instance metadata asks for tokens (IMDSv2): required or optional.
ec2:MetadataHttpPutResponseHopLimit n How far the answer of the metadata service may travel.
ec2:RoleDelivery n The version of the metadata service that gave the credentials.
ec2:SourceInstanceARN a The instance from which the call came.
ec2:Owner s Who owns the image or snapshot.
ec2:ImageType s The type of the image.
ec2:CreateAction s The call that creates what is tagged.
ec2:ResourceTag/ s A tag of the resource: put its key behind the slash.
iam:PassedToService s The service to which the role is passed.
iam:AssociatedResourceArn a The resource with which the passed role is to work.
iam:AWSServiceName s The service for which a service-linked role is made.
iam:PermissionsBoundary a The boundary that the user or role gets.
iam:PolicyARN a The policy that is attached.
iam:ResourceTag/ s A tag of the user or role: put its key behind the slash.
kms:ViaService s The service that uses the key in the caller's name.
kms:CallerAccount s The account of who uses the key.
kms:GrantIsForAWSResource b Whether a service of AWS asks for the grant.
kms:EncryptionContext: s A pair of the encryption context: put its name behind the colon.
kms:EncryptionContextKeys l The names of all pairs of the encryption context.
kms:KeySpec s The type of the key.
kms:ResourceAliases l The aliases of the key.
sts:ExternalId s The id that the caller must pass to assume the role.
sts:RoleSessionName s The name of the session that begins.
sts:TransitiveTagKeys l The session tags that go on into further sessions.
lambda:FunctionArn a The function that an event source calls.
lambda:VpcIds l The VPCs that the function gets.
lambda:FunctionUrlAuthType s Who may call the function's URL: AWS_IAM or NONE.
dynamodb:LeadingKeys l The partition keys of the items.
dynamodb:Attributes l The attributes that are read or written.
rds:DatabaseEngine s The engine of the database.
rds:StorageEncrypted b Whether the database is encrypted.
organizations:ServicePrincipal s The service that is let into the organization.
secretsmanager:SecretId a The secret.
secretsmanager:ResourceTag/ s A tag of the secret: put its key behind the slash.
ssm:resourceTag/ s A tag of the instance: put its key behind the slash.
cloudformation:TemplateUrl s Where the template is.
cloudformation:RoleArn a The role that the stack uses.
ecs:cluster a The cluster.
ram:RequestedAllowsExternalPrincipals b Whether the share is open outside the organization.
servicecatalog:accountLevel s The account of who uses the product.`;

/** All keys, the global ones first. */
export const CONDITION_KEYS: readonly Key[] = KEYS.trim().split("\n").map((line) => {
  const [name = "", type = "", ...means] = line.split(" ");
  return { name, type: TYPES[type] ?? "", means: means.join(" ") };
});

const byName = new Map(CONDITION_KEYS.map((key) => [key.name.toLowerCase(), key]));

/** The key of a name, in capitals or not; a tag's key behind a slash does not matter. */
export function keyNamed(name: string): Key | undefined {
  const lower = name.toLowerCase();
  return byName.get(lower) ?? byName.get(lower.replace(/\/.*$/, "/")) ?? byName.get(lower.replace(/^(kms:encryptioncontext:).*$/, "$1"));
}
