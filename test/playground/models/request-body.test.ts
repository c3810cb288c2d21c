import fc from 'fast-check';
import { parameterErrors } from '../../../src/handlers/requests/model-parameters';
import { fieldErrorsOf } from '../../../src/handlers/requests/validation-errors';
import { validateEditRequest } from '../../../src/handlers/requests/validators/edit-request.generated';
import { validateGenerateRequest } from '../../../src/handlers/requests/validators/generate-request.generated';
import { type Form, formOf, isEdit } from '../../../src/playground/models/form';
import { formIssues } from '../../../src/playground/models/limits';
import { promptOf, requestBody } from '../../../src/playground/models/request-body';
import { type FieldValue, type FormValues } from '../../../src/playground/models/values';
import { EDIT_REQUEST_SCHEMA, GENERATE_REQUEST_SCHEMA } from '../../../src/private/contract/requests';
import { type Edit, type FieldParameter, type Target } from '../../../src/private/contract/responses';
import { editForm, modelForm, PAGE_EDITS, PAGE_MODELS } from '../../fixtures/playground-models';

const ONE = { count: 1 };
const core = modelForm('stable-image-core');

it('has the prompt only if nothing else differs from the model', () => {
  expect(requestBody(core, { prompt: 'a fox' }, ONE)).toEqual({ prompt: 'a fox' });
});

it('leaves out values that are the defaults of the model, and blank texts', () => {
  const values = { prompt: 'a fox', aspectRatio: '1:1', outputFormat: 'png', negativePrompt: '  ', enhancePrompt: false };
  expect(requestBody(core, values, ONE)).toEqual({ prompt: 'a fox' });
});

it('has the values that differ from the defaults', () => {
  const values = { prompt: 'a fox', aspectRatio: '16:9', outputFormat: 'jpeg', negativePrompt: 'snow', enhancePrompt: true };
  expect(requestBody(core, values, ONE)).toEqual(values);
});

it('names the model by its alias unless it is the default one', () => {
  expect(requestBody(modelForm('sd3-5-large'), { prompt: 'a fox' }, ONE)).toEqual({ model: 'sd3-5-large', prompt: 'a fox' });
});

it('has the seed and the count of the request, not those of the form', () => {
  expect(requestBody(core, { prompt: 'a fox', seed: 5, count: 4 }, { seed: 7, count: 1 })).toEqual({ prompt: 'a fox', seed: 7 });
  expect(requestBody(core, { prompt: 'a fox' }, { seed: 7, count: 3 })).toEqual({ prompt: 'a fox', seed: 7, count: 3 });
});

it('has no seed for a model without seeds', () => {
  expect(requestBody(modelForm('nova-2-omni'), { prompt: 'a fox' }, { seed: 7, count: 1 })).not.toHaveProperty('seed');
});

it('has width and height for a size', () => {
  expect(requestBody(modelForm('nova-canvas'), { prompt: 'a fox', size: '1280x720' }, ONE)).toMatchObject({ width: 1280, height: 720 });
  expect(requestBody(modelForm('nova-canvas'), { prompt: 'a fox', size: '1024x1024' }, ONE)).not.toHaveProperty('width');
});

it('adds the words of a style to the prompt of a model without styles', () => {
  expect(requestBody(core, { prompt: 'a fox. ', style: 'pixel-art' }, ONE)).toEqual({ prompt: 'a fox., pixel art' });
  expect(promptOf(core, { prompt: 'a fox, ', style: 'watercolor' })).toBe('a fox, watercolor');
  expect(promptOf(core, { prompt: 'a fox', style: 'unknown' })).toBe('a fox');
  expect(promptOf(core, { prompt: ' ', style: 'watercolor' })).toBe(' ');
});

it('sends the style of a model that has styles', () => {
  const nova = modelForm('nova-canvas');
  expect(requestBody(nova, { prompt: 'a fox', style: 'photorealism' }, ONE)).toMatchObject({ prompt: 'a fox', style: 'photorealism' });
});

it('leaves out a field that a rule hides, and keeps its value for later', () => {
  const large = modelForm('sd3-5-large');
  const values = { prompt: 'a fox', aspectRatio: '16:9', strength: 0.7 };
  expect(requestBody(large, values, ONE)).toEqual({ model: 'sd3-5-large', prompt: 'a fox', aspectRatio: '16:9' });
  expect(requestBody(large, { ...values, image: 'AAAA' }, ONE)).toEqual({ model: 'sd3-5-large', prompt: 'a fox', image: 'AAAA', strength: 0.7 });
});

