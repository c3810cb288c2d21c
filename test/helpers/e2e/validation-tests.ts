import type { ApiResponse, Client } from './client';
import type { ModelOperation } from './model-operations';
import type { Facts } from '../../fixtures/parameter-cases';
import {
  boundaryRequests, invalidParameterCases, narrowRangeCases, unsupportedParameterCases, type ValidationErrorCase,
} from '../../fixtures/validation-error-cases';

interface ParameterDescription {
  readonly type: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly maxLength: number;
  readonly values: readonly string[];
}
interface ModelDescription {
  readonly id: string;
  readonly operation?: string;
  readonly parameters: Readonly<Record<string, ParameterDescription>>;
}
interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}
interface Calls {
  readonly total: number;
  readonly guardrailCalls: readonly unknown[];
}

/**
 * Defines tests of every parameter of every operation: a value outside the range is rejected with the range in the detail and without
 * a model call, a value inside the range is accepted.
 */
export function testParameterValidation(client: () => Client, operations: readonly ModelOperation[]): void {
  beforeEach(() => client().resetModel('ok'));

  it('returns the parameter ranges of each operation at GET /models', async () => {
    const { json } = await client().call('GET /models', { key: client().alice });
    const { models, edits = [], text } = json as unknown as { models: ModelDescription[]; edits?: ModelDescription[]; text?: ModelDescription };
    const descriptions = [...models, ...edits, ...text ? [text] : []];
    expect(descriptions.map(({ id, operation, parameters }) => [operation ?? id, describedRanges(parameters)]))
      .toEqual(operations.map(({ name, facts }) => [name, rangesOf(facts)]));
  });

  it('reports the range of the model and prompt policy, not the wider range of the contract', async () => {
    for (const operation of operations) await expectValidationErrors(client(), operation, narrowRangeCases(operation));
  });

  describe.each(operations.map((operation) => ({ name: operation.name, operation })))('$name', ({ operation }) => {
    const invalid = invalidParameterCases(operation);
    it(`rejects values out of range and of the wrong type: ${invalid.length} requests`, () => expectValidationErrors(client(), operation, invalid));

    const unsupported = unsupportedParameterCases(operation);
    it(`rejects parameters that it does not support: ${unsupported.length} requests`, () => expectValidationErrors(client(), operation, unsupported));

    const boundaries = boundaryRequests(operation);
    it(`accepts the minimum and the maximum of every parameter: ${boundaries.length} requests`, async () => {
      for (const body of boundaries) {
        const { status, json } = await post(client(), operation, body);
        expect([abbreviated(body), status, json.detail]).toEqual([abbreviated(body), operation.path === '/text' ? 200 : 201, undefined]);
        if (operation.sizes) expect(json.images).toMatchObject([{ width: body.width, height: body.height }]);
      }
      expect(await client().modelCallCount()).toBe(boundaries.length);
    });
  });
}

function post(client: Client, { path }: ModelOperation, body: object): Promise<ApiResponse> {
  return client.call(`POST ${path}`, { key: client.alice, body });
}

async function expectValidationErrors(client: Client, operation: ModelOperation, cases: readonly ValidationErrorCase[]): Promise<void> {
  const unexpected: string[] = [];
  for (const { body, pointers, details } of cases) {
    const { status, json } = await post(client, operation, body);
    const errors = (json.errors ?? []) as FieldError[];
    const isExpected = status === 400 && json.code === 'INVALID_REQUEST' && errors.map(({ pointer }) => pointer).join() === pointers.join()
      && errors.every(({ detail }) => details.every((part) => (typeof part === 'string' ? detail.includes(part) : part.test(detail))));
    if (!isExpected) {
      unexpected.push(`${abbreviated(body)} returned ${status} ${abbreviated(json.errors ?? json)}, expected 400 for ${pointers.join()} with ${details.join()}`);
    }
  }
  expect(unexpected).toEqual([]);
  expect(await chargedCalls(client)).toBe(0);
}

/** Returns the number of calls that cost money: model and guardrail calls. */
async function chargedCalls(client: Client): Promise<number> {
  const { total, guardrailCalls } = await (await fetch(`${client.app.outputs.controlUrl}/calls`)).json() as Calls;
  return total + guardrailCalls.length;
}

function rangesOf({ integers, numbers, strings, choices }: Facts): object {
  return { ...integers, ...numbers, ...strings, ...choices };
}

/** Returns the ranges of a GET /models response in the form of `rangesOf`. Other tests cover files, sizes and lists. */
function describedRanges(parameters: ModelDescription['parameters']): object {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'count').flatMap(([name, parameter]) => {
    const range = describedRange(parameter);
    return range === undefined ? [] : [[name, range] as const];
  }));
}

function describedRange({ type, minimum, maximum, maxLength, values }: ParameterDescription): unknown {
  switch (type) {
    case 'integer':
    case 'number': return [minimum, maximum];
    case 'text': return maxLength;
    case 'choice': return values;
    default: return undefined;
  }
}

/** Returns a request or response as JSON, with long strings such as base64 replaced by their length. */
function abbreviated(body: object): string {
  return JSON.stringify(body, (_name, value: unknown) => (typeof value === 'string' && value.length > 200 ? `${value.length} characters` : value));
}
