import { BATCH_REQUEST_SCHEMA, EDIT_REQUEST_SCHEMA, GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA, UPLOAD_REQUEST_SCHEMA } from '../../requests';
import { DescribedApi, Json } from '../types';
import { defaultsInWords } from './defaults';

interface ObjectSchema {
  readonly $id: string;
  readonly properties: Json;
}

/** What the handler validates with, narrowed to what this API allows. */
export function requestSchemas({ models, operations }: DescribedApi): Readonly<Record<string, Json>> {
  const edit = narrowed(EDIT_REQUEST_SCHEMA, 'operation', operations);
  return {
    GenerateRequest: narrowed(GENERATE_REQUEST_SCHEMA, 'model', models),
    EditRequest: edit,
    EditForm: formOf(edit),
    BatchRequest: narrowed(BATCH_REQUEST_SCHEMA),
    UploadRequest: narrowed(UPLOAD_REQUEST_SCHEMA),
    TextRequest: narrowed(TEXT_REQUEST_SCHEMA),
  };
}

/** Without the name that only validators need. `field` takes `choices`, where they are known. */
function narrowed({ $id, ...schema }: ObjectSchema, field = '', choices?: readonly string[]): Json & { readonly properties: Json } {
  const properties = defaultsInWords(schema.properties);
  if (!choices) return { ...schema, properties };
  const { description } = properties[field] as Json;
  return { ...schema, properties: { ...properties, [field]: { type: 'string', enum: choices, description } } };
}

const FILES = ['image', 'mask', 'styleImage'];

/** The same fields in a form, which carries pictures as files. */
function formOf(schema: Json & { readonly properties: Json }): Json {
  const files = FILES.map((name) => {
    const { description } = schema.properties[name] as Json;
    return [name, { type: 'string', format: 'binary', description: `A file; or, as a field of text: ${description}` }];
  });
  return { ...schema, properties: { ...schema.properties, ...Object.fromEntries(files) as Json } };
}
