import { notAuthorized, type ServiceError } from '../http/service-error';

/** `guest` until a login is linked to it; `disabled` once it was merged into another one, or has lost its last login. */
export type IdentityState = 'guest' | 'linked' | 'disabled';

/** An identity of an identity pool. */
export interface Identity {
  readonly id: string;
  readonly identityPoolId: string;
  state: IdentityState;
  /** Its linked logins: the sub by provider. */
  readonly logins: Map<string, string>;
}

export function forbidden({ id }: Identity): ServiceError {
  return notAuthorized(`Access to Identity '${id}' is forbidden.`);
}

/** What the emulator tells about an identity. */
export interface IdentityDescription {
  /** Its id. */
  readonly identityId: string;
  /** The identity pool that has it. */
  readonly identityPoolId: string;
  /** Whether it is a guest, a user, or dead. */
  readonly state: IdentityState;
  /** The sub by provider. */
  readonly logins: Readonly<Record<string, string>>;
}

export function describeIdentity({ id, identityPoolId, state, logins }: Identity): IdentityDescription {
  return { identityId: id, identityPoolId, state, logins: Object.fromEntries(logins) };
}
