import { Duration, Lazy, Token } from 'aws-cdk-lib';
import {
  clientName, durationInRange, keyPrefix, keyVersion, numberInRange, origins, positive, throwProblems, unique, wholeUnits,
} from '../../../src/private/validation/rules';

const TEXT_TOKEN = Lazy.string({ produce: () => 'later' });
const NUMBER_TOKEN = Token.asNumber({ Ref: 'Later' });
const DURATION_TOKEN = Duration.seconds(NUMBER_TOKEN);

describe('numberInRange', () => {
  it.each([undefined, 1, 10, NUMBER_TOKEN])('accepts %p', (value) => {
    expect(numberInRange('size', value, { min: 1, max: 10, integer: true })).toEqual([]);
  });

  it.each([0, 11, 1.5, NaN])('rejects %p, and names prop, bounds and value', (value) => {
    expect(numberInRange('size', value, { min: 1, max: 10, integer: true })).toEqual([`'size' must be a whole number from 1 to 10, got ${value}`]);
  });

  it('reports a range without a maximum', () => {
    expect(numberInRange('size', 0.5, { min: 1 })).toEqual(["'size' must be a number of at least 1, got 0.5"]);
  });
});

describe('positive', () => {
  it.each([undefined, 0.1, NUMBER_TOKEN])('accepts %p', (value) => expect(positive('rate', value)).toEqual([]));

  it.each([0, -1, NaN])('rejects %p', (value) => expect(positive('rate', value)).toEqual([`'rate' must be greater than 0, got ${value}`]));
});

describe('durationInRange', () => {
  const range = { min: Duration.minutes(1), max: Duration.hours(12), remedy: 'do something else' };

  it.each([undefined, Duration.minutes(1), Duration.hours(12), DURATION_TOKEN])('accepts %s', (value) => {
    expect(durationInRange('ttl', value, range)).toEqual([]);
  });

  it('rejects a longer duration, with the remedy', () => {
    expect(durationInRange('ttl', Duration.days(7), range)).toEqual(["'ttl' must be between 1 minute and 12 hours, got 7 days; do something else"]);
  });

  it('rejects a shorter duration', () => {
    expect(durationInRange('ttl', Duration.millis(59_999), { ...range, remedy: undefined }))
      .toEqual(["'ttl' must be between 1 minute and 12 hours, got 59 seconds 999 millis"]);
  });
});

describe('wholeUnits', () => {
  it.each([undefined, Duration.hours(48), Duration.days(NUMBER_TOKEN)])('accepts %s as days', (value) => {
    expect(wholeUnits('expiration', value, Duration.days(1), 'days')).toEqual([]);
  });

  it('rejects a token in another unit, which cannot be converted', () => {
    expect(wholeUnits('expiration', Duration.hours(NUMBER_TOKEN), Duration.days(1), 'days')).toEqual([
      "'expiration' must be Duration.days(token) for a value that is only known at deployment, because it cannot be converted, got Duration.hours(token)",
    ]);
  });

  it('rejects a fraction', () => {
    expect(wholeUnits('expiration', Duration.hours(36), Duration.days(1), 'days')).toEqual(["'expiration' must be whole days, got 1 day 12 hours"]);
  });
});

describe('origins', () => {
  it.each([
    [undefined], [[]], [['*']], [['https://app.example.com']], [['http://localhost:3000', 'https://a.b']], [['capacitor://localhost']],
    [['http://[::1]:8080']], [[TEXT_TOKEN, 'https://a.b']],
  ])('accepts %p', (values) => expect(origins('corsOrigins', values)).toEqual([]));

  it.each([
    ['https://app.example.com/', 'https://app.example.com'],
    ['https://app.example.com/path', 'https://app.example.com'],
    ['https://App.Example.com', 'https://app.example.com'],
    ['https://app.example.com:443', 'https://app.example.com'],
  ])('rejects %s, and names the origin to write', (value, suggestion) => {
    expect(origins('corsOrigins', [value])).toEqual([`'corsOrigins' must contain origins as browsers send them, got '${value}'; write '${suggestion}'`]);
  });

  it.each(['app.example.com', 'https://*.example.com', '', 'null', "https://a'b", 'https://a.b, https://c.d', 'https://a.b:port'])('rejects %p', (value) => {
    expect(origins('corsOrigins', [value])).toEqual([expect.stringContaining(`got '${value}'; write scheme://host[:port]`)]);
  });

  it('rejects a list that is a token, because its length determines what is built', () => {
    expect(origins('corsOrigins', Token.asList({ Ref: 'Later' }))).toEqual([expect.stringContaining('known at synthesis')]);
  });

  it('rejects * together with other origins', () => {
    expect(origins('corsOrigins', ['*', 'https://a.b'])).toEqual(["'corsOrigins' must contain '*' alone or single origins, got both"]);
  });
});

describe('clientName', () => {
  it.each(['a', 'web', '9lives', 'Mobile_App-2', 'x'.repeat(64)])('accepts %s', (name) => expect(clientName('clients', name)).toEqual([]));

  it.each(['', '-web', '_web', 'we b', 'a/b', 'ü', 'x'.repeat(65), 'web#2', '#2'])('rejects %p', (name) => {
    expect(clientName('clients', name)).toEqual([expect.stringContaining(`got '${name}'`)]);
  });

  it('rejects a token, because the name is part of construct ids and the owner of images', () => {
    expect(clientName('clients', TEXT_TOKEN)).toEqual([expect.stringContaining('only known at deployment')]);
  });
});

describe('keyVersion', () => {
  it.each([1, 2, 999])('accepts %p', (version) => expect(keyVersion('keyVersion', version)).toEqual([]));

  it.each([0, -1, 1.5, 1000, NaN])('rejects %p', (version) => {
    expect(keyVersion('keyVersion', version)).toEqual([`'keyVersion' must be a whole number from 1 to 999, got ${version}`]);
  });

  it('rejects a token, because the version is part of logical ids', () => {
    expect(keyVersion('keyVersion', NUMBER_TOKEN)).toEqual([expect.stringContaining('only known at deployment')]);
  });
});

describe('unique', () => {
  it('names each repeated value once', () => {
    expect(unique('clients', ['a', 'b', 'a', 'a'])).toEqual(["'clients' must contain each name once, got 'a' more than once"]);
    expect(unique('versions', ['1', '1'], 'version')).toEqual(["'versions' must contain each version once, got '1' more than once"]);
    expect(unique('clients', ['a', 'A'])).toEqual([]);
  });
});

describe('keyPrefix', () => {
  it.each([undefined, '', 'images/', 'a/b.c_d-e=f/', TEXT_TOKEN])('accepts %p', (value) => expect(keyPrefix('prefix', value)).toEqual([]));

  it.each([
    ['/images/', 'must not start with a slash'],
    ['a/../b/', "must not contain '..'"],
    ['images*/', 'must consist of letters'],
    ['im?ges/', 'must consist of letters'],
    ['${aws:username}/', 'must consist of letters'],
    ['x'.repeat(201), 'must have at most 200 characters'],
  ])('rejects %p', (value, problem) => {
    expect(keyPrefix('prefix', value)).toEqual([expect.stringContaining(`'prefix' ${problem}`)]);
  });
});

describe('throwProblems', () => {
  it('does nothing without problems', () => {
    expect(throwProblems('Thing', 'Stack/A', [])).toBeUndefined();
  });

  it('throws one error with all problems', () => {
    expect(() => throwProblems('Thing', 'Stack/A', ['one', 'two'])).toThrow("cannot create Thing 'Stack/A':\n- one\n- two");
  });
});
