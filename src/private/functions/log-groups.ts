import { ArnFormat, Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { warnLogKeyPolicy } from '../validation/annotations';

export interface LogGroupOptions {
  readonly retention: logs.RetentionDays;
  readonly encryptionKey?: kms.IKey;
}

/** Logs hold no pictures and no prompts, so they go with the stack. */
export function createLogGroup(scope: Construct, id: string, options: LogGroupOptions): logs.LogGroup {
  return new logs.LogGroup(scope, id, { ...options, removalPolicy: RemovalPolicy.DESTROY });
}

/** What a function needs to write its log. */
export function writeLogs(logGroup: logs.ILogGroup): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });
}

/**
 * CloudWatch Logs is a principal of its own, which the key policy must name. The condition names all log groups of the
 * account and region rather than ours: a key of another stack would otherwise depend on this stack, which depends on it.
 */
export function allowLogEncryption(scope: Construct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  const principal = `logs.${stack.region}.${Aws.URL_SUFFIX}`;
  const allLogGroups = stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const { statementAdded } = key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(principal)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    // in a key policy, '*' is the key itself
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': allLogGroups } },
  }));
  if (!statementAdded) warnLogKeyPolicy(scope);
}
