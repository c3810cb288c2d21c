import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiRoutes, Delivery, ImageEdits, ImageModel, LegacyMethod, LegacyReply } from '../../src';
import { EDIT_MODELS, MODELS } from '../../src/private/contract/models';
import { only, synth } from '../helpers/stack';

// What the docs say of AWS that no template can change. The numbers come from the construct.

const page = (name: string) => fs.readFileSync(path.join(__dirname, '../../docs', name), 'utf8');
const usd = (amount: number) => `$${amount.toLocaleString('en-US')}`;

const DEFAULT_RATE = only<{ MethodSettings: { ThrottlingRateLimit: number }[] }>(synth(), 'AWS::ApiGateway::Stage').MethodSettings[0].ThrottlingRateLimit;
const GENERATING = [/^images$/, /^edits$/, /^batches$/, /^generations$/, /^legacy$/];

describe('limits-and-costs.md on throttling, which is per method', () => {
  const text = page('limits-and-costs.md');

  it('counts the methods that generate images', () => {
    const template = synth({
      model: ImageModel.STABLE_IMAGE_CORE,
      edits: ImageEdits.all(),
      delivery: Delivery.queued(),
      routes: [
        ApiRoutes.standard(), ApiRoutes.openAi(),
        ApiRoutes.legacy({ path: '/legacy', methods: [LegacyMethod.GET, LegacyMethod.POST], reply: LegacyReply.base64() }),
      ],
    });
    const paths = template.findResources('AWS::ApiGateway::Resource') as Record<string, { Properties: { PathPart: string } }>;
    const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => ({
      httpMethod: Properties.HttpMethod as string, path: paths[(Properties.ResourceId as { Ref?: string }).Ref ?? '']?.Properties.PathPart ?? '',
    }));
    const generating = methods.filter(({ httpMethod, path: part }) => (
      (httpMethod === 'POST' || part === 'legacy') && httpMethod !== 'OPTIONS' && GENERATING.some((name) => name.test(part))));
    expect(generating).toHaveLength(7);
    expect(text).toContain(`are seven methods, together ${7 * DEFAULT_RATE} requests per second by default`);
  });

  it.each([
    ['Stable Image Core', MODELS.find(({ alias }) => alias === 'stable-image-core')?.priceUsd],
    ['Stable Image Ultra', MODELS.find(({ alias }) => alias === 'stable-image-ultra')?.priceUsd],
    ['Creative upscale', EDIT_MODELS.find(({ operation }) => operation === 'creative-upscale')?.priceUsd],
  ])('states what %s can cost per hour at the default rate', (name, price = NaN) => {
    const perHour = price * DEFAULT_RATE * 3600;
    expect(text).toContain(`| ${name}, $${price.toFixed(2)} | ${usd(Math.round(perHour))} | ${usd(Math.round(4 * perHour))} |`);
  });

  it.each(['Service Quotas', 'compute.reservedConcurrency', 'maxConcurrency', 'addFirewall', 'AWS Budgets', 'daily budget'])('names %s as a limit', (limit) => {
    expect(text).toContain(limit);
  });
});

it('security.md names the logs outside the construct that contain prompts', () => {
  const text = page('security.md');
  expect(text).toMatch(/Model invocation logging of Amazon Bedrock .* stores prompts and images/);
  expect(text).toMatch(/legacy routes with `GET` contain the prompt in the query string\. .*CloudFront.*web ACL/);
});

it('storage.md says how images stay readable after the KMS key is replaced', () => {
  expect(page('storage.md')).toMatch(/replace or remove the key, .*Grant `oldKey\.grantDecrypt` to `images\.handler` and `images\.worker`/);
});

it('asynchronous.md says that the default concurrency of workers uses the whole quota of a new account', () => {
  const { ScalingConfig } = only<{ ScalingConfig: { MaximumConcurrency: number } }>(synth({ delivery: Delivery.queued() }), 'AWS::Lambda::EventSourceMapping');
  expect(page('asynchronous.md')).toContain(`\`maxConcurrency\` (default ${ScalingConfig.MaximumConcurrency})`);
  expect(page('asynchronous.md')).toContain('New AWS accounts can have a Lambda concurrency quota of 10');
  expect(page('troubleshooting.md')).toContain('New AWS accounts can have a quota of 10');
});
