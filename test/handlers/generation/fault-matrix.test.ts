import { ApiError } from '../../../src/handlers/shared/api-error';
import { FaultInjector, FAULTS, type Fault } from '../../helpers/fault-injection';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { throttled } from '../../helpers/world';

// One fault at each step of a request under an Idempotency-Key, which its client repeats and whose message SQS delivers again. Each step fails
// in four ways, see FAULTS. A model that works and one whose call may have been charged are tested: the second one shows how failures are noted.
// The third one is throttled in the first attempt of a request whose prompt a text model enhances. In the last two scenarios, the image is stored, but
// neither the write nor the lookup that follows gets a response.

const MAX_RECEIVE_COUNT = 5;
/** All calls of one attempt. */
const THROTTLED_CALLS = 3;
const CONFIGURATION = {
  ...QUEUED,
  policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
  events: {},
  queue: { ...QUEUED.queue!, maxReceiveCount: MAX_RECEIVE_COUNT },
  textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' },
};
const REQUEST = { body: { prompt: 'a bay', seed: 7 }, headers: { 'Idempotency-Key': 'k' } };

/** How a request ends, and what it leaves behind. */
type Images = [
  /** Status and code of the last response, or the status of the job. */
  last: string,
  /** Charged images. */
  charged: number,
  /** Stored images. */
  stored: number,
  records: number,
  /** Requests of jobs and notes about failures in the bucket. */
  documents: number,
  deadLetters: number,
];
type Row = Images | [
  ...Images,
  /** Calls of the text model, if the request enhances its prompt. */
  texts: number,
];

interface Scenario {
  readonly steps: readonly string[];
  /** The first step that fails. The default is the first one. */
  readonly faultsFrom?: string;
  /** The row of steps without an exception. */
  readonly row: Row;
  /** Rows by step and fault. A prefix of the step and fault suffices. */
  readonly exceptions: Readonly<Record<string, Row>>;
}

type Flow = 'buffered' | 'queued';
type Model = 'works' | 'fails' | 'is throttled' | 'works, but the bucket does not respond';

/** A function that stops between the model call and the write of the image, or of the note, is charged a second time: nothing tells the next one. */
const TWICE: Images = ['201 succeeded', 2, 1, 1, 0, 0];
const JOB_TWICE: Images = ['succeeded', 2, 1, 1, 0, 0];
/** A function that stops between the text model and the write of its text, and a bucket that does not store it. */
const TEXT_TWICE: Row = ['201 succeeded', 1, 1, 1, 0, 0, 2];
const JOB_TEXT_TWICE: Row = ['succeeded', 1, 1, 1, 0, 0, 2];
const JOB_FAILED: Row = ['failed', 1, 0, 1, 1, 1];
/** The message to the dead-letter queue is sent again. Both redrive the job once, because the second one names a revision that has passed. */
const DEAD_LETTER_TWICE: Row = ['failed', 1, 0, 1, 1, 2];

const ENQUEUE = [
  'claims.take 1', 'store.write 1', 'records.create 1', 'queue.send 1', 'claims.update 1', 'queue.approximateDepth 1',
  // the repeated request
  'claims.take 2', 'records.get 1', 'queue.approximateDepth 2',
];
const WORK = ['records.get 2', 'records.replace 1', 'store.read 1', 'store.find 1', 'guardrail.checkInput 1', 'models.generate 1'];

