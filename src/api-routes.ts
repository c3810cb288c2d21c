import { ConfiguredRoutes } from './private/contract/configuration';
import { OPENAI_ROUTES, Route, STANDARD_ROUTES } from './private/contract/routes';

/**
 * A set of routes of the API. Sets can be combined; each builds its own routes only.
 */
export class ApiRoutes {
  /**
   * The routes of this construct: `/images`, `/models` and, where asked for, `/images/edits`, `/images/uploads` and `/text`.
   */
  public static standard(): ApiRoutes {
    return new ApiRoutes('standard', STANDARD_ROUTES);
  }

  /**
   * Routes for clients of OpenAI's image API: `/v1/images/generations`, `/v1/models` and, with `edits`, `/v1/images/edits`.
   *
   * Such a client is given `<url of the API>v1` as its base URL. It sends its key as `Authorization: Bearer`: set
   * `acceptBearer` of `ApiAuth.apiKey()`, or let it send a token with `ApiAuth.cognito()` or `ApiAuth.jwt()`.
   */
  public static openAi(): ApiRoutes {
    return new ApiRoutes('openAi', OPENAI_ROUTES);
  }

  private constructor(
    /**
     * What the handler is told.
     *
     * @internal
     */
    public readonly _set: ConfiguredRoutes,
    /**
     * All of the set, those that need a feature included.
     *
     * @internal
     */
    public readonly _routes: readonly Route[],
  ) {}
}
