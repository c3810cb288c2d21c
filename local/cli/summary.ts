import { LOCAL_USER } from '../playground/sign-in';
import { displayPath, OUTPUTS_FILE } from '../processes/paths';
import { type LocalApp } from '../run-app';
import { resourcesOfType } from '../template/template';
import { routesOf } from '../template/template-routes';

type RunningApp = Pick<LocalApp, 'outputs' | 'stacks' | 'emulatorLog'>;

/** Returns the lines that `npm run local` prints when the app is deployed: endpoints, credentials and commands to call the API. */
export function summary(app: RunningApp): string[] {
  const { outputs: { baseUrl, apiKeys, corsOrigin, controlUrl, awsEndpointUrl, playgroundUrl, playgroundUser, region }, stacks, emulatorLog } = app;
  const routes = stacks.flatMap(({ template }) => routesOf(template));
  const uses = (authorization: string) => routes.some((route) => route.authorization === authorization);
  const has = (route: string) => routes.some(({ name }) => name === route);
  const curl = (...words: string[]) => ['  curl -s', `${baseUrl}/images`, ...credentials(app, uses), ...words].join(' ');
  return [
    '',
    `  API            ${baseUrl}`,
    ...(playgroundUrl === null ? [] : [`  playground     ${playgroundUrl}`]),
    ...(playgroundUser === null ? [] : [`  sign in as     ${playgroundUser.name}, password ${playgroundUser.password}`]),
    ...(has('POST /v1/images/generations') ? [`  OpenAI SDKs    ${baseUrl}/v1  (base URL; use an API key below)`] : []),
    `  routes         ${routes.map(({ name }) => name).join(', ')}`,
    ...(corsOrigin === null ? [] : [`  web pages on   ${corsOrigin}  (allowed origin)`]),
    ...Object.entries(apiKeys).map(([client, key]) => `  key of ${client.padEnd(8)}${key}`),
    ...(uses('AWS_IAM') ? ['  credentials    access key test, secret key test'] : []),
    `  AWS emulator   ${awsEndpointUrl}  (credentials test/test, region ${region})`,
    `  models         ${controlUrl}  (GET /calls, PUT /mode {"mode":"throttle","times":1})`,
    `  outputs file   ${displayPath(OUTPUTS_FILE)}`,
    `  emulator log   ${displayPath(emulatorLog)}`,
    '',
    ...(uses('COGNITO_USER_POOLS') ? ['  Create a user and set TOKEN to an ID token:', ...tokenCommands(app).map((line) => `  ${line}`), ''] : []),
    ...(has('POST /images') ? [curl('-H \'content-type: application/json\' -d \'{"prompt":"a red fox"}\'')] : []),
    ...(has('GET /images') ? [curl()] : []),
    '',
    '  Press Ctrl-C to stop.',
    '',
  ];
}

/** Returns the arguments of curl that authenticate a request. */
function credentials({ outputs: { apiKey, region } }: RunningApp, uses: (authorization: string) => boolean): string[] {
  return [
    ...(apiKey ? [`-H 'x-api-key: ${apiKey}'`] : []),
    ...(uses('AWS_IAM') ? [`--aws-sigv4 aws:amz:${region}:execute-api --user test:test`] : []),
    ...(uses('COGNITO_USER_POOLS') ? ['-H "Authorization: Bearer $TOKEN"'] : []),
  ];
}

const { name: USER, password: PASSWORD } = LOCAL_USER;

/** Returns shell commands that create a user in the user pool of the app and set TOKEN to an ID token of this user. */
export function tokenCommands({ outputs: { awsEndpointUrl }, stacks }: Pick<RunningApp, 'outputs' | 'stacks'>): string[] {
  const idOf = (type: string, test: (properties: Readonly<Record<string, unknown>>) => boolean) => stacks
    .flatMap(({ template, resources }) => resourcesOfType(template, type).filter(([, properties]) => test(properties)).map(([id]) => resources[id]))
    .shift();
  const pool = idOf('AWS::Cognito::UserPool', () => true);
  // the app client of a playground has no passwords in requests
  const client = idOf('AWS::Cognito::UserPoolClient', ({ ExplicitAuthFlows = [] }) => (ExplicitAuthFlows as unknown[]).includes('ALLOW_USER_PASSWORD_AUTH'));
  if (!pool || !client) return ['TOKEN=<an ID token of the user pool>'];
  const call = (action: string, body: object) => `cognito ${action} '${JSON.stringify(body)}'`;
  const user = { UserPoolId: pool, Username: USER };
  const signIn = call('InitiateAuth', { ClientId: client, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: USER, PASSWORD } });
  return [
    `cognito() { curl -s ${awsEndpointUrl}/ -H 'content-type: application/x-amz-json-1.1' -H "x-amz-target: AWSCognitoIdentityProviderService.$1" -d "$2"; }`,
    `${call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' })} > /dev/null`,
    `${call('AdminSetUserPassword', { ...user, Password: PASSWORD, Permanent: true })} > /dev/null`,
    `TOKEN=$(${signIn} | node -p 'JSON.parse(fs.readFileSync(0)).AuthenticationResult.IdToken')`,
  ];
}
