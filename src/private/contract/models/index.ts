/**
 * The model catalog: ids, Regions, parameters, prices and lifecycle dates. The construct derives Regions, IAM permissions and warnings from
 * it, and the handler derives validation and request bodies. To add a model, add an entry.
 */
export * from './edit-models';
export * from './families';
export * from './image-models';
export * from './latency';
export * from './lifecycle';
export * from './parameters';
export * from './text-models';
