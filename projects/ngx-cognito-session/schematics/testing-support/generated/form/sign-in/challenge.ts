/** Something that the user enters for a challenge. */
export interface Field {
  /** The name that Cognito has for the answer. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly autocomplete: 'one-time-code' | 'new-password' | 'on';
  /** What the user chooses from; empty where the user types. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** What Cognito asks for after the password. */
export interface Challenge {
  readonly name: ChallengeName;
  readonly username: string;
  readonly session: string | undefined;
  readonly fields: readonly Field[];
  /** Where Cognito has sent a code, shortened: +*******1234. */
  readonly destination: string | undefined;
  /** What the user adds to an authenticator app, if one has to be set up. */
  readonly secret: string | undefined;
}

/** The field for the code of a new authenticator app. */
export const SET_UP_CODE = 'SET_UP_CODE';

function text(name: string, label: string): Field {
  return { name, label, type: 'text', autocomplete: 'on', options: [] };
}

function code(name: string, label: string): Field {
  return { ...text(name, label), autocomplete: 'one-time-code' };
}

function newPassword(): Field {
  return { ...text('NEW_PASSWORD', 'New password'), type: 'password', autocomplete: 'new-password' };
}

const FACTORS: Readonly<Record<string, string>> = {
  SMS_MFA: 'A text message',
  EMAIL_OTP: 'An e-mail',
  SOFTWARE_TOKEN_MFA: 'The authenticator app',
};

type Details = Readonly<Record<string, string>>;

/** Cognito has lists as texts. */
const listIn = (details: Details, name: string): readonly string[] =>
  JSON.parse(details[name] ?? '[]') as readonly string[];

function requiredAttribute(entry: string): Field {
  const attribute = entry.replace(/^userAttributes\./, '');
  return text(`userAttributes.${attribute}`, attribute.replaceAll('_', ' '));
}

function choiceOf(factors: readonly string[]): readonly Field[] {
  const options = factors.map((value) => ({ value, label: FACTORS[value] ?? value }));
  return options.length === 0 ? [] : [{ ...text('ANSWER', 'Where do you get the code?'), options }];
}

/** What each challenge asks for. */
const FIELDS = {
  NEW_PASSWORD_REQUIRED: (details: Details) => [
    newPassword(),
    ...listIn(details, 'requiredAttributes').map(requiredAttribute),
  ],
  SMS_MFA: () => [code('SMS_MFA_CODE', 'Code from the text message')],
  SMS_OTP: () => [code('SMS_OTP_CODE', 'Code from the text message')],
  EMAIL_OTP: () => [code('EMAIL_OTP_CODE', 'Code from the e-mail')],
  SOFTWARE_TOKEN_MFA: () => [code('SOFTWARE_TOKEN_MFA_CODE', 'Code of the authenticator app')],
  SELECT_MFA_TYPE: (details: Details) => choiceOf(listIn(details, 'MFAS_CAN_CHOOSE')),
  // This page sets up an authenticator app, and nothing else.
  MFA_SETUP: (details: Details) =>
    listIn(details, 'MFAS_CAN_SETUP').includes('SOFTWARE_TOKEN_MFA')
      ? [code(SET_UP_CODE, 'Code of the authenticator app')]
      : [],
} satisfies Record<string, (details: Details) => readonly Field[]>;

export type ChallengeName = keyof typeof FIELDS;

/** Whether the page has fields for a challenge. */
export const isKnown = (name: string): name is ChallengeName => Object.hasOwn(FIELDS, name);

/** What the user enters for a challenge; empty if the page does not have that. */
export const fieldsOf = (name: ChallengeName, details: Details): readonly Field[] => FIELDS[name](details);

/** A link that opens an authenticator app on the same device. */
export function authenticatorLink(secret: string, username: string, issuer: string): string {
  const label = [issuer, username].map(encodeURIComponent).join(':');
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