const SCENARIOS: Readonly<Record<`${Flow} ${Model}`, Scenario>> = {
  'buffered works': {
    steps: [
      'claims.take 1', 'guardrail.checkInput 1', 'models.generate 1', 'guardrail.checkOutput 1', 'store.put 1', 'records.put 1', 'claims.update 1',
      'eventPublisher.publish 1', 'claims.take 2', 'records.get 1',
    ],
    row: ['201 succeeded', 1, 1, 1, 0, 0],
    exceptions: {
      'models.generate 1, lost response': ['502 MODEL_ERROR', 1, 0, 0, 0, 0],
      'models.generate 1, stopped after': TWICE,
      'guardrail.checkOutput 1, stopped': TWICE,
      // the first response contains the image
      'store.put 1, error': ['500 INTERNAL', 1, 0, 0, 0, 0],
      'store.put 1, stopped before': TWICE,
    },
  },
  'buffered fails': {
    steps: ['claims.take 1', 'guardrail.checkInput 1', 'models.generate 1', 'claims.update 1', 'eventPublisher.publish 1', 'claims.take 2'],
    row: ['502 MODEL_ERROR', 1, 0, 0, 0, 0],
    exceptions: {
      // the note is in the bucket
      'claims.update 1, error': ['502 MODEL_ERROR', 1, 0, 0, 1, 0],
      'claims.update 1, lost response': ['502 MODEL_ERROR', 1, 0, 0, 1, 0],
      'claims.update 1, stopped before': TWICE,
    },
  },
  'queued works': {
    steps: [
      ...ENQUEUE, ...WORK, 'guardrail.checkOutput 1', 'store.put 1', 'records.put 1', 'eventPublisher.publish 1', 'records.markPublished 1', 'store.remove 1',
    ],
    row: ['succeeded', 1, 1, 1, 0, 0],
    exceptions: {
      'models.generate 1, error': ['failed', 0, 0, 1, 1, 1],
      'models.generate 1, lost response': JOB_FAILED,
      'models.generate 1, stopped after': JOB_TWICE,
      'guardrail.checkOutput 1, stopped': JOB_TWICE,
      'store.put 1, error': JOB_FAILED,
      'store.put 1, stopped before': JOB_TWICE,
    },
  },
  'queued fails': {
    steps: [
      ...ENQUEUE, ...WORK, 'records.replace 2', 'queue.sendToDeadLetterQueue 1', 'records.replace 3', 'store.remove 1', 'eventPublisher.publish 1',
      'records.markPublished 1',
    ],
    row: JOB_FAILED,
    exceptions: {
      'models.generate 1, error': ['failed', 0, 0, 1, 1, 1],
      'records.replace 2, lost response': DEAD_LETTER_TWICE,
      'records.replace 2, stopped before': JOB_TWICE,
      'queue.sendToDeadLetterQueue 1, lost response': DEAD_LETTER_TWICE,
      'queue.sendToDeadLetterQueue 1, stopped after': DEAD_LETTER_TWICE,
      'records.replace 3, error': DEAD_LETTER_TWICE,
      'records.replace 3, stopped before': DEAD_LETTER_TWICE,
      // the notes of all possible images, which a redrive deletes
      'records.replace 3, lost response': ['failed', 1, 0, 1, 5, 1],
    },
  },
  'buffered works, but the bucket does not respond': {
    steps: [
      'claims.take 1', 'guardrail.checkInput 1', 'models.generate 1', 'guardrail.checkOutput 1', 'store.put 1', 'store.findSame 1', 'claims.update 1',
      'eventPublisher.publish 1',
      // the repeated request finds the image
      'claims.take 2', 'store.find 1', 'store.read 1', 'guardrail.checkOutput 2', 'records.put 1', 'claims.update 2', 'eventPublisher.publish 2',
    ],
    faultsFrom: 'store.findSame 1',
    row: ['201 succeeded', 1, 1, 1, 0, 0],
    exceptions: {
      // the note is in the bucket, and expires with the image
      'claims.update 1, error': ['201 succeeded', 1, 1, 1, 1, 0],
      'claims.update 1, lost response': ['201 succeeded', 1, 1, 1, 1, 0],
      'records.put 1, error': ['201 succeeded', 1, 1, 0, 0, 0],
    },
  },
  'queued works, but the bucket does not respond': {
    steps: [
      ...ENQUEUE, ...WORK, 'guardrail.checkOutput 1', 'store.put 1', 'store.findSame 1', 'records.replace 2', 'queue.sendToDeadLetterQueue 1',
      'records.replace 3', 'store.remove 1', 'eventPublisher.publish 1', 'records.markPublished 1',
    ],
    faultsFrom: 'store.findSame 1',
    // a redrive finds the image
    row: ['failed', 1, 1, 1, 1, 1],
    exceptions: {
      // the next worker finds the image
      'store.findSame 1, stopped': ['succeeded', 1, 1, 1, 0, 0],
      'records.replace 2, stopped before': ['succeeded', 1, 1, 1, 0, 0],
      'records.replace 2, lost response': ['failed', 1, 1, 1, 1, 2],
      'queue.sendToDeadLetterQueue 1, lost response': ['failed', 1, 1, 1, 1, 2],
      'queue.sendToDeadLetterQueue 1, stopped after': ['failed', 1, 1, 1, 1, 2],
      'records.replace 3, error': ['failed', 1, 1, 1, 1, 2],
      'records.replace 3, stopped before': ['failed', 1, 1, 1, 1, 2],
      'records.replace 3, lost response': ['failed', 1, 1, 1, 5, 1],
    },
  },
  'buffered is throttled': {
    steps: [
      'claims.take 1', 'guardrail.checkInput 1', 'textModel.generate 1', 'claims.update 1', 'guardrail.checkInput 2',
      'models.generate 1', 'models.generate 2', 'models.generate 3', 'claims.update 2', 'eventPublisher.publish 1',
      // the repeated request
      'claims.take 2', 'records.get 1', 'records.wasDeleted 1', 'claims.take 3', 'store.find 1', 'store.readIfExists 1',
      'guardrail.checkInput 3', 'guardrail.checkInput 4', 'models.generate 4', 'guardrail.checkOutput 1', 'store.put 1', 'records.put 1', 'claims.update 3',
      'eventPublisher.publish 2',
    ],
    row: ['201 succeeded', 1, 1, 1, 0, 0, 1],
    exceptions: {
      'textModel.generate 1, stopped after': TEXT_TWICE,
      'claims.update 1, stopped before': TEXT_TWICE,
      'models.generate 4, lost response': ['502 MODEL_ERROR', 1, 0, 0, 0, 0, 1],
      'models.generate 4, stopped after': [...TWICE, 1],
      'guardrail.checkOutput 1, stopped': [...TWICE, 1],
      // the response contains the image
      'store.put 1, error': ['201 succeeded', 1, 0, 0, 0, 0, 1],
      'store.put 1, stopped before': [...TWICE, 1],
      // the next request writes the record
      'records.put 1, error': ['201 succeeded', 1, 1, 0, 0, 0, 1],
    },
  },
  'queued is throttled': {
    steps: [
      ...ENQUEUE, 'records.get 2', 'records.replace 1', 'store.read 1', 'store.find 1', 'guardrail.checkInput 1', 'store.readIfExists 1', 'textModel.generate 1',
      'store.write 2', 'guardrail.checkInput 2', 'models.generate 1', 'models.generate 2', 'models.generate 3', 'records.replace 2', 'queue.send 2',
      // the next attempt
      'records.get 3', 'records.replace 3', 'store.read 2', 'store.find 2', 'store.readIfExists 2', 'guardrail.checkInput 3', 'store.readIfExists 3',
      'guardrail.checkInput 4', 'models.generate 4', 'guardrail.checkOutput 1', 'store.put 1', 'records.put 1', 'eventPublisher.publish 1',
      'records.markPublished 1', 'store.remove 1',
    ],
    row: ['succeeded', 1, 1, 1, 0, 0, 1],
    exceptions: {
      'textModel.generate 1, stopped after': JOB_TEXT_TWICE,
      'store.write 2, error': JOB_TEXT_TWICE,
      'store.write 2, stopped before': JOB_TEXT_TWICE,
      // the request and the text, which a redrive uses
      'models.generate 4, lost response': ['failed', 1, 0, 1, 2, 1, 1],
      'models.generate 4, stopped after': [...JOB_TWICE, 1],
      'models.generate 4, error': ['failed', 0, 0, 1, 2, 1, 1],
      'models.generate 1, error': ['failed', 0, 0, 1, 2, 1, 1],
      'models.generate 2, error': ['failed', 0, 0, 1, 2, 1, 1],
      'models.generate 3, error': ['failed', 0, 0, 1, 2, 1, 1],
      'guardrail.checkOutput 1, stopped': [...JOB_TWICE, 1],
      'store.put 1, error': ['failed', 1, 0, 1, 2, 1, 1],
      'store.put 1, stopped before': [...JOB_TWICE, 1],
    },
  },
};

