import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { LocalRunError } from './local-run-error';

const DEFAULT_APP = 'examples/quickstart';
const MAX_SEED = 4_294_967_295;
const MAX_PORT = 65_535;

export interface DemoArguments {
  readonly prompt: string;
  readonly seed: number | undefined;
  /** Absolute path. */
  readonly out: string;
  readonly app: string;
}

export interface LocalArguments {
  readonly app: string;
  readonly port: number | undefined;
  /** Whether to serve the playground, also for an app without `ImagePlayground`. */
  readonly playground: boolean;
  readonly playgroundPort: number | undefined;
  /** CDK context, in addition to the context in `cdk.json`. */
  readonly context: Readonly<Record<string, string>>;
}

export const DEMO_USAGE = `npm run demo -- [options]     generates one image with an example app on this machine
  --prompt TEXT        prompt                       (default: a lighthouse in a storm)
  --seed N             seed of a reproducible image                  (default: random)
  --out FILE           output file, .png or .jpg                  (default: image.png)
  --app FOLDER         CDK app: any folder with a cdk.json  (default: ${DEFAULT_APP})`;

export const LOCAL_USAGE = `npm run local -- [options]    runs an app on this machine until Ctrl-C
  --app FOLDER         CDK app: any folder with a cdk.json  (default: ${DEFAULT_APP})
  --port N             port of the API           (default: a free port, from 3000)
  --playground         serves the playground, also for an app without it
  --playground-port N  port of the playground    (default: a free port, from 4000)
  -c NAME=VALUE        CDK context, as in the CDK CLI; can be repeated
AUTH=true npm run local       evaluates IAM policies`;

/** Parses the arguments of `npm run demo`. Returns `undefined` for `--help`. */
export function parseDemoArguments(argv: readonly string[], cwd: string): DemoArguments | undefined {
  const values = parseOptions(argv, { prompt: STRING, seed: STRING, out: STRING, app: STRING }, DEMO_USAGE);
  if (!values) return undefined;
  if (values.prompt !== undefined && !values.prompt.trim()) throw new LocalRunError('--prompt must not be blank', 'for example --prompt "a lighthouse"');
  return {
    prompt: values.prompt ?? 'a lighthouse in a storm',
    seed: parseInteger('--seed', values.seed, 0, MAX_SEED, 7),
    out: path.resolve(cwd, values.out ?? 'image.png'),
    app: values.app ?? DEFAULT_APP,
  };
}

/** Parses the arguments of `npm run local`. Returns `undefined` for `--help`. */
export function parseLocalArguments(argv: readonly string[]): LocalArguments | undefined {
  const values = parseOptions(argv, {
    'app': STRING, 'port': STRING, 'playground': FLAG, 'playground-port': STRING, 'context': { ...STRINGS, short: 'c' },
  }, LOCAL_USAGE);
  return values && {
    app: values.app ?? DEFAULT_APP,
    port: parseInteger('--port', values.port, 1, MAX_PORT, 3000),
    playground: values.playground ?? false,
    playgroundPort: parseInteger('--playground-port', values['playground-port'], 1, MAX_PORT, 4000),
    context: parseContext(values.context),
  };
}

function parseContext(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) throw new LocalRunError(`-c must be NAME=VALUE, got '${pair}'`, 'for example -c apiKey=true');
    return [name, value];
  }));
}

const STRING = { type: 'string' } as const;
const STRINGS = { type: 'string', multiple: true } as const;
const FLAG = { type: 'boolean' } as const;

type Value<Option> = Option extends typeof FLAG ? boolean : Option extends typeof STRINGS ? string[] : string;
type Values<Options> = { readonly [Name in keyof Options]?: Value<Options[Name]> };

function parseOptions<Options extends Record<string, typeof STRING | typeof STRINGS | typeof FLAG>>(
  argv: readonly string[], options: Options, usage: string,
): Values<Options> | undefined {
  try {
    const { values } = parseArgs({ args: [...argv], options: { ...options, help: { type: 'boolean', short: 'h' } } as const, allowPositionals: false });
    return 'help' in values ? undefined : values as Values<Options>;
  } catch (error) {
    // only the first sentence of Node's message is about the option
    throw new LocalRunError((error as Error).message.split(/[.\n] ?/)[0], `use these options:\n${usage}`);
  }
}

function parseInteger(option: string, text: string | undefined, min: number, max: number, example: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new LocalRunError(`${option} must be a whole number from ${min} to ${max}, got '${text}'`, `for example ${option} ${example}`);
}
