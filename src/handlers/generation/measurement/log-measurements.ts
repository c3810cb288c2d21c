import type { Measurements } from './measurements';
import { embeddedMetrics } from '../../shared/embedded-metrics';
import type { LogFields, Logger } from '../../shared/log';
import { inUsd, type Spending } from '../spend/spending';

export interface MeasuredLine {
  readonly message: 'request' | 'job';
  readonly fields: LogFields;
  /** Id of the REST API. */
  readonly api: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

interface LogPorts {
  readonly log: Logger;
  readonly measurements: Measurements;
  readonly spending: Spending;
}

/**
 * Logs what a request or a run of a job did: one line that also contains its metrics. A second model of the request gets a line of its own,
 * because a line has one value of each dimension.
 */
export function logMeasurements({ message, fields, api, now }: MeasuredLine, { log, measurements, spending }: LogPorts): void {
  const { chargedMicroUsd } = spending;
  if (chargedMicroUsd > 0) measurements.add('estimatedCost', inUsd(chargedMicroUsd));
  const { fields: described, byModel: [own, ...others] } = measurements;
  const { owner, routeSet } = described;
  log.info(message, { ...fields, ...described, ...embeddedMetrics(own.values, { api, model: own.model, routeSet }, now) });
  for (const { model, values } of others) log.info('model', { model, owner, routeSet, ...embeddedMetrics(values, { api, model, routeSet }, now) });
}
