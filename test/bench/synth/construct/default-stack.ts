import { type Stack } from 'aws-cdk-lib';
import { GenAiImageApi } from '../../../../src';

/** The construct without props. */
export function build(stack: Stack): void {
  new GenAiImageApi(stack, 'Images');
}
