import * as fs from 'node:fs';
import * as path from 'node:path';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { displayPath } from '../processes/paths';
import { type Processes } from '../processes/processes';
import { type Template } from '../template/template';

export interface Asset {
  /** Path of a file or folder. */
  readonly path: string;
  readonly zip: boolean;
  readonly bucket: string;
  readonly key: string;
}

export interface SynthesizedStack {
  readonly name: string;
  readonly template: Template;
  readonly assets: readonly Asset[];
}

export interface App {
  readonly folder: string;
  /** Environment variables of the app. */
  readonly env: NodeJS.ProcessEnv;
  /** CDK context, in addition to the context in `cdk.json`. */
  readonly context?: Readonly<Record<string, string>>;
}

export interface Environment {
  readonly account: string;
  readonly region: string;
}

/** Synthesizes an app without the CDK CLI. Runs the command in `cdk.json`, as the CDK CLI does. */
export async function synthesize(processes: Processes, app: App, outFolder: string, env: Environment): Promise<SynthesizedStack[]> {
  const cdkJson = JSON.parse(fs.readFileSync(path.join(app.folder, 'cdk.json'), 'utf8')) as { app?: string; context?: object };
  if (!cdkJson.app) throw new LocalRunError(`${displayPath(app.folder)}/cdk.json has no "app"`, 'add the command that runs the app');
  const { code, output } = await processes.run('sh', ['-c', cdkJson.app], {
    cwd: app.folder,
    env: {
      ...app.env,
      CDK_OUTDIR: outFolder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, ...app.context }),
      CDK_DEFAULT_ACCOUNT: env.account,
      CDK_DEFAULT_REGION: env.region,
    },
  });
  if (code !== 0 || !fs.existsSync(path.join(outFolder, 'manifest.json'))) {
    throw new LocalRunError(`${displayPath(app.folder)} does not synthesize`, `correct the app; to reproduce: cd ${displayPath(app.folder)} && ${cdkJson.app}`, lastLines(output, 40));
  }
  const stacks = readAssembly(outFolder, env);
  if (!stacks.length) throw new LocalRunError(`${displayPath(app.folder)} has no stack`, 'add one to the app');
  return stacks;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string; readonly directoryName?: string };
  readonly metadata?: Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;
}

/** Reads the stacks of a cloud assembly. The manifest lists them in the order of their dependencies. */
export function readAssembly(folder: string, env: Environment): SynthesizedStack[] {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { artifacts: Record<string, Artifact> };
  return Object.entries(manifest.artifacts).flatMap(([id, artifact]) => {
    const { properties = {} } = artifact;
    if (artifact.type === 'cdk:cloud-assembly') return readAssembly(path.join(folder, properties.directoryName ?? ''), env);
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    failOnErrors(id, artifact);
    const manifests = (artifact.dependencies ?? []).map((name) => manifest.artifacts[name]).filter((other) => other?.type === 'cdk:asset-manifest');
    return [{
      name: properties.stackName ?? id,
      template: JSON.parse(fs.readFileSync(path.join(folder, properties.templateFile ?? ''), 'utf8')) as Template,
      assets: manifests.flatMap((other) => readAssets(folder, other.properties?.file ?? '', env)),
    }];
  });
}

/** Throws on error annotations, as the CDK CLI does. */
function failOnErrors(stack: string, { metadata = {} }: Artifact): void {
  const errors = Object.entries(metadata).flatMap(([construct, entries]) =>
    entries.filter((entry) => entry.type === 'aws:cdk:error').map((entry) => `[${construct}] ${String(entry.data)}`));
  if (errors.length) throw new LocalRunError(`stack ${stack} has errors`, 'correct the errors above', errors.join('\n'));
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, {
    readonly source: { readonly path: string; readonly packaging: 'file' | 'zip' };
    readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
  }>>;
}

function readAssets(folder: string, file: string, env: Environment): Asset[] {
  const { files = {} } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as AssetManifest;
  const resolvePlaceholders = (text: string) => text.replaceAll('${AWS::AccountId}', env.account).replaceAll('${AWS::Region}', env.region).replaceAll('${AWS::Partition}', 'aws');
  return Object.values(files).flatMap(({ source, destinations }) => Object.values(destinations).map(({ bucketName, objectKey }) => ({
    path: path.resolve(folder, source.path),
    zip: source.packaging === 'zip',
    bucket: resolvePlaceholders(bucketName),
    key: resolvePlaceholders(objectKey),
  })));
}
