import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { shortTimeoutHttpHandler } from '../../shared/sdk';

/**
 * The DynamoDB table. `pk` is the owner, so that the items of other owners are never read. `sk` is `IMG#<id>` for image records, whose ids
 * sort by time, `IDEM#<hash>` for idempotency keys, `BATCH#<id>` for batches, `DELETED#<id>` for deleted
 * image records and `BUDGET#<day>` for what was spent on a day. DynamoDB deletes an item after `ttl`, in epoch seconds.
 */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}

export const IMAGE_PREFIX = 'IMG#';
export const IDEMPOTENCY_PREFIX = 'IDEM#';
export const BATCH_PREFIX = 'BATCH#';
export const DELETED_PREFIX = 'DELETED#';
export const BUDGET_PREFIX = 'BUDGET#';

/** `pk` of items that belong to no owner. The ID of an owner contains a colon, or is `~anonymous`. */
export const API_PARTITION = '~api';

/** Records are stored longer than their images, so that the API can report the images as expired. */
export const RECORD_RETENTION_AFTER_EXPIRATION_SECONDS = 7 * 24 * 3600;

/** Creates a client for the table. */
export function dynamoDbTable(name: string, region: string | undefined): Table {
  return { name, client: new DynamoDBClient({ region, requestHandler: shortTimeoutHttpHandler() }) };
}
