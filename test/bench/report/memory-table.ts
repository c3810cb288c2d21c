import { table } from './table';
import { type MemoryResult } from '../memory/measure-memory';

/** The table of requests in processes with limited memory. */
export function memoryTable(results: readonly MemoryResult[]): string {
  return table(['limited memory', 'suffices', 'does not suffice', 'peak RSS MB', 'RSS after 1 request', 'after 10', 'after 50'], results.map((result) => {
    const { name, limit, exceeded, peakRss, rssAfter, notMeasured } = result;
    const after = (requests: number) => rssAfter[requests]?.toFixed(0) ?? '';
    const suffices = notMeasured === undefined ? `${limit ? `${limit} MB` : 'none'}` : `not measured: ${notMeasured}`;
    return [name, suffices, exceeded.map((each) => `${each} MB`).join(', '), peakRss?.toFixed(0) ?? '', after(1), after(10), after(50)];
  }));
}
