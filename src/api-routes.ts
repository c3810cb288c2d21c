import { LegacyReply } from './legacy-reply';
import { type LegacyRouteOptions } from './legacy-route-options';
import { configuredLegacyRoute, legacyRouteProblems, legacyRoutes } from './private/gateway/legacy-routes';
import { builtInRoutes, type RouteSetBinding } from './private/gateway/route-selection';
import { checkArguments, instanceOf, listOf, mapOf, optionsOf, text } from './private/validation/value-types';

const LEGACY_OPTIONS = optionsOf({
  path: text,
  methods: listOf(text, 'members of LegacyMethod'),
  promptParameter: text,
  parameters: mapOf(text, "field names by parameter, for example { numberOfImages: 'count' }"),
  reply: instanceOf(LegacyReply, 'for example LegacyReply.presignedUrl()'),
}, ['path', 'reply']);

/**
 * A set of routes. An API can combine several sets.
 *
 * @example
 * import { ApiRoutes, GenAiImageApi } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', { routes: [ApiRoutes.standard(), ApiRoutes.openAi()] });
 */
export class ApiRoutes {
  /**
   * Adds the routes of this construct: `/images`, `/models` and, if configured, `/images/edits`, `/images/uploads`, `/images/batches` and `/text`.
   *
   * @example
   * import { ApiRoutes } from 'cdk-genai-image-api';
   *
   * const routes = [ApiRoutes.standard()];
   */
  public static standard(): ApiRoutes {
    return new ApiRoutes(builtInRoutes('standard'));
  }

  /**
   * Adds routes for clients of the OpenAI image API: `/v1/images/generations`, `/v1/models` and, with `edits`, `/v1/images/edits`.
   *
   * The base URL of such a client is `<url of the API>v1`. It sends its key as `Authorization: Bearer`: set `acceptBearer` of
   * `ApiAuth.apiKey()`, or use tokens with `ApiAuth.cognito()` or `ApiAuth.jwt()`.
   *
   * @example
   * import { ApiAuth, ApiRoutes, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * new GenAiImageApi(this, 'Api', {
   *   routes: [ApiRoutes.openAi()],
   *   auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }),
   * });
   */
  public static openAi(): ApiRoutes {
    return new ApiRoutes(builtInRoutes('openAi'));
  }

  /**
   * Adds a route with the path, parameters and response format of an existing back end, so that its clients do not have to change.
   *
   * The route generates, stores, records and charges images like `POST /images`, for the same owners. It supports `Idempotency-Key`,
   * except with `LegacyReply.text()`.
   *
   * @example
   * import { ApiRoutes, LegacyMethod, LegacyReply } from 'cdk-genai-image-api';
   *
   * const route = ApiRoutes.legacy({
   *   path: '/generate-image',
   *   methods: [LegacyMethod.POST],
   *   parameters: { samples: 'count' },
   *   reply: LegacyReply.presignedUrl(),
   * });
   */
  public static legacy(options: LegacyRouteOptions): ApiRoutes {
    checkArguments('ApiRoutes.legacy()', LEGACY_OPTIONS('', options));
    const legacy = configuredLegacyRoute(options);
    return new ApiRoutes({ routes: legacyRoutes(legacy), legacy });
  }

  private readonly binding: RouteSetBinding;

  private constructor(binding: RouteSetBinding) {
    this.binding = binding;
  }

  /**
   * Returns the problems of the options, in terms of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _validate(): string[] {
    return this.binding.legacy ? legacyRouteProblems(this.binding.legacy) : [];
  }

  /**
   * Returns all routes of the set, including those that need a feature, and the configuration of the handler.
   *
   * @internal
   */
  public _bind(): RouteSetBinding {
    return this.binding;
  }
}
