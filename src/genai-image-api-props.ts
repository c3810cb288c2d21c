import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ApiAuth } from './api-auth';
import { ApiRoutes } from './api-routes';
import { ComputeOptions } from './compute';
import { Delivery } from './delivery';
import { ImageEdits } from './image-edits';
import { ImageModel } from './image-model';
import { ImageStorage } from './image-storage';
import { LimitOptions } from './limits';
import { PromptPolicy } from './prompt-policy';
import { TextModel } from './text-model';

/**
 * What an image API is made of; each part has a default.
 */
export interface GenAiImageApiProps {
  /**
   * The model that draws.
   *
   * It is called in the region the model names, whatever the region of the stack: where they differ, prompts and images
   * leave the stack's region. A warning says so at synthesis, unless the region of the stack is not known by then.
   *
   * @default ImageModel.STABLE_IMAGE_CORE
   */
  readonly model?: ImageModel;

  /**
   * Other models that callers may name in `model`, by id or alias; `GET /models` lists them all.
   *
   * The function may call these and `model`, and no others. Each id once.
   *
   * @default - callers have no choice
   */
  readonly additionalModels?: ImageModel[];

  /**
   * The model that writes text: builds `POST /text`, and elaborates prompts of requests with `enhancePrompt`.
   *
   * Inference profiles send prompts to other regions: see `TextModel`.
   *
   * @default - the API writes no text
   */
  readonly textModel?: TextModel;

  /**
   * What can be done to images: builds `POST /images/edits` and `POST /images/uploads`, and with `ApiRoutes.openAi()` `POST /v1/images/edits`.
   *
   * Edits are called, and served, in regions of the US: see `ImageEdits`. Uploads go to the bucket, into the folder `uploads/` of
   * the prefix, and expire after a day.
   *
   * @default - images cannot be edited
   */
  readonly edits?: ImageEdits;

  /**
   * Who may call the API, and who owns the images.
   *
   * @default ApiAuth.iam()
   */
  readonly auth?: ApiAuth;

  /**
   * Which routes the API has.
   *
   * @default - [ApiRoutes.standard()]
   */
  readonly routes?: ApiRoutes[];

  /**
   * Web origins whose pages may call the API and read the images, for example `https://app.example.com`, or `*` alone.
   *
   * Scheme, host and port as browsers send them, without a path or a slash at the end. With several origins, errors of
   * the gateway itself are readable by all of them. Cookies are never allowed.
   *
   * @default - none: browsers refuse calls from pages of other origins
   */
  readonly corsOrigins?: string[];

  /**
   * How many requests the API takes, over all callers together.
   *
   * @default - 10 requests a second, 20 at once
   */
  readonly limits?: LimitOptions;

  /**
   * How clients get what they asked for: in the answer, or also later.
   *
   * @default Delivery.buffered()
   */
  readonly delivery?: Delivery;

  /**
   * How long the URL of an image is valid at most, from 1 minute to 12 hours.
   *
   * It can end sooner, when AWS rotates the credentials of the function that signed it. Store the id of an image, not
   * its URL: `GET /images/{id}` signs a fresh one.
   *
   * @default Duration.hours(1)
   */
  readonly presignTtl?: Duration;

  /**
   * Where images are kept and for how long.
   *
   * @default - a bucket of its own that keeps images for 30 days
   */
  readonly storage?: ImageStorage;

  /**
   * What prompts are allowed, and what is kept of them.
   *
   * @default - what the model allows; prompts are kept in the records of their images
   */
  readonly promptPolicy?: PromptPolicy;

  /**
   * Key that encrypts the bucket, the table, the queue and the logs; an existing bucket keeps its own encryption.
   *
   * CloudWatch Logs has to be allowed to use it. A key of this app gets that permission; to the policy of an imported
   * key you have to add it.
   *
   * @default - keys that AWS owns, free of charge
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the bucket and the table when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How the function behind the API runs.
   *
   * @default - 512 MiB, 28 seconds, logs kept for a month
   */
  readonly compute?: ComputeOptions;
}
