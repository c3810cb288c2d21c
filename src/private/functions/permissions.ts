import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { writeLogs } from './log-groups';
import { type AccessPermission } from '../models/access';
import { keyBehind } from '../validation/keys';

export interface HandlerResources {
  readonly logGroup: logs.ILogGroup;
  /** Permissions for models and guardrails. */
  readonly models: readonly AccessPermission[];
  readonly bucket: s3.IBucket;
  readonly prefix: string;
  readonly table: dynamodb.ITable;
  /** Whether the functions update what was spent on a day. */
  readonly hasBudget: boolean;
  /** Key of the table. */
  readonly encryptionKey?: kms.IKey;
}

/** KMS actions for objects and records, without wildcards. */
const OBJECT_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];
const RECORD_KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const TABLE_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'];

/** Returns the permissions to generate, store and record images. */
export function handlerStatements({ logGroup, models, bucket, prefix, table, hasBudget, encryptionKey }: HandlerResources): iam.PolicyStatement[] {
  const bucketKey = bucket.encryptionKey && keyBehind(bucket.encryptionKey);
  return [
    writeLogs(logGroup),
    ...modelStatements(models),
    allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], [bucket.arnForObjects(`${prefix}*`)]),
    allow([...TABLE_ACTIONS, ...(hasBudget ? ['dynamodb:UpdateItem'] : [])], [table.tableArn]),
    ...(encryptionKey ? [allow(RECORD_KEY_ACTIONS, [encryptionKey.keyArn])] : []),
    ...(bucketKey && bucketKey !== encryptionKey ? [allow(OBJECT_KEY_ACTIONS, [bucketKey.keyArn])] : []),
  ];
}

/** Merges permissions with the same action and condition into one statement, which grants nothing more. */
export function modelStatements(permissions: readonly AccessPermission[]): iam.PolicyStatement[] {
  const merged = new Map<string, AccessPermission>();
  for (const permission of permissions) {
    const key = JSON.stringify([permission.action, permission.profileArns]);
    merged.set(key, { ...permission, resources: [...new Set([...merged.get(key)?.resources ?? [], ...permission.resources])] });
  }
  return [...merged.values()].map(({ action, resources, profileArns }) => {
    const statement = allow([action], [...resources]);
    if (profileArns) statement.addCondition('StringLike', { 'bedrock:InferenceProfileArn': profileArns.length === 1 ? profileArns[0] : profileArns });
    return statement;
  });
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
