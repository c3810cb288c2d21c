export const ESTIMATED_COST = {
  type: 'number',
  minimum: 0,
  description: 'The estimated cost of the model calls in US dollars, by the prices in `GET /models`. Absent if a price is not known.',
} as const;
