/**
 * The models, as data: what each is called, where it runs, what it takes, what it costs and when it ends. The construct derives
 * regions, IAM and warnings from a row, the handler request bodies and validation. Adding a model is adding a row.
 */
export * from './edit-models';
export * from './families';
export * from './image-models';
export * from './latency';
export * from './lifecycle';
export * from './parameters';
export * from './text-models';
