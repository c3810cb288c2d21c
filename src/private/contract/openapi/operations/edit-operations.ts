import { createOperation, CREATE_ERRORS } from './image-operations';
import { formContent, jsonContent } from '../content';
import { type DescribeOperation } from '../described-api';
import { EDIT_EXAMPLE, EXAMPLE_ID, EXAMPLE_PNG, UPLOAD_EXAMPLE } from '../examples';
import { BODY_ERRORS } from '../problem-responses';

/** Operation of the examples. Other operations have other parameters. */
const EXAMPLE_OPERATION = 'outpaint';

const editImages: DescribeOperation = (api) => {
  const { operations = [EXAMPLE_OPERATION] } = api;
  const hasExampleOperation = operations.includes(EXAMPLE_OPERATION);
  const parameters = hasExampleOperation ? { right: 256 } : {};
  const operation = hasExampleOperation ? EXAMPLE_OPERATION : operations[0];
  return {
    operationId: 'editImages',
    tag: 'Edits',
    summary: 'Edit an image',
    description: 'Edits an image. `GET /models` lists the parameters of each operation. Upload images that are larger than 4 MB with `POST /images/uploads` first.',
    requestBody: {
      required: true,
      content: {
        ...jsonContent('EditRequest', { inline: { operation, image: EXAMPLE_PNG, ...parameters }, stored: { operation, image: EXAMPLE_ID, ...parameters } }),
        ...formContent('EditForm', { stored: { operation, image: EXAMPLE_ID, ...parameters } }),
      },
    },
    ...createOperation(api, { url: { ...EDIT_EXAMPLE, operation } }),
    errors: CREATE_ERRORS,
  };
};

const createUpload: DescribeOperation = () => ({
  operationId: 'createUpload',
  tag: 'Edits',
  summary: 'Create an upload form',
  description: 'Returns a presigned form to upload an image of up to 25 MB. Requests can use the ID of the upload for one day.',
  requestBody: { required: true, content: jsonContent('UploadRequest', { png: { contentType: 'image/png' } }) },
  responses: { 201: { description: 'The upload form.', content: jsonContent('UploadResponse', { form: UPLOAD_EXAMPLE }) } },
  errors: BODY_ERRORS,
});

export const EDIT_OPERATIONS: Readonly<Record<string, DescribeOperation>> = {
  'POST /images/edits': editImages,
  'POST /images/uploads': createUpload,
};
