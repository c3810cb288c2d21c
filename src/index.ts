export * from './api-auth';
export * from './compute';
export * from './genai-image-api';
export * from './image-model';
export * from './image-storage';
export * from './limits';
