import * as fs from 'node:fs';
import { FilterLogEventsCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { type Clients } from './clients';

/** Writes the logs of the functions to a file, because the emulator deletes them when it stops. */
export async function saveHandlerLogs({ logs }: Clients, file: string): Promise<void> {
  const lines: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {})) {
    for (const { logGroupName } of logGroups) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      lines.push(...events.map(({ message = '' }) => `${logGroupName} ${message.trimEnd()}`));
    }
  }
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}
