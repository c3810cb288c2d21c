import { useId } from 'preact/hooks';
import { usePage } from '../../parts/context';
import { cssVariables } from '../../parts/css-variables';

/** Share of the budget from which the meter warns. */
const LOW = 0.8;

/** What was spent: of the daily budget, or in this tab. Opens the details. Shows nothing while no price is known. */
export function Meter() {
  const { budget: { budget, spentUsd }, formats } = usePage();
  const id = `spent-${useId()}`;
  const spent = spentUsd.value;
  const daily = budget.value;
  if (!daily && spent === undefined) return null;
  const limit = daily?.limitUsd;
  const used = daily && limit !== undefined ? limit - daily.remainingUsd : undefined;
  const share = used === undefined || !limit ? undefined : Math.min(1, Math.max(0, used / limit));
  return (
    <>
      <button
        type="button"
        class={`meter num${share !== undefined && share >= LOW ? ' low' : ''}`}
        popovertarget={id}
        style={cssVariables({ v: `${(share ?? 0) * 100}%` })}
      >
        {daily && used !== undefined && <span><b>{formats.money(used)}</b> of {formats.money(limit!)}<span class="only-desk"> today</span></span>}
        {daily && used === undefined && <span><b>{formats.money(daily.remainingUsd)}</b> left<span class="only-desk"> today</span></span>}
        {!daily && <span>About <b>{formats.money(spent!)}</b><span class="only-desk"> in this tab</span></span>}
        {share !== undefined && <i />}
      </button>
      <div id={id} class="menu spent" popover="auto">
        <dl class="facts num">
          {used !== undefined && <><dt>Spent today</dt><dd>{formats.money(used)}</dd></>}
          {daily && <><dt>Left today</dt><dd>{formats.money(daily.remainingUsd)}</dd></>}
          {daily && <><dt>A new day starts</dt><dd>{formats.moment(daily.resetsAt)}</dd></>}
          <dt>Images of this tab</dt><dd>{spent === undefined ? 'none' : `about ${formats.money(spent)}`}</dd>
        </dl>
      </div>
    </>
  );
}
