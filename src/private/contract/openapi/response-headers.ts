import { IGNORED_PARAMETERS_HEADER } from '../routes';

export const IGNORED_PARAMETERS = {
  [IGNORED_PARAMETERS_HEADER]: { description: 'The names of parameters that had no effect.', schema: { type: 'string' } },
};
