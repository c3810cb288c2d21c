import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { describeApi } from '../../src/handlers/http/routes/openapi-document';
import type { HandlerContext } from '../../src/handlers/requests/context';
import { PROBLEM_CONTENT_TYPE } from '../../src/private/contract/errors';
import type { OpenApiDocument } from '../../src/private/contract/openapi';
import { referredIn } from '../../src/private/contract/openapi/refs';

type Json = Readonly<Record<string, unknown>>;

interface Header {
  readonly required?: boolean;
  readonly schema: Json;
}

/** A response of an operation, as the document has it. */
export interface Documented {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, { readonly schema: Json; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly isBase64: boolean;
}

/** Documents have most of their schemas in common: each is compiled once. */
const compiled = new Map<string, ValidateFunction>();

/** Knows what the schemas of a document say. */
export class DocumentChecker {
  private readonly validators = new WeakMap<Json, ValidateFunction>();

  constructor(public readonly document: OpenApiDocument) {}

  /** What is wrong with a value, empty if nothing is. */
  public faults(schema: Json, value: unknown): string[] {
    const validate = this.validators.get(schema) ?? this.compile(schema);
    this.validators.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  }

  /** The response to an operation, or undefined where the document knows none of that status. */
  public response(method: string, path: string, status: number): Documented | undefined {
    const { responses } = this.document.paths[path][method.toLowerCase()] as { readonly responses: Readonly<Record<string, Json>> };
    return this.resolve(responses[String(status)]);
  }

  /** The value itself, or what it refers to. */
  public resolve<T>(value: Json): T {
    if (typeof value?.$ref !== 'string') return value as T;
    return value.$ref.split('/').slice(1).reduce((part, name) => part[name] as Json, this.document as unknown as Json) as T;
  }

  private compile(schema: Json): ValidateFunction {
    // where the references lead, without the other components
    const { schemas = {} } = referredIn(schema, { schemas: this.document.components.schemas as Json });
    const whole = { ...schema, components: { schemas } };
    const key = JSON.stringify(whole);
    const known = compiled.get(key);
    if (known) return known;
    // that they are schemas, the linter tells
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

/** The checker for the API that a handler serves. */
export async function checkerFor(context: HandlerContext): Promise<DocumentChecker> {
  const { routes, legacy, auth, edits, textModel, models } = context.configuration;
  const key = JSON.stringify([routes, legacy, auth.mode, auth.bearer, edits, textModel !== undefined, models]);
  const known = checkers.get(key);
  if (known) return known;
  const request = { origin: 'https://api.example.com', path: '/prod/openapi.json', route: '/openapi.json' };
  const { json } = await describeApi(request as Parameters<typeof describeApi>[0], context);
  // as clients read it: what is undefined is not there
  const checker = new DocumentChecker(JSON.parse(JSON.stringify(json)) as OpenApiDocument);
  checkers.set(key, checker);
  return checker;
}

/** Throws unless the document of the API says of this operation that it can answer so. */
export function expectDocumented(checker: DocumentChecker, method: string, path: string, answer: Answered): void {
  const faults = faultsOf(checker, method, path, answer);
  if (faults.length > 0) throw new Error(`${method} ${path} answers ${answer.status}, but not as documented: ${faults.join('; ')}\n${answer.text.slice(0, 500)}`);
}

function faultsOf(checker: DocumentChecker, method: string, path: string, { status, headers, text, isBase64 }: Answered): string[] {
  // what was not built is not described either
  if (!checker.document.paths[path]?.[method.toLowerCase()]) return status === 404 || status === 403 ? [] : ['there is no such operation'];
  const documented = checker.response(method, path, status);
  if (!documented) return ['there is no such status'];
  const headerFaults = Object.entries(documented.headers ?? {}).flatMap(([name, { required, schema }]) => {
    if (headers[name] === undefined) return required ? [`the header ${name} is missing`] : [];
    return checker.faults(schema, schema.type === 'integer' ? Number(headers[name]) : headers[name]);
  });
  return [...headerFaults, ...contentFaults(checker, documented, headers['Content-Type'], text, isBase64)];
}

const EVENTS = 'text/event-stream';
const TEXTS = [PROBLEM_CONTENT_TYPE, 'application/json', EVENTS];

function contentFaults(checker: DocumentChecker, { content }: Documented, type: string | undefined, text: string, isBase64: boolean): string[] {
  if (!content) return text === '' ? [] : ['it has no body'];
  const documented = content[type ?? ''];
  if (!documented) return [`there is no content of type ${type}`];
  if (isBase64 !== !TEXTS.includes(type ?? '')) return ['bytes are base64 for the gateway, texts are not'];
  return isBase64 ? [] : checker.faults(documented.schema, type === EVENTS ? text : JSON.parse(text));
}
