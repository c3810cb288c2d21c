import { making, MAKING_ERRORS } from './images';
import { formContent, jsonContent } from '../content';
import { EDIT_EXAMPLE, EXAMPLE_ID, EXAMPLE_PICTURE, UPLOAD_EXAMPLE } from '../examples';
import { BODY_ERRORS } from '../problems';
import { Describe } from '../types';

/** The operation of the example; what else one needs differs. */
const FAVOURITE = 'outpaint';

const editImages: Describe = (api) => {
  const { operations = [FAVOURITE] } = api;
  const isThere = operations.includes(FAVOURITE);
  const more = isThere ? { right: 256 } : {};
  const operation = isThere ? FAVOURITE : operations[0];
  return {
    operationId: 'editImages',
    tag: 'Edits',
    summary: 'Edit an image',
    description: 'What each operation takes stands in `GET /models`. Larger pictures than 4 MB are uploaded first.',
    requestBody: {
      required: true,
      content: {
        ...jsonContent('EditRequest', { inline: { operation, image: EXAMPLE_PICTURE, ...more }, stored: { operation, image: EXAMPLE_ID, ...more } }),
        ...formContent('EditForm', { stored: { operation, image: EXAMPLE_ID, ...more } }),
      },
    },
    ...making(api, { url: { ...EDIT_EXAMPLE, operation } }),
    errors: MAKING_ERRORS,
  };
};

const createUpload: Describe = () => ({
  operationId: 'createUpload',
  tag: 'Edits',
  summary: 'Get a form to upload a picture with',
  description: 'For pictures of up to 25 MB. Edits take the id for a day.',
  requestBody: { required: true, content: jsonContent('UploadRequest', { png: { contentType: 'image/png' } }) },
  answers: { 201: { description: 'The form.', content: jsonContent('UploadAnswer', { form: UPLOAD_EXAMPLE }) } },
  errors: BODY_ERRORS,
});

export const EDIT_OPERATIONS: Readonly<Record<string, Describe>> = {
  'POST /images/edits': editImages,
  'POST /images/uploads': createUpload,
};
