import * as fs from 'node:fs';
import * as path from 'node:path';
import { CfnParameter } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { ImageEdit, ImageEdits, ImageStorage } from '../src';
import { HOME, imageApi, only, synth, testStack } from './helpers/stack';
import { EDIT_MODELS, EDIT_OPERATIONS } from '../src/private/contract/models';

const lifecycleRules = (template: Template) =>
  only<{ LifecycleConfiguration: { Rules: unknown[] } }>(template, 'AWS::S3::Bucket').LifecycleConfiguration.Rules;

/** Returns the configuration of the handler in a Region. */
const configuration = (edits: ImageEdits, region?: string) =>
  edits._bind(testStack(region === undefined ? undefined : { account: HOME.account, region })).configuration;

describe('ImageEdit', () => {
  it('has the operations of the contract as members', () => {
    expect(Object.values(ImageEdit).sort()).toEqual([...EDIT_OPERATIONS].sort());
  });

  const source = fs.readFileSync(path.join(__dirname, '..', 'src', 'image-edits.ts'), 'utf8');

  it.each(EDIT_MODELS)('documents the price of $operation', ({ operation, priceUsd }) => {
    expect(source).toMatch(new RegExp(`\\* [^*]* ${priceUsd.toFixed(2)} US dollars\\.\\s+\\*/\\s+[A-Z_]+ = '${operation}'`));
  });
});

describe('ImageEdits.all()', () => {
  it('offers the operations of the contract', () => {
    expect(ImageEdits.all()._validate()).toEqual([]);
    expect([...configuration(ImageEdits.all(), 'us-west-2').operations].sort()).toEqual([...EDIT_OPERATIONS].sort());
  });
});

describe('ImageEdits.of()', () => {
  const edits = ImageEdits.of(ImageEdit.INPAINT, ImageEdit.SKETCH);

  it.each([
    ['us-east-1', 'us-east-1'], ['us-east-2', 'us-east-2'], ['us-west-2', 'us-west-2'], ['eu-west-1', 'us-west-2'], [undefined, 'us-west-2'],
  ])('offers these operations only, which a stack in %s calls in %s', (stackRegion, region) => {
    expect(configuration(edits, stackRegion)).toEqual({ region, operations: ['inpaint', 'sketch'] });
  });

  it.each([
    ['no operation', ImageEdits.of(), "'edits' must contain at least one edit; remove it for none, or write ImageEdits.all()"],
    ['a repeated operation', ImageEdits.of(ImageEdit.ERASE, ImageEdit.ERASE), "'edits' must contain each name once, got 'erase' more than once"],
    ['an unknown operation', ImageEdits.of('blur' as ImageEdit), "'edits' must contain members of ImageEdit, got 'blur'"],
  ])('fails for %s', (_case, invalid, problem) => {
    expect(() => imageApi({ edits: invalid })).toThrow(`cannot create GenAiImageApi 'Stack/Images':\n- ${problem}`);
  });
});

describe('the bucket of an API with edits', () => {
  const edits = ImageEdits.of(ImageEdit.ERASE);
  const images = { ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' };

  it('expires uploads after one day', () => {
    expect(lifecycleRules(synth({ edits }))).toEqual([images, { Prefix: 'images/uploads/', ExpirationInDays: 1, Status: 'Enabled' }]);
  });

  it('has a rule for uploads only with edits', () => {
    expect(lifecycleRules(synth())).toEqual([images]);
  });

  it.each([['', 'uploads/'], ['a/b', 'a/b/uploads/']])('expires uploads under the prefix %p', (prefix, folder) => {
    expect(lifecycleRules(synth({ edits, storage: ImageStorage.managed({ prefix }) }))[1]).toMatchObject({ Prefix: folder });
  });

  it('expires uploads under a prefix that is only known at deployment', () => {
    const stack = testStack(HOME);
    const prefix = new CfnParameter(stack, 'Prefix').valueAsString;
    expect(lifecycleRules(synth({ edits, storage: ImageStorage.managed({ prefix }) }, stack))[1]).toMatchObject({
      Prefix: { 'Fn::Join': ['', [{ Ref: 'Prefix' }, 'uploads/']] },
    });
  });

  it.each([
    ['uploads by web pages with edits', edits, ['GET', 'HEAD', 'POST']],
    ['reads only without edits', undefined, ['GET', 'HEAD']],
  ])('allows %s', (_case, each, AllowedMethods) => {
    synth({ edits: each, corsOrigins: ['https://a.example'] }).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: { CorsRules: [{ AllowedMethods, AllowedOrigins: ['https://a.example'], AllowedHeaders: ['*'], MaxAge: 3600 }] },
    });
  });

  it('has no CORS rules without origins', () => {
    synth({ edits }).hasResourceProperties('AWS::S3::Bucket', { CorsConfiguration: Match.absent() });
  });
});
