import * as fs from 'node:fs';
import * as path from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { LocalRunError } from '../../cli/local-run-error';
import { Clients } from '../../emulator/clients';
import { resourcesOfType, Template } from '../../template/template';
import { DeployedStack } from '../create-stack';

export const BUCKET_DEPLOYMENT = 'Custom::CDKBucketDeployment';

const OUTPUT = 'LocalWebsite';
/** Between the parts of an output: bucket, then for each source its key and its markers with their values. */
const [SOURCE, MARKER] = ['\u001e', '\u001f'];

/** Each deployment as an output that says what is to lie where: its values are known after the others only. */
export function replaceDeploymentsWithOutputs(template: Template): Template {
  const deployments = resourcesOfType(template, BUCKET_DEPLOYMENT);
  const outputs = deployments.map(([, properties], index) => {
    const { DestinationBucketName: bucket, SourceObjectKeys: keys, SourceMarkers: markers = [] } = properties as unknown as Deployment;
    const unsupported = ['DestinationBucketKeyPrefix', 'Include', 'Exclude', 'Extract'].filter((name) => name in properties);
    if (unsupported.length > 0) throw new LocalRunError(`a BucketDeployment has ${unsupported.join(', ')}`, 'teach local/repairs/website.ts what that does');
    const parts = keys.flatMap((key, source) => [
      SOURCE, key, ...Object.entries(markers[source] ?? {}).flatMap(([marker, value]) => [MARKER, marker, MARKER, value]),
    ]);
    return [`${OUTPUT}${index}`, { Value: { 'Fn::Join': ['', [bucket, ...parts]] } }];
  });
  const resources = Object.entries(template.Resources).filter(([, { Type }]) => Type !== BUCKET_DEPLOYMENT);
  return { ...template, Resources: Object.fromEntries(resources), Outputs: { ...template.Outputs, ...Object.fromEntries(outputs) as object } };
}

interface Deployment {
  readonly DestinationBucketName: unknown;
  readonly SourceObjectKeys: readonly string[];
  readonly SourceMarkers?: readonly Readonly<Record<string, unknown>>[];
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml',
};

/** Does what the deployments would. */
export async function uploadDeploymentFiles(stack: DeployedStack, { s3 }: Clients): Promise<void> {
  for (const [name, output] of Object.entries(stack.outputs).filter(([key]) => key.startsWith(OUTPUT))) {
    const [bucket, ...sources] = output.split(SOURCE);
    for (const [key, ...markers] of sources.map((source) => source.split(MARKER))) {
      const folder = stack.assets.find((asset) => asset.key === key)?.path;
      if (!folder) throw new Error(`${name}: no asset ${key} in stack ${stack.name}`);
      for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => fs.statSync(path.join(folder, each)).isFile())) {
        const bytes = fs.readFileSync(path.join(folder, file));
        const Body = markers.length > 0 ? replaceMarkers(bytes.toString('utf8'), markers) : bytes;
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: file, Body, ContentType: TYPES[path.extname(file)] }));
      }
    }
  }
}

function replaceMarkers(text: string, markers: readonly string[]): string {
  return markers.reduce((filledText, marker, index) => (index % 2 === 0 ? filledText.replaceAll(marker, markers[index + 1]) : filledText), text);
}
