import type { ErrorCode } from '../../../private/contract/errors';
import type { MetricKey, MetricRouteSet } from '../../../private/contract/metrics';
import type { MetricValues } from '../../shared/embedded-metrics';
import { ownerHash } from '../../shared/owner-hash';
import type { StoredImage } from '../storage/records';

/** What the log line of a request or of a run of a job says about it. It contains no data of the client. */
export interface MeasuredFields {
  readonly imageId?: string;
  readonly model?: string;
  /** Hash of the owner. */
  readonly owner?: string;
  readonly routeSet?: MetricRouteSet;
  /** Result of a run of a job. */
  readonly outcome?: 'succeeded' | 'failed' | 'throttled';
  readonly code?: ErrorCode;
  /** Width and height of the first image that was stored. */
  readonly size?: string;
  /** Bytes of all images that were stored. */
  readonly bytes?: number;
}

/** The values of one model. */
export interface ModelMeasurements {
  /** Absent if no model was selected. */
  readonly model?: string;
  readonly values: MetricValues;
}

interface MeasuredValue {
  readonly metric: MetricKey;
  readonly value: number;
  /** Absent for the model of the request. */
  readonly model?: string;
}

/** Collects what one request, or one run of a job, does. It is created for each. */
export class Measurements {
  private described: MeasuredFields = {};
  private readonly values: MeasuredValue[] = [];

  /** Adds fields of the log line, or replaces them. */
  public describe(fields: MeasuredFields): void {
    this.described = { ...this.described, ...fields };
  }

  public describeOwner(owner: string): void {
    this.describe({ owner: ownerHash(owner) });
  }

  /** Adds a value of a metric. `model`: by default, that of the request. */
  public add(metric: MetricKey, value = 1, model?: string): void {
    this.values.push({ metric, value, model });
  }

  /** Counts an image that was generated and stored. */
  public addImage({ width, height, bytes }: StoredImage): void {
    this.add('images');
    const { size = `${width}x${height}`, bytes: others = 0 } = this.described;
    this.describe({ size, bytes: others + bytes });
  }

  /** Notes that an earlier request with the same key has the result of this one. */
  public reuse(): void {
    if (!this.values.some(({ metric }) => metric === 'reused')) this.add('reused');
  }

  public get fields(): MeasuredFields {
    const { model } = this;
    return { ...this.described, ...(model !== undefined && { model }) };
  }

  /** The values of the model of the request, and those of other models that it called: a text model, or the removal of the background. */
  public get byModel(): readonly [ModelMeasurements, ...ModelMeasurements[]] {
    const { model } = this;
    const others = [...new Set(this.values.flatMap((each) => each.model ?? []))].filter((other) => other !== model);
    return [{ model, values: this.valuesOf(model) }, ...others.map((other) => ({ model: other, values: this.valuesOf(other) }))];
  }

  private valuesOf(of: string | undefined): MetricValues {
    const found = new Map<MetricKey, number[]>();
    for (const { metric, value, model = this.model } of this.values) {
      if (model === of) found.set(metric, [...found.get(metric) ?? [], value]);
    }
    return found;
  }

  private get model(): string | undefined {
    return this.described.model ?? this.values.find(({ model }) => model !== undefined)?.model;
  }
}
