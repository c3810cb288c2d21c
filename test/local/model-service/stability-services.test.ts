import { ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { ModelService, startModelService } from '../../../local/model-service/server';
import { calls, http1Client, imageFile, invoke, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => {
  service = await startModelService();
  // What is drawn is the matter of another suite; a filtered answer shows as well that the body was taken
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

/** Values that a parameter takes, and others with the fault that is found in them. */
interface Trial {
  readonly taken: readonly unknown[];
  readonly refused: readonly (readonly [value: unknown, fault: RegExp])[];
}

const text: Trial = {
  taken: ['x', LONGEST, '🦊'.repeat(10_000)],
  refused: [[`${LONGEST}x`, /expected maxLength: 10000, actual: 10001/], [7, /expected type: String, found: Integer/], [null, /found: Null/]],
};
const number = (min: number, max: number): Trial => ({
  taken: [min, max, (min + max) / 2],
  refused: [
    [Number((min - 0.01).toFixed(2)), new RegExp(`is not greater or equal to ${min}`)],
    [Number((max + 0.01).toFixed(2)), new RegExp(`is not less or equal to ${max}`)],
    [String(max), /expected type: Number, found: String/],
    [null, /expected type: Number, found: Null/],
  ],
});
const integer = (min: number, max: number): Trial => ({
  taken: [min, max],
  refused: [
    [min - 1, new RegExp(`is not greater or equal to ${min}`)], [max + 1, new RegExp(`is not less or equal to ${max}`)],
    [min + 0.5, /expected type: Integer, found: Double/], [String(max), /expected type: Integer, found: String/],
  ],
});
const choice = (values: readonly string[], other: string): Trial => ({
  taken: values,
  refused: [[other, /is not a valid enum value/], [`${values[0]} `, /is not a valid enum value/], [1, /expected type: String, found: Integer/]],
});
const anyImage: Trial = {
  taken: [base64(64, 96, undefined, 'jpeg'), base64(96, 64, undefined, 'webp')],
  refused: [
    [7, /expected type: String, found: Integer/], ['not base64!', /the image is not base64/], [`${IMAGE}=`, /the image is not base64/],
    [GIF, /the image format is not supported/], ['', /the image is not base64/],
    [Buffer.from('no image').toString('base64'), /the image format is not supported/],
    [imageFile(64, 96).subarray(0, 40).toString('base64'), /the image cannot be decoded/],
  ],
};
const large = (width: number, height: number) => base64(width, height, () => undefined, 'jpeg');
const input: Trial = {
  taken: [...anyImage.taken, base64(64, 64), base64(160, 64), base64(64, 160), large(3072, 3072)],
  refused: [
    ...anyImage.refused,
    [base64(63, 64), /expected sides of at least 64 pixels, actual: 63x64/], [base64(64, 63), /expected sides of at least 64 pixels/],
    [base64(161, 64), /expected an aspect ratio within 1:2.5..2.5:1, actual: 161x64/], [base64(64, 161), /expected an aspect ratio/],
    [large(3072, 3073), /expected at most 9437184 pixels, actual: 9440256/],
  ],
};
const creativeInput: Trial = {
  taken: [...anyImage.taken, base64(64, 64), large(1024, 1024), large(4096, 256)],
  refused: [...anyImage.refused, [base64(63, 65), /at least 64 pixels/], [large(1024, 1025), /expected at most 1048576 pixels, actual: 1049600/]],
};
const fastInput: Trial = {
  taken: [...anyImage.taken, base64(32, 32), base64(1536, 32), large(1024, 1024)],
  refused: [
    ...anyImage.refused, [base64(31, 40), /at least 32 pixels/], [base64(1537, 32), /expected sides of at most 1536 pixels, actual: 1537x32/],
    [large(1024, 1025), /expected at most 1048576 pixels/],
  ],
};
const seed = integer(0, 4_294_967_294);
const output_format = choice(['jpeg', 'png', 'webp'], 'gif');
const style_preset = choice(PRESETS, 'baroque');
const prompts = { prompt: text, negative_prompt: text };
const drawn = { seed, output_format };
const growth = integer(0, 2000);
const grow_mask = integer(0, 20);
const strength = number(0, 1);

interface Operation {
  /** What it cannot do without, in its smallest form. */
  readonly least: Readonly<Record<string, unknown>>;
  readonly trials: Readonly<Record<string, Trial>>;
  /** Parameters of other operations that this one does not have. */
  readonly foreign: readonly string[];
}

const prompted = { prompt: 'x', image: IMAGE };
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'stable-creative-upscale-v1:0': {
    least: prompted, trials: { ...prompts, ...drawn, style_preset, image: creativeInput, creativity: number(0.1, 0.5) }, foreign: ['mask', 'strength'],
  },
  'stable-conservative-upscale-v1:0': {
    least: prompted, trials: { ...prompts, ...drawn, image: input, creativity: number(0.1, 0.5) }, foreign: ['style_preset', 'mask'],
  },
  'stable-fast-upscale-v1:0': { least: { image: IMAGE }, trials: { image: fastInput, output_format }, foreign: ['prompt', 'seed', 'creativity'] },
  'stable-image-inpaint-v1:0': {
    least: prompted, trials: { ...prompts, ...drawn, style_preset, image: input, mask: anyImage, grow_mask }, foreign: ['strength', 'aspect_ratio'],
  },
  'stable-outpaint-v1:0': {
    least: { image: IMAGE, left: 1 },
    trials: {
      ...drawn,
      style_preset,
      image: input,
      prompt: text,
      left: { ...growth, taken: [1, 2000] },
      right: growth,
      up: growth,
      down: growth,
      creativity: number(0.1, 1),
    },
    foreign: ['negative_prompt', 'mask', 'top'],
  },
  'stable-image-search-recolor-v1:0': {
    least: { ...prompted, select_prompt: 'x' },
    trials: { ...prompts, ...drawn, style_preset, image: input, select_prompt: text, grow_mask },
    foreign: ['search_prompt', 'mask'],
  },
  'stable-image-search-replace-v1:0': {
    least: { ...prompted, search_prompt: 'x' },
    trials: { ...prompts, ...drawn, style_preset, image: input, search_prompt: text, grow_mask },
    foreign: ['select_prompt', 'mask'],
  },
  'stable-image-erase-object-v1:0': {
    least: { image: IMAGE }, trials: { ...drawn, image: input, mask: anyImage, grow_mask }, foreign: ['prompt', 'style_preset'],
  },
  'stable-image-remove-background-v1:0': { least: { image: IMAGE }, trials: { image: input, output_format }, foreign: ['prompt', 'seed'] },
  'stable-image-control-sketch-v1:0': {
    least: prompted, trials: { ...prompts, ...drawn, style_preset, image: input, control_strength: strength }, foreign: ['aspect_ratio', 'fidelity'],
  },
  'stable-image-control-structure-v1:0': {
    least: prompted, trials: { ...prompts, ...drawn, style_preset, image: input, control_strength: strength }, foreign: ['aspect_ratio', 'strength'],
  },
  'stable-image-style-guide-v1:0': {
    least: prompted,
    trials: { ...prompts, ...drawn, style_preset, image: input, aspect_ratio: choice(ASPECT_RATIOS, '4:3'), fidelity: strength },
    foreign: ['control_strength', 'style_image'],
  },
  'stable-style-transfer-v1:0': {
    least: { init_image: IMAGE, style_image: IMAGE },
    trials: {
      ...prompts,
      ...drawn,
      init_image: input,
      style_image: input,
      composition_fidelity: strength,
      style_strength: strength,
      change_strength: number(0.1, 1),
    },
    foreign: ['style_preset', 'image', 'fidelity'],
  },
};

const shortened = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 40);
const rows = <Row>(of: (operation: Operation) => readonly Row[]) => (
  Object.entries(OPERATIONS).flatMap(([id, operation]) => of(operation).map((row) => ({ id, ...row })))
);
const ask = async (id: string, body: object, options = {}) => invoke(http1Client(service, options), `us.stability.${id}`, body);

describe('a body', () => {
  it.each(rows(({ least, trials }) => [
    { name: 'nothing but what is required', body: least },
    ...Object.entries(trials).flatMap(([parameter, { taken }]) => (
      taken.map((value) => ({ name: `${parameter}: ${shortened(value)}`, body: { ...least, [parameter]: value } }))
    )),
  ]))('is taken by $id with $name', async ({ id, body }) => {
    expect((await ask(id, body)).finish_reasons).toEqual(['Filter reason: output image']);
  });

  it.each(rows(({ least, trials, foreign }) => [
    ...Object.entries(trials).flatMap(([parameter, { refused }]) => (
      refused.map(([value, fault]) => ({ name: `${parameter}: ${shortened(value)}`, parameter, body: { ...least, [parameter]: value }, fault }))
    )),
    ...[...foreign, 'toString', 'n'].map((parameter) => (
      { name: `the unknown ${parameter}`, parameter, body: { ...least, [parameter]: 1 }, fault: /extraneous key \[\w+\] is not permitted/ }
    )),
  ]))('is refused by $id with $name', async ({ id, parameter, body, fault }) => {
    const call = ask(id, body);

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(fault);
    await expect(call).rejects.toThrow(parameter);
  });

  it.each(rows(({ least }) => Object.keys(least).map((parameter) => ({ parameter, body: { ...least, [parameter]: undefined } }))))(
    'is refused by $id without $parameter', async ({ id, parameter, body }) => {
      const fault = parameter === 'left' ? /at least one of \[left, right, up, down\]/ : new RegExp(`required key \\[${parameter}\\] not found`);

      await expect(ask(id, body)).rejects.toThrow(fault);
    },
  );

  it.each(rows(({ least }) => Object.keys(least).filter((name) => name.endsWith('prompt')).map((parameter) => ({ parameter, least }))))(
    'is refused by $id with an empty $parameter', async ({ id, parameter, least }) => {
      await expect(ask(id, { ...least, [parameter]: '' })).rejects.toThrow(`#/${parameter}: expected minLength: 1`);
    },
  );

  it('of an outpainting grows at least one side', async () => {
    const refused = ask('stable-outpaint-v1:0', { image: IMAGE, left: 0, right: 0, up: 0, down: 0 });

    await expect(refused).rejects.toThrow(/expected at least one of \[left, right, up, down\] to be greater than 0/);
    for (const side of ['left', 'right', 'up', 'down']) {
      expect((await ask('stable-outpaint-v1:0', { image: IMAGE, left: 0, [side]: 1 })).finish_reasons).toHaveLength(1);
    }
  });
});

describe('the operation', () => {
  const profiles = Object.entries(OPERATIONS).map(([id, { least }]) => ({ id, least }));
  const other = ['us-west-1', 'eu-west-1', 'ca-central-1'];

  it.each(profiles)('$id is called by its profile from three regions, and from no other', async ({ id, least }) => {
    for (const region of ['us-east-1', 'us-east-2', 'us-west-2']) {
      const arn = `arn:aws:bedrock:${region}:123456789012:inference-profile/us.stability.${id}`;
      expect((await ask(id, least, { region })).finish_reasons).toHaveLength(1);
      expect((await invoke(http1Client(service, { region }), arn, least)).finish_reasons).toHaveLength(1);
    }
    for (const region of other) await expect(ask(id, least, { region })).rejects.toThrow('The provided model identifier is invalid.');
  });

  it.each(profiles)('$id refuses its bare id', async ({ id, least }) => {
    await expect(invoke(http1Client(service), `stability.${id}`, least)).rejects.toThrow(/on-demand throughput isn't supported/);
  });

  it.each(profiles)('$id is counted as refused, whatever the mode', async ({ id }) => {
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });

    await expect(ask(id, {})).rejects.toThrow(ValidationException);

    expect((await calls(service)).calls).toMatchObject([{ modelId: `us.stability.${id}`, outcome: 'refused' }]);
  });
});
