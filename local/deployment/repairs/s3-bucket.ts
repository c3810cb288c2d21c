import {
  type LifecycleRule, type ObjectOwnership, PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketOwnershipControlsCommand,
  type ServerSideEncryption, type TransitionStorageClass,
} from '@aws-sdk/client-s3';
import { propertyValue } from './property-value';
import { type Clients } from '../../emulator/clients';
import { resourcesOfType } from '../../template/template';
import { type DeployedStack } from '../create-stack';

interface CfnLifecycleRule {
  readonly Id?: string;
  readonly Status: 'Enabled' | 'Disabled';
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly Transitions?: readonly { readonly StorageClass: TransitionStorageClass; readonly TransitionInDays: number }[];
}

/** Sets the lifecycle rules of the buckets in a stack. */
export async function putLifecycleRules(stack: DeployedStack, { s3 }: Clients): Promise<void> {
  for (const [id, { LifecycleConfiguration }] of resourcesOfType(stack.template, 'AWS::S3::Bucket')) {
    if (!LifecycleConfiguration) continue;
    const { Rules } = LifecycleConfiguration as { Rules: CfnLifecycleRule[] };
    await s3.send(new PutBucketLifecycleConfigurationCommand({
      Bucket: stack.resources[id],
      LifecycleConfiguration: { Rules: Rules.map(toLifecycleRule) },
    }));
  }
}

function toLifecycleRule(rule: CfnLifecycleRule): LifecycleRule {
  return {
    ID: rule.Id,
    Status: rule.Status,
    Filter: { Prefix: rule.Prefix ?? '' },
    Expiration: rule.ExpirationInDays ? { Days: rule.ExpirationInDays } : undefined,
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    Transitions: rule.Transitions?.map(({ StorageClass, TransitionInDays }) => ({ StorageClass, Days: TransitionInDays })),
  };
}

interface CfnEncryptionRule {
  readonly BucketKeyEnabled?: boolean;
  readonly ServerSideEncryptionByDefault: { readonly SSEAlgorithm: ServerSideEncryption; readonly KMSMasterKeyID?: unknown };
}

/** Sets the encryption of the buckets in a stack. */
export async function putEncryption(stack: DeployedStack, { s3 }: Clients): Promise<void> {
  for (const [id, { BucketEncryption }] of resourcesOfType(stack.template, 'AWS::S3::Bucket')) {
    if (!BucketEncryption) continue;
    const { ServerSideEncryptionConfiguration: rules } = BucketEncryption as { ServerSideEncryptionConfiguration: CfnEncryptionRule[] };
    await s3.send(new PutBucketEncryptionCommand({
      Bucket: stack.resources[id],
      ServerSideEncryptionConfiguration: {
        Rules: rules.map(({ BucketKeyEnabled, ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID: key } }) => ({
          BucketKeyEnabled,
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID: key === undefined ? undefined : propertyValue(stack, key) },
        })),
      },
    }));
  }
}

/** Sets the object ownership of the buckets in a stack. */
export async function putOwnership(stack: DeployedStack, { s3 }: Clients): Promise<void> {
  for (const [id, { OwnershipControls }] of resourcesOfType(stack.template, 'AWS::S3::Bucket')) {
    if (!OwnershipControls) continue;
    const { Rules } = OwnershipControls as { Rules: { ObjectOwnership: ObjectOwnership }[] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: stack.resources[id], OwnershipControls: { Rules } }));
  }
}
