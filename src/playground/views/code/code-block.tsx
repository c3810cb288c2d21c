import { useId, useState } from 'preact/hooks';
import { type JsonObject } from '../../../private/contract/json-object';
import { CODE_LABELS, type CodeLanguage, codeOf } from '../../code';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { useCopy } from '../../parts/copy';
import { radioKeys, radioProps } from '../../parts/radio-keys';

const LANGUAGES = Object.keys(CODE_LABELS) as readonly CodeLanguage[];

export interface CodeBlockProps {
  readonly body: JsonObject;
  readonly label: string;
}

/** A request as code, in three languages. It has a placeholder in place of the credentials. */
export function CodeBlock({ body, label }: CodeBlockProps) {
  const { configuration } = usePage();
  const id = useId();
  const copy = useCopy();
  const [language, setLanguage] = useState<CodeLanguage>('curl');
  const code = codeOf(language, { apiUrl: configuration.apiUrl, path: '/images', body, auth: configuration.auth });
  return (
    <div class="field">
      <div class="label-row">
        <span class="label" id={id}>{label}</span>
        <Button kind="ghost" size="small" icon="copy" onClick={() => void copy(code, 'Copied')}>Copy</Button>
      </div>
      <div class="segment" role="radiogroup" aria-labelledby={id} onKeyDown={radioKeys(LANGUAGES, setLanguage)}>
        {LANGUAGES.map((name) => (
          <button key={name} {...radioProps(name === language, false, true)} onClick={() => setLanguage(name)}>{CODE_LABELS[name]}</button>
        ))}
      </div>
      <pre class="code" tabIndex={0} aria-label="Code">{code}</pre>
    </div>
  );
}
