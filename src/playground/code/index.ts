/** The request of the page as code. */
import { type CodeLanguage, type CodeRequest } from './code-request';
import { curlCode } from './curl';
import { pythonCode } from './python';
import { typescriptCode } from './typescript';

export { CODE_LABELS, type CodeLanguage, type CodeRequest } from './code-request';

const WRITERS: Readonly<Record<CodeLanguage, (request: CodeRequest) => string>> = { curl: curlCode, typescript: typescriptCode, python: pythonCode };

/** Returns a request as code, with an environment variable in place of the credentials. */
export function codeOf(language: CodeLanguage, request: CodeRequest): string {
  return WRITERS[language](request);
}
