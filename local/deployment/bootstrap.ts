import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { SynthesizedStack } from '../app/synthesize';
import { Clients } from '../emulator/clients';

/** The newest bootstrap version known to the CDK floor; templates only ask for a lower bound. */
const BOOTSTRAP_VERSION = '28';

/** What `cdk bootstrap` would have made: the buckets for assets and the version parameters that templates read. */
export async function bootstrap(stacks: readonly SynthesizedStack[], { s3, ssm }: Clients): Promise<void> {
  for (const bucket of new Set(stacks.flatMap((stack) => stack.assets).map((asset) => asset.bucket))) {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  }
  for (const name of new Set(stacks.flatMap(versionParameters))) {
    await ssm.send(new PutParameterCommand({ Name: name, Value: BOOTSTRAP_VERSION, Type: 'String', Overwrite: true }));
  }
}

/** The SSM parameter that the template's `BootstrapVersion` names. */
export function versionParameters({ template }: Pick<SynthesizedStack, 'template'>): string[] {
  const { BootstrapVersion } = (template.Parameters ?? {}) as { BootstrapVersion?: { Default?: string } };
  return BootstrapVersion?.Default ? [BootstrapVersion.Default] : [];
}
