import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Delivery, ImageEdits, ImageStorage, QueuedDeliveryOptions } from '../src';
import { HOME, imageApi, ofType, only, resources, roleStatements, synth, testStack, textOf } from './helpers/stack';
import { CONFIGURATION_VARIABLE } from '../src/private/contract/configuration';

const queued = (options?: QueuedDeliveryOptions) => synth({ delivery: Delivery.queued(options) });
const named = (template: Template, part: string) => Object.entries(resources(template)).find(([id, { Type }]) => Type === 'AWS::SQS::Queue' && id.includes(part))!;

describe('buffered', () => {
  it('is the default, and builds no queue', () => {
    const json = JSON.stringify(synth({ delivery: Delivery.buffered() }).toJSON());
    expect(json).toEqual(JSON.stringify(synth().toJSON()));
    expect(json).not.toContain('AWS::SQS');
    const { queue, deadLetterQueue, worker } = imageApi();
    expect([queue, deadLetterQueue, worker]).toEqual([undefined, undefined, undefined]);
  });
});

describe('queued', () => {
  const template = queued();
  const [queueId, queue] = named(template, 'ImagesQueue');
  const [deadId, dead] = named(template, 'DeadLetterQueue');

  it('has times that follow from each other', () => {
    const mapping = only<{ FunctionName: { Ref: string } }>(template, 'AWS::Lambda::EventSourceMapping');
    const worker = resources(template)[mapping.FunctionName.Ref].Properties as { Timeout: number };
    const { VisibilityTimeout, MessageRetentionPeriod } = queue.Properties as Record<string, number>;
    expect([worker.Timeout, VisibilityTimeout, MessageRetentionPeriod]).toEqual([120, 6 * 120, 4 * 24 * 3600]);
    expect(dead.Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  it('hands a job out four times, then puts it aside', () => {
    expect(queue.Properties.RedrivePolicy).toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': [deadId, 'Arn'] }, maxReceiveCount: 4 });
  });

  it('gives each worker one job, and bounds how many there are', () => {
    expect(only(queued({ maxConcurrency: 7 }), 'AWS::Lambda::EventSourceMapping')).toMatchObject({
      BatchSize: 1, ScalingConfig: { MaximumConcurrency: 7 }, FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('takes what is asked for', () => {
    const other = queued({ maxReceiveCount: 2, retention: Duration.days(2), timeout: Duration.seconds(30) });
    const { RedrivePolicy, VisibilityTimeout, MessageRetentionPeriod } = named(other, 'ImagesQueue')[1].Properties as Record<string, unknown>;
    expect([(RedrivePolicy as { maxReceiveCount: number }).maxReceiveCount, VisibilityTimeout, MessageRetentionPeriod]).toEqual([2, 180, 172_800]);
  });

  it.each<[string, QueuedDeliveryOptions, number]>([
    ['nine tenths of its retention are over', {}, 0.9 * 4 * 24 * 3600],
    ['SQS might drop it while a worker has it', { retention: Duration.minutes(49) }, (49 - 12) * 60],
  ])('has a job given up before %s', (_, options, maxAgeSeconds) => {
    const [{ Properties }] = ofType(queued(options), 'AWS::Lambda::Function');
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    expect(JSON.parse(textOf(Variables[CONFIGURATION_VARIABLE])).queue).toMatchObject({ maxAgeSeconds });
  });

  it('has both functions share a policy where they share a role: IAM allows one 10,240 characters', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const edits = ImageEdits.all();
    const shared = synth({ delivery: Delivery.queued(), edits, compute: { role } }, stack);
    const policies = ofType(shared, 'AWS::IAM::Policy');
    expect(policies).toHaveLength(1);
    const ofAll = (statements: ReturnType<typeof roleStatements>) => new Set(statements.flatMap(({ Action }) => Action));
    expect(ofAll(roleStatements(shared))).toEqual(ofAll(roleStatements(synth({ delivery: Delivery.queued(), edits }))));
    const resolved = (_name: string, value: unknown) => (
      typeof value === 'object' && value !== null && ['Ref', 'Fn::GetAtt', 'Fn::Join'].some((name) => name in value) ? textOf(value) : value
    );
    expect(JSON.stringify(policies[0].Properties.PolicyDocument, resolved).length).toBeLessThan(9_500);
    // a function, and so its event source, waits for its permissions
    const dependent = ofType(shared, 'AWS::Lambda::Function') as unknown as { DependsOn: string[] }[];
    for (const { DependsOn } of dependent) expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/HandlerPolicy/)]));
  });

  it('encrypts, and refuses what is not', () => {
    for (const { Properties } of ofType(template, 'AWS::SQS::Queue')) expect(Properties.SqsManagedSseEnabled).toBe(true);
    const policies = ofType(template, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
  });

  it('encrypts with the key of the user', () => {
    const stack = testStack(HOME);
    const encryptionKey = new kms.Key(stack, 'Key');
    for (const { Properties } of ofType(synth({ delivery: Delivery.queued(), encryptionKey }, stack), 'AWS::SQS::Queue')) {
      expect(Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
    }
  });

  it('lets the API hand jobs in, and the worker take them, put them back or aside, and nothing else', () => {
    const sqs = roleStatements(template).filter(({ Action }) => JSON.stringify(Action).includes('sqs:'));
    expect(sqs.map(({ Action, Resource }) => ({ Action, Resource }))).toEqual([
      { Action: ['sqs:GetQueueAttributes', 'sqs:SendMessage'], Resource: { 'Fn::GetAtt': [queueId, 'Arn'] } },
      {
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
        Resource: { 'Fn::GetAtt': [queueId, 'Arn'] },
      },
      { Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [deadId, 'Arn'] } },
    ].map((statement) => ({ ...statement, Action: Array.isArray(statement.Action) ? expect.arrayContaining(statement.Action) : statement.Action })));
  });

  it('gives the worker what the API has for models, bucket and table', () => {
    const without = (statements: ReturnType<typeof roleStatements>) => statements
      .filter(({ Action }) => !JSON.stringify(Action).match(/sqs:|logs:/)).map((statement) => JSON.stringify(statement));
    const all = without(roleStatements(template));
    expect(all.slice(0, all.length / 2).sort()).toEqual(all.slice(all.length / 2).sort());
    expect(all.join()).not.toContain('"*"');
  });

  it('adds thirteen resources, four of them for batches', () => {
    expect(Object.keys(resources(template)).length - Object.keys(resources(synth())).length).toBe(13);
  });

  it('is there for what users add', () => {
    const images = imageApi({ delivery: Delivery.queued() });
    expect([images.queue, images.deadLetterQueue, images.worker].every(Boolean)).toBe(true);
  });
});

describe('options are checked', () => {
  it.each<[QueuedDeliveryOptions, string]>([
    [{ maxConcurrency: 1 }, "'delivery.maxConcurrency' must be a whole number from 2 to 1000, got 1"],
    [{ maxConcurrency: 1001 }, 'got 1001'],
    [{ maxReceiveCount: 1 }, "'delivery.maxReceiveCount' must be a whole number from 2 to 1000, got 1"],
    [{ timeout: Duration.seconds(9) }, "'delivery.timeout' must be between 10 seconds and 15 minutes, got 9 seconds"],
    [{ timeout: Duration.minutes(16) }, "'delivery.timeout' must be"],
    [{ retention: Duration.seconds(59) }, "'delivery.retention' must be between 1 minute and 7 days"],
    [{ retention: Duration.days(8) }, "'delivery.retention' must be"],
    [
      { retention: Duration.minutes(48) },
      "'delivery.retention' must be longer than maxReceiveCount x 6 x timeout = 48 minutes, or jobs end before their last attempt, got 48 minutes; "
      + "raise it, or lower 'delivery.maxReceiveCount' or 'delivery.timeout'",
    ],
  ])('fails for %j', (options, problem) => {
    expect(() => queued(options)).toThrow(problem);
  });

  it('fails where images would be gone before they are drawn', () => {
    const props = (days: number) => ({ delivery: Delivery.queued(), storage: ImageStorage.managed({ expiration: Duration.days(days) }) });
    expect(() => synth(props(4))).toThrow("'expiration' of 'storage' must be longer than 'retention' of Delivery.queued() (4 days), or jobs are drawn whose images are gone, got 4 days");
    expect(() => synth(props(5))).not.toThrow();
  });

  it('passes at the edges', () => {
    expect(() => queued({ maxConcurrency: 2, maxReceiveCount: 2, timeout: Duration.seconds(10), retention: Duration.seconds(121) })).not.toThrow();
    expect(() => queued({ maxConcurrency: 1000, timeout: Duration.minutes(15), retention: Duration.days(7) })).not.toThrow();
  });
});
