import { isEdit } from '../../../models/form';
import { aboutCost } from '../../../models/prices';
import { problemContext } from '../../../parts/use-problem-message';
import { type Tile } from '../../../runs/tile';
import { type Page } from '../../../stores/page';
import { type Run } from '../../../stores/runs/run';
import { message, type Message } from '../../../words/message';
import { problemMessage } from '../../../words/problems';
import { expired, unsure } from '../../../words/situations';
import { TILE_LABELS } from '../../../words/states';

/** Returns what a tile without an image says. */
export function tileMessage(tile: Tile, run: Run, page: Page): Message {
  const { formats, hasGallery, configuration } = page;
  switch (tile.state) {
    case 'waiting':
    case 'filtered':
    case 'failed': {
      const cost = aboutCost(run.form.target, 1, formats);
      const context = problemContext(page);
      return problemMessage(tile.problem, {
        ...context,
        hasOtherModels: context.hasOtherModels && !isEdit(run.form.target),
        ...(tile.state === 'waiting' && { repeatAt: tile.repeatAt }),
        ...(tile.state === 'failed' && { replayed: tile.replayed }),
        ...(cost !== undefined && { aboutCost: cost }),
      });
    }
    case 'unsure': return unsure(tile.reason, hasGallery);
    case 'expired': return expired(tile.image?.record.imageExpiresAt ?? tile.since, configuration.retentionDays, formats);
    case 'cancelled': return message('Cancelled', 'Nothing was charged.', 'generateAgain');
    default: return message(TILE_LABELS[tile.state], '');
  }
}
