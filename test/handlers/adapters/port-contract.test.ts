import {
  batchesContract, budgetsContract, claimsContract, contractClock, eventPublisherContract, imageRecordsContract, imageStoreContract, jobQueueContract,
} from '../../helpers/contract';
import { FakeBatches, FakeBudgets, FakeClaims, FakeEventPublisher, FakeImageRecords, FakeImageStore, FakeJobQueue } from '../../helpers/fakes';

// test/e2e/port-contract.test.ts runs the same suites with the adapters on the emulator

const now = () => Date.now();

describe('FakeImageRecords', () => imageRecordsContract(() => {
  const clock = contractClock();
  const time = () => clock.time;
  return { records: new FakeImageRecords(time), batches: new FakeBatches(time), claims: new FakeClaims(time), clock };
}));

describe('FakeClaims', () => claimsContract(() => new FakeClaims(now)));

describe('FakeBatches', () => batchesContract(() => {
  const clock = contractClock();
  return { batches: new FakeBatches(() => clock.time), clock };
}));

describe('FakeBudgets', () => budgetsContract(() => new FakeBudgets(now)));

describe('FakeImageStore', () => imageStoreContract(() => new FakeImageStore(now)));

describe('FakeJobQueue', () => jobQueueContract(async () => {
  const queue = new FakeJobQueue();
  return { queue, receive: async () => queue.receive(), receiveDeadLetter: async () => queue.deadLetters.shift() };
}, { validates: true }));

describe('FakeEventPublisher', () => eventPublisherContract(() => {
  const publisher = new FakeEventPublisher(now);
  return {
    publisher,
    receivedOutcomes: async (id) => publisher.published.filter(({ record }) => record.id === id).map(({ outcome }) => outcome),
  };
}));
