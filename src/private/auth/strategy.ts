import { Construct } from 'constructs';
import { ApiAuthBinding, ApiAuthBindOptions } from '../../api-auth-binding';

/** One way to know callers. */
export interface AuthStrategy {
  /** Keys come in the header `Authorization`, too. */
  readonly acceptsBearerKeys?: boolean;
  /** What is wrong with its options, in the words of `GenAiImageApiProps`. `hasBearerRoutes`: there are clients that send `Authorization` only. */
  problems?(hasBearerRoutes: boolean): string[];
  /** Creates what it needs, with fixed ids under the scope. */
  bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding;
}
