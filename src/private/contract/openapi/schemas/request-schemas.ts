import { describeDefaults } from './describe-defaults';
import { type JsonObject } from '../../json-object';
import { BATCH_REQUEST_SCHEMA, EDIT_REQUEST_SCHEMA, GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA, UPLOAD_REQUEST_SCHEMA } from '../../requests';
import { type DescribedApi } from '../described-api';

interface RequestSchema {
  readonly $id: string;
  readonly properties: JsonObject;
}

interface ObjectSchema extends JsonObject {
  readonly properties: JsonObject;
}

/** Returns the schemas that the handler validates requests with, limited to the models and operations of the API. */
export function requestSchemas({ models, operations }: DescribedApi): Readonly<Record<string, JsonObject>> {
  const edit = schemaOf(EDIT_REQUEST_SCHEMA, 'operation', operations);
  return {
    GenerateRequest: schemaOf(GENERATE_REQUEST_SCHEMA, 'model', models),
    EditRequest: edit,
    EditForm: formSchema(edit),
    BatchRequest: schemaOf(BATCH_REQUEST_SCHEMA),
    UploadRequest: schemaOf(UPLOAD_REQUEST_SCHEMA),
    TextRequest: schemaOf(TEXT_REQUEST_SCHEMA),
  };
}

/** Returns a schema without `$id`, which only the validators use. If `choices` are known, the field accepts only those. */
function schemaOf({ $id, ...schema }: RequestSchema, field = '', choices?: readonly string[]): ObjectSchema {
  const properties = describeDefaults(schema.properties);
  if (!choices) return { ...schema, properties };
  const { description } = properties[field] as JsonObject;
  return { ...schema, properties: { ...properties, [field]: { type: 'string', enum: choices, description } } };
}

const FILE_FIELDS = ['image', 'mask', 'styleImage'];

/** Returns the schema of a multipart form, in which images are files. */
function formSchema(schema: ObjectSchema): JsonObject {
  const files = FILE_FIELDS.map((name) => {
    const { description } = schema.properties[name] as JsonObject;
    return [name, { type: 'string', format: 'binary', description: `${description} In a form, the field can be a file.` }];
  });
  return { ...schema, properties: { ...schema.properties, ...Object.fromEntries(files) as JsonObject } };
}