/** Sends the request until its outcome is final. Returns the outcome. */
async function runBuffered(world: QueuedWorld, faults: FaultInjector, request: typeof REQUEST): Promise<string> {
  const post = () => faults.run(() => world.call('POST /images', request));
  await post();
  let last = await post();
  for (let time = 0; time < 3 && last?.status !== 201 && last?.headers['Idempotency-Replayed'] === undefined; time++) {
    world.time += LEASE_MS;
    last = await post();
  }
  return `${last?.status} ${String(last?.json.code ?? last?.json.status)}`;
}

/** Sends the request until it is accepted, and delivers its message until the worker deletes it. Returns the status of the job. */
async function runQueued(world: QueuedWorld, faults: FaultInjector, { body, headers }: typeof REQUEST): Promise<string> {
  const enqueue = () => faults.run(() => world.enqueue(body, { headers }));
  await enqueue();
  for (let time = 0; time < 3 && (await enqueue())?.status !== 202; time++) world.time += LEASE_MS;
  let { message } = world;
  for (let receiveCount = 1; receiveCount <= MAX_RECEIVE_COUNT; receiveCount++) {
    const isDeleted = await faults.run(() => world.deliver(message, receiveCount));
    if (isDeleted && message === world.message) break;
    // a throttled job has a new message
    if (isDeleted) [message, receiveCount] = [world.message, 0];
    world.time += LEASE_MS;
  }
  return String((await world.status(message.id)).status);
}

