import { createBatch, getBatch } from './batches';
import { createImages } from './create-images';
import { editImages } from './edit-images';
import { generateText } from './generate-text';
import { deleteImage, getImage, listImages } from './images';
import { listModels } from './list-models';
import { createUpload } from './uploads';
import type { RouteTable } from '../route';

/** The standard routes. */
export const STANDARD_ROUTE_FUNCTIONS: RouteTable = {
  'POST /images': createImages,
  'GET /images': listImages,
  'GET /images/{id}': getImage,
  'DELETE /images/{id}': deleteImage,
  'POST /images/edits': editImages,
  'POST /images/uploads': createUpload,
  'POST /images/batches': createBatch,
  'GET /images/batches/{id}': getBatch,
  'POST /text': generateText,
  'GET /models': listModels,
};
