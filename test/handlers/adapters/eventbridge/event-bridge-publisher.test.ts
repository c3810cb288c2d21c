import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import Ajv from 'ajv/dist/2020';
import { EventBridgePublisher } from '../../../../src/handlers/adapters/eventbridge/event-bridge-publisher';
import type { ImageRecord, JobRecord } from '../../../../src/handlers/generation/storage/records';
import { DETAIL_TYPES, IMAGE_OUTCOMES, type ImageOutcome } from '../../../../src/private/contract/events';
import { IMAGE_EVENT_SCHEMA } from '../../../fixtures/image-event-schema';
import { CONFIGURATION } from '../../../helpers/world';

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

async function published(outcome: ImageOutcome, record: ImageRecord, prompts?: boolean) {
  send.mockResolvedValue({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  await new EventBridgePublisher({ ...CONFIGURATION, events: { prompts } }, 'us-east-1').publish(outcome, record, CREATED + 5_000, Date.now() + 5_000);
  const [[command]] = send.mock.calls;
  expect(command).toBeInstanceOf(PutEventsCommand);
  const [{ Detail, ...envelope }] = command.input.Entries;
  const detail = JSON.parse(Detail);
  expect([isDetail(detail), isDetail.errors]).toEqual([true, null]);
  return { detail, envelope };
}

it('publishes bucket and key of the images, and no URL', async () => {
  const { detail, envelope } = await published('succeeded', RECORD);
  expect(envelope).toEqual({ Source: 'cdk-genai-image-api', DetailType: 'Image Succeeded', Time: new Date(CREATED + 5_000) });
  expect(detail).toEqual({
    version: '1',
    api: CONFIGURATION.api,
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

it('publishes the prompt only if it is configured and stored', async () => {
  expect((await published('succeeded', RECORD, true)).detail.prompt).toBe('a secret bay');
  send.mockClear();
  expect((await published('succeeded', { ...RECORD, prompt: undefined }, true)).detail).not.toHaveProperty('prompt');
});

it('publishes the failures of some images, and images without seed', async () => {
  const images = [{ ...RECORD.images[0], seed: undefined }];
  const { detail } = await published('succeeded', { ...RECORD, images, failures: [{ code: 'CONTENT_FILTERED', detail: 'filtered', seed: 8 }] });
  expect([detail.images[0].seed, detail.failures]).toEqual([undefined, [{ code: 'CONTENT_FILTERED', detail: 'filtered', seed: 8 }]]);
});

it('publishes the error of a failed job', async () => {
  const failure = { code: 'MODEL_ERROR', detail: 'why', requestId: 'r' } as const;
  const job: JobRecord = { ...RECORD, completedAt: undefined, images: [], job: { state: 'failed', revision: 2, attempts: 1, throttles: 0, failure } };
  const { detail, envelope } = await published('failed', job);
  expect([envelope.DetailType, detail.status, detail.images, detail.failures]).toEqual(['Image Failed', 'failed', [], [{ code: 'MODEL_ERROR', detail: 'why' }]]);
  expect(detail).not.toHaveProperty('imageExpiresAt');
});

it('publishes no images for a deleted record', async () => {
  const { detail, envelope } = await published('deleted', RECORD);
  expect([envelope.DetailType, detail.status, detail.images]).toEqual(['Image Deleted', 'deleted', []]);
});

it('fails when EventBridge rejects the event', async () => {
  send.mockResolvedValue({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] });
  const publisher = new EventBridgePublisher(CONFIGURATION, 'us-east-1');
  await expect(publisher.publish('succeeded', RECORD, CREATED, Date.now() + 5_000)).rejects.toThrow(/^EventBridge rejected the event: ThrottlingException$/);
});

it('accepts a response without entries, and calls EventBridge in its region', async () => {
  send.mockResolvedValue({});
  await new EventBridgePublisher(CONFIGURATION, 'eu-central-1').publish('succeeded', RECORD, CREATED, Date.now() + 5_000);
  const [client] = send.mock.contexts as EventBridgeClient[];
  expect(await client.config.region()).toBe('eu-central-1');
});

it('has a detail type for each outcome', () => expect(Object.keys(DETAIL_TYPES)).toEqual([...IMAGE_OUTCOMES]));

it('aborts the call at the deadline', async () => {
  send.mockResolvedValue({ Entries: [{ EventId: '1' }] });
  await new EventBridgePublisher(CONFIGURATION, 'us-east-1').publish('succeeded', RECORD, CREATED, Date.now() + 20);
  const { abortSignal } = send.mock.calls[0][1] as { abortSignal: AbortSignal };
  expect(abortSignal.aborted).toBe(false);
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  expect(abortSignal.aborted).toBe(true);
});
