import { credentialsOf } from '../../../auth/credentials';
import { isEdit } from '../../../models/form';
import { aboutCost } from '../../../models/prices';
import { type Tile } from '../../../runs/tile';
import { type Page } from '../../../stores/page';
import { type Run } from '../../../stores/runs/run';
import { message, type Message } from '../../../words/message';
import { problemMessage } from '../../../words/problems';
import { expired, unsure } from '../../../words/situations';
import { TILE_LABELS } from '../../../words/states';

/** Returns what a tile without an image says. */
export function tileMessage(tile: Tile, run: Run, { formats, hasGallery, session, connection, configuration, budget }: Page): Message {
  switch (tile.state) {
    case 'waiting':
    case 'filtered':
    case 'failed': {
      const cost = aboutCost(run.form.target, 1, formats);
      const daily = budget.budget.value;
      return problemMessage(tile.problem, {
        formats,
        credentials: credentialsOf(session.auth),
        hasGallery,
        hasOtherModels: !isEdit(run.form.target) && (connection.capabilities.value?.models.length ?? 0) > 1,
        ...(tile.state === 'waiting' && { repeatAt: tile.repeatAt }),
        ...(tile.state === 'failed' && { replayed: tile.replayed }),
        ...(cost !== undefined && { aboutCost: cost }),
        ...(daily && { budget: daily }),
      });
    }
    case 'unsure': return unsure(tile.reason, hasGallery);
    case 'expired': return expired(tile.image?.record.imageExpiresAt ?? tile.since, configuration.retentionDays, formats);
    case 'cancelled': return message('Cancelled', 'Nothing was charged.', 'generateAgain');
    default: return message(TILE_LABELS[tile.state], '');
  }
}
