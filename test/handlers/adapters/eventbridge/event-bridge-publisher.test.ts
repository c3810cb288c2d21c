import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import Ajv from 'ajv/dist/2020';
import { EventBridgePublisher } from '../../../../src/handlers/adapters/eventbridge/event-bridge-publisher';
import type { ImageRecord, JobRecord } from '../../../../src/handlers/generation/records';
import { DETAIL_TYPES, IMAGE_OUTCOMES, type ImageOutcome } from '../../../../src/private/contract/events';
import { IMAGE_EVENT_SCHEMA } from '../../../fixtures/image-event-schema';

const send = jest.spyOn(EventBridgeClient.prototype, 'send') as unknown as jest.Mock;
const isDetail = new Ajv({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } }).compile(IMAGE_EVENT_SCHEMA);

const CREATED = Date.UTC(2026, 10, 21, 12);
const RECORD: ImageRecord = {
  owner: 'client:alice',
  id: '01JD',
  model: 'm',
  prompt: 'a secret bay',
  enhancedPrompt: 'a secret bay in oil',
  operation: 'inpaint',
  createdAt: CREATED,
  completedAt: CREATED + 4_000,
  imageExpiresAt: CREATED + 86_400_000,
  failures: [],
  images: [{ key: 'images/1.png', seed: 1, contentType: 'image/png', width: 2, height: 3, bytes: 4 }],
};

async function told(outcome: ImageOutcome, record: ImageRecord, prompts?: boolean) {
  send.mockResolvedValue({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  await new EventBridgePublisher({ api: 'abc123', prompts }, 'bucket', 'us-east-1').publish(outcome, record, CREATED + 5_000, Date.now() + 5_000);
  const [[command]] = send.mock.calls;
  expect(command).toBeInstanceOf(PutEventsCommand);
  const [{ Detail, ...envelope }] = command.input.Entries;
  const detail = JSON.parse(Detail);
  expect([isDetail(detail), isDetail.errors]).toEqual([true, null]);
  return { detail, envelope };
}

it('tells where the images are, and never by URL', async () => {
  const { detail, envelope } = await told('succeeded', RECORD);
  expect(envelope).toEqual({ Source: 'cdk-genai-image-api', DetailType: 'Image Succeeded', Time: new Date(CREATED + 5_000) });
  expect(detail).toEqual({
    version: '1',
    api: 'abc123',
    id: '01JD',
    owner: 'client:alice',
    status: 'succeeded',
    model: 'm',
    operation: 'inpaint',
    createdAt: '2026-11-21T12:00:00.000Z',
    completedAt: '2026-11-21T12:00:04.000Z',
    imageExpiresAt: '2026-11-22T12:00:00.000Z',
    images: [{ bucket: 'bucket', key: 'images/1.png', contentType: 'image/png', width: 2, height: 3, bytes: 4, seed: 1 }],
  });
});

it('tells the prompt where somebody asked for it, if it is kept', async () => {
  expect((await told('succeeded', RECORD, true)).detail.prompt).toBe('a secret bay');
  send.mockClear();
  expect((await told('succeeded', { ...RECORD, prompt: undefined }, true)).detail).not.toHaveProperty('prompt');
});

it('tells which of several failed, and models without seeds', async () => {
  const images = [{ ...RECORD.images[0], seed: undefined }];
  const { detail } = await told('succeeded', { ...RECORD, images, failures: [{ code: 'CONTENT_FILTERED', detail: 'filtered', seed: 8 }] });
  expect([detail.images[0].seed, detail.failures]).toEqual([undefined, [{ code: 'CONTENT_FILTERED', detail: 'filtered', seed: 8 }]]);
});

it('tells why a job failed', async () => {
  const failure = { code: 'MODEL_ERROR', detail: 'why', requestId: 'r' } as const;
  const job: JobRecord = { ...RECORD, completedAt: undefined, images: [], job: { state: 'failed', revision: 2, attempts: 1, throttles: 0, failure } };
  const { detail, envelope } = await told('failed', job);
  expect([envelope.DetailType, detail.status, detail.images, detail.failures]).toEqual(['Image Failed', 'failed', [], [{ code: 'MODEL_ERROR', detail: 'why' }]]);
  expect(detail).not.toHaveProperty('imageExpiresAt');
});

it('tells of a deleted image that there is none', async () => {
  const { detail, envelope } = await told('deleted', RECORD);
  expect([envelope.DetailType, detail.status, detail.images]).toEqual(['Image Deleted', 'deleted', []]);
});

it('fails where the bus refuses the event', async () => {
  send.mockResolvedValue({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] });
  const announcer = new EventBridgePublisher({ api: 'abc123' }, 'bucket', 'us-east-1');
  await expect(announcer.publish('succeeded', RECORD, CREATED, Date.now() + 5_000)).rejects.toThrow('EventBridge refused the event: ThrottlingException slow down');
});

it('has a type for each outcome', () => expect(Object.keys(DETAIL_TYPES)).toEqual([...IMAGE_OUTCOMES]));

it('gives up in time', async () => {
  send.mockResolvedValue({ Entries: [{ EventId: '1' }] });
  await new EventBridgePublisher({ api: 'abc123' }, 'bucket', 'us-east-1').publish('succeeded', RECORD, CREATED, Date.now() + 20);
  const { abortSignal } = send.mock.calls[0][1] as { abortSignal: AbortSignal };
  expect(abortSignal.aborted).toBe(false);
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  expect(abortSignal.aborted).toBe(true);
});
