import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type ComputeOptions } from '../src';
import { HOME, imageApi, ofType, only, synth, testStack, textOf } from './helpers/stack';

describe('the function', () => {
  const template = synth();

  it('has 512 MiB, 28 seconds, arm64 and Node.js 24 by default', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 28,
      ReservedConcurrentExecutions: Match.absent(),
      TracingConfig: Match.absent(),
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('ImagesHandlerLogs') } },
    });
    template.resourceCountIs('AWS::Lambda::Version', 0);
    template.resourceCountIs('AWS::Lambda::Alias', 0);
  });

  it('has logs that are retained for one month and deleted with the stack', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    template.allResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  });
});

describe('the options of compute', () => {
  it('apply to the function', () => {
    synth({ compute: { memorySize: 1024, timeout: Duration.seconds(20), reservedConcurrency: 5, tracing: lambda.Tracing.ACTIVE } })
      .hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1024, Timeout: 20, ReservedConcurrentExecutions: 5, TracingConfig: { Mode: 'Active' } });
  });

  it('apply to the function log and the access log', () => {
    synth({ compute: { logRetention: logs.RetentionDays.ONE_YEAR } }).allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
    synth({ compute: { logRetention: logs.RetentionDays.INFINITE } }).allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.absent() });
  });

  it('add an alias with provisioned concurrency, which API Gateway invokes', () => {
    const template = synth({ compute: { provisionedConcurrency: 2 } });
    template.hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
    for (const { Properties } of ofType(template, 'AWS::ApiGateway::Method')) {
      expect(textOf((Properties.Integration as { Uri: unknown }).Uri)).toMatch(/functions\/<ImagesHandlerAlias\w+>\/invocations$/);
    }
    expect(textOf(only(template, 'AWS::Lambda::Permission').FunctionName)).toMatch(/^<ImagesHandlerAlias\w+>$/);
  });
});

describe('timeout', () => {
  it('is one second shorter than the integration timeout, with a warning if the quota must be raised for it', () => {
    const stack = testStack(HOME);
    const template = synth({ compute: { timeout: Duration.seconds(60) } }, stack);
    template.allResourcesProperties('AWS::ApiGateway::Method', { Integration: Match.objectLike({ TimeoutInMillis: 61_000 }) });
    Annotations.fromStack(stack).hasWarning('/Stack/Images', Match.stringLikeRegexp('61 seconds.*cdk-genai-image-api:integrationTimeout'));
  });

  it('adds no warning by default', () => {
    const stack = testStack(HOME);
    imageApi({}, stack);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

describe('compute', () => {
  it.each<[ComputeOptions, string]>([
    [{ memorySize: 127 }, "'compute.memorySize' must be a whole number from 128 to 10240, got 127"],
    [{ timeout: Duration.minutes(16) }, "'compute.timeout' must be between 10 seconds and 15 minutes, got 16 minutes"],
    [{ timeout: Duration.seconds(9) }, "'compute.timeout' must be between 10 seconds and 15 minutes, got 9 seconds"],
    [{ timeout: Duration.millis(15_500) }, "'compute.timeout' must be whole seconds"],
    [{ reservedConcurrency: -1 }, "'compute.reservedConcurrency' must be a whole number of at least 0, got -1"],
    [{ provisionedConcurrency: 0 }, "'compute.provisionedConcurrency' must be a whole number of at least 1, got 0"],
    [{ provisionedConcurrency: 3, reservedConcurrency: 2 }, "'compute.provisionedConcurrency' must not exceed 'compute.reservedConcurrency', got 3 and 2"],
  ])('fails for %p', (compute, problem) => {
    expect(() => imageApi({ compute })).toThrow(problem);
  });
});
