import { createHash } from 'node:crypto';
import type { FromSchema } from 'json-schema-to-ts';
import { GENERATE_REQUEST_SCHEMA } from '../../private/contract/requests';
import { invalidRequest } from '../errors';
import { faultsOf } from './faults';
import { parameterFaults } from './model-parameters';
import type { AllowedModel, AllowedModels } from './models';
import { validateGenerateRequest } from './validators.generated';
import { nearestAspectRatio } from '../generation/aspect-ratio';
import type { GenerateRequest } from '../generation/request';

export type GenerateBody = FromSchema<typeof GENERATE_REQUEST_SCHEMA>;

export interface ParsedGenerate {
  readonly request: GenerateRequest;
  readonly inline: boolean;
}

/** Checks a `POST /images` body completely, against the contract and against what the model takes, and completes it. */
export function parseGenerate(data: Readonly<Record<string, unknown>>, models: AllowedModels): ParsedGenerate {
  const faults = validateGenerateRequest(data) ? [] : faultsOf(validateGenerateRequest.errors ?? [], GENERATE_REQUEST_SCHEMA, data);
  const body = data as GenerateBody;

  const model = modelOf(data.model, models);
  if (!model) faults.push({ pointer: '/model', detail: `must be one of ${models.names.join(', ')}` });
  faults.push(...parameterFaults(data, model ?? models.standard));
  // a field that is wrong for any model needs no second fault for this one
  const first = faults.filter(({ pointer }, index) => faults.findIndex((fault) => fault.pointer === pointer) === index);
  if (!model || first.length > 0) throw invalidRequest(first);
  return { request: complete(body, model), inline: body.response === 'base64' };
}

function modelOf(name: unknown, models: AllowedModels): AllowedModel | undefined {
  return typeof name === 'string' ? models.find(name) : models.standard;
}

function complete(body: GenerateBody, { model, parameters }: AllowedModel): GenerateRequest {
  const { aspectRatio: ratios } = parameters;
  const bySize = body.width && body.height && ratios ? nearestAspectRatio(body.width, body.height, ratios.values) : undefined;
  return {
    model,
    input: {
      prompt: body.prompt,
      negativePrompt: body.negativePrompt,
      aspectRatio: body.aspectRatio ?? bySize ?? ratios?.default,
      outputFormat: body.outputFormat ?? parameters.outputFormat.default,
    },
    seed: body.seed,
    maxSeed: parameters.seed.maximum,
    count: body.count ?? GENERATE_REQUEST_SCHEMA.properties.count.default,
    fingerprint: createHash('sha256').update(JSON.stringify(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex'),
  };
}
