import { ArnFormat, Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { warnLogKeyPolicy } from '../validation/annotations/account-annotations';

export interface LogGroupOptions {
  readonly retention: logs.RetentionDays;
  readonly encryptionKey?: kms.IKey;
}

/** Creates a log group that is deleted with the stack. Logs contain no images and no prompts. */
export function createLogGroup(scope: Construct, id: string, options: LogGroupOptions): logs.LogGroup {
  return new logs.LogGroup(scope, id, { ...options, removalPolicy: RemovalPolicy.DESTROY });
}

/** Allows a function to write its log. */
export function writeLogs(logGroup: logs.ILogGroup): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });
}

/**
 * Allows CloudWatch Logs to use the key. The condition covers all log groups of the account and Region: with the ARNs of the created log
 * groups, the stack of an imported key would depend on this stack, which depends on the key.
 */
export function allowLogEncryption(scope: Construct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  const principal = `logs.${stack.region}.${Aws.URL_SUFFIX}`;
  const allLogGroups = stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const { statementAdded } = key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(principal)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    // in a key policy, '*' is the key
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': allLogGroups } },
  }));
  if (!statementAdded) warnLogKeyPolicy(scope);
}
