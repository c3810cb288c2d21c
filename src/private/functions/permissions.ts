import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { writeLogs } from './log-groups';
import { AccessPermission } from '../models/access';

export interface HandlerResources {
  readonly logGroup: logs.ILogGroup;
  /** What calling models and guardrails takes. */
  readonly calls: readonly AccessPermission[];
  readonly bucket: s3.IBucket;
  readonly prefix: string;
  readonly table: dynamodb.ITable;
  /** Encrypts the table. */
  readonly encryptionKey?: kms.IKey;
}

/** What reading and writing encrypted objects or records takes, spelled out: no wildcards in actions. */
const OBJECT_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];
const RECORD_KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** All that the handler may do. */
export function handlerStatements({ logGroup, calls, bucket, prefix, table, encryptionKey }: HandlerResources): iam.PolicyStatement[] {
  const bucketKey = bucket.encryptionKey;
  return [
    writeLogs(logGroup),
    ...callStatements(calls),
    allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], [bucket.arnForObjects(`${prefix}*`)]),
    allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'], [table.tableArn]),
    ...(encryptionKey ? [allow(RECORD_KEY_ACTIONS, [encryptionKey.keyArn])] : []),
    ...(bucketKey && bucketKey !== encryptionKey ? [allow(OBJECT_KEY_ACTIONS, [bucketKey.keyArn])] : []),
  ];
}

/** One statement for what has the same action and the same condition: that widens nothing. */
export function callStatements(calls: readonly AccessPermission[]): iam.PolicyStatement[] {
  const kinds = new Map<string, AccessPermission>();
  for (const call of calls) {
    const kind = JSON.stringify([call.action, call.profileArns]);
    kinds.set(kind, { ...call, resources: [...new Set([...kinds.get(kind)?.resources ?? [], ...call.resources])] });
  }
  return [...kinds.values()].map(({ action, resources, profileArns }) => {
    const statement = allow([action], [...resources]);
    if (profileArns) statement.addCondition('StringLike', { 'bedrock:InferenceProfileArn': profileArns.length === 1 ? profileArns[0] : profileArns });
    return statement;
  });
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
