import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type SynthesizedStack } from '../app/synthesize';
import { type Clients } from '../emulator/clients';

/** The newest bootstrap version of the oldest supported CDK. Templates require a minimum version. */
const BOOTSTRAP_VERSION = '28';

/** Creates the resources of `cdk bootstrap` that the templates use: the asset buckets and the version parameters. */
export async function bootstrap(stacks: readonly SynthesizedStack[], { s3, ssm }: Clients): Promise<void> {
  for (const bucket of new Set(stacks.flatMap((stack) => stack.assets).map((asset) => asset.bucket))) {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  }
  for (const name of new Set(stacks.flatMap(versionParameters))) {
    await ssm.send(new PutParameterCommand({ Name: name, Value: BOOTSTRAP_VERSION, Type: 'String', Overwrite: true }));
  }
}

/** Returns the name of the SSM parameter in `BootstrapVersion`, if the template has one. */
export function versionParameters({ template }: Pick<SynthesizedStack, 'template'>): string[] {
  const { BootstrapVersion } = (template.Parameters ?? {}) as { BootstrapVersion?: { Default?: string } };
  return BootstrapVersion?.Default ? [BootstrapVersion.Default] : [];
}
