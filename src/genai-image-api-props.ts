import { type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type ApiAuth } from './api-auth';
import { type ApiRoutes } from './api-routes';
import { type ComputeOptions } from './compute';
import { type Delivery } from './delivery';
import { type ImageEdits } from './image-edits';
import { type ImageModel } from './image-model';
import { type ImageStorage } from './image-storage';
import { type LimitOptions } from './limits';
import { type NetworkOptions } from './network-options';
import { type PromptPolicyOptions } from './prompt-policy';
import { type TextModel } from './text-model';

/**
 * Properties of `GenAiImageApi`. All are optional.
 */
export interface GenAiImageApiProps {
  /**
   * Default image model.
   *
   * The model is called in its own Region, also if the stack is in another one. Prompts and images then leave the Region of the stack, and
   * synthesis adds a warning, or a note if the Region of the stack is not known at synthesis.
   *
   * @default ImageModel.STABLE_IMAGE_CORE
   */
  readonly model?: ImageModel;

  /**
   * Other image models that callers can select with `model`, by id or alias. `GET /models` lists all models.
   *
   * The functions can call these models and `model` only. List each model once.
   *
   * @default - no other models
   */
  readonly additionalModels?: ImageModel[];

  /**
   * Text model. Adds the route `POST /text`, and improves the prompts of requests with `enhancePrompt`.
   *
   * Inference profiles can process prompts in other Regions: see `TextModel`.
   *
   * @default - no text model
   */
  readonly textModel?: TextModel;

  /**
   * Edit operations. Adds the routes `POST /images/edits` and `POST /images/uploads`; with `ApiRoutes.openAi()` also
   * `POST /v1/images/edits`.
   *
   * Edits are called and processed in US regions: see `ImageEdits`. Uploads are stored in the bucket under `<prefix>uploads/` and expire
   * after one day.
   *
   * @default - no edit operations
   */
  readonly edits?: ImageEdits;

  /**
   * Authentication of callers, which also determines the owner of an image.
   *
   * @default ApiAuth.iam()
   */
  readonly auth?: ApiAuth;

  /**
   * Routes of the API.
   *
   * @default - [ApiRoutes.standard()]
   */
  readonly routes?: ApiRoutes[];

  /**
   * Origins whose web pages can call the API and read images, for example `https://app.example.com`, or `*` alone.
   *
   * An origin has a scheme, a host and a port as browsers send them, without a path or trailing slash. With several origins, gateway
   * responses allow all origins. Cookies are never allowed.
   *
   * @default - no CORS: browsers block calls from other origins
   */
  readonly corsOrigins?: string[];

  /**
   * Throttling and daily budgets of the API.
   *
   * @default - 10 requests per second and a burst of 20 for each method, no budgets
   */
  readonly limits?: LimitOptions;

  /**
   * How clients receive their images: in the response, or also asynchronously.
   *
   * @default Delivery.buffered()
   */
  readonly delivery?: Delivery;

  /**
   * Maximum validity of image URLs, from 1 minute to 12 hours.
   *
   * A URL becomes invalid earlier if AWS rotates the credentials of the function that signed it. Store the id of an image, not its URL:
   * `GET /images/{id}` returns a new URL.
   *
   * @default Duration.hours(1)
   */
  readonly presignTtl?: Duration;

  /**
   * Bucket where images are stored, and for how long.
   *
   * @default - a bucket is created, and images expire after 30 days
   */
  readonly storage?: ImageStorage;

  /**
   * Rules for prompts, and how they are stored.
   *
   * @default - the limits of the model apply, and the record of an image stores its prompt
   */
  readonly promptPolicy?: PromptPolicyOptions;

  /**
   * Key that encrypts the bucket, the table, the queues and the logs. An existing bucket keeps its own encryption.
   *
   * An alias must be one whose key is known to this app. Stored images can only be read with the key that encrypted them: before you
   * change or remove the key, grant the functions decryption with the previous key until the images expire. See docs/storage.md.
   *
   * CloudWatch Logs needs permission to use the key. The construct adds it to the policy of a key that this app creates. Add it yourself
   * to the policy of an imported key.
   *
   * @default - keys that AWS owns, free of charge
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Removal policy of the bucket and the table. An existing bucket is never deleted.
   *
   * By default, both are retained when the stack is deleted, and deleted if the deployment that creates them fails.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Compute options of the API function.
   *
   * @default - 512 MB, 28 seconds, log retention of one month
   */
  readonly compute?: ComputeOptions;

  /**
   * VPC of the functions, and private access to the API. See docs/network-and-protection.md.
   *
   * @default - the API is public, and the functions are not connected to a VPC
   */
  readonly network?: NetworkOptions;
}
