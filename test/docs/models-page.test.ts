import * as fs from 'node:fs';
import * as path from 'node:path';
import { ModelFamily } from '../../src';
import { EDIT_MODELS, FAMILIES, MODELS, TEXT_MODELS } from '../../src/private/contract/models';
import { ACTIVE_MODELS } from '../fixtures/active-models';

// docs/models.md and the prices in docs/limits-and-costs.md agree with the model catalog

const rowsOf = (page: string) => fs.readFileSync(path.join(__dirname, '../..', 'docs', page), 'utf8').split('\n').filter((line) => line.startsWith('|'));
const ROWS = rowsOf('models.md');
/** The table of families and what follows: a family can have the name of a model. */
const FAMILY_ROWS = ROWS.slice(ROWS.findIndex((line) => line.startsWith('| `ModelFamily`')));
const COSTS = rowsOf('limits-and-costs.md');
const rowOf = (name: string, rows = ROWS) => rows.find((line) => line.split('|')[1].includes(`\`${name}\``)) ?? '';
const dollars = (price: number) => `$${price.toFixed(2)}`;
const constantOf = (alias: string) => alias.toUpperCase().replaceAll('-', '_');
const constantOfId = (id: string | undefined) => constantOf(MODELS.find((model) => model.id === id)?.alias ?? '');

it.each(ACTIVE_MODELS)('models.md lists $id with its alias and price', ({ alias, priceUsd = 0 }) => {
  expect(rowOf(constantOf(alias))).toContain(`| \`${alias}\` | ${dollars(priceUsd)} |`);
});

it.each(MODELS.filter(({ lifecycle }) => lifecycle))('models.md lists $id with its end of life and replacement', ({ id, lifecycle }) => {
  const ended = lifecycle?.approximate ? `by ${lifecycle.endOfLife}, exact day not published` : lifecycle?.endOfLife;
  expect(rowOf(id)).toContain(`| ${ended} | \`${constantOfId(lifecycle?.replacement)}\` |`);
});

const EVERYWHERE = ['image', 'seed', 'outputFormat'];
it.each(EDIT_MODELS)('models.md lists $operation with its price and fields', ({ operation, priceUsd, parameters }) => {
  const row = rowOf(operation);
  expect(row).toContain(`| ${dollars(priceUsd)} |`);
  for (const name of Object.keys(parameters).filter((parameter) => !EVERYWHERE.includes(parameter))) expect(row).toContain(`\`${name}\``);
});

const perMillion = (price: number) => `$${price.toFixed(3).replace(/0$/, '')}`;
const TEXT_PRICES = TEXT_MODELS.flatMap(({ id, prices }) => Object.entries(prices).map(([geography, price]) => ({ profile: `${geography}.${id}`, ...price })));
it.each(TEXT_PRICES)('models.md lists $profile with its prices', ({ profile, input, output }) => {
  expect(rowOf(profile)).toContain(`| ${perMillion(input)} | ${perMillion(output)} |`);
});

it.each(Object.entries(ModelFamily))('models.md lists the family %s with its images per call', (name, family) => {
  const { imagesPerCall } = FAMILIES[family];
  expect(rowOf(name, FAMILY_ROWS)).toMatch(imagesPerCall === 1 ? /\| 1 \|$/ : new RegExp(`\\| up to ${imagesPerCall}\\b[^|]*\\|$`));
});

it.each(ACTIVE_MODELS)('limits-and-costs.md lists $id with its price', ({ alias, priceUsd = 0 }) => {
  expect(rowOf(`ImageModel.${constantOf(alias)}`, COSTS)).toContain(`| ${dollars(priceUsd)} per image |`);
});

const cheapest = EDIT_MODELS.reduce((a, b) => (b.priceUsd < a.priceUsd ? b : a));
const dearest = EDIT_MODELS.reduce((a, b) => (b.priceUsd > a.priceUsd ? b : a));
const words = (operation: string) => operation.replaceAll('-', ' ');

it('limits-and-costs.md lists the lowest and the highest price of edits', () => {
  expect(COSTS.find((line) => line.startsWith('| Edits |')))
    .toContain(`${dollars(cheapest.priceUsd)} (${words(cheapest.operation)}) to ${dollars(dearest.priceUsd)} (${words(dearest.operation)}) per image`);
});

/** Requests of an hour at the default rate. */
const HOURLY_REQUESTS = 36_000;
const hourly = (price: number) => `$${Math.round(price * HOURLY_REQUESTS).toLocaleString('en-US')}`;

it.each([
  ...MODELS.map(({ name, priceUsd = 0 }) => ({ name, price: priceUsd })), { name: 'Creative upscale', price: dearest.priceUsd },
].filter(({ name }) => COSTS.some((line) => line.startsWith(`| ${name}, `))))('limits-and-costs.md lists the costs of $name per hour', ({ name, price }) => {
  expect(COSTS).toContain(`| ${name}, ${dollars(price)} | ${hourly(price)} | ${hourly(4 * price)} |`);
});

it('limits-and-costs.md lists the prices of Nova 2 Lite', () => {
  const prices = Object.values(TEXT_MODELS.find(({ id }) => id === 'amazon.nova-2-lite-v1:0')!.prices);
  const span = (each: number[]) => `${dollars(Math.min(...each))} to ${dollars(Math.max(...each))}`;
  expect(rowOf('TextModel.NOVA_2_LITE', COSTS)).toContain(`${span(prices.map(({ input }) => input))} input, ${span(prices.map(({ output }) => output))} output`);
});
