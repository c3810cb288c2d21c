import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';

export interface HandlerResources {
  readonly logGroup: logs.ILogGroup;
  readonly modelArns: string[];
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
export function handlerStatements({ logGroup, modelArns, bucket, prefix, table, encryptionKey }: HandlerResources): iam.PolicyStatement[] {
  const bucketKey = bucket.encryptionKey;
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allow(['bedrock:InvokeModel'], modelArns),
    allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], [bucket.arnForObjects(`${prefix}*`)]),
    allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'], [table.tableArn]),
    ...(encryptionKey ? [allow(RECORD_KEY_ACTIONS, [encryptionKey.keyArn])] : []),
    ...(bucketKey && bucketKey !== encryptionKey ? [allow(OBJECT_KEY_ACTIONS, [bucketKey.keyArn])] : []),
  ];
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
