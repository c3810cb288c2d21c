import * as path from 'node:path';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type InvokeUrlProxy, startInvokeUrlProxy } from './api/invoke-url-proxy';
import { findApp } from './app/find-app';
import { findCorsOrigin, findRestApi, type Outputs, readApiKeys } from './app/outputs';
import { prepareLanguagePackage } from './app/prepare-language';
import { type App, type Asset, type SynthesizedStack, synthesize } from './app/synthesize';
import { type Print, Steps } from './cli/steps';
import { createStack, type DeployedStack } from './deployment/create-stack';
import { uploadAssets } from './deployment/upload-assets';
import { describeDifferences, DIFFERENCES, emulatorSettings, type RunEnvironment } from './differences';
import { type Clients, createClients, closeClients, REGION } from './emulator/clients';
import { saveHandlerLogs } from './emulator/handler-logs';
import { installEmulator } from './emulator/install-emulator';
import { startEmulator } from './emulator/start-emulator';
import { installNode } from './install/node-runtime';
import { startModelService } from './model-service/server';
import { readDeployedConfiguration } from './playground/deployed-playground';
import { localPlayground } from './playground/local-configuration';
import { startPlaygroundServer } from './playground/serve';
import { prepareSignIn } from './playground/sign-in';
import { PLAYGROUND_FOLDER } from './processes/paths';
import { Processes } from './processes/processes';
import { createRunFolder, type RunFolder } from './processes/run-folder';
import { bearerKeyPaths } from './template/bearer-key-paths';
import { type Template } from './template/template';

export interface LocalAppOptions {
  /** Folder of the app, relative to the repository, for example `examples/quickstart`. */
  readonly app: string;
  /** Port of the base URL. Without it, a free port from 3000. */
  readonly port?: number;
  /** Whether to serve the playground, also for an app without `ImagePlayground`. */
  readonly playground?: boolean;
  /** Port of the playground. Without it, a free port from 4000. */
  readonly playgroundPort?: number;
  /** CDK context, in addition to the context in `cdk.json`. */
  readonly context?: Readonly<Record<string, string>>;
  /** Whether to verify credentials and to evaluate IAM policies. */
  readonly auth?: boolean;
  /** Changes the templates before their deployment. Tests use it to cause failures. */
  readonly transformTemplate?: (template: Template) => Template;
  /** Receives the printed lines. Without it, the run prints nothing. */
  readonly log?: Print;
  /** Prints live progress on a terminal. Replaces `log`. */
  readonly steps?: Steps;
  /** Stops the run at any time. */
  readonly signal?: AbortSignal;
}

export interface LocalApp {
  readonly outputs: Outputs;
  readonly stacks: readonly DeployedStack[];
  /** AWS SDK clients for the emulator. */
  readonly clients: Clients;
  readonly emulatorLog: string;
  /** Saves the current function logs and returns the file. */
  saveHandlerLogs(): Promise<string>;
  close(): Promise<void>;
}

interface Endpoints {
  readonly proxy: InvokeUrlProxy;
  readonly endpoint: string;
  readonly controlUrl: string;
}

