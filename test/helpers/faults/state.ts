import { FilterLogEventsCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { LocalApp } from '../../../local/run-app';
import { eventually } from '../e2e/eventually';

const LOG_TIMEOUT_MS = 2_000;

/** What is stored at one time. */
export interface StoredState {
  readonly images: number;
  readonly documents: number;
  readonly records: number;
  readonly keys: number;
  /** Messages in the dead-letter queue. */
  readonly deadLetters: number;
  /** The budget item of the API, and those of all owners, in millionths of a US dollar. */
  readonly spentByApi: number;
  readonly spentByOwners: number;
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly spent?: number;
}

const IMAGE = /\.(png|jpeg|jpg|webp)$/;

/** Physical names of the resources that contain state. */
export interface StatefulResources {
  readonly bucket: string;
  readonly table: string;
  readonly deadLetterQueue: string;
}

/** Reads the bucket, the table and the dead-letter queue. */
export async function readState({ clients }: LocalApp, { bucket, table, deadLetterQueue }: StatefulResources): Promise<StoredState> {
  const { s3, dynamoDb, sqs } = clients;
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName: table })) {
    items.push(...Items.map((item) => unmarshall(item) as Item));
  }
  const ofKind = (prefix: string) => items.filter(({ sk }) => sk.startsWith(prefix));
  const spent = (isApi: boolean) => ofKind('BUDGET#').filter(({ pk }) => (pk === '~api') === isApi)
    .reduce((sum, item) => sum + (item.spent ?? 0), 0);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: deadLetterQueue, AttributeNames: ['ApproximateNumberOfMessages'] }));
  const images = keys.filter((key) => IMAGE.test(key)).length;
  return {
    images,
    documents: keys.length - images,
    records: ofKind('IMG#').length,
    keys: ofKind('IDEM#').length,
    deadLetters: Number(Attributes?.ApproximateNumberOfMessages),
    spentByApi: spent(true),
    spentByOwners: spent(false),
  };
}

/** Reads the logs of the functions. */
export class LogReader {
  private readonly seen = new Map<string, number>();
  /** Everything that the functions have written. */
  public text = '';
  private unread: LogLine[] = [];

  constructor(private readonly app: LocalApp) {}

  /** Returns the lines since the last call of `take`. Lines of Lambda and metrics are not included. */
  public async read(): Promise<readonly LogLine[]> {
    const { clients: { logs } } = this.app;
    const lines: string[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {})) {
      for (const { logGroupName = '' } of logGroups) {
        const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
        lines.push(...events.slice(this.seen.get(logGroupName) ?? 0).map(({ message = '' }) => message));
        this.seen.set(logGroupName, events.length);
      }
    }
    this.text += lines.join('\n');
    const own = lines.flatMap((line) => line.split('\n')).filter((line) => line.startsWith('{"level"'));
    this.unread.push(...own.map((line) => JSON.parse(line) as LogLine));
    return this.unread;
  }

  /** Returns the lines since the last call, after at most 2 seconds if there are less than expected. */
  public async take(count: number): Promise<readonly LogLine[]> {
    await eventually(async () => ((await this.read()).length >= count ? true : undefined), '', LOG_TIMEOUT_MS).catch(() => undefined);
    const lines = this.unread;
    this.unread = [];
    return lines;
  }
}
