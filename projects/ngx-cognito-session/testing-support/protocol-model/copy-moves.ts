import { mergeAhead } from '../../src/lib/core/ahead-copy';
import { keep } from '../../src/lib/core/record-step';
import { copyOf, liveRecord, recordOf, type RecordReading } from '../../src/lib/core/session-record';
import { honourMarkers } from '../../src/lib/core/sign-out-marker';
import { isSameCopy, visibleCopy, writeCopy } from './model-copy';
import type { ModelRecord } from './model-record';
import { costing, move, type Move } from './move';
import type { ProtocolRules } from './protocol-rules';
import { withTab, type CopyWrite, type ModelSettings, type ModelTab, type World } from './world';

/** Copy and markers follow the record, and a page loses its database or has it back. */
export class CopyMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
    private readonly record: ModelRecord,
  ) {}

  /** The end of a step: nothing that follows from it happens before. If another page has written meanwhile, it looks again. */
  write(world: World, index: number, tab: ModelTab, { copy, seen }: CopyWrite): Move {
    const shown = visibleCopy(world, tab);
    const ready = withTab(world, index, { toCopy: null });
    if (!this.rules.writesOverWhatItSaw || isSameCopy(shown, seen))
      return move('writes the copy', writeCopy(ready, copy));
    if (tab.place === 'detached') return move('leaves a changed copy alone', ready);
    const { world: after, violation } = this.record.take(ready, index, 'repair', () => keep(null));
    const live = liveRecord(after.record);
    const toCopy = after.tabs[index]?.toCopy ?? { copy: live && copyOf(live), seen: shown };
    return move('finds a changed copy', withTab(after, index, { toCopy }), violation);
  }

  /** One look at record, copy and markers in the background. Another one follows each write. */
  agree(world: World, index: number, tab: ModelTab): Move | null {
    if (!tab.mustAgree || tab.place === 'detached') return null;
    const live = liveRecord(world.record);
    const copy = visibleCopy(world, tab);
    const shown: RecordReading =
      copy === null ? 'none' : { ...recordOf(copy), ...(copy.ahead && { ahead: true }) };
    const merged = mergeAhead(world.record, shown);
    const isMarked = live !== null && honourMarkers(live, world.markers) !== live;
    if (isMarked || (this.settings.hasCopy && (merged.reading !== world.record || merged.loser !== null))) {
      const { world: after, violation } = this.record.take(world, index, 'repair', () => keep(null));
      return move('finishes what another page began', after, violation);
    }
    const next = live && copyOf(live);
    if (this.settings.hasCopy && !isSameCopy(copy, next))
      return move('mends the copy', writeCopy(world, next));
    return move('agrees', withTab(this.record.withoutSettled(world), index, { mustAgree: false }));
  }

  places(world: World, index: number, { place }: ModelTab): readonly (Move | null)[] {
    if (place === 'detached')
      return [move('has its database back', withTab(world, index, { place: 'reattached', mustAgree: true }))];
    return [
      costing(world, 'detaches', 'loses its database', (left) =>
        withTab(left, index, { place: 'detached', mustAgree: false }),
      ),
    ];
  }
}
