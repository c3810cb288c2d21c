import { Construct } from 'constructs';
import { ApiAuthBinding, ApiAuthBindOptions } from '../../api-auth-binding';

/** One way to know callers. */
export interface AuthStrategy {
  /** What is wrong with its options, in the words of `GenAiImageApiProps`. */
  problems?(): string[];
  /** Creates what it needs, with fixed ids under the scope. */
  bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding;
}
