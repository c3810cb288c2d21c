import { ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { EDITS } from '../../../local/model-service/drawing/edits/edits-by-model';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { EDIT_MODELS } from '../../../src/private/contract/models';
import { calls, http1Client, imageFile, invoke, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => {
  service = await startModelService();
  // a filtered response shows that the body is accepted, and is faster than an image
  await setMode(service, { mode: 'filter-output' });
});
afterAll(async () => service.close());

const base64 = (...image: Parameters<typeof imageFile>) => imageFile(...image).toString('base64');
const IMAGE = base64(64, 96);
const LONGEST = 'é'.repeat(10_000);
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const PRESETS = [
  '3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art', 'enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly',
  'modeling-compound', 'neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture',
];
const ASPECT_RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];

/** Values of a parameter that are accepted, and values that are rejected with a message. */
interface Cases {
  readonly accepted: readonly unknown[];
  readonly rejected: readonly (readonly [value: unknown, message: RegExp])[];
}

const text: Cases = {
  accepted: ['x', LONGEST, '🦊'.repeat(10_000)],
  rejected: [[`${LONGEST}x`, /expected maxLength: 10000, actual: 10001/], [7, /expected type: String, found: Integer/], [null, /found: Null/]],
};
const number = (min: number, max: number): Cases => ({
  accepted: [min, max, (min + max) / 2],
  rejected: [
    [Number((min - 0.01).toFixed(2)), new RegExp(`is not greater or equal to ${min}`)],
    [Number((max + 0.01).toFixed(2)), new RegExp(`is not less or equal to ${max}`)],
    [String(max), /expected type: Number, found: String/],
    [null, /expected type: Number, found: Null/],
  ],
});
const integer = (min: number, max: number): Cases => ({
  accepted: [min, max],
  rejected: [
    [min - 1, new RegExp(`is not greater or equal to ${min}`)], [max + 1, new RegExp(`is not less or equal to ${max}`)],
    [min + 0.5, /expected type: Integer, found: Double/], [String(max), /expected type: Integer, found: String/],
  ],
});
const choice = (values: readonly string[], other: string): Cases => ({
  accepted: values,
  rejected: [[other, /is not a valid enum value/], [`${values[0]} `, /is not a valid enum value/], [1, /expected type: String, found: Integer/]],
});
const anyImage: Cases = {
  accepted: [base64(64, 96, undefined, 'jpeg'), base64(96, 64, undefined, 'webp')],
  rejected: [
    [7, /expected type: String, found: Integer/], ['not base64!', /the image is not base64/], [`${IMAGE}=`, /the image is not base64/],
    [GIF, /the image format is not supported/], ['', /the image is not base64/],
    [Buffer.from('no image').toString('base64'), /the image format is not supported/],
    [imageFile(64, 96).subarray(0, 40).toString('base64'), /the image cannot be decoded/],
  ],
};
const large = (width: number, height: number) => base64(width, height, () => undefined, 'jpeg');
const input: Cases = {
  accepted: [...anyImage.accepted, base64(64, 64), base64(160, 64), base64(64, 160), large(3072, 3072)],
  rejected: [
    ...anyImage.rejected,
    [base64(63, 64), /expected sides of at least 64 pixels, actual: 63x64/], [base64(64, 63), /expected sides of at least 64 pixels/],
    [base64(161, 64), /expected an aspect ratio within 1:2.5..2.5:1, actual: 161x64/], [base64(64, 161), /expected an aspect ratio/],
    [large(3072, 3073), /expected at most 9437184 pixels, actual: 9440256/],
  ],
};
const creativeInput: Cases = {
  accepted: [...anyImage.accepted, base64(64, 64), large(1024, 1024), large(4096, 256)],
  rejected: [...anyImage.rejected, [base64(63, 65), /at least 64 pixels/], [large(1024, 1025), /expected at most 1048576 pixels, actual: 1049600/]],
};
const fastInput: Cases = {
  accepted: [...anyImage.accepted, base64(32, 32), base64(1536, 32), large(1024, 1024)],
  rejected: [
    ...anyImage.rejected, [base64(31, 40), /at least 32 pixels/], [base64(1537, 32), /expected sides of at most 1536 pixels, actual: 1537x32/],
    [large(1024, 1025), /expected at most 1048576 pixels/],
  ],
};
const seed = integer(0, 4_294_967_294);
const output_format = choice(['jpeg', 'png', 'webp'], 'gif');
const style_preset = choice(PRESETS, 'baroque');
const prompts = { prompt: text, negative_prompt: text };
const common = { seed, output_format };
const growth = integer(0, 2000);
const grow_mask = integer(0, 20);
const strength = number(0, 1);

