import { Stack } from 'aws-cdk-lib';
import type * as bedrock from 'aws-cdk-lib/aws-bedrock';
import { type ContentGuardrailOptions, type ExistingContentGuardrailOptions } from './content-guardrail-options';
import { type GuardrailDefinition, guardrailProblems, profileOf } from './private/models/guardrails';
import { region } from './private/validation/regions';
import { checkArguments, listOf, optionsOf, resource, text } from './private/validation/value-types';

const GUARDRAIL = resource('a guardrail', 'blockedInputMessaging', 'for an existing guardrail or a version write ContentGuardrail.existing(id, { version })');
const CFN_OPTIONS = optionsOf({ version: text, destinationRegions: listOf(region, 'Regions') });
const OPTIONS = optionsOf({ version: text, profileId: text, destinationRegions: listOf(region, 'Regions'), kmsKeyArn: text }, ['version']);

/**
 * A guardrail of Amazon Bedrock that evaluates prompts and images. It must be in the Region of `model`.
 *
 * @example
 * import * as bedrock from 'aws-cdk-lib/aws-bedrock';
 * import { ContentGuardrail, GenAiImageApi } from 'cdk-genai-image-api';
 *
 * declare const guardrail: bedrock.CfnGuardrail;
 * new GenAiImageApi(this, 'Api', { promptPolicy: { guardrail: ContentGuardrail.of(guardrail) } });
 */
export class ContentGuardrail {
  /**
   * Uses a guardrail that this app defines.
   *
   * @param guardrail guardrail in the Region of `model`
   *
   * @example
   * import * as bedrock from 'aws-cdk-lib/aws-bedrock';
   * import { ContentGuardrail } from 'cdk-genai-image-api';
   *
   * declare const guardrail: bedrock.CfnGuardrail;
   * declare const version: bedrock.CfnGuardrailVersion;
   * const contentGuardrail = ContentGuardrail.of(guardrail, { version: version.attrVersion });
   */
  public static of(guardrail: bedrock.CfnGuardrail, options: ContentGuardrailOptions = {}): ContentGuardrail {
    checkArguments('ContentGuardrail.of()', GUARDRAIL('guardrail', guardrail), CFN_OPTIONS('', options));
    return new ContentGuardrail({
      id: guardrail.attrGuardrailId,
      version: options.version ?? 'DRAFT',
      region: Stack.of(guardrail).region,
      account: Stack.of(guardrail).account,
      profileId: profileOf(guardrail),
      destinationRegions: options.destinationRegions,
      kmsKeyArn: guardrail.kmsKeyArn,
    });
  }

  /**
   * Uses an existing guardrail.
   *
   * @param guardrailId ID of the guardrail. Not its ARN.
   *
   * @example
   * import { ContentGuardrail } from 'cdk-genai-image-api';
   *
   * const guardrail = ContentGuardrail.existing('abcdef123456', { version: '1' });
   */
  public static existing(guardrailId: string, options: ExistingContentGuardrailOptions): ContentGuardrail {
    checkArguments('ContentGuardrail.existing()', text('guardrailId', guardrailId), OPTIONS('', options));
    return new ContentGuardrail({ ...options, id: guardrailId });
  }

  private constructor(private readonly definition: GuardrailDefinition) {}

  /**
   * Returns the problems of the options, in terms of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _validate(modelRegion: string, stackAccount: string): string[] {
    return guardrailProblems(this.definition, modelRegion, stackAccount);
  }

  /**
   * Returns the guardrail.
   *
   * @internal
   */
  public _bind(): GuardrailDefinition {
    return this.definition;
  }
}
