import { LegacyRouteOptions } from './legacy-route-options';
import { ConfiguredLegacyRoute, ConfiguredRoutes } from './private/contract/configuration';
import { OPENAI_ROUTES, Route, STANDARD_ROUTES } from './private/contract/routes';
import { configuredLegacyRoute, legacyRoutes } from './private/gateway/legacy-routes';

/**
 * A set of routes of the API. Sets can be combined; each builds its own routes only.
 */
export class ApiRoutes {
  /**
   * The routes of this construct: `/images`, `/models` and, where asked for, `/images/edits`, `/images/uploads` and `/text`.
   */
  public static standard(): ApiRoutes {
    return new ApiRoutes(STANDARD_ROUTES, 'standard');
  }

  /**
   * Routes for clients of OpenAI's image API: `/v1/images/generations`, `/v1/models` and, with `edits`, `/v1/images/edits`.
   *
   * Such a client is given `<url of the API>v1` as its base URL. It sends its key as `Authorization: Bearer`: set
   * `acceptBearer` of `ApiAuth.apiKey()`, or let it send a token with `ApiAuth.cognito()` or `ApiAuth.jwt()`.
   */
  public static openAi(): ApiRoutes {
    return new ApiRoutes(OPENAI_ROUTES, 'openAi');
  }

  /**
   * A route for clients of an older system, which keep working when its home-made back end is replaced by this one.
   *
   * It draws, stores, records and charges like `POST /images`, for the same owners, and answers in the shape of the old system.
   * `Idempotency-Key` works on it, but for routes with `LegacyReply.text()`.
   */
  public static legacy(options: LegacyRouteOptions): ApiRoutes {
    const route = configuredLegacyRoute(options);
    return new ApiRoutes(legacyRoutes(route), undefined, route);
  }

  private constructor(
    /**
     * All of the set, those that need a feature included.
     *
     * @internal
     */
    public readonly _routes: readonly Route[],
    /**
     * The name by which the handler knows the set.
     *
     * @internal
     */
    public readonly _set?: ConfiguredRoutes,
    /**
     * The route, where the set is one of an older system.
     *
     * @internal
     */
    public readonly _legacy?: ConfiguredLegacyRoute,
  ) {}
}
