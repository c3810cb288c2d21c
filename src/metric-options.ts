import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Sets of routes, as metrics distinguish them.
 */
export enum RouteSet {
  /**
   * Routes of `ApiRoutes.standard()`, and their jobs.
   */
  STANDARD = 'standard',

  /**
   * Routes of `ApiRoutes.openAi()`.
   */
  OPEN_AI = 'openAi',

  /**
   * Routes of `ApiRoutes.legacy()`, and their jobs.
   */
  LEGACY = 'legacy',
}

/**
 * Options for the metrics of an image API.
 */
export interface ImageMetricOptions extends cloudwatch.MetricOptions {
  /**
   * Id of a model, for example `ImageModel.STABLE_IMAGE_CORE.modelId`, to count only what this model did. Cannot be combined with `routeSet`.
   *
   * `GET /models` lists the ids of image models, text models and edits.
   *
   * @default - all models
   */
  readonly model?: string;

  /**
   * Set of routes, to count only its requests and jobs. Cannot be combined with `model`.
   *
   * @default - all routes
   */
  readonly routeSet?: RouteSet;
}
