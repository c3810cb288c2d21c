import * as fs from 'node:fs';
import * as path from 'node:path';
import { EDIT_MODELS, MODELS, TEXT_MODELS } from '../../src/private/contract/models';

// what docs/models.md says of models agrees with the catalog

const PAGE = fs.readFileSync(path.join(__dirname, '../..', 'docs', 'models.md'), 'utf8');
const ROWS = PAGE.split('\n').filter((line) => line.startsWith('|'));
const rowOf = (name: string) => ROWS.find((line) => line.split('|')[1].includes(`\`${name}\``)) ?? '';
const dollars = (price: number) => `$${price.toFixed(2)}`;
const constantOf = (alias: string) => alias.toUpperCase().replaceAll('-', '_');

it.each(MODELS.filter(({ lifecycle, regions }) => !lifecycle && regions.length > 0))('$id with its alias and price', ({ alias, priceUsd = 0 }) => {
  expect(rowOf(constantOf(alias))).toContain(`| \`${alias}\` | ${dollars(priceUsd)} |`);
});

const WITHOUT_CONSTANT = ['stable-diffusion-xl-v0'];
it.each(MODELS.filter(({ lifecycle, alias }) => lifecycle && !WITHOUT_CONSTANT.includes(alias)))('$id with the date of its end', ({ alias, lifecycle }) => {
  expect(rowOf(constantOf(alias))).toContain(lifecycle?.approximate ? `by ${lifecycle.endOfLife}, exact day not published` : `| ${lifecycle?.endOfLife} |`);
});

const EVERYWHERE = ['image', 'seed', 'outputFormat'];
it.each(EDIT_MODELS)('$operation with its price and what it takes', ({ operation, priceUsd, parameters }) => {
  const row = rowOf(operation);
  expect(row).toContain(`| ${dollars(priceUsd)} |`);
  for (const name of Object.keys(parameters).filter((parameter) => !EVERYWHERE.includes(parameter))) expect(row).toContain(`\`${name}\``);
});

const perMillion = (price: number) => `$${price.toFixed(3).replace(/0$/, '')}`;
const TEXT_PRICES = TEXT_MODELS.flatMap(({ id, prices }) => Object.entries(prices).map(([geography, price]) => ({ profile: `${geography}.${id}`, ...price })));
it.each(TEXT_PRICES)('$profile with its prices', ({ profile, input, output }) => {
  expect(rowOf(profile)).toContain(`| ${perMillion(input)} | ${perMillion(output)} |`);
});
