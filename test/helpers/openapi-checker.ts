import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { asParsed } from './openapi-documents';
import { describeApi } from '../../src/handlers/http/routes/openapi-document';
import { handlerContext, type SharedContext } from '../../src/handlers/requests/context';
import { PROBLEM_CONTENT_TYPE } from '../../src/private/contract/errors';
import type { JsonObject } from '../../src/private/contract/json-object';
import type { OpenApiDocument } from '../../src/private/contract/openapi';
import { referencedComponents } from '../../src/private/contract/openapi/refs';

interface Header {
  readonly required?: boolean;
  readonly schema: JsonObject;
}

interface Content {
  readonly schema: JsonObject;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** A response of an operation in the document. */
export interface DocumentedResponse {
  readonly 'headers'?: Readonly<Record<string, Header>>;
  readonly 'content'?: Readonly<Record<string, Content>>;
  /** Media types of the body for clients that accept a file. */
  readonly 'x-binary-content'?: readonly string[];
  /** Codes of an error response. */
  readonly 'x-error-codes'?: readonly string[];
}

/** A response of a handler or a gateway response. */
export interface ActualResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly isBase64: boolean;
}

/** Compiled schemas, shared by all checkers, because most documents have the same schemas. */
const compiled = new Map<string, ValidateFunction>();

/** Validates values against the schemas of a document. */
export class DocumentChecker {
  private readonly validators = new WeakMap<JsonObject, ValidateFunction>();

  constructor(public readonly document: OpenApiDocument) {}

  /** Returns the validation errors of a value. */
  public errors(schema: JsonObject, value: unknown): string[] {
    const validate = this.validators.get(schema) ?? this.compile(schema);
    this.validators.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  }

  /** Returns the response of an operation, or undefined if the document does not have the status. */
  public response(method: string, path: string, status: number): DocumentedResponse | undefined {
    const { responses } = this.document.paths[path][method.toLowerCase()] as { readonly responses: Readonly<Record<string, JsonObject>> };
    return this.resolve(responses[String(status)]);
  }

  /** Returns the component that a value references, or the value if it is not a reference. */
  public resolve<T>(value: JsonObject): T {
    if (typeof value?.$ref !== 'string') return value as T;
    return value.$ref.split('/').slice(1).reduce((part, name) => part[name] as JsonObject, this.document as unknown as JsonObject) as T;
  }

  private compile(schema: JsonObject): ValidateFunction {
    const { schemas = {} } = referencedComponents(schema, { schemas: this.document.components.schemas as JsonObject });
    const whole = { ...schema, components: { schemas } };
    const key = JSON.stringify(whole);
    const known = compiled.get(key);
    if (known) return known;
    // The linter checks that the schemas are valid.
    const ajv = new Ajv2020({ allErrors: true, strictTypes: false, validateSchema: false, formats: { 'date-time': isTime, 'date': isDay, 'uri': URL.canParse, 'binary': true } });
    ajv.addVocabulary(['x-must', 'components']);
    const validate = ajv.compile(whole);
    compiled.set(key, validate);
    return validate;
  }
}

function isTime(text: string): boolean {
  return /T.*Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isTime(`${text}T00:00:00Z`);
}

const checkers = new Map<string, DocumentChecker>();

/** Returns the checker for the document that the handler serves. */
export async function checkerFor(context: SharedContext): Promise<DocumentChecker> {
  const { routes, legacy, auth, edits, textModel, models } = context.configuration;
  const key = JSON.stringify([routes, legacy, auth.mode, auth.bearer, edits, textModel !== undefined, models]);
  const known = checkers.get(key);
  if (known) return known;
  const request = { origin: 'https://api.example.com', path: '/prod/openapi.json', route: '/openapi.json' };
  const { json } = await describeApi(request as Parameters<typeof describeApi>[0], handlerContext(context, {}));
  const checker = new DocumentChecker(asParsed(json) as OpenApiDocument);
  checkers.set(key, checker);
  return checker;
}

/** Throws an error if the document does not have the response. */
export function expectDocumented(checker: DocumentChecker, method: string, path: string, response: ActualResponse): void {
  const errors = responseErrors(checker, method, path, response);
  if (errors.length > 0) throw new Error(`${method} ${path} returns ${response.status}, but not as documented: ${errors.join('; ')}\n${response.text.slice(0, 500)}`);
}

function responseErrors(checker: DocumentChecker, method: string, path: string, { status, headers, text, isBase64 }: ActualResponse): string[] {
  // A route that the API does not have is not in the document.
  if (!checker.document.paths[path]?.[method.toLowerCase()]) return status === 404 || status === 403 ? [] : ['the operation does not exist'];
  const documented = checker.response(method, path, status);
  if (!documented) return ['the status does not exist'];
  const headerErrors = Object.entries(documented.headers ?? {}).flatMap(([name, { required, schema }]) => {
    if (headers[name] === undefined) return required ? [`the header ${name} is missing`] : [];
    return checker.errors(schema, ['integer', 'number'].includes(String(schema.type)) ? Number(headers[name]) : headers[name]);
  });
  return [...headerErrors, ...undocumentedHeaders(documented, headers), ...contentErrors(checker, documented, headers['Content-Type'], text, isBase64), ...problemErrors(documented, status, text)];
}

/** Headers of every response. OpenAPI describes Content-Type by the media types of the response. */
const COMMON_HEADERS = /^(content-type|cache-control|vary|access-control-[a-z-]+)$/;

function undocumentedHeaders({ headers: documented = {} }: DocumentedResponse, headers: ActualResponse['headers']): string[] {
  const names = Object.keys(documented).map((name) => name.toLowerCase());
  return Object.keys(headers).filter((name) => !COMMON_HEADERS.test(name.toLowerCase()) && !names.includes(name.toLowerCase()))
    .map((name) => `the header ${name} is not in the document`);
}

/** All error responses have the same schema, so their status and code are compared here. */
function problemErrors({ 'x-error-codes': codes }: DocumentedResponse, status: number, text: string): string[] {
  if (!codes) return [];
  const problem = JSON.parse(text) as { readonly status: number; readonly code: string };
  return [
    ...(problem.status === status ? [] : [`the status of the problem is ${problem.status}`]),
    ...(codes.includes(problem.code) ? [] : [`the code ${problem.code} does not exist for this status`]),
  ];
}

const EVENT_STREAM = 'text/event-stream';
const TEXT_TYPES = [PROBLEM_CONTENT_TYPE, 'application/json', EVENT_STREAM];

function contentErrors(
  checker: DocumentChecker, { content, 'x-binary-content': binary = [] }: DocumentedResponse, type: string | undefined, text: string, isBase64: boolean,
): string[] {
  if (!content) return text === '' ? [] : ['the response must have no body'];
  if (binary.includes(type ?? '')) return isBase64 ? [] : ['a binary body must be base64-encoded'];
  const documented = content[type ?? ''];
  if (!documented) return [`the content type ${type} does not exist`];
  if (isBase64 !== !TEXT_TYPES.includes(type ?? '')) return ['a binary body must be base64-encoded, and a text body must not'];
  return isBase64 ? [] : checker.errors(documented.schema, type === EVENT_STREAM ? text : JSON.parse(text));
}
