import * as path from 'node:path';
import { type Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';

const ASSETS = path.join(__dirname, '..', '..', '..', '..', 'assets');

export interface FunctionOptions {
  /** Folder of the code under assets/. */
  readonly bundle: string;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly statements: iam.PolicyStatement[];
  readonly environment?: Record<string, string>;
  readonly encryptionKey?: kms.IKey;
}

export function createFunction(stack: Stack, id: string, options: FunctionOptions): lambda.Function {
  const { bundle, statements, encryptionKey, ...props } = options;
  const logGroup = createLogGroup(stack, `${id}Logs`, encryptionKey);
  const role = new iam.Role(stack, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `Execution role of the ${id} of an image API`,
  });
  // a policy of its own, because the CDK splits a long default policy of a role into managed policies
  const policy = new iam.Policy(stack, `${id}Policy`, {
    roles: [role],
    statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn), ...statements],
  });
  const handler = new lambda.Function(stack, id, {
    ...props,
    code: lambda.Code.fromAsset(path.join(ASSETS, bundle)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    logGroup,
    role,
  });
  handler.node.addDependency(policy);
  return handler;
}

export function createLogGroup(stack: Stack, id: string, encryptionKey?: kms.IKey): logs.LogGroup {
  return new logs.LogGroup(stack, id, { encryptionKey, retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
}

export function allow(actions: string[], ...resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
