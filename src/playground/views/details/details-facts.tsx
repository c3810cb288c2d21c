import { Fragment } from 'preact';
import { type ImageOfRecord } from './viewer';
import { type ImageResponse, type ImageView } from '../../../private/contract/responses';
import { deletionText } from '../../library/expiry';
import { labelOf } from '../../models/capabilities';
import { usePage } from '../../parts/context';
import { type Page } from '../../stores/page';
import { settingsOf } from '../../stores/settings-of';

/** Seed, size, model, cost and dates of an image. */
export function DetailsFacts({ record, index }: ImageOfRecord) {
  const page = usePage();
  return (
    <dl class="facts num">
      {factsOf(record, index, page).map(([name, value]) => <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>)}
    </dl>
  );
}

type Fact = readonly [name: string, value: string];

function factsOf(record: ImageResponse, index: number, { formats, connection, configuration, library }: Page): readonly Fact[] {
  const { model, operation, createdAt, completedAt, estimatedCostUsd } = record;
  const view: ImageView | undefined = record.images[index];
  const known = connection.capabilities.value?.models.find(({ id }) => id === model);
  const settings = settingsOf(record, index, library.promptOf(record), connection.capabilities.value!);
  const ratio = settings?.values.aspectRatio;
  const seconds = completedAt === undefined ? undefined : (Date.parse(completedAt) - Date.parse(createdAt)) / 1000;
  const cost = estimatedCostUsd === undefined ? undefined : estimatedCostUsd / Math.max(1, record.images.length);
  return [
    ...(view?.seed === undefined ? [] : [['Seed', String(view.seed)] as const]),
    ...(view ? [['Size', `${view.width} × ${view.height}, ${typeOf(view)}`] as const] : []),
    ...(typeof ratio === 'string' ? [['Shape', ratio] as const] : []),
    ['Model', known ? labelOf(known) : model],
    ...(operation === undefined ? [] : [['Edit', operation] as const]),
    ...(cost === undefined ? [] : [['Cost', `about ${formats.money(cost)}`] as const]),
    ['Created', `${formats.moment(createdAt)}${seconds === undefined ? '' : `, in ${formats.number(Math.round(seconds * 10) / 10)} s`}`],
    ['Deleted on', deletionText(record, configuration.retentionDays, formats).replace(/^Deleted on /, '')],
    ['Number', record.id],
  ];
}

function typeOf({ contentType }: ImageView): string {
  return contentType.replace('image/', '').toUpperCase();
}
