import { Annotations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { ANNOTATION_PREFIX, isFirstInApp } from './annotation-ids';

/**
 * CloudFormation cannot create a stage with an access log if the account has no CloudWatch Logs role. The construct does not set the role:
 * a stack that does overwrites it for all other stacks.
 */
export function noteAccessLogRole(scope: IConstruct): void {
  if (!isFirstInApp(scope, 'accessLogRole')) return;
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:accessLogRole`,
    'the access log needs the CloudWatch Logs role of API Gateway, set once per account and Region; '
    + 'without it, deployment fails with "CloudWatch Logs role ARN must be set in account settings", see docs/getting-started.md#cloudwatch-log-role-of-api-gateway',
  );
}

interface ImportedBucket {
  readonly prefix: string;
  /** Expiration of images. Undefined if it is known only at deployment. */
  readonly days: number | undefined;
  /** Absent if the API has no uploads. */
  readonly uploadPrefix?: string;
  /** Whether the encryption key of the bucket is known, so that the functions get permissions for it. */
  readonly isKeyKnown: boolean;
}

/** The configuration of an imported bucket is not known. */
export function noteImportedBucket(scope: IConstruct, { prefix, days, uploadPrefix, isKeyKnown }: ImportedBucket): void {
  const expiry = (where: string, after: string) => `a lifecycle rule that expires '${where}' after ${after}`;
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:importedBucket`,
    `the bucket of 'storage' is imported, so that its configuration cannot be checked; it needs ${expiry(prefix, days === undefined ? "the 'expiration' of 'storage'" : `${days} days`)}, `
    + (uploadPrefix === undefined ? '' : `${expiry(uploadPrefix, '1 day')}, `)
    + `CORS if scripts in browsers ${uploadPrefix === undefined ? 'read' : 'read or upload'} images`
    + (isKeyKnown ? '' : ', and, if it is encrypted with a KMS key, that key as encryptionKey of s3.Bucket.fromBucketAttributes()'),
  );
}

/** The policies and the mutability of an imported role are not known. */
export function noteImportedRole(scope: IConstruct): void {
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:importedRole`,
    "'compute.role' is imported: its trust policy must allow lambda.amazonaws.com, and its inline policies must leave room in the 10,240 characters of a role; "
    + 'with mutable: false or in another account, add the permissions in docs/security.md#iam-permissions to it yourself',
  );
}

export function warnBucketAccount(scope: IConstruct, bucketAccount: string, stackAccount: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:bucketAccount`,
    `the bucket of 'storage' is in the account ${bucketAccount}, and the stack in ${stackAccount}: the policy of the bucket, and of its KMS key, must also allow the roles of `
    + 'images.handler and images.worker s3:GetObject, s3:PutObject and s3:DeleteObject under the prefix, or each image fails with STORAGE_FAILED',
  );
}

/** `name` is that of the key in the props. */
export function warnKeyAccount(scope: IConstruct, name: string, keyAccount: string, stackAccount: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:keyAccount`,
    `${name} is in the account ${keyAccount}, and the stack in ${stackAccount}: the policy of the key must also allow that account the KMS actions in docs/storage.md#encryption`,
  );
}

export function warnGranteeAccount(scope: IConstruct, granteeAccount: string, apiAccount: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:granteeAccount`,
    `grantInvoke() for a principal in the account ${granteeAccount} does not suffice for an API in ${apiAccount}: it needs both a policy of the principal that allows execute-api:Invoke, `
    + 'which is not added to a principal that another app defines, and a resource policy of the API; '
    + 'add the latter with images.restApi.addToResourcePolicy(), or let the principal assume a role in the account of the API',
  );
}

/** Principals such as services and accounts have no policy. */
export function warnGrantWithoutEffect(scope: IConstruct, principal: iam.IPrincipal): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:grantWithoutEffect`,
    `grantInvoke() adds no permission, because '${principal.toString()}' has no policy; pass a role, user or group that this app defines, `
    + 'or allow the principal with images.restApi.addToResourcePolicy()',
  );
}

/** The CDK reports success for these roles. */
export function noteImmutableGrantee(scope: IConstruct, principal: iam.IPrincipal): void {
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:immutableGrantee`,
    `grantInvoke() does not change '${principal.toString()}', whose policies are immutable; allow it execute-api:Invoke on this API yourself, or import it without mutable: false`,
  );
}

export function warnLogKeyPolicy(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:logKeyPolicy`,
    "the policy of an imported 'encryptionKey' cannot be changed: it must allow the service logs.<region>.amazonaws.com kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, "
    + 'kms:GenerateDataKey* and kms:DescribeKey, or creating the log groups fails',
  );
}
