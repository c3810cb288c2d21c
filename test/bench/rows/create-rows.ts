import * as path from 'node:path';
import { createFixtures } from './fixtures';
import { type Row, type Scenario } from './row';
import {
  createImage, createImages, deleteImage, emptyScenario, enqueueImage, type Fixtures, generateText, getImage, listImages, openAiGeneration,
  processJob,
} from './scenarios';
import { CONFIGURATION_VARIABLE } from '../../../src/private/contract/configuration';
import { type Tools } from '../functions/measure';
import { type Bundle, bundleHandler, constructBundle, plainFile } from '../setup/bundles';
import { type ConstructEnvironment, constructEnvironment } from '../setup/construct-environment';

export const EMPTY_NODE = 'empty, Node.js';
export const EMPTY_PYTHON = 'empty, Python';
export const OURS = 'api: POST /images';
export const BOTO3 = 'boto3: POST /images';
export const PLAIN_BUNDLED = 'plain SDK, bundled: POST /images';
export const PLAIN_EXTERNAL = 'plain SDK, external: POST /images';
export const TUNED = 'tuned SDK: POST /images';
export const FLOOR = 'floor: POST /images';

export interface Runtimes {
  readonly node: string;
  readonly python?: string;
}

const HANDLERS = path.join(__dirname, '../handlers');
const RUNTIME_CLIENT = path.join(HANDLERS, 'runtime-client.mjs');

/** The environment of an execution environment of AWS Lambda. */
const LAMBDA_ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  AWS_REGION: 'us-west-2',
  AWS_DEFAULT_REGION: 'us-west-2',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret-access-key-of-the-benchmark',
  AWS_SESSION_TOKEN: 'token',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bench',
  AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
};

/** Creates the rows of one run. */
export class RowFactory {
  public static async create(runtimes: Runtimes, tools: Tools): Promise<RowFactory> {
    const queueUrl = `${tools.fakes.url}/111122223333/jobs`;
    const all = constructEnvironment({ allFeatures: true, queueUrl });
    const keyId = all.configuration.auth.clients![0].keyIds[0];
    const node = (file: string) => [runtimes.node, RUNTIME_CLIENT, file];
    const api = { command: node(constructBundle('api').file), environment: { ...LAMBDA_ENVIRONMENT, ...all.variables } };
    return new RowFactory(runtimes, all, await createFixtures(api, keyId, tools), queueUrl);
  }

  private constructor(
    private readonly runtimes: Runtimes,
    private readonly all: ConstructEnvironment,
    private readonly fixtures: Fixtures,
    private readonly queueUrl: string,
  ) {}

  /** The rows of the table. Rows that are compared follow each other, so that the load of the machine changes little between them. */
  public async rows(): Promise<Row[]> {
    const { fixtures } = this;
    return [
      this.node(EMPTY_NODE, plainFile('empty.mjs'), emptyScenario()),
      ...this.pythonRows(),
      ...await this.imageRows(),
      ...this.otherRows(),
      ...await this.pair('GET /images/{id}', 'small-get', getImage(fixtures)),
      ...await this.pair('GET /images', 'small-list', listImages(fixtures)),
      ...await this.pair('DELETE /images/{id}', 'small-delete', deleteImage(fixtures)),
      ...await this.pair('POST /text', 'small-text', generateText(fixtures)),
    ];
  }

  /** The construct's function and the functions for comparison of the guard. */
  public async guardedRows(): Promise<Row[]> {
    return [
      this.node(EMPTY_NODE, plainFile('empty.mjs'), emptyScenario()),
      this.construct(OURS, 'api', createImage(this.fixtures)),
      this.node(PLAIN_BUNDLED, await bundleHandler('plain-image', 'bundled'), createImage(this.fixtures)),
    ];
  }

  /** A row of a function of the construct with all features, or with another environment. */
  public construct(name: string, bundle: 'api' | 'worker', scenario: Scenario, { variables }: ConstructEnvironment = this.all): Row {
    return { ...this.node(name, constructBundle(bundle), scenario), environment: { ...LAMBDA_ENVIRONMENT, ...variables } };
  }

  /** A request for one image, or for several. */
  public imageScenario(count = 1): Scenario {
    return count === 1 ? createImage(this.fixtures) : createImages(this.fixtures, count);
  }

  private otherRows(): Row[] {
    const { fixtures } = this;
    const guarded = constructEnvironment({ allFeatures: true, guardrail: true, queueUrl: this.queueUrl });
    const defaults = constructEnvironment({ allFeatures: false, queueUrl: this.queueUrl });
    return [
      this.construct('api, defaults: POST /images', 'api', createImage({ keyId: defaults.configuration.auth.clients![0].keyIds[0] }), defaults),
      this.construct('api, guardrail: POST /images', 'api', { ...createImage(fixtures), images: 'small' }, guarded),
      this.construct('api: POST /v1/images/generations', 'api', openAiGeneration(fixtures)),
      this.construct('worker: one job', 'worker', processJob(fixtures)),
      this.construct('api: POST /images, enqueued', 'api', enqueueImage(fixtures)),
    ];
  }

  /** A route of the construct's function, and an equally small function. */
  private async pair(route: string, handler: string, scenario: Scenario): Promise<Row[]> {
    return [this.construct(`api: ${route}`, 'api', scenario), this.node(`small: ${route}`, await bundleHandler(handler, 'lean'), scenario)];
  }

  private async imageRows(): Promise<Row[]> {
    const scenario = createImage(this.fixtures);
    return [
      this.construct(OURS, 'api', scenario),
      this.node(PLAIN_BUNDLED, await bundleHandler('plain-image', 'bundled'), scenario),
      this.node(PLAIN_EXTERNAL, await bundleHandler('plain-image', 'external'), scenario),
      this.node(TUNED, await bundleHandler('tuned-image', 'tuned'), scenario),
      this.node(FLOOR, await bundleHandler('floor-image', 'lean'), scenario),
    ];
  }

  private pythonRows(): Row[] {
    const { python } = this.runtimes;
    if (python === undefined) return [];
    const row = (name: string, module: string, scenario: Scenario): Row => ({
      name,
      empty: EMPTY_PYTHON,
      command: [python, '-m', 'awslambdaric', `${module}.handler`],
      environment: { ...LAMBDA_ENVIRONMENT, ...this.handlerEnvironment(), PYTHONPATH: HANDLERS, LAMBDA_TASK_ROOT: HANDLERS },
      code: plainFile(`${module}.py`, module !== 'empty'),
      scenario,
    });
    return [row(EMPTY_PYTHON, 'empty', emptyScenario()), row(BOTO3, 'image', createImage(this.fixtures))];
  }

  private node(name: string, code: Bundle, scenario: Scenario): Row {
    return {
      name,
      empty: EMPTY_NODE,
      command: [this.runtimes.node, RUNTIME_CLIENT, code.file],
      environment: { ...LAMBDA_ENVIRONMENT, ...this.handlerEnvironment() },
      code,
      scenario,
    };
  }

  /** The environment of the handlers for comparison. */
  private handlerEnvironment(): Record<string, string> {
    const { [CONFIGURATION_VARIABLE]: _, ...others } = this.all.variables;
    const { bucket, table, auth: { clients = [] } } = this.all.configuration;
    const owners = clients.flatMap(({ name, keyIds }) => keyIds.map((keyId) => [keyId, `client:${name}`]));
    return { ...others, BUCKET: bucket, TABLE: table, CLIENTS: JSON.stringify(Object.fromEntries(owners)) };
  }
}
