import { Duration } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Delivery, ImageEdits, ImageStorage, type QueuedDeliveryOptions } from '../src';
import { asList, handlerConfigurations, HOME, ofType, only, resources, roleStatements, type Statement, synth, testStack, textOf } from './helpers/stack';

const queued = (options?: QueuedDeliveryOptions) => synth({ delivery: Delivery.queued(options) });
/** Returns the id and the resource of a queue. */
const findQueue = (template: Template, part: string) =>
  Object.entries(resources(template)).find(([id, { Type }]) => Type === 'AWS::SQS::Queue' && id.includes(part))!;

describe('Delivery.buffered()', () => {
  it('is the default, and creates no queue', () => {
    const json = JSON.stringify(synth({ delivery: Delivery.buffered() }).toJSON());
    expect(json).toEqual(JSON.stringify(synth().toJSON()));
    expect(json).not.toContain('AWS::SQS');
  });
});

describe('Delivery.queued()', () => {
  const template = queued();
  const [queueId, queue] = findQueue(template, 'ImagesQueue');
  const [deadLetterQueueId, deadLetterQueue] = findQueue(template, 'DeadLetterQueue');

  it('derives the visibility timeout from the timeout of the worker', () => {
    const mapping = only<{ FunctionName: { Ref: string } }>(template, 'AWS::Lambda::EventSourceMapping');
    expect(resources(template)[mapping.FunctionName.Ref].Properties).toMatchObject({ Timeout: 120 });
    expect(queue.Properties).toMatchObject({ VisibilityTimeout: 6 * 120 });
  });

  it('retains jobs for 4 days, and failed jobs for 14 days', () => {
    expect(queue.Properties).toMatchObject({ MessageRetentionPeriod: 4 * 24 * 3600 });
    expect(deadLetterQueue.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
  });

  it('moves a job to the dead-letter queue after four deliveries', () => {
    expect(queue.Properties.RedrivePolicy).toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': [deadLetterQueueId, 'Arn'] }, maxReceiveCount: 6 });
  });

  it('delivers one job per invocation, and limits concurrent jobs', () => {
    expect(only(queued({ maxConcurrency: 7 }), 'AWS::Lambda::EventSourceMapping')).toMatchObject({
      BatchSize: 1, ScalingConfig: { MaximumConcurrency: 7 }, FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('applies the options', () => {
    const other = queued({ maxReceiveCount: 2, retention: Duration.days(2), timeout: Duration.seconds(30) });
    expect(findQueue(other, 'ImagesQueue')[1].Properties).toMatchObject({
      RedrivePolicy: { maxReceiveCount: 2 }, VisibilityTimeout: 180, MessageRetentionPeriod: 172_800,
    });
  });

  it.each<[string, QueuedDeliveryOptions, number]>([
    ['after 90 percent of the retention', {}, 0.9 * 4 * 24 * 3600],
    ['a visibility timeout before the end of the retention, if that is earlier', { retention: Duration.minutes(73) }, (73 - 12) * 60],
  ])('configures the functions to fail waiting jobs %s', (_case, options, maxAgeSeconds) => {
    expect(handlerConfigurations(queued(options))).toMatchObject([{ queue: { maxAgeSeconds } }, { queue: { maxAgeSeconds } }]);
  });

  it('uses one policy for both functions if they have the same role, because IAM allows 10,240 characters for a role', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const edits = ImageEdits.all();
    const shared = synth({ delivery: Delivery.queued(), edits, compute: { role } }, stack);
    const policies = ofType(shared, 'AWS::IAM::Policy');
    expect(policies).toHaveLength(1);
    const actions = (statements: Statement[]) => new Set(statements.flatMap(({ Action }) => Action));
    expect(actions(roleStatements(shared))).toEqual(actions(roleStatements(synth({ delivery: Delivery.queued(), edits }))));
    const resolved = (_name: string, value: unknown) => (
      typeof value === 'object' && value !== null && ['Ref', 'Fn::GetAtt', 'Fn::Join'].some((name) => name in value) ? textOf(value) : value
    );
    expect(JSON.stringify(policies[0].Properties.PolicyDocument, resolved).length).toBeLessThan(9_500);
    const functions = ofType(shared, 'AWS::Lambda::Function') as unknown as { DependsOn: string[] }[];
    expect(functions).toHaveLength(2);
    // a function depends on its permissions, and its event source on the function
    for (const { DependsOn } of functions) expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/HandlerPolicy/)]));
  });

  it('encrypts the queues, and denies requests without TLS', () => {
    for (const { Properties } of ofType(template, 'AWS::SQS::Queue')) expect(Properties.SqsManagedSseEnabled).toBe(true);
    const policies = ofType(template, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
  });

  it('encrypts the queues with the encryption key of the API', () => {
    const stack = testStack(HOME);
    const encryptionKey = new kms.Key(stack, 'Key');
    for (const { Properties } of ofType(synth({ delivery: Delivery.queued(), encryptionKey }, stack), 'AWS::SQS::Queue')) {
      expect(Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
    }
  });

  it('allows the API function to enqueue jobs, and the worker to receive jobs, enqueue them again and send them to the dead-letter queue, and nothing else', () => {
    const sqs = roleStatements(template).filter(({ Action }) => JSON.stringify(Action).includes('sqs:'));
    expect(sqs.map(({ Action, Resource }) => ({ Action: asList(Action).sort(), Resource }))).toEqual([
      { Action: ['sqs:GetQueueAttributes', 'sqs:SendMessage'], Resource: { 'Fn::GetAtt': [queueId, 'Arn'] } },
      {
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
        Resource: { 'Fn::GetAtt': [queueId, 'Arn'] },
      },
      { Action: ['sqs:SendMessage'], Resource: { 'Fn::GetAtt': [deadLetterQueueId, 'Arn'] } },
    ]);
  });

  it('grants the worker the permissions of the API function for models, bucket and table', () => {
    const withoutQueueAndLogs = (statements: Statement[]) => statements
      .filter(({ Action }) => !JSON.stringify(Action).match(/sqs:|logs:/)).map((statement) => JSON.stringify(statement));
    const all = withoutQueueAndLogs(roleStatements(template));
    expect(all.slice(0, all.length / 2).sort()).toEqual(all.slice(all.length / 2).sort());
    expect(all.join()).not.toContain('"*"');
  });

  it('adds 13 resources, four of them for the routes of batches', () => {
    expect(Object.keys(resources(template)).length - Object.keys(resources(synth())).length).toBe(13);
  });
});

describe('the options of Delivery.queued()', () => {
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
      "'delivery.retention' must be longer than maxReceiveCount x 6 x timeout = 1 hour 12 minutes, or jobs expire before their last delivery, got 48 minutes; "
      + "raise it, or lower 'delivery.maxReceiveCount' or 'delivery.timeout'",
    ],
  ])('fail for %j', (options, problem) => {
    expect(() => queued(options)).toThrow(problem);
  });

  it('fail if the retention is not shorter than the expiration of images', () => {
    const props = (days: number) => ({ delivery: Delivery.queued(), storage: ImageStorage.managed({ expiration: Duration.days(days) }) });
    expect(() => synth(props(4))).toThrow("'storage.expiration' must be longer than 'delivery.retention' (4 days), or jobs generate images that are already expired, got 4 days");
    expect(handlerConfigurations(synth(props(5)))).toMatchObject([{ expirationDays: 5 }, { expirationDays: 5 }]);
  });

  it('accept the minimum of each', () => {
    const template = queued({ maxConcurrency: 2, maxReceiveCount: 2, timeout: Duration.seconds(10), retention: Duration.seconds(121) });
    expect(findQueue(template, 'ImagesQueue')[1].Properties).toMatchObject({ VisibilityTimeout: 60, MessageRetentionPeriod: 121 });
  });

  it('accept the maximum of each', () => {
    const template = queued({ maxConcurrency: 1000, timeout: Duration.minutes(15), retention: Duration.days(7) });
    expect(findQueue(template, 'ImagesQueue')[1].Properties).toMatchObject({ VisibilityTimeout: 5400, MessageRetentionPeriod: 604_800 });
  });
});
