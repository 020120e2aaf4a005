import { inject, Injectable } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { CognitoClient, type SignInAnswer } from './cognito-client';

/** The challenges that the page can show, and the name that Cognito has for the answer. */
const ANSWER_NAMES = {
  NEW_PASSWORD_REQUIRED: 'NEW_PASSWORD',
  SMS_MFA: 'SMS_MFA_CODE',
  SMS_OTP: 'SMS_OTP_CODE',
  EMAIL_OTP: 'EMAIL_OTP_CODE',
  SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE',
} as const;

export type ChallengeName = keyof typeof ANSWER_NAMES;

/** What Cognito asks for after the password. */
export interface Challenge {
  readonly name: ChallengeName;
  /** Where Cognito has sent a code, shortened: +*******1234. */
  readonly destination: string | undefined;
  readonly username: string;
  readonly session: string | undefined;
}

/** Cognito asks for something that the page does not have. */
export class UnknownChallengeError extends Error {
  override readonly name = 'UnknownChallengeError';
}

const isKnown = (name: string): name is ChallengeName => Object.hasOwn(ANSWER_NAMES, name);

/** Signs users in, challenge by challenge, and hands the tokens to the session. */
@Injectable({ providedIn: 'root' })
export class CognitoSignIn {
  private readonly cognito = inject(CognitoClient);
  private readonly session = inject(SessionService);

  /** Resolves with the next challenge, or with `null` once the user is signed in. Rejects with the error of the SDK or the session. */
  async start(username: string, password: string): Promise<Challenge | null> {
    return this.follow(await this.cognito.startWithPassword(username, password), username);
  }

  /** The same, with the user's answer to a challenge. */
  async answer({ name, username, session }: Challenge, answer: string): Promise<Challenge | null> {
    const responses = { USERNAME: username, [ANSWER_NAMES[name]]: answer };
    return this.follow(await this.cognito.respond({ challenge: name, session, responses }), username);
  }

  private async follow(answer: SignInAnswer, username: string): Promise<Challenge | null> {
    const { AuthenticationResult: tokens, ChallengeName: name, ChallengeParameters: details = {} } = answer;
    if (tokens !== undefined) {
      await firstValueFrom(this.session.setTokens(tokens));
      return null;
    }
    if (name === undefined || !isKnown(name)) throw new UnknownChallengeError(name ?? 'none');
    return {
      name,
      destination: details['CODE_DELIVERY_DESTINATION'],
      username: details['USER_ID_FOR_SRP'] ?? username,
      session: answer.Session,
    };
  }
}
