import { microUsd } from './spending';
import type { TokenPrice } from '../../../private/contract/models';
import type { Model, TextInput, TextOutput } from '../ports';
import { enhancementInput } from '../text/enhancement-input';
import type { GenerateRequest } from '../types';

/** A token has at least one byte, and models add a few tokens to each message. */
const MESSAGE_TOKENS = 100;
const TOKENS_PER_PRICE = 1_000_000;

/** Returns the price of one image in millionths of a US dollar, if it is known. */
export function imagePrice({ priceUsd }: Model): number | undefined {
  return priceUsd === undefined ? undefined : microUsd(priceUsd);
}

/** Returns the maximum cost of a request that generates `count` images. */
export function maxCost({ model, backgroundRemoval, enhance, input: { prompt } }: GenerateRequest, count: number, textPrice?: TokenPrice): number {
  if (count === 0) return 0;
  const each = (imagePrice(model) ?? 0) + (backgroundRemoval ? imagePrice(backgroundRemoval.model) ?? 0 : 0);
  const text = enhance && prompt && textPrice ? maxTextCost(enhancementInput(prompt, enhance.maxLength), textPrice) : 0;
  return count * each + text;
}

/** Returns the maximum cost of a text model call. */
export function maxTextCost({ prompt, system = '', maxTokens }: Pick<TextInput, 'prompt' | 'system' | 'maxTokens'>, price: TokenPrice): number {
  const inputTokens = Buffer.byteLength(prompt) + Buffer.byteLength(system) + MESSAGE_TOKENS;
  return textCost({ inputTokens, outputTokens: maxTokens }, price);
}

/** Returns what a call of the text model cost. */
export function textCost({ inputTokens, outputTokens }: TextOutput['usage'], price: TokenPrice): number {
  return microUsd((inputTokens * price.input + outputTokens * price.output) / TOKENS_PER_PRICE);
}