it('has a field that another one needs, with the value that its control shows, also if it is the default', () => {
  expect(requestBody(modelForm('sd3-5-large'), { prompt: 'a fox', image: 'AAAA' }, ONE)).toMatchObject({ image: 'AAAA', strength: 0.5 });
  // Stable Image Ultra has a default, and needs nothing
  expect(requestBody(modelForm('stable-image-ultra'), { prompt: 'a fox', image: 'AAAA' }, ONE)).not.toHaveProperty('strength');
});

it('names the operation of an edit', () => {
  const values = { image: '01KAJ3W0V5E2M8Q9XG7T4R6B1N/1', left: 398, right: 0, prompt: '' };
  expect(requestBody(editForm('outpaint'), values, { seed: 3, count: 1 })).toEqual({
    operation: 'outpaint', image: '01KAJ3W0V5E2M8Q9XG7T4R6B1N/1', left: 398, right: 0, seed: 3,
  });
});

/** Values for a parameter: valid ones, and some that are not. */
function valueOf(parameter: FieldParameter): fc.Arbitrary<FieldValue> {
  switch (parameter.type) {
    case 'text': return fc.oneof(
      { weight: 5, arbitrary: fc.string({ minLength: 1, maxLength: 40 }).map((text) => `${text}x`) },
      { weight: 1, arbitrary: fc.constantFrom('é'.normalize('NFD').repeat(parameter.maxLength), 'x'.repeat(parameter.maxLength + 1), '🦊'.repeat(parameter.maxLength)) },
    );
    case 'choice': return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...parameter.values) }, { weight: 1, arbitrary: fc.constant('other') });
    case 'integer': return fc.integer({ min: parameter.minimum - 1, max: parameter.maximum });
    case 'number': return fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: parameter.minimum, max: parameter.maximum, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(parameter.maximum + 1) },
    );
    case 'size': {
      const { minimum, maximum, multipleOf } = parameter;
      const side = fc.integer({ min: minimum / multipleOf, max: maximum / multipleOf }).map((steps) => steps * multipleOf);
      return fc.oneof(fc.tuple(side, side).map(([width, height]) => `${width}x${height}`), fc.constantFrom(parameter.default, '321x321', ...parameter.values ?? []));
    }
    case 'image': return fc.constant('AAAA');
    case 'boolean': return fc.boolean();
    case 'texts': return fc.constant(['a']);
  }
}

function valuesOf({ fields }: Form): fc.Arbitrary<FormValues> {
  return fc.record(Object.fromEntries(fields.map(({ name, parameter }) => [name, valueOf(parameter)])), { requiredKeys: [] });
}

/** Errors of the API for a body, whose texts it normalizes first: those of the schema and of the model. */
function apiErrors(target: Target, body: object) {
  const schema = isEdit(target) ? EDIT_REQUEST_SCHEMA : GENERATE_REQUEST_SCHEMA;
  const validate = isEdit(target) ? validateEditRequest : validateGenerateRequest;
  const data = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value.normalize('NFC') : value]));
  const fields = Object.keys(schema.properties).filter((field) => !['operation', 'model', 'count', 'response', 'enhancePrompt'].includes(field));
  const parameters = Object.fromEntries(Object.entries(target.parameters).filter(([name]) => !['count', 'enhancePrompt'].includes(name)));
  const errors = parameterErrors(data, { model: target, parameters: parameters as never, rules: target.rules ?? {} }, fields);
  return validate(data) ? errors : [...errors, ...fieldErrorsOf(validate.errors ?? [], schema, data)];
}

it.each([...PAGE_MODELS, ...PAGE_EDITS].map((target) => [(target as Partial<Edit>).operation ?? target.id, target] as const))(
  '%s: the API accepts the body if and only if the page finds no issue', (_name, target) => {
    const form = formOf(target);
    fc.assert(fc.property(valuesOf(form), (values) => {
      const body = requestBody(form, values, { count: 1, ...('seed' in target.parameters && { seed: 1 }) });
      const rejected = apiErrors(target, body).length > 0;
      // the page requires a mask that the API can take from the transparency of the image
      const issues = formIssues(form, values).filter(({ name }) => !['mask', 'count', 'seed'].includes(name));
      expect({ body, rejected: issues.length > 0 }).toEqual({ body, rejected });
    }), { numRuns: 150 });
  },
);
