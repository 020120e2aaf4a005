import { keep } from '../../src/lib/core/record-step';
import { followed, isNews } from './looking';
import type { ModelRecord } from './model-record';
import { move, type Move } from './move';
import type { ProtocolRules } from './protocol-rules';
import { withRevocation } from './revocation';
import { refreshTokenOf, withTab, type ModelSettings, type ModelTab, type World } from './world';

/** How a tab learns what the record says: at start, after a sleep, after a hint, and by the hint of a sign-out. */
export class LookMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
    private readonly record: ModelRecord,
  ) {}

  /** A page starts: it finishes the sign-out of an earlier page first. */
  start(world: World, index: number): Move {
    const finished =
      world.markers.length > 0
        ? this.record.take(world, index, 'repair', () => keep(null))
        : { world, violation: null };
    const isChecked = this.settings.hasCopy || world.markers.length > 0;
    const mustAgree = isChecked && world.tabs[index]?.place !== 'detached';
    const ready = withTab(finished.world, index, { isStarting: false, mustAgree });
    const after = followed(ready, index, this.record.look(ready, index));
    return move('starts', after.world, finished.violation ?? after.violation);
  }

  verify(world: World, index: number): Move {
    const after = followed(world, index, this.record.look(world, index));
    return move(
      'reads after sleep',
      withTab(after.world, index, { isHinted: false, look: null }),
      after.violation,
    );
  }

  look(world: World, index: number, tab: ModelTab): Move | null {
    const reading = this.record.look(world, index);
    if (this.settings.hasHints) return this.lookInTwoParts(world, index, tab);
    if (!isNews(tab, reading)) return null;
    const after = followed(world, index, reading);
    const name = tab.place === 'detached' ? 'follows the copy' : 'looks';
    return move(name, after.world, after.violation);
  }

  hear(world: World, index: number, { news, held }: ModelTab): Move | null {
    if (news === null || held?.sid !== news.sid) return null;
    const after = withTab(world, index, { held: null, news: null });
    // The sender had missed the last refresh, so it has not revoked this token.
    const isLate = held.gen > news.gen;
    return move('hears of the sign-out', isLate ? withRevocation(after, refreshTokenOf(held)) : after);
  }

  private lookInTwoParts(world: World, index: number, { look, held, isHinted }: ModelTab): Move | null {
    if (look === null) {
      const reading = this.record.look(world, index);
      return isHinted
        ? move(
            'begins to look',
            withTab(world, index, { isHinted: false, look: { reading, held, signedOut: world.signedOut } }),
          )
        : null;
    }
    const ended = withTab(world, index, { look: null });
    const isOutdated = look.held?.sid !== held?.sid || look.held?.gen !== held?.gen;
    if (this.rules.looksAgain && isOutdated)
      return move('has to look again', withTab(ended, index, { isHinted: true }));
    const after = followed(ended, index, look.reading, look.signedOut);
    const isForgotten = !this.rules.looksAgain;
    return move(
      'ends its look',
      isForgotten ? withTab(after.world, index, { isHinted: false }) : after.world,
      after.violation,
    );
  }
}