interface Operation {
  /** A minimal valid body. */
  readonly minimal: Readonly<Record<string, unknown>>;
  readonly cases: Readonly<Record<string, Cases>>;
  /** Parameters of other operations that this operation does not support. */
  readonly unsupported: readonly string[];
}

const prompted = { prompt: 'x', image: IMAGE };
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'stable-creative-upscale-v1:0': {
    minimal: prompted, cases: { ...prompts, ...common, style_preset, image: creativeInput, creativity: number(0.1, 0.5) }, unsupported: ['mask', 'strength'],
  },
  'stable-conservative-upscale-v1:0': {
    minimal: prompted, cases: { ...prompts, ...common, image: input, creativity: number(0.1, 0.5) }, unsupported: ['style_preset', 'mask'],
  },
  'stable-fast-upscale-v1:0': { minimal: { image: IMAGE }, cases: { image: fastInput, output_format }, unsupported: ['prompt', 'seed', 'creativity'] },
  'stable-image-inpaint-v1:0': {
    minimal: prompted, cases: { ...prompts, ...common, style_preset, image: input, mask: anyImage, grow_mask }, unsupported: ['strength', 'aspect_ratio'],
  },
  'stable-outpaint-v1:0': {
    minimal: { image: IMAGE, left: 1 },
    cases: {
      ...common,
      style_preset,
      image: input,
      prompt: text,
      left: { ...growth, accepted: [1, 2000] },
      right: growth,
      up: growth,
      down: growth,
      creativity: number(0.1, 1),
    },
    unsupported: ['negative_prompt', 'mask', 'top'],
  },
  'stable-image-search-recolor-v1:0': {
    minimal: { ...prompted, select_prompt: 'x' },
    cases: { ...prompts, ...common, style_preset, image: input, select_prompt: text, grow_mask },
    unsupported: ['search_prompt', 'mask'],
  },
  'stable-image-search-replace-v1:0': {
    minimal: { ...prompted, search_prompt: 'x' },
    cases: { ...prompts, ...common, style_preset, image: input, search_prompt: text, grow_mask },
    unsupported: ['select_prompt', 'mask'],
  },
  'stable-image-erase-object-v1:0': {
    minimal: { image: IMAGE }, cases: { ...common, image: input, mask: anyImage, grow_mask }, unsupported: ['prompt', 'style_preset'],
  },
  'stable-image-remove-background-v1:0': { minimal: { image: IMAGE }, cases: { image: input, output_format }, unsupported: ['prompt', 'seed'] },
  'stable-image-control-sketch-v1:0': {
    minimal: prompted, cases: { ...prompts, ...common, style_preset, image: input, control_strength: strength }, unsupported: ['aspect_ratio', 'fidelity'],
  },
  'stable-image-control-structure-v1:0': {
    minimal: prompted, cases: { ...prompts, ...common, style_preset, image: input, control_strength: strength }, unsupported: ['aspect_ratio', 'strength'],
  },
  'stable-image-style-guide-v1:0': {
    minimal: prompted,
    cases: { ...prompts, ...common, style_preset, image: input, aspect_ratio: choice(ASPECT_RATIOS, '4:3'), fidelity: strength },
    unsupported: ['control_strength', 'style_image'],
  },
  'stable-style-transfer-v1:0': {
    minimal: { init_image: IMAGE, style_image: IMAGE },
    cases: {
      ...prompts,
      ...common,
      init_image: input,
      style_image: input,
      composition_fidelity: strength,
      style_strength: strength,
      change_strength: number(0.1, 1),
    },
    unsupported: ['style_preset', 'image', 'fidelity'],
  },
};

const EDIT_IDS = EDIT_MODELS.map(({ id }) => id).sort();

it('each edit of the catalog has a drawing and test cases', () => {
  expect(Object.keys(EDITS).sort()).toEqual(EDIT_IDS);
  expect(Object.keys(OPERATIONS).map((id) => `stability.${id}`).sort()).toEqual(EDIT_IDS);
});

const abbreviate = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 40);
const rows = <Row>(of: (operation: Operation) => readonly Row[]) => (
  Object.entries(OPERATIONS).flatMap(([id, operation]) => of(operation).map((row) => ({ id, ...row })))
);
const invokeOperation = async (id: string, body: object, options = {}) => invoke(http1Client(service, options), `us.stability.${id}`, body);

