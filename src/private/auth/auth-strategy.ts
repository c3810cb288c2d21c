import { type Construct } from 'constructs';
import { type CallerCredentials } from './caller-credentials';
import { type ApiAuthBinding, type ApiAuthBindOptions } from '../../api-auth-binding';
import { type ValidationContext } from '../strategy';

/** A built-in mode of `ApiAuth`. */
export interface AuthStrategy {
  /** What callers send, if the protection of the methods does not say it. */
  readonly credentials?: CallerCredentials;
  /** Returns the problems of the options, in terms of `GenAiImageApiProps`. */
  validate?(context: ValidationContext): string[];
  /** Creates the resources of the mode, with fixed ids under the scope. */
  bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding;
}
