import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ConfiguredQueue } from '../../../private/contract/configuration';
import type { JobQueue } from '../../generation/ports';
import type { JobMessage } from '../../generation/storage/records';
import { shortTimeoutHttpHandler } from '../../shared/sdk';

/** The SQS queue of jobs and its dead-letter queue. */
export class SqsJobQueue implements JobQueue {
  private readonly client: SQSClient;

  constructor(private readonly queue: ConfiguredQueue, region: string | undefined) {
    this.client = new SQSClient({ region, requestHandler: shortTimeoutHttpHandler() });
  }

  public send(message: JobMessage, delaySeconds = 0): Promise<void> {
    return this.sendTo(this.queue.url, message, delaySeconds);
  }

  public sendToDeadLetterQueue(message: JobMessage): Promise<void> {
    return this.sendTo(this.queue.deadLetterUrl, message);
  }

  public async approximateDepth(): Promise<number> {
    const { Attributes } = await this.client.send(new GetQueueAttributesCommand({
      QueueUrl: this.queue.url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'],
    }));
    return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
  }

  public async changeVisibility(receipt: string, seconds: number): Promise<void> {
    await this.client.send(new ChangeMessageVisibilityCommand({ QueueUrl: this.queue.url, ReceiptHandle: receipt, VisibilityTimeout: seconds }));
  }

  private async sendTo(url: string, message: JobMessage, delaySeconds?: number): Promise<void> {
    await this.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds }));
  }
}
