import type { AnswerContext } from './answers';
import type { AllowedModels } from './models';
import type { HttpAnswer, HttpRequest } from './request';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/generate';
import type { UrlSigner } from '../storage/signed-urls';

/** What routes work with. */
export interface RouteContext {
  readonly configuration: HandlerConfiguration;
  readonly models: AllowedModels;
  readonly ports: GenerationPorts;
  readonly signer: UrlSigner;
}

export type RouteFunction = (request: HttpRequest, context: RouteContext) => Promise<HttpAnswer>;

export function answerContext({ configuration, signer, ports }: RouteContext): AnswerContext {
  return { signer, presignTtlSeconds: configuration.presignTtlSeconds, now: () => ports.clock.now() };
}
