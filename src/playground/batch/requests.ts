/** Requests of a batch, and the lines that their errors belong to. */
import { type LineIssue, type PromptLine } from './lines';
import { type FieldError } from '../../private/contract/errors';
import { type JsonObject } from '../../private/contract/json-object';
import { type Form } from '../models/form';
import { requestBody } from '../models/request-body';
import { type FormValues, valueOf } from '../models/values';
import { seedsOf } from '../runs/seeds';

/** Returns the body of `POST /images/batches`: one image a line, with the settings of the form. `random`: a number from 0 to below 1. */
export function batchBody(lines: readonly PromptLine[], form: Form, values: FormValues, random: () => number): JsonObject {
  const { seed } = form.target.parameters;
  const fixedSeed = valueOf(values, 'seed');
  const seeds = seed?.type === 'integer' && lines.length > 0
    ? seedsOf({ count: lines.length, maximum: seed.maximum, random, ...(typeof fixedSeed === 'number' && { fixedSeed }) })
    : [];
  return { requests: lines.map(({ prompt }, index) => requestBody(form, { ...values, prompt }, { count: 1, seed: seeds[index] })) };
}

export interface BatchIssues {
  readonly lines: readonly LineIssue[];
  /** Errors that belong to no line. */
  readonly others: readonly FieldError[];
}

const REQUEST_POINTER = /^\/requests\/(\d{1,3})(\/.*)?$/;

/** Returns the errors of a batch by their lines. An error of a setting belongs to the lines that have it. */
export function batchIssues(errors: readonly FieldError[], lines: readonly PromptLine[]): BatchIssues {
  const mapped = errors.map((error) => ({ error, issue: lineIssue(error, lines) }));
  return { lines: mapped.flatMap(({ issue }) => issue ?? []), others: mapped.filter(({ issue }) => !issue).map(({ error }) => error) };
}

function lineIssue({ pointer, detail }: FieldError, lines: readonly PromptLine[]): LineIssue | undefined {
  const [, index, field] = REQUEST_POINTER.exec(pointer) ?? [];
  const line = index === undefined ? undefined : lines[Number(index)];
  if (!line) return undefined;
  const name = field?.slice(1);
  return { number: line.number, text: name === undefined || name === '' || name === 'prompt' ? detail : `${name} ${detail}` };
}
