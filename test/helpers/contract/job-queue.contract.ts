import type { JobQueue } from '../../../src/handlers/generation/ports';
import type { JobMessage } from '../../../src/handlers/generation/storage/records';

export interface JobQueueSubject {
  /** An empty queue. */
  readonly queue: JobQueue;
  /** Receives a message, if one is visible. */
  receive(): Promise<{ readonly message: JobMessage; readonly receipt: string } | undefined>;
  receiveDeadLetter(): Promise<JobMessage | undefined>;
}

export interface JobQueueContractOptions {
  /** Whether the implementation validates parameters. AWS does, the emulator does not. */
  readonly validates: boolean;
}

/** The behavior of every implementation of `JobQueue`. */
export function jobQueueContract(create: () => Promise<JobQueueSubject>, { validates }: JobQueueContractOptions): void {
  // fails as soon as the emulator validates parameters
  const itIfValidated = validates ? it : it.failing;
  let subject: JobQueueSubject;
  let queue: JobQueue;
  beforeEach(async () => {
    subject = await create();
    queue = subject.queue;
  });
  const JOB: JobMessage = { owner: 'client:ä', id: '01JD' };

  describe('send', () => {
    it.each<JobMessage>([JOB, { ...JOB, redriveOfRevision: 3, redrivenAt: 1_795_000_000_000 }])('enqueues a message that is received as it was sent: %j', async (message) => {
      await queue.send(message);
      expect((await subject.receive())?.message).toStrictEqual(message);
      expect(await subject.receive()).toBeUndefined();
    });

    it('delays a message', async () => {
      await queue.send(JOB, 900);
      expect(await subject.receive()).toBeUndefined();
    });

    itIfValidated('rejects a delay of more than 15 minutes', async () => {
      await expect(queue.send(JOB, 901)).rejects.toThrow();
    });
  });

  describe('sendToDeadLetterQueue', () => {
    it('sends a message to the dead-letter queue only', async () => {
      await queue.sendToDeadLetterQueue({ ...JOB, redriveOfRevision: 2 });
      expect(await subject.receive()).toBeUndefined();
      expect(await subject.receiveDeadLetter()).toStrictEqual({ ...JOB, redriveOfRevision: 2 });
    });
  });

  describe('changeVisibility', () => {
    it('makes a message visible', async () => {
      await queue.send(JOB);
      const { receipt } = (await subject.receive())!;
      await queue.changeVisibility(receipt, 0);
      expect((await subject.receive())?.message).toStrictEqual(JOB);
    });

    it('keeps a message invisible', async () => {
      await queue.send(JOB);
      await queue.changeVisibility((await subject.receive())!.receipt, 60);
      expect(await subject.receive()).toBeUndefined();
    });

    itIfValidated('rejects a timeout of more than 12 hours', async () => {
      await queue.send(JOB);
      await expect(queue.changeVisibility((await subject.receive())!.receipt, 43_201)).rejects.toThrow();
    });

    it('rejects an unknown receipt handle', async () => {
      await expect(queue.changeVisibility('unknown', 0)).rejects.toThrow();
    });
  });

  describe('approximateDepth', () => {
    it('counts visible and delayed messages and messages in flight, not dead letters', async () => {
      expect(await queue.approximateDepth()).toBe(0);
      await queue.send(JOB);
      await queue.send(JOB);
      await queue.send(JOB, 900);
      await queue.sendToDeadLetterQueue(JOB);
      await subject.receive();
      expect(await queue.approximateDepth()).toBe(3);
    });
  });
}
