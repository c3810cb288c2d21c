import { type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';

// Classes whose instances users pass as props have two internal methods: `_validate` returns the problems of the options, and `_bind` creates the
// resources and returns the configuration.

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
