import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { shortTimeoutHandler } from '../../shared/sdk';

/**
 * The table's layout. `pk` is an owner, so that somebody else's item is never found; `sk` is `IMG#<id>` for an image, whose
 * ids sort by time, `IDEM#<hash>` for an idempotency key and `BATCH#<id>` for a
 * list of images. `ttl`: epoch seconds after which DynamoDB may drop the item.
 */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}

export const IMAGE_PREFIX = 'IMG#';
export const IDEMPOTENCY_PREFIX = 'IDEM#';
export const BATCH_PREFIX = 'BATCH#';

/** A record outlives its images, so that a client can be told that they expired. */
export const RECORD_AFTERLIFE_SECONDS = 7 * 24 * 3600;

export function dynamoDbTable(name: string, region: string | undefined): Table {
  return { name, client: new DynamoDBClient({ region, requestHandler: shortTimeoutHandler() }) };
}
