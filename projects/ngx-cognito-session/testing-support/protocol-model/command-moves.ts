import type { EndTarget } from '../../src/lib/core/end-step';
import type { StoredSession } from '../../src/lib/core/session-record';
import type { SignOutMarker } from '../../src/lib/core/sign-out-marker';
import { firstToken, sessionOf } from './cognito-model';
import { hinted } from './looking';
import type { ModelRecord } from './model-record';
import { costing, move, type Move } from './move';
import type { ProtocolRules } from './protocol-rules';
import { withExcused, withRevocation } from './revocation';
import { signInOf, type NewSid } from './sign-in';
import {
  refreshTokenOf,
  spend,
  storedTokens,
  withTab,
  type ModelAttempt,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

/** What users do: sign out, and sign in. */
export class CommandMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
    private readonly record: ModelRecord,
  ) {}

  of(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const { held, attempt, isStarting, isSuspect } = tab;
    const isIdle = attempt === null || attempt.phase === 'unsaved';
    return [
      ...(held === null || isSuspect ? [] : this.signOut(world, index, held)),
      isStarting ? this.signOutUnknown(world, index) : null,
      ...(isIdle && !isStarting ? this.signIn(world, index, attempt) : []),
    ];
  }

  /** The transaction of a sign-out. What it finds in the record is revoked. */
  end(world: World, index: number, target: EndTarget): Move {
    const {
      world: after,
      result,
      violation,
    } = this.record.take(world, index, 'signOut', (reading) => this.rules.end(reading, target, world.now));
    const ended = withTab(after, index, { ending: null });
    // The marker has ended the session already, so that the step finds none.
    const told =
      result === null
        ? hinted(ended, index, this.settings.hasHints)
        : this.told(ended, index, result.sid, result.gen);
    const isChecked = this.settings.hasCopy || world.markers.length > 0;
    const mustAgree = isChecked && world.tabs[index]?.place !== 'detached';
    return move('stores the sign-out', mustAgree ? withTab(told, index, { mustAgree }) : told, violation);
  }

  /** In the task of the call: marker, memory, hint, the token in memory is revoked. The transaction follows. */
  private signOut(world: World, index: number, held: StoredSession): readonly (Move | null)[] {
    const { sid, gen, since } = held;
    const token = refreshTokenOf(held);
    const left = (paid: World): World => {
      const marked = this.marked({ ...paid, signedOut: paid.signedOut + sid }, { sid, at: since });
      return this.told(withTab(marked, index, { held: null, ending: { sid } }), index, sid, gen);
    };
    return [
      costing(world, 'signOuts', 'signs out', (paid) => left(withRevocation(paid, token))),
      costing(world, 'signOuts', 'signs out, its revocation is lost', (paid) => {
        const lost = spend(paid, 'faults');
        return lost && left(withExcused(lost, token));
      }),
    ];
  }

  /** A page that does not know the session yet ends whatever began earlier. */
  private signOutUnknown(world: World, index: number): Move | null {
    return costing(world, 'signOuts', 'signs out before it knows the session', (paid) => {
      const at = paid.now;
      const known = [...new Set(Object.keys(paid.tokens).map(sessionOf))].sort().join('');
      const marked = this.marked({ ...paid, now: at + 1, signedOut: known }, { sid: '*', at });
      return withTab(marked, index, { isStarting: false, ending: { before: at } });
    });
  }

  /** One transaction. What it replaces is revoked. */
  private signIn(world: World, index: number, unsaved: ModelAttempt | null): readonly (Move | null)[] {
    return (['B', 'C'] as const).flatMap((sid) => {
      if (world.tokens[sid] !== undefined) return [];
      const name = sid === 'B' ? 'signs another user in' : 'signs the same user in again';
      const begins = costing(world, 'signIns', name, (paid) => this.begun(paid, index, sid, 'stored'));
      if (unsaved !== null) return [begins];
      return [
        begins,
        costing(world, 'signIns', 'cannot store its sign-in', (paid) => {
          const failed = spend(paid, 'faults');
          return failed && this.begun(failed, index, sid, 'refused');
        }),
        costing(world, 'signIns', 'is told wrongly that it cannot store its sign-in', (paid) => {
          const failed = spend(paid, 'faults');
          return failed && this.begun(failed, index, sid, 'toldRefused');
        }),
      ];
    });
  }

  private begun(
    paid: World,
    index: number,
    sid: NewSid,
    outcome: 'stored' | 'refused' | 'toldRefused',
  ): World | null {
    const session = { sid, gen: 1, tokens: storedTokens(sid, 'sign-in'), since: paid.now };
    const world = { ...paid, now: paid.now + 1, tokens: { ...paid.tokens, [sid]: firstToken() } };
    const stored =
      outcome === 'refused'
        ? world
        : this.record.take(world, index, 'signIn', (reading) => signInOf(this.rules, reading, session, true))
            .world;
    const retry: ModelAttempt = { id: 'sign-in', ...session, sent: sid, phase: 'begun', lock: 'none' };
    const shown = withTab(stored, index, { held: session, ...(outcome !== 'stored' && { attempt: retry }) });
    return hinted(shown, index, this.settings.hasHints);
  }

  private told(world: World, index: number, sid: string, gen: number): World {
    const tabs = world.tabs.map((tab, i) => (i === index ? tab : { ...tab, news: { sid, gen } }));
    return hinted({ ...world, tabs }, index, this.settings.hasHints);
  }

  private marked(world: World, marker: SignOutMarker): World {
    if (!this.rules.leavesMarkers) return world;
    const others = world.markers.filter(({ sid }) => sid !== marker.sid);
    return { ...world, markers: [...others, marker].sort((a, b) => (a.sid < b.sid ? -1 : 1)) };
  }
}
