import type { RouteTable } from '../route';

/** The functions of the standard routes. */
export const STANDARD_FUNCTIONS: RouteTable = {
  'POST /images': async () => (await import('./create-images')).createImages,
  'GET /images': async () => (await import('./images')).listImages,
  'GET /images/{id}': async () => (await import('./images')).getImage,
  'DELETE /images/{id}': async () => (await import('./images')).deleteImage,
  'POST /images/edits': async () => (await import('./edit-images')).editImages,
  'POST /images/uploads': async () => (await import('./uploads')).createUpload,
  'POST /images/batches': async () => (await import('./batches')).createBatch,
  'GET /images/batches/{id}': async () => (await import('./batches')).getBatch,
  'POST /text': async () => (await import('./generate-text')).generateText,
  'GET /models': async () => (await import('./list-models')).listModels,
  'GET /openapi.json': async () => (await import('./openapi-document')).describeApi,
};
