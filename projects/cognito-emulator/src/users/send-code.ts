import { ServiceError } from '../http/service-error';
import type { CodePurpose } from '../pool/sent-code';
import type { User } from '../pool/user';

const HOUR_MS = 3_600_000;
const LIFETIME_MS: Readonly<Record<CodePurpose, number>> = {
  confirmation: 24 * HOUR_MS,
  passwordReset: HOUR_MS,
};

/** Sends a code, and says where to. The one before ends. `Emulator.sentCode` has it: nothing leaves the emulator. */
export function sendCode(user: User, purpose: CodePurpose, now: number): object {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  const value = String(number % 1_000_000).padStart(6, '0');
  user.sentCode = { purpose, value, expiresAt: now + LIFETIME_MS[purpose] };
  const address = addressOf(user);
  return address === null ? {} : delivery(address);
}

/** Takes the code that was sent, once. */
export function redeemCode(user: User, purpose: CodePurpose, submitted: string, now: number): void {
  const { sentCode } = user;
  if (sentCode?.purpose !== purpose || now >= sentCode.expiresAt) throw expiredCode();
  if (sentCode.value !== submitted) throw wrongCode();
  user.sentCode = null;
}

export function wrongCode(): ServiceError {
  return new ServiceError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}

export function expiredCode(): ServiceError {
  return new ServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

/** Where codes go. */
export interface CodeAddress {
  readonly attribute: 'email' | 'phone_number';
  readonly value: string;
}

export function addressOf({ attributes }: Pick<User, 'attributes'>): CodeAddress | null {
  for (const attribute of ['email', 'phone_number'] as const) {
    const value = attributes[attribute];
    if (value !== undefined) return { attribute, value };
  }
  return null;
}

/** For an unknown user, where the client hides who exists. */
export function simulatedDelivery(username: string): object {
  return delivery({ attribute: 'email', value: `${username}@${username}` });
}

function delivery({ attribute, value }: CodeAddress): object {
  const isEmail = attribute === 'email';
  return {
    CodeDeliveryDetails: {
      AttributeName: attribute,
      DeliveryMedium: isEmail ? 'EMAIL' : 'SMS',
      Destination: isEmail ? value.replace(/^(.)[^@]*@(.).*$/, '$1***@$2***') : `+*******${value.slice(-4)}`,
    },
  };
}
