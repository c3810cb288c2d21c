import type { Family } from './family';
import { parseStabilityResponse } from './stability-response';
import type { GenerationInput } from '../../generation/ports';

/** Parameters whose name differs from ours in snake case. */
const PARAMETER_NAMES: Readonly<Partial<Record<keyof GenerationInput, string>>> = { style: 'style_preset' };

/** Stability AI Image Services. Each service has its own parameters, with the same names across services. */
export const stabilityServices: Family = {
  buildRequest({ count, ...input }: GenerationInput): Record<string, unknown> {
    // style transfer has two images and names the first one differently
    const names = input.styleImage ? { ...PARAMETER_NAMES, image: 'init_image' } : PARAMETER_NAMES;
    const nameOf = (name: string) => names[name as keyof GenerationInput] ?? snakeCase(name);
    return Object.fromEntries(Object.entries(input).map(([name, value]) => [nameOf(name), encodeValue(value)]));
  },

  parseResponse: parseStabilityResponse,
};

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function encodeValue(value: string | number | Uint8Array | undefined): string | number | undefined {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