async function run(scenario: string, step?: string, fault?: Fault): Promise<{ readonly row: Row; readonly steps: readonly string[] }> {
  const [flow, model] = scenario.split(/ (.*)/);
  const world = new QueuedWorld(CONFIGURATION);
  const isEnhanced = model === 'is throttled';
  if (isEnhanced) world.models.failWith(...Array.from({ length: THROTTLED_CALLS }, throttled));
  if (model === 'fails') world.models.failWith(new ApiError('MODEL_ERROR', 'the model failed'));
  const faults = new FaultInjector(world);
  if (model === 'works, but the bucket does not respond') faults.at('store.put 1', 'lost response').at('store.findSame 1', 'error');
  if (step !== undefined && fault) faults.at(step, fault);
  const request = isEnhanced ? { ...REQUEST, body: { ...REQUEST.body, enhancePrompt: true } } : REQUEST;
  const last = await (flow === 'queued' ? runQueued : runBuffered)(world, faults, request);
  const { models, store, records, queue, textModel } = world;
  const throttledCalls = isEnhanced ? THROTTLED_CALLS - models.next.length : 0;
  const charged = models.calls.length - throttledCalls;
  const images: Images = [last, charged, store.objects.size, records.items.length, store.documents.length, queue.deadLetters.length];
  return { row: isEnhanced ? [...images, textModel.calls.length] : images, steps: faults.steps };
}

describe.each(Object.entries(SCENARIOS))('a request, %s', (scenario, { steps, faultsFrom = steps[0], row, exceptions }) => {
  it('has these steps', async () => {
    expect(await run(scenario)).toEqual({ row, steps });
  });

  describe.each(steps.slice(steps.indexOf(faultsFrom)))('with a fault at %s', (step) => {
    it.each(FAULTS)('is charged, stored, recorded and cleaned up as documented: %s', async (fault) => {
      const exception = Object.keys(exceptions).find((prefix) => `${step}, ${fault}`.startsWith(prefix));
      expect((await run(scenario, step, fault)).row).toEqual(exception === undefined ? row : exceptions[exception]);
    });
  });
});
