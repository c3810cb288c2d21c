import { findModel, labelOf } from '../../../src/playground/models/capabilities';
import { type Form, formOf } from '../../../src/playground/models/form';
import { requiredNames, visibleFields } from '../../../src/playground/models/rules';
import { type FormValues } from '../../../src/playground/models/values';
import { type Edit, type Model } from '../../../src/private/contract/responses';
import { CAPABILITIES, editForm, modelForm, PAGE_EDITS, PAGE_MODELS } from '../../fixtures/playground-models';

const names = (form: Form, values: FormValues = {}) => visibleFields(form, values).map(({ name }) => name);
const model = (parameters: Model['parameters'], rules?: Model['rules']): Model => ({
  id: 'x', default: true, imagesPerCall: 1, region: 'us-east-1', lifecycle: { status: 'active' }, parameters: { ...parameters }, ...(rules && { rules }),
});

it('the form of Stable Image Core has its parameters in the order of the page, and styles that add words', () => {
  expect(names(modelForm('stable-image-core'))).toEqual([
    'prompt', 'style', 'aspectRatio', 'count', 'negativePrompt', 'seed', 'outputFormat', 'enhancePrompt',
  ]);
  expect(modelForm('stable-image-core').fields.find(({ name }) => name === 'style')).toMatchObject({ kind: 'chips', addsWords: true, required: false });
});

it('the form of a model with styles and sizes shows those of the model', () => {
  const { fields } = modelForm('nova-canvas');
  expect(fields.map(({ name }) => name)).toEqual(['prompt', 'style', 'size', 'count', 'negativePrompt', 'seed', 'cfgScale', 'quality', 'enhancePrompt']);
  expect(fields.find(({ name }) => name === 'style')).not.toHaveProperty('addsWords');
});

it('a choice of one value is not shown', () => {
  expect(modelForm('nova-canvas').target.parameters).toHaveProperty('outputFormat');
  expect(names(modelForm('nova-canvas'))).not.toContain('outputFormat');
});

it('each parameter of the catalog has a control of its own, and none is shown with its field name', () => {
  for (const { fields } of [...PAGE_MODELS, ...PAGE_EDITS].map(formOf)) {
    for (const { name, label, order } of fields) {
      expect([name, label]).not.toEqual([name, name]);
      expect([name, order < 1000]).toEqual([name, true]);
    }
  }
});

it('a parameter that the page does not know gets a control by its type, under More settings, with its name as label', () => {
  const form = formOf(model({
    glow: { type: 'number', minimum: 0, maximum: 1 },
    tags: { type: 'texts', maxItems: 3 },
    mood: { type: 'choice', values: ['calm', 'wild'] },
    era: { type: 'choice', values: ['a', 'b', 'c', 'd', 'e'] },
    rounds: { type: 'integer', minimum: 0, maximum: 100_000 },
    haze: { type: 'integer', minimum: 0, maximum: 10 },
    note: { type: 'text', minLength: 1, maxLength: 10 },
    photo: { type: 'image', formats: ['png'], minSide: 1 },
    tile: { type: 'boolean' },
    frame: { type: 'size', minimum: 1, maximum: 2, multipleOf: 1, default: '1x1' },
  }));
  expect(form.fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'glow slider', 'tags texts', 'mood segment', 'era select', 'rounds number', 'haze slider', 'note text', 'photo image', 'tile switch', 'frame size',
  ]);
  for (const { name, label, group } of form.fields) expect({ label, group }).toEqual({ label: name, group: 'more' });
});

it('a parameter of a type that the page does not know has no control', () => {
  const later = { type: 'palette', colors: 3 } as unknown as Model['parameters'][string];
  expect(formOf(model({ palette: later, negativePrompt: later })).fields).toEqual([]);
});

it('a known name with another type gets the control of the type', () => {
  const form = formOf(model({ seed: { type: 'text', minLength: 1, maxLength: 9 }, aspectRatio: { type: 'integer', minimum: 1, maximum: 3 } }));
  expect(form.fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['aspectRatio slider', 'seed text']);
});

