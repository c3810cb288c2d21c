import { type Construct } from 'constructs';
import { type AccessPermission } from './access';
import { type ModelBinding } from './binding';
import { GUARDRAIL_ACTION, type GuardrailDefinition, guardrailPermissions } from './guardrails';
import { type Subscription } from './marketplace';
import { warnMisspelledModels } from './misspelled-ids';
import { arnProblems, partitionProblems } from './partitions';
import { type ImageEdits } from '../../image-edits';
import { type ImageModel } from '../../image-model';
import { type PromptPolicyOptions } from '../../prompt-policy';
import { type TextModel } from '../../text-model';
import { type ConfiguredEdits, type ConfiguredModel, type ConfiguredPolicy, type ConfiguredTextModel, type HandlerConfiguration } from '../contract/configuration';
import { configuredPolicy } from '../functions/environment';
import { throwProblems } from '../validation/rules';

/** A call of an AWS service. */
export interface ServiceCall {
  /** Undefined for the Region of the stack. */
  readonly region?: string;
  /** IAM action of the call. */
  readonly action: string;
}

export interface ModelProps {
  readonly model: ImageModel;
  readonly additionalModels: readonly ImageModel[];
  readonly edits?: ImageEdits;
  readonly textModel?: TextModel;
  readonly promptPolicy?: PromptPolicyOptions;
}

/** All models that handlers call, and the policy that applies to them. */
export class ModelBindings {
  public readonly bindings: readonly ModelBinding[];
  private readonly images: readonly ModelBinding<ConfiguredModel>[];
  private readonly edits?: ModelBinding<ConfiguredEdits>;
  private readonly text?: ModelBinding<ConfiguredTextModel>;
  private readonly policy?: ConfiguredPolicy;
  private readonly guardrail?: GuardrailDefinition;

  constructor(private readonly scope: Construct, { model, additionalModels, edits, textModel, promptPolicy }: ModelProps) {
    this.images = [model, ...additionalModels].map((each) => each._bind(scope));
    this.edits = edits?._bind(scope);
    this.text = textModel?._bind(scope);
    this.bindings = [...this.images, ...(this.edits ? [this.edits] : []), ...(this.text ? [this.text] : [])];
    throwProblems('GenAiImageApi', scope.node.path, [...partitionProblems(scope, this.bindings), ...arnProblems(scope, this.bindings)]);
    warnMisspelledModels(scope, this.images.map(({ configuration }) => configuration), this.text?.configuration);
    this.policy = configuredPolicy(promptPolicy, this.images[0].configuration.region);
    this.guardrail = promptPolicy?.guardrail?._bind();
  }

  /** IAM permissions for the models and the guardrail. */
  public get permissions(): AccessPermission[] {
    return [
      ...this.bindings.flatMap(({ access }) => access.permissions(this.scope)),
      ...(this.guardrail ? guardrailPermissions(this.scope, this.guardrail, this.images[0].configuration.region) : []),
    ];
  }

  /** The calls of models, and of the guardrail in the Region of the default model. */
  public get calls(): ServiceCall[] {
    const models = this.bindings.map(({ access }) => ({ region: access.region, action: access.permissions(this.scope)[0].action }));
    const guardrail = this.guardrail && { region: this.images[0].configuration.region, action: GUARDRAIL_ACTION };
    return [...models, ...(guardrail ? [guardrail] : [])];
  }

  /** AWS Marketplace subscriptions that the account needs. */
  public get subscriptions(): Subscription[] {
    return this.bindings.flatMap(({ subscription }) => subscription ?? []);
  }

  /** Edit operations whose images the guardrail evaluates. */
  public get guardedOperations(): readonly string[] {
    return this.guardrail ? this.edits?.configuration.operations ?? [] : [];
  }

  public get configuration(): Pick<HandlerConfiguration, 'models' | 'edits' | 'textModel' | 'policy'> {
    return {
      models: this.images.map(({ configuration }) => configuration),
      ...(this.edits && { edits: this.edits.configuration }),
      ...(this.text && { textModel: this.text.configuration }),
      ...(this.policy && { policy: this.policy }),
    };
  }
}
