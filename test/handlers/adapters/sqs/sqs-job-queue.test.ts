import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SqsJobQueue } from '../../../../src/handlers/adapters/sqs/sqs-job-queue';

const send = jest.spyOn(SQSClient.prototype, 'send') as unknown as jest.Mock;
const jobs = new SqsJobQueue({ url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 60 }, 'us-east-1');
const JOB = { owner: 'client:alice', id: '01JD' };
const sent = () => send.mock.calls.map(([command]) => [command.constructor, command.input]);

beforeEach(() => send.mockResolvedValue({}));

it('sends a job, at once or later', async () => {
  await jobs.send(JOB);
  await jobs.send(JOB, 20);
  const message = { QueueUrl: 'https://queue', MessageBody: JSON.stringify(JOB) };
  expect(sent()).toEqual([[SendMessageCommand, { ...message, DelaySeconds: 0 }], [SendMessageCommand, { ...message, DelaySeconds: 20 }]]);
});

it('puts a job aside', async () => {
  await jobs.sendToDeadLetterQueue({ ...JOB, redriveOfRevision: 2 });
  expect(sent()).toEqual([[SendMessageCommand, { QueueUrl: 'https://dead', MessageBody: JSON.stringify({ ...JOB, redriveOfRevision: 2 }) }]]);
});

it('has a message handed out again', async () => {
  await jobs.changeVisibility('receipt', 33);
  expect(sent()).toEqual([[ChangeMessageVisibilityCommand, { QueueUrl: 'https://queue', ReceiptHandle: 'receipt', VisibilityTimeout: 33 }]]);
});

it('counts what waits, is delayed or is worked on', async () => {
  send.mockResolvedValue({ Attributes: { ApproximateNumberOfMessages: '3', ApproximateNumberOfMessagesNotVisible: '4', ApproximateNumberOfMessagesDelayed: '5' } });
  expect(await jobs.approximateDepth()).toBe(12);
  expect(sent()[0][0]).toBe(GetQueueAttributesCommand);
  send.mockResolvedValue({});
  expect(await jobs.approximateDepth()).toBe(0);
});
