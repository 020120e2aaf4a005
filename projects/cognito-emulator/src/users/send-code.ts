import { ServiceError } from '../http/service-error';
import type { CodePurpose } from '../pool/sent-code';
import type { User } from '../pool/user';

const HOUR_MS = 3_600_000;
const LIFETIME_MS: Readonly<Record<CodePurpose, number>> = {
  confirmation: 24 * HOUR_MS,
  passwordReset: HOUR_MS,
  signIn: 3 * 60_000,
};

/** Sends a code, and says where to. The one before for the same purpose ends. `Emulator.sentCode` has it: nothing leaves the emulator. */
export function sendCode(user: User, purpose: CodePurpose, now: number): Delivery {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  const value = String(number % 1_000_000).padStart(6, '0');
  // Deleted first: the last one that was sent is the last one of the map.
  user.sentCodes.delete(purpose);
  user.sentCodes.set(purpose, { value, expiresAt: now + LIFETIME_MS[purpose] });
  const address = addressOf(user);
  return address === null ? {} : delivery(address);
}

/** Takes the code that was sent, once. */
export function redeemCode(user: User, purpose: CodePurpose, submitted: string, now: number): void {
  const sentCode = user.sentCodes.get(purpose);
  if (sentCode === undefined || now >= sentCode.expiresAt) throw expiredCode();
  if (sentCode.value !== submitted) throw wrongCode();
  user.sentCodes.delete(purpose);
}

export function wrongCode(): ServiceError {
  return new ServiceError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}

export function expiredCode(): ServiceError {
  return new ServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

/** Empty for a user without an address. */
export interface Delivery {
  readonly CodeDeliveryDetails?: {
    readonly AttributeName: string;
    readonly DeliveryMedium: string;
    readonly Destination: string;
  };
}

/** The same, as challenges say it. */
export function destinationParameters({ CodeDeliveryDetails: details }: Delivery): Record<string, string> {
  return details === undefined
    ? {}
    : {
        CODE_DELIVERY_DELIVERY_MEDIUM: details.DeliveryMedium,
        CODE_DELIVERY_DESTINATION: details.Destination,
      };
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
export function simulatedDelivery(username: string): Delivery {
  return delivery({ attribute: 'email', value: `${username}@${username}` });
}

function delivery({ attribute, value }: CodeAddress): Delivery {
  const isEmail = attribute === 'email';
  return {
    CodeDeliveryDetails: {
      AttributeName: attribute,
      DeliveryMedium: isEmail ? 'EMAIL' : 'SMS',
      Destination: isEmail ? value.replace(/^(.)[^@]*@(.).*$/, '$1***@$2***') : `+*******${value.slice(-4)}`,
    },
  };
}
