import type { RecordStep, Step } from '../../src/lib/core/record-step';
import {
  copyOf,
  liveRecord,
  recordOf,
  type RecordCopy,
  type RecordReading,
  type SessionRecord,
} from '../../src/lib/core/session-record';
import { sessionOf } from './cognito-model';
import { visibleCopy, writeCopy } from './model-copy';
import type { ProtocolRules, StepKind } from './protocol-rules';
import { withRevocation, withRevoked } from './revocation';
import { violationOfRevocation, violationOfStep, type Violation } from './violation';
import { withTab, type ModelSettings, type World } from './world';

export interface Taken<T> {
  readonly world: World;
  readonly result: T;
  readonly violation: Violation | null;
}

/** The record as one tab sees it: with the markers, the copy, and what follows from a step. */
export class ModelRecord {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
  ) {}

  /** Read-only. A tab without its database reads the copy. */
  look(world: World, index: number): RecordReading {
    return this.rules.honour(raw(world, index), world.markers);
  }

  /** One atomic read-modify-write. */
  take<T>(world: World, index: number, kind: StepKind, step: RecordStep<T>): Taken<T> {
    const before = raw(world, index);
    const taken = this.whole(world, index, kind, step)(before);
    const next = taken.next === null ? null : withoutBackoff(taken.next);
    const stored = next === null ? world : this.stored(world, index, before, next);
    const violation = next === null ? null : violationOfStep(world, stored, kind);
    return { ...this.revoked(stored, index, taken), result: taken.result, ...(violation && { violation }) };
  }

  /** Without the markers that have nothing left to end. */
  withoutSettled(world: World): World {
    const markers = world.markers.filter((marker) => !this.rules.isSettled(marker, world.record));
    return markers.length === world.markers.length ? world : { ...world, markers };
  }

  private whole<T>(world: World, index: number, kind: StepKind, step: RecordStep<T>): RecordStep<T> {
    const { honouring, merging, mergesBefore } = this.rules;
    const tab = world.tabs[index];
    const honoured = honouring(step, world.markers);
    return this.settings.hasCopy && tab?.place !== 'detached' && mergesBefore(kind)
      ? merging(honoured, () => (tab === undefined ? 'none' : copyAsRecord(visibleCopy(world, tab))))
      : honoured;
  }

  /** A page without its database writes the copy instead, and only if the session has changed. */
  private stored(world: World, index: number, before: RecordReading, next: SessionRecord): World {
    const live = liveRecord(next);
    const isSame = isSameSession(before, next);
    const tab = world.tabs[index];
    if (tab?.place === 'detached')
      return isSame ? world : writeCopy(world, live && { ...copyOf(live), ahead: true });
    const ended = endNoticed({ ...world, record: next }, before);
    const after = this.rules.removesCopyFirst ? ended : this.withoutSettled(ended);
    if (isSame || !(this.settings.hasCopy || world.markers.length > 0)) return after;
    if (tab === undefined || !this.settings.hasCopy) return withTab(after, index, { mustAgree: true });
    const toCopy = { copy: live && copyOf(live), seen: visibleCopy(world, tab) };
    return withTab(after, index, { toCopy, mustAgree: true });
  }

  /** As the library does it: tokens of the sign-in that is stored are not revoked, unless the step says so. */
  private revoked<T>(world: World, index: number, { next, dropped = [] }: Step<T>): Omit<Taken<T>, 'result'> {
    const kept = liveRecord(next ?? raw(world, index));
    let after = world;
    let violation: Violation | null = null;
    for (const { tokens } of dropped) {
      const { refreshToken: token, accessToken } = tokens;
      const isKept =
        kept !== null && (token === kept.tokens.refreshToken || sessionOf(accessToken) === kept.sid);
      if (token === undefined || isKept) continue;
      violation ??= violationOfRevocation(after, token);
      after = sessionOf(token) === kept?.sid ? withRevoked(after, token) : withRevocation(after, token);
    }
    return { world: after, violation };
  }
}

function raw(world: World, index: number): RecordReading {
  const tab = world.tabs[index];
  return tab?.place === 'detached' ? copyAsRecord(visibleCopy(world, tab)) : world.record;
}

function copyAsRecord(copy: RecordCopy | null): RecordReading {
  return copy === null ? 'none' : { ...recordOf(copy), ...(copy.ahead === true && { ahead: true }) };
}

/** All tabs look when the back-off is over, so the model does without it. */
function withoutBackoff(record: SessionRecord): SessionRecord {
  if (record.sid === null) return record;
  const { backoff: _backoff, ...rest } = record;
  return rest;
}

function isSameSession(before: RecordReading, next: SessionRecord): boolean {
  const [old, now] = [liveRecord(before), liveRecord(next)];
  return (
    old !== null &&
    now !== null &&
    old.sid === now.sid &&
    old.gen === now.gen &&
    old.tokens.refreshToken === now.tokens.refreshToken &&
    old.spare === now.spare
  );
}

/** Frozen tabs learn of the end only when they look. */
function endNoticed(world: World, before: RecordReading): World {
  const sid = liveRecord(before)?.sid;
  if (sid === undefined || world.record.sid === sid) return world;
  return {
    ...world,
    tabs: world.tabs.map((tab) =>
      tab.life === 'frozen' && tab.held?.sid === sid ? { ...tab, hasMissedTheEnd: true } : tab,
    ),
  };
}
