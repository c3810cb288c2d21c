import { type IConstruct } from 'constructs';

/** Context key for the date that decides the lifecycle of models, so that synthesis is reproducible. */
export const TODAY_CONTEXT = 'cdk-genai-image-api:today';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Returns the date of synthesis in epoch milliseconds: the context value if set, else the current time. */
export function today(scope: IConstruct): number {
  const date: unknown = scope.node.tryGetContext(TODAY_CONTEXT);
  if (date === undefined) return Date.now();
  const time = typeof date === 'string' && ISO_DATE.test(date) ? Date.parse(date) : NaN;
  // Date.parse accepts February 30 as March 2.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) {
    throw new Error(`context '${TODAY_CONTEXT}' must be a date such as '2026-11-26', got '${String(date)}'`);
  }
  return time;
}
