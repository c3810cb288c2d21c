import * as fs from 'node:fs';
import * as path from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { LocalRunError } from '../../cli/local-run-error';
import { type Clients } from '../../emulator/clients';
import { displayPath } from '../../processes/paths';
import { resourcesOfType, type Template } from '../../template/template';
import { type DeployedStack } from '../create-stack';

export const BUCKET_DEPLOYMENT = 'Custom::CDKBucketDeployment';

const OUTPUT_PREFIX = 'LocalWebsite';
/** Separators in the value of an output: the bucket, then for each source its key and its markers with their values. */
const [SOURCE_SEPARATOR, MARKER_SEPARATOR] = ['\u001e', '\u001f'];

/** Replaces each bucket deployment with an output that describes it. CloudFormation resolves the values of its markers. */
export function replaceDeploymentsWithOutputs(template: Template): Template {
  const deployments = resourcesOfType(template, BUCKET_DEPLOYMENT);
  const outputs = deployments.map(([, properties], position) => {
    const { DestinationBucketName: bucket, SourceObjectKeys: keys, SourceMarkers: markers = [] } = properties as unknown as Deployment;
    const unsupported = ['DestinationBucketKeyPrefix', 'Include', 'Exclude', 'Extract'].filter((name) => name in properties);
    if (unsupported.length > 0) {
      throw new LocalRunError(`BucketDeployment with ${unsupported.join(', ')} is not supported`, `add support in ${displayPath(__filename)}`);
    }
    const parts = keys.flatMap((key, index) => {
      const values = Object.entries(markers[index] ?? {}).flatMap(([marker, value]) => [MARKER_SEPARATOR, marker, MARKER_SEPARATOR, value]);
      return [SOURCE_SEPARATOR, key, ...values];
    });
    return [`${OUTPUT_PREFIX}${position}`, { Value: { 'Fn::Join': ['', [bucket, ...parts]] } }];
  });
  const resources = Object.entries(template.Resources).filter(([, { Type }]) => Type !== BUCKET_DEPLOYMENT);
  return { ...template, Resources: Object.fromEntries(resources), Outputs: { ...template.Outputs, ...Object.fromEntries(outputs) as object } };
}

interface Deployment {
  readonly DestinationBucketName: unknown;
  readonly SourceObjectKeys: readonly string[];
  readonly SourceMarkers?: readonly Readonly<Record<string, unknown>>[];
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml',
};

/** Uploads the files of the bucket deployments that the outputs describe. */
export async function uploadDeploymentFiles(stack: DeployedStack, { s3 }: Clients): Promise<void> {
  for (const [outputName, output] of Object.entries(stack.outputs).filter(([key]) => key.startsWith(OUTPUT_PREFIX))) {
    const [bucket, ...sources] = output.split(SOURCE_SEPARATOR);
    for (const [key, ...markers] of sources.map((source) => source.split(MARKER_SEPARATOR))) {
      const folder = stack.assets.find((asset) => asset.key === key)?.path;
      if (!folder) throw new Error(`${outputName}: no asset ${key} in stack ${stack.name}`);
      const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
      for (const file of names.filter((name) => fs.statSync(path.join(folder, name)).isFile())) {
        const bytes = fs.readFileSync(path.join(folder, file));
        const Body = markers.length > 0 ? replaceMarkers(bytes.toString('utf8'), markers) : bytes;
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: file, Body, ContentType: CONTENT_TYPES[path.extname(file)] }));
      }
    }
  }
}

function replaceMarkers(text: string, markers: readonly string[]): string {
  return markers.reduce((result, marker, index) => (index % 2 === 0 ? result.replaceAll(marker, markers[index + 1]) : result), text);
}
