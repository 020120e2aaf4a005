import { defer, map, NEVER, of, Subject, take, throwError, type Observable } from 'rxjs';
import type { CallIdentityPool, PoolOperation } from '../aws-credentials/src/lib/call-identity-pool';
import type { HttpAnswer } from '../src/lib/cognito/token-response';
import { SessionError } from '../src/lib/errors/session-error';

/** One call as it arrived. */
export interface PoolCall {
  readonly operation: PoolOperation;
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the next call meets: an exception of AWS, no network, no answer at all, or this answer. */
export type PoolFault = string | { readonly status: number; readonly body: string };

/** An identity pool: one identity per user, a new one per guest, guests are linked at sign-in. Answers in the task of the call. */
export class FakeIdentityPool {
  readonly calls: PoolCall[] = [];
  readonly faults: PoolFault[] = [];
  lifetimeSeconds = 3600;
  allowsGuests = true;
  /** Server minus device. */
  aheadMs = 0;
  /** Identity ids, and whose they are; `''`: a guest's. */
  readonly identities = new Map<string, string>();
  #issued = 0;
  #gate: Subject<void> | null = null;

  constructor(private readonly nowMs: () => number) {}

  readonly call: CallIdentityPool = (endpoint, operation, input) =>
    defer((): Observable<HttpAnswer> => {
      this.calls.push({ endpoint, operation, input: input as PoolCall['input'] });
      const fault = this.faults.shift();
      if (fault === 'hang') return NEVER;
      if (fault === 'network') return throwError(() => new SessionError('networkError', 'No answer.'));
      const answer = this.#answer(operation, input as PoolCall['input'], fault);
      return this.#gate === null
        ? of(answer)
        : this.#gate.pipe(
            take(1),
            map(() => answer),
          );
    });

  count(operation: PoolOperation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  /** Answers are on their way until the returned function is called. */
  hold(): () => void {
    const gate = new Subject<void>();
    this.#gate = gate;
    return () => {
      this.#gate = null;
      gate.next();
    };
  }

  /** Whose keys these are. */
  static ownerOf(accessKeyId: string): string {
    return accessKeyId.split('-')[1] ?? '';
  }

  #answer(operation: PoolOperation, input: PoolCall['input'], fault?: PoolFault): HttpAnswer {
    if (typeof fault === 'object') return this.#dated(fault.status, fault.body);
    if (fault !== undefined) return this.#refuse(fault);
    const sub = subOf(input['Logins']);
    if (sub === '' && !this.allowsGuests) return this.#refuse('NotAuthorizedException');
    if (operation === 'GetId') return this.#dated(200, JSON.stringify({ IdentityId: this.#identityOf(sub) }));
    return this.#credentials(String(input['IdentityId']), sub);
  }

  #credentials(id: string, sub: string): HttpAnswer {
    const owner = this.identities.get(id);
    if (owner === undefined) return this.#refuse('ResourceNotFoundException');
    if (owner === '' && sub !== '') this.identities.set(id, sub);
    else if (owner !== sub) return this.#refuse('NotAuthorizedException');
    const name = `${sub === '' ? 'guest' : sub}-${String(++this.#issued)}`;
    const body = {
      IdentityId: id,
      Credentials: {
        AccessKeyId: `ASIA-${name}`,
        SecretKey: `secret-key-of-${name}`,
        SessionToken: `session-token-of-${name}`,
        Expiration: this.serverMs / 1000 + this.lifetimeSeconds,
      },
    };
    return this.#dated(200, JSON.stringify(body));
  }

  #identityOf(sub: string): string {
    const known = [...this.identities].find(([, owner]) => sub !== '' && owner === sub);
    const id = known?.[0] ?? `eu-west-1:identity-${String(this.identities.size + 1)}`;
    this.identities.set(id, sub);
    return id;
  }

  #refuse(name: string): HttpAnswer {
    const status = name.startsWith('Internal') ? 500 : 400;
    return this.#dated(status, JSON.stringify({ __type: name, message: 'Refused.' }));
  }

  #dated(status: number, body: string): HttpAnswer {
    return { status, body, headers: new Headers({ date: new Date(this.serverMs).toUTCString() }) };
  }

  /** The time of the server, epoch ms. */
  get serverMs(): number {
    return this.nowMs() + this.aheadMs;
  }
}

/** The user whom the ID token names. */
function subOf(logins: unknown): string {
  const tokens = Object.entries((logins ?? {}) as Record<string, string>);
  const [, token] = tokens.find(([key]) => key.startsWith('cognito-idp')) ?? [];
  if (token === undefined) return '';
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { sub: string }).sub;
}
