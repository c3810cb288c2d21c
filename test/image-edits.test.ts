import * as fs from 'node:fs';
import * as path from 'node:path';
import { CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ImageEdit, ImageEdits, ImageStorage } from '../src';
import { HOME, imageApi, only, synth, testStack } from './helpers/stack';
import { EDIT_MODELS } from '../src/private/contract/models';

const rules = (template: Template) => only<{ LifecycleConfiguration: { Rules: unknown[] } }>(template, 'AWS::S3::Bucket').LifecycleConfiguration.Rules;

describe('all', () => {
  it('are the 13 operations', () => {
    const { operations } = ImageEdits.all()._configuration('us-west-2');
    expect([...operations].sort()).toEqual([
      'conservative-upscale', 'creative-upscale', 'erase', 'fast-upscale', 'inpaint', 'outpaint', 'remove-background', 'search-and-recolor', 'search-and-replace',
      'sketch', 'structure', 'style-guide', 'style-transfer',
    ]);
  });
});

describe('ImageEdit', () => {
  const source = fs.readFileSync(path.join(__dirname, '..', 'src', 'image-edits.ts'), 'utf8');

  it.each(EDIT_MODELS)('says what $operation costs', ({ operation, priceUsd }) => {
    expect(source).toMatch(new RegExp(`\\* [^*]* ${priceUsd.toFixed(2)} US dollars\\.\\s+\\*/\\s+[A-Z_]+ = '${operation}'`));
  });
});

describe('of', () => {
  it('are these and no others, called near the stack', () => {
    const edits = ImageEdits.of(ImageEdit.INPAINT, ImageEdit.SKETCH);
    expect(edits._configuration('us-east-1')).toEqual({ region: 'us-east-1', operations: ['inpaint', 'sketch'] });
    expect(edits._configuration('eu-west-1')).toEqual({ region: 'us-west-2', operations: ['inpaint', 'sketch'] });
  });

  it('is called in us-west-2 where the region of the stack is not known', () => {
    expect(ImageEdits.all()._configuration(testStack().region).region).toBe('us-west-2');
  });

  it.each([
    [ImageEdits.of(), "'edits' must name at least one edit; leave it out for none, or write ImageEdits.all()"],
    [ImageEdits.of(ImageEdit.ERASE, ImageEdit.ERASE), "'edits' must hold each name once, got 'erase' more than once"],
    [ImageEdits.of('blur' as ImageEdit), "'edits' must hold members of ImageEdit, got 'blur'"],
  ])('fails %#', (edits, problem) => {
    expect(() => imageApi({ edits })).toThrow(`cannot create GenAiImageApi 'Stack/Images':\n- ${problem}`);
  });
});

describe('storage', () => {
  const edits = ImageEdits.of(ImageEdit.ERASE);
  const images = { Prefix: 'images/', ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' };

  it('expires uploads after a day, only with edits', () => {
    expect(rules(synth({ edits }))).toEqual([images, { Prefix: 'images/uploads/', ExpirationInDays: 1, Status: 'Enabled' }]);
    expect(rules(synth())).toEqual([images]);
  });

  it.each([['', 'uploads/'], ['a/b', 'a/b/uploads/']])('does so under the prefix %p', (prefix, folder) => {
    expect(rules(synth({ edits, storage: ImageStorage.managed({ prefix }) }))[1]).toMatchObject({ Prefix: folder });
  });

  it('does so under a prefix only known at deployment', () => {
    const stack = testStack(HOME);
    const prefix = new CfnParameter(stack, 'Prefix').valueAsString;
    expect(rules(synth({ edits, storage: ImageStorage.managed({ prefix }) }, stack))[1]).toMatchObject({ Prefix: { 'Fn::Join': ['', [{ Ref: 'Prefix' }, 'uploads/']] } });
  });

  it.each([[edits, ['GET', 'HEAD', 'POST']], [undefined, ['GET', 'HEAD']]])('lets pages upload only with edits (%#)', (each, AllowedMethods) => {
    synth({ edits: each, corsOrigins: ['https://a.example'] }).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: { CorsRules: [{ AllowedMethods, AllowedOrigins: ['https://a.example'], AllowedHeaders: ['*'], MaxAge: 3600 }] },
    });
  });

  it('has no CORS without origins', () => {
    synth({ edits }).hasResourceProperties('AWS::S3::Bucket', { CorsConfiguration: Match.absent() });
  });
});
