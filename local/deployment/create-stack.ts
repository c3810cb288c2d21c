import { setTimeout as sleep } from 'node:timers/promises';
import { CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, paginateListStackResources, type Stack } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type SynthesizedStack } from '../app/synthesize';
import { LocalRunError } from '../cli/local-run-error';
import { type Progress } from '../cli/steps';
import { type Clients } from '../emulator/clients';

const POLL_MS = 100;
const TIMEOUT_MS = 120_000;

export interface DeployedStack extends SynthesizedStack {
  readonly outputs: Readonly<Record<string, string>>;
  /** Physical ids by logical id. */
  readonly resources: Readonly<Record<string, string>>;
}

export interface CreateStackOptions {
  /** URL of the emulator. */
  readonly endpoint: string;
  /** Bucket for the template. */
  readonly bucket: string;
  readonly progress: Progress;
}

/** Creates the stack from its template and waits for `CREATE_COMPLETE`. */
export async function createStack(
  clients: Clients, stack: SynthesizedStack, { endpoint, bucket, progress }: CreateStackOptions,
): Promise<DeployedStack> {
  const { cloudFormation, s3 } = clients;
  const key = `templates/${stack.name}.json`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(stack.template) }));
  await cloudFormation.send(new CreateStackCommand({
    StackName: stack.name,
    TemplateURL: `${endpoint}/${bucket}/${key}`,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    OnFailure: 'DO_NOTHING',
  }));
  const created = await waitUntilCreated(clients, stack, progress);
  return {
    ...stack,
    outputs: Object.fromEntries((created.Outputs ?? []).map((output) => [output.OutputKey ?? '', output.OutputValue ?? ''])),
    resources: await physicalIds(clients, stack.name),
  };
}

async function waitUntilCreated(clients: Clients, { name, template }: SynthesizedStack, progress: Progress): Promise<Stack> {
  const total = Object.keys(template.Resources).length;
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const { Stacks: [stack] = [] } = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    if (stack?.StackStatus === 'CREATE_COMPLETE') return stack;
    const timedOut = performance.now() > deadline;
    if (timedOut || (stack?.StackStatus && !stack.StackStatus.endsWith('_IN_PROGRESS'))) {
      throw new LocalRunError(
        `stack ${name} was not created: ${timedOut ? `timed out after ${TIMEOUT_MS / 1000} s` : stack?.StackStatusReason ?? stack?.StackStatus}`,
        'correct the resources above; if the emulator does not support one, add it to local/differences.ts',
        await describeFailedResources(clients, name),
      );
    }
    progress(`${Object.keys(await physicalIds(clients, name)).length} of ${total} resources`);
    await sleep(POLL_MS);
  }
}

async function describeFailedResources(clients: Clients, name: string): Promise<string> {
  const { StackEvents: events = [] } = await clients.cloudFormation.send(new DescribeStackEventsCommand({ StackName: name }));
  const failed = events.filter((event) => event.ResourceStatus?.endsWith('FAILED'));
  return failed.map((event) => `${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason}`).join('\n');
}

async function physicalIds(clients: Clients, name: string): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for await (const page of paginateListStackResources({ client: clients.cloudFormation }, { StackName: name })) {
    for (const resource of page.StackResourceSummaries ?? []) ids[resource.LogicalResourceId ?? ''] = resource.PhysicalResourceId ?? '';
  }
  return ids;
}