describe('image service request body', () => {
  it.each(rows(({ minimal, cases }) => [
    { name: 'only required parameters', body: minimal },
    ...Object.entries(cases).flatMap(([parameter, { accepted }]) => (
      accepted.map((value) => ({ name: `${parameter}: ${abbreviate(value)}`, body: { ...minimal, [parameter]: value } }))
    )),
  ]))('is accepted by $id with $name', async ({ id, body }) => {
    expect((await invokeOperation(id, body)).finish_reasons).toEqual(['Filter reason: output image']);
  });

  it.each(rows(({ minimal, cases, unsupported }) => [
    ...Object.entries(cases).flatMap(([parameter, { rejected }]) => (
      rejected.map(([value, message]) => ({ name: `${parameter}: ${abbreviate(value)}`, parameter, body: { ...minimal, [parameter]: value }, message }))
    )),
    ...[...unsupported, 'toString', 'n'].map((parameter) => (
      { name: `the unsupported parameter ${parameter}`, parameter, body: { ...minimal, [parameter]: 1 }, message: /extraneous key \[\w+\] is not permitted/ }
    )),
  ]))('is rejected by $id with $name', async ({ id, parameter, body, message }) => {
    const promise = invokeOperation(id, body);

    await expect(promise).rejects.toThrow(ValidationException);
    await expect(promise).rejects.toThrow(message);
    await expect(promise).rejects.toThrow(parameter);
  });

  it.each(rows(({ minimal }) => Object.keys(minimal).map((parameter) => ({ parameter, body: { ...minimal, [parameter]: undefined } }))))(
    'is rejected by $id without $parameter', async ({ id, parameter, body }) => {
      const message = parameter === 'left' ? /at least one of \[left, right, up, down\]/ : new RegExp(`required key \\[${parameter}\\] not found`);

      await expect(invokeOperation(id, body)).rejects.toThrow(message);
    },
  );

  it.each(rows(({ minimal }) => Object.keys(minimal).filter((name) => name.endsWith('prompt')).map((parameter) => ({ parameter, minimal }))))(
    'is rejected by $id with an empty $parameter', async ({ id, parameter, minimal }) => {
      await expect(invokeOperation(id, { ...minimal, [parameter]: '' })).rejects.toThrow(`#/${parameter}: expected minLength: 1`);
    },
  );

  it('of stable-outpaint must extend at least one side', async () => {
    const rejected = invokeOperation('stable-outpaint-v1:0', { image: IMAGE, left: 0, right: 0, up: 0, down: 0 });

    await expect(rejected).rejects.toThrow(/expected at least one of \[left, right, up, down\] to be greater than 0/);
    for (const side of ['left', 'right', 'up', 'down']) {
      expect((await invokeOperation('stable-outpaint-v1:0', { image: IMAGE, left: 0, [side]: 1 })).finish_reasons).toHaveLength(1);
    }
  });
});

describe('image service operation', () => {
  const profiles = Object.entries(OPERATIONS).map(([id, { minimal }]) => ({ id, minimal }));
  const other = ['us-west-1', 'eu-west-1', 'ca-central-1'];

  it.each(profiles)('$id is called with its inference profile, only in three regions', async ({ id, minimal }) => {
    for (const region of ['us-east-1', 'us-east-2', 'us-west-2']) {
      const arn = `arn:aws:bedrock:${region}:123456789012:inference-profile/us.stability.${id}`;
      expect((await invokeOperation(id, minimal, { region })).finish_reasons).toHaveLength(1);
      expect((await invoke(http1Client(service, { region }), arn, minimal)).finish_reasons).toHaveLength(1);
    }
    for (const region of other) await expect(invokeOperation(id, minimal, { region })).rejects.toThrow('The provided model identifier is invalid.');
  });

  it.each(profiles)('$id rejects its model id without a profile', async ({ id, minimal }) => {
    await expect(invoke(http1Client(service), `stability.${id}`, minimal)).rejects.toThrow(/on-demand throughput isn't supported/);
  });

  it.each(profiles)('$id records a rejected request in every mode', async ({ id }) => {
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });

    await expect(invokeOperation(id, {})).rejects.toThrow(ValidationException);

    expect((await calls(service)).calls).toMatchObject([{ modelId: `us.stability.${id}`, outcome: 'rejected' }]);
  });
});
