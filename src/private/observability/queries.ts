/** Queries of CloudWatch Logs Insights. They use the fields of the log lines `request`, `job` and `model`, none of which contains data of a client. */
export interface LogQuery {
  readonly title: string;
  readonly lines: readonly string[];
}

export const QUERIES: readonly LogQuery[] = [
  {
    title: 'Usage by owner and model',
    lines: [
      'filter message in ["request", "job", "model"] and ispresent(ApiId)',
      'stats sum(Images) as images, sum(EstimatedCost) as usd, sum(Reused) as reused, sum(Filtered) as filtered, sum(bytes) as storedBytes by owner, model',
      'sort usd desc, images desc',
      'limit 100',
    ],
  },
  {
    title: 'Errors by code',
    lines: [
      'filter message in ["request", "job"] and ispresent(code)',
      'stats count(*) as errors, latest(requestId) as lastRequestId by message, code, status',
      'sort errors desc',
    ],
  },
  {
    title: 'Slowest requests and jobs',
    lines: [
      'fields @timestamp, message, route, model, size, status, outcome, code, ms, requestId, imageId',
      'filter message in ["request", "job"]',
      'sort ms desc',
      'limit 20',
    ],
  },
];
