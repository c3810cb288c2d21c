import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SqsJobQueue } from '../../../../src/handlers/adapters/sqs/sqs-job-queue';

// test/e2e/port-contract.test.ts tests the behavior
const send = jest.spyOn(SQSClient.prototype, 'send') as unknown as jest.Mock;
const queue = new SqsJobQueue({ url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 60 }, 'us-east-1');
const JOB = { owner: 'client:alice', id: '01JD' };
const sent = () => send.mock.calls.map(([command]) => [command.constructor, command.input]);

beforeEach(() => send.mockResolvedValue({}));

it('sends a message without or with a delay', async () => {
  await queue.send(JOB);
  await queue.send(JOB, 20);
  const message = { QueueUrl: 'https://queue', MessageBody: JSON.stringify(JOB) };
  expect(sent()).toEqual([[SendMessageCommand, { ...message, DelaySeconds: 0 }], [SendMessageCommand, { ...message, DelaySeconds: 20 }]]);
});

it('sends a message to the dead-letter queue', async () => {
  await queue.sendToDeadLetterQueue({ ...JOB, redriveOfRevision: 2 });
  expect(sent()).toEqual([[SendMessageCommand, { QueueUrl: 'https://dead', MessageBody: JSON.stringify({ ...JOB, redriveOfRevision: 2 }) }]]);
});

it('changes the visibility timeout of a message', async () => {
  await queue.changeVisibility('receipt', 33);
  expect(sent()).toEqual([[ChangeMessageVisibilityCommand, { QueueUrl: 'https://queue', ReceiptHandle: 'receipt', VisibilityTimeout: 33 }]]);
});

it('adds visible and delayed messages and messages in flight', async () => {
  send.mockResolvedValue({ Attributes: { ApproximateNumberOfMessages: '3', ApproximateNumberOfMessagesNotVisible: '4', ApproximateNumberOfMessagesDelayed: '5' } });
  expect(await queue.approximateDepth()).toBe(12);
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'];
  expect(sent()[0]).toEqual([GetQueueAttributesCommand, { QueueUrl: 'https://queue', AttributeNames }]);
  send.mockResolvedValue({});
  expect(await queue.approximateDepth()).toBe(0);
});
