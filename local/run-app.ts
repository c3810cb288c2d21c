import * as path from 'node:path';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startInvokeUrlProxy } from './api/invoke-url-proxy';
import { findApp } from './app/find-app';
import { findCorsOrigin, findRestApi, Outputs, readApiKeys } from './app/outputs';
import { prepareLanguagePackage } from './app/prepare-language';
import { App, Asset, SynthesizedStack, synthesize } from './app/synthesize';
import { Print, Steps } from './cli/steps';
import { createStack, DeployedStack } from './deployment/create-stack';
import { uploadAssets } from './deployment/upload-assets';
import { describeDifferences, DIFFERENCES, emulatorSettings, RunEnvironment } from './differences';
import { Clients, createClients, closeClients, REGION } from './emulator/clients';
import { saveHandlerLogs } from './emulator/handler-logs';
import { installEmulator } from './emulator/install-emulator';
import { startEmulator } from './emulator/start-emulator';
import { installNode } from './install/node-runtime';
import { startModelService } from './model-service/server';
import { Processes } from './processes/processes';
import { createRunFolder, RunFolder } from './processes/run-folder';
import { bearerKeyPaths } from './template/bearer-key-paths';
import { Template } from './template/template';

export interface LocalAppOptions {
  /** Folder of the app, relative to the repository: `examples/quickstart`. */
  readonly app: string;
  /** Port of the base URL; without it, a free one from 3000 on. */
  readonly port?: number;
  /** Context of the app, beside that of its `cdk.json`. */
  readonly context?: Readonly<Record<string, string>>;
  /** Check credentials and evaluate IAM policies. */
  readonly auth?: boolean;
  /** Changes the templates before they are deployed: for tests that need to see something fail. */
  readonly transformTemplate?: (template: Template) => Template;
  /** Takes the lines that tell what happens; without it, the run is silent. */
  readonly log?: Print;
  /** Instead of `log`: prints live on a terminal. */
  readonly steps?: Steps;
  /** Ends the run, whatever it is doing. */
  readonly signal?: AbortSignal;
}

export interface LocalApp {
  readonly outputs: Outputs;
  readonly stacks: readonly DeployedStack[];
  /** AWS SDK clients of the emulator. */
  readonly clients: Clients;
  readonly emulatorLog: string;
  /** Saves what the functions logged so far; answers the file. */
  saveHandlerLogs(): Promise<string>;
  close(): Promise<void>;
}

/** Deploys an example app on this machine: no AWS account, no Docker, no CDK CLI. */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const start = new LocalAppRun(options);
  const abort = () => void start.close();
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    options.signal?.throwIfAborted();
    return await start.run();
  } catch (error) {
    await start.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/** What has been started so far, to be stopped in the reverse order. */
class LocalAppRun {
  private readonly processes = new Processes();
  private readonly folder: RunFolder = createRunFolder();
  private readonly cleanups: (() => Promise<void> | void)[] = [() => this.folder.remove(), () => this.processes.stopAll()];
  private readonly steps: Steps;
  private closing?: Promise<void>;

  constructor(private readonly options: LocalAppOptions) {
    this.steps = options.steps ?? Steps.toLines(options.log ?? (() => undefined));
  }

  async run(): Promise<LocalApp> {
    const { steps, processes, options } = this;
    const appFolder = findApp(options.app);
    const front = await this.closeOnStop(await startInvokeUrlProxy(options.port));
    const python = await installEmulator(processes, steps);
    const nodeFolder = await installNode(processes, steps);
    const appEnv = await prepareLanguagePackage(appFolder, processes, steps);

    const models = await this.closeOnStop(await startModelService({}));
    const run: RunEnvironment = { auth: options.auth ?? false, modelUrl: models.url, nodeFolder };
    const emulatorLog = this.folder.logFile('emulator');
    const endpoint = await steps.run('Starting the AWS emulator', () => startEmulator(processes, {
      python, folder: this.folder.folder, logFile: emulatorLog, auth: run.auth, ...emulatorSettings(run),
    }));
    const clients = createClients(endpoint);
    this.cleanups.push(() => closeClients(clients));

    const stacks = await this.deploy({ folder: appFolder, env: appEnv, context: this.options.context }, clients, endpoint, run);
    const apiKeys = await readApiKeys(clients);
    return {
      outputs: {
        baseUrl: front.forwardTo({
          emulator: endpoint, ...findRestApi(stacks), bearerKeyPaths: stacks.flatMap(({ template }) => bearerKeyPaths(template)),
        }),
        apiKey: apiKeys.alice ?? Object.values(apiKeys)[0] ?? null,
        apiKeys,
        controlUrl: models.controlUrl,
        awsEndpointUrl: endpoint,
        region: REGION,
        corsOrigin: findCorsOrigin(stacks.map(({ template }) => template)),
        stacks: Object.fromEntries(stacks.map(({ name, outputs }) => [name, outputs])),
        pid: process.pid,
      },
      stacks,
      clients,
      emulatorLog,
      saveHandlerLogs: () => this.saveHandlerLogs(clients),
      close: () => this.close(),
    };
  }

  close(): Promise<void> {
    this.closing ??= this.stop();
    return this.closing;
  }

  private async stop(): Promise<void> {
    for (const close of this.cleanups.reverse()) await close();
  }

  /** Registers something to be closed; at once when the run was ended meanwhile. */
  private async closeOnStop<T extends { close(): Promise<void> }>(started: T): Promise<T> {
    if (this.closing) await started.close();
    else this.cleanups.push(() => started.close());
    return started;
  }

  private async deploy(app: App, clients: Clients, endpoint: string, run: RunEnvironment): Promise<DeployedStack[]> {
    const { steps } = this;
    const { Account: account = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    const synthesized = await steps.run(`Synthesizing ${this.options.app}`, () =>
      synthesize(this.processes, app, path.join(this.folder.folder, 'cdk.out'), { account, region: REGION }));
    const stacks = synthesized.map((stack) => this.transformStack(stack));

    await steps.run('Uploading assets', async (progress) => {
      for (const { prepare } of DIFFERENCES) await prepare?.(stacks, clients);
      await uploadAssets(clients, stacks, progress);
    });
    const deployed: DeployedStack[] = [];
    for (const stack of stacks) {
      const count = Object.keys(stack.template.Resources).length;
      deployed.push(await steps.run(`Creating stack ${stack.name} (${count} resources)`, async (progress) => {
        const template = DIFFERENCES.reduce((replaced, { replace }) => replace?.(replaced) ?? replaced, stack.template);
        const created = await createStack(clients, endpoint, templateBucket(stacks), { ...stack, template }, progress);
        for (const { repair } of DIFFERENCES) await repair?.(created, clients);
        return created;
      }));
    }
    steps.line('  Not as on AWS:');
    describeDifferences(stacks.map(({ template }) => template), run).forEach(steps.line);
    return deployed;
  }

  private transformStack(stack: SynthesizedStack): SynthesizedStack {
    const { transformTemplate = (template: Template) => template } = this.options;
    return { ...stack, template: transformTemplate(stack.template) };
  }

  private async saveHandlerLogs(clients: Clients): Promise<string> {
    const file = this.folder.logFile('functions');
    await saveHandlerLogs(clients, file);
    return file;
  }
}

/** Any of the asset buckets: CDK uploads templates there, too. */
function templateBucket(stacks: readonly SynthesizedStack[]): string {
  const [asset] = stacks.flatMap((stack): readonly Asset[] => stack.assets);
  if (!asset) throw new Error('a stack without assets: not even its template');
  return asset.bucket;
}
