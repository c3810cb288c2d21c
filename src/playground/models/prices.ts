/** What requests cost. A price that is not known is never shown as $0.00. */
import { type Model, type Target } from '../../private/contract/responses';
import { type Formats } from '../words/formats';

/** Returns the cost of a number of images in US dollars. Returns undefined if the price is not known. */
export function costOf({ priceUsd }: Pick<Target, 'priceUsd'>, count: number): number | undefined {
  return priceUsd === undefined ? undefined : priceUsd * count;
}

/** Returns "about $0.16", or undefined if the price is not known. */
export function aboutCost(target: Pick<Target, 'priceUsd'>, count: number, formats: Formats): string | undefined {
  const cost = costOf(target, count);
  return cost === undefined ? undefined : `about ${formats.money(cost)}`;
}

/** Returns the line below the model: "$0.04 an image · about 5 s · runs in us-west-2". `seconds`: expected duration of a request. */
export function modelLine(model: Model, seconds: number | undefined, formats: Formats): string {
  const { priceUsd, region } = model;
  return [
    ...(priceUsd === undefined ? [] : [`${formats.money(priceUsd)} an image`]),
    ...(seconds === undefined ? [] : [`about ${formats.duration(Math.max(1, seconds))}`]),
    `runs in ${region}`,
  ].join(' · ');
}

/** Returns the line about the end of a model: "Ends on 30 September". Returns undefined for an active one. */
export function endLine({ lifecycle }: Pick<Target, 'lifecycle'>, formats: Formats): string | undefined {
  const { status, endOfLife } = lifecycle;
  if (endOfLife === undefined) return status === 'legacy' ? 'This model is going to end' : undefined;
  return status === 'active' ? undefined : `${status === 'ended' ? 'Ended' : 'Ends'} on ${formats.utcDay(endOfLife)}`;
}