it('names of properties that all objects have are parameters like others', () => {
  const form = formOf(model({ constructor: { type: 'boolean' }, toString: { type: 'integer', minimum: 0, maximum: 2 } } as unknown as Model['parameters']));
  expect(form.fields.map(({ name, label, kind }) => [name, label, kind])).toEqual([['constructor', 'constructor', 'switch'], ['toString', 'toString', 'slider']]);
});

it('a list of sizes is a selection, free sizes are two numbers', () => {
  const kindOf = (alias: string) => modelForm(alias).fields.find(({ name }) => name === 'size')?.kind;
  expect([kindOf('titan-image-generator-v2'), kindOf('nova-canvas')]).toEqual(['select', 'size']);
});

describe('rules', () => {
  it('a field is hidden until the field that it needs is set', () => {
    const form = modelForm('stable-image-ultra');
    expect(names(form)).toContain('image');
    expect(names(form)).not.toContain('strength');
    expect(names(form, { image: 'x' })).toContain('strength');
  });

  it('of two fields that need each other, the first one is shown, and requires the other as soon as it is set', () => {
    const form = modelForm('sd3-5-large');
    expect(names(form)).toContain('image');
    expect(names(form)).not.toContain('strength');
    expect(names(form, { image: 'x' })).toContain('strength');
    expect([...requiredNames(form, {})]).toEqual(['prompt']);
    expect([...requiredNames(form, { image: 'x' })].sort()).toEqual(['prompt', 'strength']);
  });

  it('a field that another one excludes is hidden while that one is set', () => {
    const form = modelForm('sd3-5-large');
    expect(names(form, { aspectRatio: '16:9' })).toContain('aspectRatio');
    expect(names(form, { aspectRatio: '16:9', image: 'x' })).not.toContain('aspectRatio');
  });

  it('of two fields that exclude each other, the first one in the form stays', () => {
    const flag = { type: 'boolean' } as const;
    const form = formOf(model({ negativePrompt: { type: 'text', minLength: 1, maxLength: 9 }, steps: flag, quality: flag }, {
      excludes: { steps: ['quality'], quality: ['steps'] },
    }));
    expect(names(form, { steps: true, quality: true })).toEqual(['negativePrompt', 'steps']);
  });
});

describe('edits', () => {
  it('have the image and the mask on the canvas, and a prompt that asks for what the operation needs', () => {
    const { fields } = editForm('inpaint');
    const field = (name: string) => fields.find((candidate) => candidate.name === name);
    expect(field('image')).toMatchObject({ group: 'canvas', required: true });
    expect(field('mask')).toMatchObject({ group: 'canvas', kind: 'mask', required: true });
    expect(field('prompt')).toMatchObject({ group: 'main', label: 'What goes there?' });
  });

  it('have no styles that add words', () => {
    expect(editForm('conservative-upscale').fields.map(({ name }) => name)).not.toContain('style');
  });

  it('have the four sides of Extend on the canvas', () => {
    expect(editForm('outpaint').fields.filter(({ kind }) => kind === 'frame').map(({ name, group, label }) => [name, group, label])).toEqual([
      ['left', 'canvas', 'Left'], ['right', 'canvas', 'Right'], ['up', 'canvas', 'Top'], ['down', 'canvas', 'Bottom'],
    ]);
  });
});

it('finds a model by its id or alias, otherwise the default one', () => {
  const [core, ultra] = PAGE_MODELS;
  expect(findModel(CAPABILITIES, ultra.id)).toBe(ultra);
  expect(findModel(CAPABILITIES, ultra.alias)).toBe(ultra);
  expect(findModel(CAPABILITIES, 'nothing')).toBe(core);
  expect(findModel(CAPABILITIES, undefined)).toBe(core);
  expect(findModel({ models: [{ ...ultra, default: false }] }, undefined).id).toBe(ultra.id);
});

it('a model without a name is shown with its id', () => {
  const edit: Edit = { ...PAGE_EDITS[0], name: undefined };
  expect([labelOf(PAGE_EDITS[0]), labelOf(edit)]).toEqual(['Stable Image Inpaint', 'stability.stable-image-inpaint-v1:0']);
});
