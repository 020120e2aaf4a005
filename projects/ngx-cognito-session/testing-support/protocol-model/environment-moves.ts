import { endOldestGrace, firstToken, redeem } from './cognito-model';
import type { ProtocolRules } from './protocol-rules';
import { withExcused, withRevocation } from './revocation';
import { AGREED, markMissed } from './agreement';
import type { Move } from './tab-moves';
import {
  freshTab,
  isLockHeld,
  readingOf,
  sessionOnRecord,
  spend,
  storedTokens,
  withTab,
  type Budget,
  type ModelAttempt,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

/** What happens to tabs: Cognito, the network, the browser, the user, time. */
export class EnvironmentMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
  ) {}

  of(world: World, index: number): readonly (Move | null)[] {
    const tab = world.tabs[index];
    if (tab === undefined) return [];
    const { attempt } = tab;
    const answers = attempt?.phase === 'out' ? this.answers(world, index, tab, attempt) : [];
    return [...answers, ...this.fates(world, index, tab), ...this.commands(world, index, tab)];
  }

  graceEnds(world: World): Move | null {
    const tokens = endOldestGrace(world.tokens);
    return tokens === null ? null : move('the grace ends', { ...world, tokens });
  }

  /** Cognito does its work, or the network does not. */
  private answers(
    world: World,
    index: number,
    { life }: ModelTab,
    attempt: ModelAttempt,
  ): readonly (Move | null)[] {
    const answer = redeem(world.tokens, attempt.sent, this.settings);
    const got = answer.type === 'good' ? { token: answer.token } : {};
    const becomes = (from: World, phase: ModelAttempt['phase'], more: Partial<ModelAttempt> = {}) =>
      withTab(from, index, { attempt: life === 'crashed' ? null : { ...attempt, phase, ...more } });
    const serve = (from: World): World => ({ ...from, tokens: answer.tokens });
    const serveUnheard = (from: World) =>
      answer.type === 'good' ? withExcused(serve(from), answer.token) : serve(from);
    if (life === 'crashed')
      return [
        move('is answered, though crashed', becomes(serveUnheard(world), 'lost')),
        move('never reaches Cognito', becomes(world, 'lost')),
      ];
    return [
      move('is answered', becomes(serve(world), answer.type === 'good' ? 'good' : 'refused', got)),
      this.costing(world, 'faults', 'loses the connection', (left) => becomes(left, 'lost')),
      this.costing(world, 'faults', 'loses the answer', (left) => becomes(serveUnheard(left), 'lost')),
      this.costing(world, 'faults', 'gets HTTP 500', (left) => becomes(left, 'failed')),
    ];
  }

  /** Freeze, wake, crash, a page opened again, and what watchers learn of all that. */
  private fates(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    switch (tab.life) {
      case 'crashed':
        return tab.attempt === null ? [this.reopen(world, index)] : [];
      case 'frozen':
        return [
          move('wakes', withTab(world, index, { life: 'awake', isSuspect: this.rules.readsAfterSleep })),
        ];
      case 'awake':
        return [
          this.costing(world, 'freezes', 'freezes', (left) => withTab(left, index, { life: 'frozen' })),
          this.costing(world, 'crashes', 'crashes', (left) => crashed(left, index, tab)),
          ...this.refusedCommit(world, index, tab),
          ...this.watching(world, index, tab),
          tab.news !== null && tab.news === tab.held?.sid
            ? move('hears of the sign-out', withTab(world, index, { held: null }))
            : null,
        ];
    }
  }

  private reopen(world: World, index: number): Move {
    const held = sessionOnRecord(world.record);
    return move('is opened again', withTab(world, index, freshTab(held)));
  }

  /** The tab goes on from memory; whether the transaction was carried out is another matter. */
  private refusedCommit(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const { attempt, held } = tab;
    if (attempt?.phase !== 'good' || held?.sid !== attempt.sid) return [];
    const gen = attempt.gen + 1;
    const token = attempt.token ?? attempt.sent;
    const goesOn = (from: World) =>
      withTab(from, index, {
        attempt: { ...attempt, phase: 'unsaved' },
        held: { sid: attempt.sid, gen, token },
      });
    const step = this.rules.commit(
      readingOf(world),
      { sid: attempt.sid, gen, tokens: storedTokens(token, attempt.id) },
      { attempt: attempt.id, rotated: this.settings.rotates },
    );
    const stored = step.result.type === 'committed' ? step.next : null;
    return [
      this.costing(world, 'faults', 'cannot store', goesOn),
      stored === null
        ? null
        : this.costing(world, 'faults', 'is told wrongly that it cannot store', (left) =>
            goesOn({ ...left, record: stored }),
          ),
    ];
  }

  /** Locks that have gone free are noticed some time later; an owner that keeps his for 20 s is overdue. */
  private watching(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const { record } = world;
    if (tab.attempt !== null || tab.held?.sid !== record.sid) return [];
    const unknown = record.open.filter(({ id }) => !tab.gone.includes(id));
    const newest = record.open.filter(({ gen }) => gen === record.gen).at(-1);
    return unknown.map(({ id }) => {
      if (!isLockHeld(world, id))
        return move('sees an attempt dead', withTab(world, index, { gone: [...tab.gone, id].sort() }));
      return id !== newest?.id || tab.overdue.includes(id)
        ? null
        : this.costing(world, 'takeovers', 'has watched for 20 s', (left) =>
            withTab(left, index, { overdue: [...tab.overdue, id].sort() }),
          );
    });
  }

  private commands(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    if (tab.life !== 'awake' || tab.ending !== null) return [];
    return [
      ...(tab.held === null || tab.isSuspect ? [] : this.signOut(world, index, tab.held)),
      tab.attempt === null ? this.signIn(world, index, tab) : null,
    ];
  }

  /** In the task of the call: memory cleared, hint posted, the token in memory revoked; the transaction follows. */
  private signOut(
    world: World,
    index: number,
    { sid, token }: NonNullable<ModelTab['held']>,
  ): readonly (Move | null)[] {
    const leaves = (left: World): World => {
      const told = left.tabs.map((tab, i) => (i === index ? tab : { ...tab, news: sid }));
      return withTab({ ...left, tabs: told }, index, { held: null, ending: sid });
    };
    return [
      this.costing(world, 'signOuts', 'signs out', (left) => leaves(withRevocation(left, token))),
      this.costing(world, 'signOuts', 'signs out, its revocation is lost', (left) => {
        const paid = spend(left, 'faults');
        return paid === null ? null : leaves(withExcused(paid, token));
      }),
    ];
  }

  /** Another user, in one transaction; what it replaced is revoked. */
  private signIn(world: World, index: number, { held: replaced }: ModelTab): Move | null {
    return this.costing(world, 'signIns', 'signs another user in', (left) => {
      const before = left.record.sid;
      const step = this.rules.begin(readingOf(left), {
        sid: 'B',
        gen: 1,
        tokens: storedTokens('B', 'sign-in'),
      });
      if (step.next === null) return null;
      const begun: World = { ...left, record: step.next, tokens: { ...left.tokens, B: firstToken() } };
      const seen = before === null ? begun : markMissed(begun, before);
      const found = [
        replaced?.token,
        step.replaced?.tokens?.refreshToken,
        step.replaced?.spare?.refreshToken,
      ].filter((token) => token !== undefined);
      const revoked = found.reduce(withRevocation, seen);
      return withTab(revoked, index, { held: { sid: 'B', gen: 1, token: 'B' }, ...AGREED });
    });
  }

  private costing(
    world: World,
    what: keyof Budget,
    name: string,
    change: (left: World) => World | null,
  ): Move | null {
    const left = spend(world, what);
    const next = left === null ? null : change(left);
    return next === null ? null : move(name, next);
  }
}

/** What the page held dies with it; a request on its way may still be answered. */
function crashed(world: World, index: number, tab: ModelTab): World {
  const { attempt, held } = tab;
  const lost = [
    attempt?.phase === 'good' || attempt?.phase === 'unsaved' ? attempt.token : undefined,
    attempt?.phase === 'published' ? held?.token : undefined,
  ].filter((token) => token !== undefined);
  return withTab(lost.reduce(withExcused, world), index, {
    ...freshTab(null),
    life: 'crashed',
    attempt: attempt?.phase === 'out' ? attempt : null,
  });
}

function move(name: string, world: World): Move {
  return { name, world, violation: null };
}
