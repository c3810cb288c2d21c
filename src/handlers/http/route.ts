import type { HttpRequest, HttpResponse } from './request';
import type { HandlerContext } from '../requests/context';

/** Handles the requests of a route. */
export type RouteFunction = (request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;

/** Route functions by method and resource, such as `GET /images/{id}`. */
export type RouteTable = Readonly<Record<string, RouteFunction>>;
