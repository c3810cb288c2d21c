import type { JobQueue } from '../../../src/handlers/generation/ports';
import type { JobMessage } from '../../../src/handlers/generation/storage/records';

/** Limits of SQS. */
const MAX_DELAY_SECONDS = 900;
const MAX_VISIBILITY_SECONDS = 12 * 3600;

/** A queue whose messages wait until a test receives them. */
export class FakeJobQueue implements JobQueue {
  /** Messages that were not received yet. */
  public readonly messages: { readonly message: JobMessage; readonly delaySeconds: number }[] = [];
  public readonly deadLetters: JobMessage[] = [];
  public readonly visibilityChanges: number[] = [];
  public fails = false;
  /** By receipt handle. A message that is not JSON is a text. */
  private readonly inFlight = new Map<string, JobMessage | string>();
  private receipts = 0;

  public async send(message: JobMessage, delaySeconds = 0): Promise<void> {
    if (this.fails) throw new Error('the queue is not available');
    if (delaySeconds > MAX_DELAY_SECONDS) throw new RangeError(`DelaySeconds is ${delaySeconds}, at most ${MAX_DELAY_SECONDS} are allowed`);
    this.messages.push({ message, delaySeconds });
  }

  public async sendToDeadLetterQueue(message: JobMessage): Promise<void> {
    this.deadLetters.push(message);
  }

  public async changeVisibility(receipt: string, seconds: number): Promise<void> {
    const message = this.inFlight.get(receipt);
    if (message === undefined) throw new Error(`the receipt handle ${receipt} is not valid`);
    if (seconds > MAX_VISIBILITY_SECONDS) throw new RangeError(`VisibilityTimeout is ${seconds}, at most ${MAX_VISIBILITY_SECONDS} are allowed`);
    this.visibilityChanges.push(seconds);
    if (seconds > 0) return;
    this.inFlight.delete(receipt);
    if (typeof message !== 'string') this.messages.push({ message, delaySeconds: 0 });
  }

  public async approximateDepth(): Promise<number> {
    if (this.fails) throw new Error('the queue is not available');
    return this.messages.length + this.inFlight.size;
  }

  /** Receives the oldest message without a delay. */
  public receive(): { readonly message: JobMessage; readonly receipt: string } | undefined {
    const index = this.messages.findIndex(({ delaySeconds }) => delaySeconds === 0);
    if (index < 0) return undefined;
    const [{ message }] = this.messages.splice(index, 1);
    return { message, receipt: this.putInFlight(message) };
  }

  /** Makes a message in flight and returns its receipt handle. */
  public putInFlight(message: JobMessage | string): string {
    const receipt = `receipt-${++this.receipts}`;
    this.inFlight.set(receipt, message);
    return receipt;
  }

  /** Deletes a message in flight. */
  public delete(receipt: string): void {
    this.inFlight.delete(receipt);
  }
}
