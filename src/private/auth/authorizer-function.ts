import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiAuthBindOptions } from '../../api-auth-binding';
import { bundledCode } from '../bundle';
import { AUTHORIZER_VARIABLE, AuthorizerConfiguration } from '../contract/authorizer';
import { createLogGroup } from '../log-groups';

/** Mostly waits for the issuer's keys, once in a while. */
const MEMORY_MIB = 256;
const TIMEOUT = Duration.seconds(10);

/** The function that checks tokens: it may write its log and nothing else. */
export function createAuthorizerFunction(
  scope: Construct, configuration: AuthorizerConfiguration, { compute, encryptionKey }: Pick<ApiAuthBindOptions, 'compute' | 'encryptionKey'>,
): lambda.Function {
  const { logRetention = logs.RetentionDays.ONE_MONTH, permissionsBoundary, tracing } = compute;
  const logGroup = createLogGroup(scope, 'AuthorizerLogs', { retention: logRetention, encryptionKey });
  const role = new iam.Role(scope, 'AuthorizerRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Runs the authorizer of an image API',
    permissionsBoundary,
  });
  const policy = new iam.Policy(scope, 'AuthorizerPolicy', {
    roles: [role],
    statements: [new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })],
  });
  const handler = new lambda.Function(scope, 'AuthorizerHandler', {
    description: 'Checks the tokens of requests to an image API',
    code: bundledCode('authorizer'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: MEMORY_MIB,
    timeout: TIMEOUT,
    tracing,
    environment: { [AUTHORIZER_VARIABLE]: Stack.of(scope).toJsonString(configuration) },
    logGroup,
    role,
  });
  handler.node.addDependency(policy);
  return handler;
}
