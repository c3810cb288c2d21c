import type { Family } from './family';
import { parseStabilityResponse } from './stability-response';
import type { GenerationInput } from '../../generation/ports';

/** What the services call our parameters, where it is not the same in snake case. */
const WIRE_NAMES: Readonly<Partial<Record<keyof GenerationInput, string>>> = { style: 'style_preset' };

/** Stability AI Image Services: each takes its own set of parameters, named alike. */
export const stabilityServices: Family = {
  buildRequest({ count, ...input }: GenerationInput): Record<string, unknown> {
    // style transfer alone has two pictures, and names the first otherwise
    const names = input.styleImage ? { ...WIRE_NAMES, image: 'init_image' } : WIRE_NAMES;
    const fields = Object.entries(input).filter(([, value]) => value !== undefined);
    return Object.fromEntries(fields.map(([name, value]) => [names[name as keyof GenerationInput] ?? snakeCase(name), wireValue(value)]));
  },

  parseResponse: parseStabilityResponse,
};

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function wireValue(value: string | number | Uint8Array): string | number {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
