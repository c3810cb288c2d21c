import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { HandlerConfiguration } from '../../../private/contract/configuration';
import { DETAIL_TYPES, EVENT_SOURCE, EVENT_VERSION, type ImageEventDetail, type ImageOutcome } from '../../../private/contract/events';
import type { EventPublisher } from '../../generation/ports';
import { hasJobState, type FailedImage, type ImageRecord } from '../../generation/storage/records';
import { shortTimeoutHttpHandler, abortAt } from '../../shared/sdk';

/** Publishes events to the default event bus of the account. */
export class EventBridgePublisher implements EventPublisher {
  private readonly client: EventBridgeClient;

  constructor(private readonly configuration: Pick<HandlerConfiguration, 'api' | 'bucket' | 'events'>, region: string | undefined) {
    this.client = new EventBridgeClient({ region, requestHandler: shortTimeoutHttpHandler() });
  }

  public async publish(outcome: ImageOutcome, record: ImageRecord, time: number, deadline: number): Promise<void> {
    const Detail = JSON.stringify(this.detailOf(outcome, record));
    const { Entries: [entry] = [] } = await this.client.send(new PutEventsCommand({
      Entries: [{ Source: EVENT_SOURCE, DetailType: DETAIL_TYPES[outcome], Time: new Date(time), Detail }],
    }), abortAt(deadline));
    // PutEvents succeeds even if it rejects entries
    if (entry?.ErrorCode !== undefined) throw new Error(`EventBridge rejected the event: ${entry.ErrorCode}`);
  }

  private detailOf(outcome: ImageOutcome, record: ImageRecord): ImageEventDetail {
    const { id, owner, model, operation, prompt, createdAt, completedAt, imageExpiresAt, images } = record;
    const { api, bucket, events } = this.configuration;
    const failures = failuresOf(record);
    return {
      version: EVENT_VERSION,
      api,
      id,
      owner,
      status: outcome,
      model,
      ...(operation !== undefined && { operation }),
      ...(events?.prompts && prompt !== undefined && { prompt }),
      createdAt: new Date(createdAt).toISOString(),
      ...(completedAt !== undefined && { completedAt: new Date(completedAt).toISOString() }),
      ...(outcome === 'succeeded' && { imageExpiresAt: new Date(imageExpiresAt).toISOString() }),
      images: outcome === 'succeeded' ? images.map(({ key, contentType, width, height, bytes, seed }) => (
        { bucket, key, contentType, width, height, bytes, ...(seed !== undefined && { seed }) }
      )) : [],
      ...(failures.length > 0 && { failures }),
    };
  }
}

function failuresOf(record: ImageRecord): FailedImage[] {
  const { failure } = hasJobState(record) ? record.job : {};
  return [...(failure ? [failure] : []), ...record.failures].map(({ code, detail, seed }) => ({ code, detail, ...(seed !== undefined && { seed }) }));
}
