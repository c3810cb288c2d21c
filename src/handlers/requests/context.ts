import type { AllowedEdit, ModelRegistry, AllowedText } from './model-registry';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/idempotent-generator';
import { MeasuredGuardrail, MeasuredImageModels, MeasuredTextModel } from '../generation/measurement/measured-models';
import { Measurements } from '../generation/measurement/measurements';
import type { Batches, Budgets, JobQueue, UploadSigner, UrlSigner } from '../generation/ports';
import { Budget } from '../generation/spend/budget';
import { PricedTextModel } from '../generation/spend/priced-text-model';
import { Spending } from '../generation/spend/spending';
import { withFields, type LogFields } from '../shared/log';

/** The ports that all requests of an execution environment share. */
export interface SharedPorts extends Omit<GenerationPorts, 'spending' | 'budget' | 'measurements'> {
  /** Absent without a budget. */
  readonly budgets?: Budgets;
}

/** The configuration of an API, and the ports that all requests of an execution environment share. */
export interface SharedContext extends Omit<HandlerContext, 'ports'> {
  readonly ports: SharedPorts;
}

/** The configuration of an API, and the ports of one request. */
export interface HandlerContext {
  readonly configuration: HandlerConfiguration;
  readonly models: ModelRegistry;
  readonly edits: readonly AllowedEdit[];
  /** Only with a text model. */
  readonly text?: AllowedText;
  readonly ports: GenerationPorts;
  readonly signer: UrlSigner & UploadSigner;
  readonly batches: Batches;
  /** Only with queued delivery. */
  readonly queue?: JobQueue;
}

/** Returns the context of one request, or of one run of a job: its log lines have `fields`, and its costs and metrics are counted separately. */
export function handlerContext(
  { ports: { budgets, guardrail, models, textModel, ...ports }, ...context }: SharedContext, fields: LogFields,
): HandlerContext {
  const { clock, textPrice } = ports;
  const spending = new Spending();
  const measurements = new Measurements();
  const log = withFields(ports.log, fields);
  const { budget } = context.configuration;
  const measuredText = textModel && context.text && new MeasuredTextModel(context.text.model.id, textModel, measurements, clock);
  return {
    ...context,
    ports: {
      ...ports,
      log,
      spending,
      measurements,
      models: new MeasuredImageModels(models, measurements, clock),
      guardrail: guardrail && new MeasuredGuardrail(guardrail, measurements),
      textModel: measuredText && new PricedTextModel(measuredText, textPrice, spending),
      budget: budget && budgets && new Budget(budget, { budgets, clock, log }),
    },
  };
}

/** Returns whether the API has `POST /images/uploads`. */
export function hasUploads({ edits, configuration }: HandlerContext): boolean {
  return edits.length > 0 && configuration.routes.includes('standard');
}
