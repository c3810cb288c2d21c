import { Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { PROFILE_PREFIXES } from './id-validation';
import { type ConfiguredModel, type ConfiguredTextModel } from '../contract/configuration';
import { MODELS, TEXT_MODELS } from '../contract/models';
import { warnMisspelledModel } from '../validation/annotations/model-annotations';
import { closest } from '../validation/suggestions';

/** Adds a warning for each id that is almost that of a known model. Amazon Bedrock can have models that this version does not know. */
export function warnMisspelledModels(scope: IConstruct, images: readonly ConfiguredModel[], text: ConfiguredTextModel | undefined): void {
  const imageIds = images.filter(({ service }) => service === undefined);
  for (const { id, call = id } of imageIds) warnMisspelled(scope, call, similarModel(id, MODELS.map((each) => each.id)));
  if (text) warnMisspelled(scope, text.call ?? text.id, similarModel(text.id, TEXT_MODELS.map((each) => each.id)));
}

function warnMisspelled(scope: IConstruct, called: string, similar: string | undefined): void {
  const meant = similar ?? similarProfile(called);
  if (meant !== undefined) warnMisspelledModel(scope, called, meant);
}

/** A model can have newer versions and sizes, so that ids that differ in numbers only are no mistake. */
function similarModel(id: string, known: readonly string[]): string | undefined {
  if (Token.isUnresolved(id) || id.startsWith('arn:') || known.includes(id)) return undefined;
  const similar = closest(id, known);
  const withoutNumbers = (value: string) => value.replace(/\d+/g, '#');
  return similar !== undefined && withoutNumbers(similar) !== withoutNumbers(id) ? similar : undefined;
}

/** Any prefix of two letters could be that of a new geography. */
function similarProfile(called: string): string | undefined {
  const prefix = Token.isUnresolved(called) ? '' : /^([a-z-]{3,})\.[a-z0-9-]+\.[a-z]/.exec(called)?.[1] ?? '';
  if (prefix === '' || PROFILE_PREFIXES.includes(prefix)) return undefined;
  const similar = closest(prefix, PROFILE_PREFIXES);
  return similar && called.replace(prefix, similar);
}
