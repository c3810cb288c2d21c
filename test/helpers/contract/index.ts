export * from './batches.contract';
export * from './budgets.contract';
export * from './claims.contract';
export * from './contract-clock';
export * from './event-publisher.contract';
export * from './image-records.contract';
export * from './image-store.contract';
export * from './job-queue.contract';
