/**
 * Extracts metrics from log lines as CloudWatch does, by its specification of the embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

/** The values of a metric with one set of dimensions. */
export interface Datapoint {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timestamp: number;
}

const UNITS = ['Count', 'Milliseconds', 'Seconds', 'None'];
/** Limits of the specification. */
const MAX_DIMENSIONS = 30;
const MAX_METRICS = 100;
const MAX_VALUES = 100;

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the datapoints of a log line. Throws if the line has metadata that the specification does not allow. */
export function datapointsOf(line: string): Datapoint[] {
  const root = JSON.parse(line) as Json;
  if (!('_aws' in root)) return [];
  const { Timestamp: timestamp, CloudWatchMetrics: directives, ...others } = member(root, '_aws');
  expectThat(Object.keys(others).length === 0 && Number.isInteger(timestamp) && Array.isArray(directives), 'the metadata is not valid');
  return (directives as unknown[]).flatMap((directive) => directiveDatapoints(directive, root, timestamp as number));
}

function directiveDatapoints(directive: unknown, root: Json, timestamp: number): Datapoint[] {
  expectThat(isObject(directive), 'a directive is not an object');
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics, ...others } = directive as Json;
  expectThat(Object.keys(others).length === 0 && typeof namespace === 'string' && namespace !== '', 'a directive is not valid');
  expectThat(Array.isArray(sets) && sets.length > 0, 'a directive has no dimension sets');
  expectThat(Array.isArray(metrics) && metrics.length > 0 && metrics.length <= MAX_METRICS, 'a directive has no metrics, or too many');
  return (metrics as unknown[]).flatMap((metric) => (sets as unknown[]).map((set) => ({
    namespace: namespace as string, timestamp, dimensions: dimensionsOf(set, root), ...valuesOf(metric, root),
  })));
}

function dimensionsOf(set: unknown, root: Json): Record<string, string> {
  expectThat(Array.isArray(set) && set.length > 0 && set.length <= MAX_DIMENSIONS, 'a dimension set is empty or too long');
  return Object.fromEntries((set as string[]).map((name) => {
    const value = root[name];
    expectThat(typeof value === 'string' && value.trim() !== '' && value.length <= 1024, `the dimension ${name} is not a text`);
    return [name, value as string];
  }));
}

function valuesOf(metric: unknown, root: Json): Pick<Datapoint, 'name' | 'unit' | 'values'> {
  expectThat(isObject(metric), 'a metric is not an object');
  const { Name: name, Unit: unit, ...others } = metric as Json;
  expectThat(Object.keys(others).length === 0 && typeof name === 'string' && UNITS.includes(unit as string), 'a metric is not valid');
  const values = [root[name as string]].flat();
  const isList = values.length > 0 && values.length <= MAX_VALUES && values.every((value) => Number.isFinite(value));
  expectThat(isList, `the metric ${String(name)} has no values, or too many`);
  return { name: name as string, unit: unit as string, values: values as number[] };
}

function member(root: Json, name: string): Json {
  const value = root[name];
  expectThat(isObject(value), `${name} is not an object`);
  return value as Json;
}

function expectThat(condition: boolean, problem: string): void {
  if (!condition) throw new Error(problem);
}

/** Returns all values of a metric with exactly these dimensions. */
export function valuesIn(lines: readonly string[], name: string, dimensions: Readonly<Record<string, string>>): number[] {
  const wanted = JSON.stringify(sorted(dimensions));
  const found = lines.flatMap(datapointsOf).filter((each) => each.name === name && JSON.stringify(sorted(each.dimensions)) === wanted);
  return found.flatMap(({ values }) => values);
}

/** Returns the sum of a metric, without the errors of binary fractions. */
export function sumIn(lines: readonly string[], name: string, dimensions: Readonly<Record<string, string>>): number {
  return Number(valuesIn(lines, name, dimensions).reduce((sum, value) => sum + value, 0).toFixed(9));
}

function sorted(dimensions: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(dimensions).sort(([a], [b]) => a.localeCompare(b));
}
