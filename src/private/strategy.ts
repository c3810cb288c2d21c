import { type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type Construct } from 'constructs';

/** What strategies need to validate their options. */
export interface ValidationContext {
  readonly stackRegion: string;
  readonly stackAccount: string;
  readonly removalPolicy: RemovalPolicy;
  readonly imageExpiration: Duration;
  /** Whether `routes` includes routes whose clients send credentials in `Authorization` only. */
  readonly hasBearerRoutes: boolean;
}

/** What strategies need to create their resources. */
export interface BindContext {
  readonly corsOrigins: readonly string[];
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /** Whether callers can upload images, in order to edit them. */
  readonly hasUploads: boolean;
}

/**
 * The internal protocol of the classes whose instances users pass as props: `ImageModel`, `ImageEdits`, `TextModel`, `ApiRoutes`,
 * `LegacyReply`, `Delivery` and `ImageStorage`. `ApiAuth` validates the same way, but its `bind` is public.
 */
export interface Strategy<Binding> {
  /** Returns the problems of the options, in terms of `GenAiImageApiProps`. */
  _validate?(context: ValidationContext): string[];

  /** Creates what the strategy needs, and returns what it means to the construct and to the handlers. */
  _bind(scope: Construct, context: BindContext): Binding;
}