/** Deploys an example app to the emulator, without an AWS account, Docker or the CDK CLI. */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const run = new LocalAppRun(options);
  const abort = () => void run.close();
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    options.signal?.throwIfAborted();
    return await run.start();
  } catch (error) {
    await run.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/** Starts the parts of a local app and stops them in reverse order. */
class LocalAppRun {
  private readonly processes = new Processes();
  private readonly folder: RunFolder = createRunFolder();
  private readonly cleanups: (() => Promise<void> | void)[] = [() => this.folder.remove(), () => this.processes.stopAll()];
  private readonly steps: Steps;
  private closing?: Promise<void>;

  constructor(private readonly options: LocalAppOptions) {
    this.steps = options.steps ?? Steps.toLines(options.log ?? (() => undefined));
  }

  async start(): Promise<LocalApp> {
    const { steps, processes, options } = this;
    const appFolder = findApp(options.app);
    const proxy = await this.closeOnStop(await startInvokeUrlProxy(options.port));
    const python = await installEmulator(processes, steps);
    const nodeFolder = await installNode(processes, steps);
    const appEnv = await prepareLanguagePackage(appFolder, processes, steps);

    const modelService = await this.closeOnStop(await startModelService({}));
    const environment: RunEnvironment = { auth: options.auth ?? false, modelUrl: modelService.url, nodeFolder };
    const emulatorLog = this.folder.logFile('emulator');
    const endpoint = await steps.run('Starting the AWS emulator', () => startEmulator(processes, {
      python, folder: this.folder.folder, logFile: emulatorLog, auth: environment.auth, ...emulatorSettings(environment),
    }));
    const clients = createClients(endpoint);
    this.cleanups.push(() => closeClients(clients));

    const stacks = await this.deploy({ folder: appFolder, env: appEnv, context: options.context }, clients, endpoint, environment);
    return {
      outputs: await this.outputsOf(stacks, clients, { proxy, endpoint, controlUrl: modelService.controlUrl }),
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

  /** Starts to forward requests and returns the endpoints and keys of the app. */
  private async outputsOf(stacks: readonly DeployedStack[], clients: Clients, { proxy, endpoint, controlUrl }: Endpoints): Promise<Outputs> {
    const apiKeys = await readApiKeys(clients);
    const templates = stacks.map(({ template }) => template);
    const baseUrl = proxy.forwardTo({ emulator: endpoint, ...findRestApi(stacks), bearerKeyPaths: templates.flatMap(bearerKeyPaths) });
    return {
      baseUrl,
      apiKey: apiKeys.alice ?? Object.values(apiKeys)[0] ?? null,
      apiKeys,
      controlUrl,
      awsEndpointUrl: endpoint,
      region: REGION,
      corsOrigin: findCorsOrigin(templates),
      ...await this.servePlayground(stacks, clients, { baseUrl, awsEndpointUrl: endpoint }),
      stacks: Object.fromEntries(stacks.map(({ name, outputs }) => [name, outputs])),
      pid: process.pid,
    };
  }

  /** Serves the playground of the app, or with the option also that of an app without one. */
  private async servePlayground(
    stacks: readonly DeployedStack[], clients: Clients, urls: Pick<Outputs, 'baseUrl' | 'awsEndpointUrl'>,
  ): Promise<Pick<Outputs, 'playgroundUrl' | 'playgroundUser'>> {
    const { playground, playgroundPort: port } = this.options;
    const deployed = await readDeployedConfiguration(stacks, clients);
    if (!playground && !deployed) return { playgroundUrl: null, playgroundUser: null };
    const local = localPlayground(stacks, urls, deployed);
    const { url } = await this.closeOnStop(await startPlaygroundServer({ root: PLAYGROUND_FOLDER, port, apiUrl: urls.baseUrl, ...local }));
    const { auth } = local.configuration;
    const playgroundUser = auth.type === 'cognito' ? await prepareSignIn(auth, url, urls.awsEndpointUrl) : null;
    return { playgroundUrl: url, playgroundUser };
  }

  private async stop(): Promise<void> {
    for (const close of this.cleanups.reverse()) await close();
  }

  /** Closes a part when the run stops. If the run has already stopped, closes it immediately. */
  private async closeOnStop<T extends { close(): Promise<void> }>(started: T): Promise<T> {
    if (this.closing) await started.close();
    else this.cleanups.push(() => started.close());
    return started;
  }

  private async deploy(app: App, clients: Clients, endpoint: string, environment: RunEnvironment): Promise<DeployedStack[]> {
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
        const template = DIFFERENCES.reduce((current, { replace }) => replace?.(current) ?? current, stack.template);
        const created = await createStack(clients, { ...stack, template }, { endpoint, bucket: templateBucket(stacks), progress });
        for (const { repair } of DIFFERENCES) await repair?.(created, clients);
        return created;
      }));
    }
    steps.line('  Differences from AWS:');
    describeDifferences(stacks.map(({ template }) => template), environment).forEach(steps.line);
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

/** Returns an asset bucket for the templates, as the CDK CLI does. */
function templateBucket(stacks: readonly SynthesizedStack[]): string {
  const [asset] = stacks.flatMap((stack): readonly Asset[] => stack.assets);
  if (!asset) throw new Error('the stacks have no assets, not even templates');
  return asset.bucket;
}
