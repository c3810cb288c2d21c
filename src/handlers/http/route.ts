import type { HttpRequest, HttpResponse } from './request';
import type { HandlerContext } from '../requests/context';

/** Handles the requests of a route. */
export type RouteFunction = (request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;

/** Loads the function of a route, so that a request loads only the code of its route. */
export type RouteLoader = () => Promise<RouteFunction>;

/** Routes by method and resource, such as `GET /images/{id}`. */
export type RouteTable = Readonly<Record<string, RouteLoader>>;
