import * as fs from 'node:fs';
import * as path from 'node:path';
import { OPENAI_EDIT_REQUEST_SCHEMA, QUALITY_MODELS } from '../../src/private/contract/openai';

// what docs/openai.md says agrees with the contract

const PAGE = fs.readFileSync(path.join(__dirname, '../..', 'docs', 'openai.md'), 'utf8');
const ROWS = PAGE.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const names = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

it.each(Object.entries(QUALITY_MODELS))('quality %s is drawn by %j', (quality, models) => {
  const row = ROWS.find(([cell]) => names(cell).includes(quality) && cell.startsWith('`'));
  expect(names(row?.[1] ?? 'no row')).toEqual(models);
});

it.each(Object.keys(OPENAI_EDIT_REQUEST_SCHEMA.properties).filter((name) => !['image', 'mask'].includes(name)))('%s has a row', (name) => {
  expect(ROWS.map(([cell]) => cell)).toContain(`\`${name}\``);
});
