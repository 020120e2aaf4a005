import { InjectionToken } from '@angular/core';
import { filter, map, Subject, type Observable, type Subscription } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import type { LedgerSession } from '../core/ledger-steps';
import type { LedgerReading, SessionLedger } from '../core/session-ledger';
import { readTokenMessage, sealTokenMessage, type TokenMessage } from '../core/token-message';
import type { AuthTokens } from '../core/token-set';
import type { SessionLogger } from '../platform/session-logger';

/** What the exchange needs of a channel between tabs. */
export interface TokenChannel {
  readonly messages$: Observable<unknown>;
  post(message: object): void;
  close(): void;
}

/** Opens a channel that leaves no trace of what goes over it; `null` where there is none. */
export const OPEN_TOKEN_CHANNEL = new InjectionToken<(name: string) => TokenChannel | null>(
  'OPEN_TOKEN_CHANNEL',
);

/** Sign-ins and renewals of a few sessions; a script that floods the channel must not flood the memory. */
const MAX_SETS = 16;

/**
 * Where no storage may hold the tokens, the tabs carry them: the record only names them. Tokens are posted before the
 * record names them; until then the others hold them aside.
 */
export class TokenExchange {
  private readonly sets = new Map<string, LedgerSession>();
  private readonly complaints = new Set<string>();
  private readonly taken = new Subject<TokenMessage>();
  private readonly listening: Subscription;
  private isClosed = false;

  /** Hot; tokens have arrived that were not known. */
  readonly arrivals$: Observable<void> = this.taken.pipe(
    filter(({ type }) => type === 'tokens'),
    map(() => undefined),
  );
  /** Hot; sessions that another tab knows to be over. */
  readonly forgotten$: Observable<string> = this.taken.pipe(
    filter((message) => message.type === 'forget'),
    map(({ sid }) => sid),
  );

  constructor(
    private channel: TokenChannel,
    private readonly reopen: () => TokenChannel | null,
    private readonly config: ResolvedConfig,
    private readonly logger: SessionLogger,
  ) {
    this.listening = channel.messages$.subscribe((value) => {
      this.receive(value);
    });
  }

  /** The record as it is stored: tokens become names, and are posted first. */
  seal({ tokens, spare, refreshToken: _never, ...rest }: SessionLedger): SessionLedger {
    const { sid, gen } = rest;
    if (sid === null) return rest;
    return {
      ...rest,
      ...(tokens !== undefined && { tokensId: this.nameOf({ sid, gen, tokens }) }),
      ...(spare !== undefined && { spareId: this.nameOf({ sid, gen, tokens: spare }) }),
    };
  }

  /** The record with the tokens that this tab holds under the names in it. */
  unseal(reading: LedgerReading): LedgerReading {
    if (reading.type !== 'ledger') return reading;
    const { tokensId, spareId, ...rest } = reading.ledger;
    const tokens = this.tokensNamed(tokensId, rest.sid);
    const spare = this.tokensNamed(spareId, rest.sid);
    return {
      ...reading,
      ledger: {
        ...rest,
        ...(tokens !== null ? { tokens } : tokensId !== undefined && { tokensId }),
        ...(spare !== null ? { spare } : spareId !== undefined && { spareId }),
      },
    };
  }

  /** What this tab has kept by itself is what the record names. */
  learn(id: string, session: LedgerSession): void {
    this.keep(id, session);
  }

  ask(sid: string): void {
    this.post({ type: 'asking', sid });
  }

  /** The session is over, here and everywhere. */
  forget(sid: string): void {
    this.drop(sid);
    this.post({ type: 'forget', sid });
  }

  /** Nothing is heard any more. An answer that is still on its way is posted all the same. */
  close(): void {
    this.isClosed = true;
    this.listening.unsubscribe();
    this.channel.close();
  }

  private receive(value: unknown): void {
    const read = readTokenMessage(value, this.config.namespace, this.config);
    if (read.type === 'rejected') {
      this.complain(read.why);
      return;
    }
    const { message } = read;
    switch (message.type) {
      case 'asking':
        for (const [id, session] of this.sets)
          if (session.sid === message.sid) this.post({ type: 'tokens', id, session });
        return;
      case 'forget':
        this.drop(message.sid);
        this.taken.next(message);
        return;
      case 'tokens':
        if (this.sets.has(message.id)) return;
        if (message.id !== nameFor(message.session)) {
          this.complain('Its tokens have another name.');
          return;
        }
        this.keep(message.id, message.session);
        this.taken.next(message);
    }
  }

  private nameOf(session: LedgerSession): string {
    const id = nameFor(session);
    const known = this.sets.get(id);
    if (known !== undefined && isSame(known.tokens, session.tokens)) return id;
    this.keep(id, session);
    this.post({ type: 'tokens', id, session });
    return id;
  }

  private tokensNamed(id: string | undefined, sid: string | null): AuthTokens | null {
    const session = id === undefined ? undefined : this.sets.get(id);
    return session?.sid === sid ? session.tokens : null;
  }

  private keep(id: string, session: LedgerSession): void {
    this.sets.set(id, session);
    const [oldest] = this.sets.keys();
    if (this.sets.size > MAX_SETS && oldest !== undefined) this.sets.delete(oldest);
  }

  private drop(sid: string): void {
    for (const [id, session] of this.sets) if (session.sid === sid) this.sets.delete(id);
  }

  private post(message: TokenMessage): void {
    const text = sealTokenMessage(this.config.namespace, message);
    if (!this.isClosed) {
      this.channel.post(text);
      return;
    }
    const channel = this.reopen();
    channel?.post(text);
    channel?.close();
  }

  /** Once for each reason. */
  private complain(why: string): void {
    if (this.complaints.has(why)) return;
    this.complaints.add(why);
    this.logger.warn('A message from another tab is ignored.', { why });
  }
}

function isSame(a: AuthTokens, b: AuthTokens): boolean {
  return a.accessToken === b.accessToken && a.refreshToken === b.refreshToken;
}

/** 256 bits of the access token's signature: whoever does not have the token cannot put another one in its place. */
const NAME_LENGTH = 43;

function nameFor({ sid, tokens }: LedgerSession): string {
  return `${sid}/${tokens.accessToken.slice(-NAME_LENGTH)}`;
}
