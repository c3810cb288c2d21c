import * as fs from 'node:fs';
import * as path from 'node:path';
import { EDIT_MODELS, MODELS, TEXT_MODELS } from '../../src/private/contract/models';

// docs/models.md agrees with the model catalog

const PAGE = fs.readFileSync(path.join(__dirname, '../..', 'docs', 'models.md'), 'utf8');
const ROWS = PAGE.split('\n').filter((line) => line.startsWith('|'));
const rowOf = (name: string) => ROWS.find((line) => line.split('|')[1].includes(`\`${name}\``)) ?? '';
const dollars = (price: number) => `$${price.toFixed(2)}`;
const constantOf = (alias: string) => alias.toUpperCase().replaceAll('-', '_');
const constantOfId = (id: string | undefined) => constantOf(MODELS.find((model) => model.id === id)?.alias ?? '');

it.each(MODELS.filter(({ lifecycle, regions }) => !lifecycle && regions.length > 0))('models.md lists $id with its alias and price', ({ alias, priceUsd = 0 }) => {
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
