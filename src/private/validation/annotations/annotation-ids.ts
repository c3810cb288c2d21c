import { type IConstruct } from 'constructs';

/** Prefix of annotation ids. Ids are stable, because users acknowledge warnings by id. */
export const ANNOTATION_PREFIX = 'cdk-genai-image-api';

/** Notes that apps already have, by their text. A note about accounts is the same for each instance and stage of an app. */
const GIVEN_NOTES = new WeakMap<IConstruct, Set<string>>();

export function isFirstInApp(scope: IConstruct, note: string): boolean {
  const given = GIVEN_NOTES.get(scope.node.root) ?? new Set();
  GIVEN_NOTES.set(scope.node.root, given);
  if (given.has(note)) return false;
  given.add(note);
  return true;
}
