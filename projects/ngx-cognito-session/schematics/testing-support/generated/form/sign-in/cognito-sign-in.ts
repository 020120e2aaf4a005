import { inject, Injectable } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { fieldsOf, isKnown, SET_UP_CODE, type Challenge } from './challenge';
import { CognitoClient, type SignInAnswer } from './cognito-client';

/** Cognito asks for something that the page does not have. */
export class UnknownChallengeError extends Error {
  override readonly name = 'UnknownChallengeError';
}

/** What the user has entered for a challenge, by the names of its fields. */
export type Answers = Readonly<Record<string, string>>;

/** Signs users in, challenge by challenge, and hands the tokens to the session. */
@Injectable({ providedIn: 'root' })
export class CognitoSignIn {
  private readonly cognito = inject(CognitoClient);
  private readonly session = inject(SessionService);

  /** Resolves with the next challenge, or with `null` once the user is signed in. Rejects with the error of the SDK or the session. */
  async start(username: string, password: string): Promise<Challenge | null> {
    return this.follow(await this.cognito.startWithPassword(username, password), username);
  }

  /** The same, with the user's answers to a challenge. */
  async answer({ name, username, session }: Challenge, answers: Answers): Promise<Challenge | null> {
    const { [SET_UP_CODE]: code, ...responses } = answers;
    const current =
      code === undefined ? session : (await this.cognito.verifySoftwareToken(session, code)).Session;
    const answer = { challenge: name, session: current, responses: { USERNAME: username, ...responses } };
    return this.follow(await this.cognito.respond(answer), username);
  }

  private async follow(answer: SignInAnswer, username: string): Promise<Challenge | null> {
    const { AuthenticationResult: tokens, ChallengeName: name, ChallengeParameters: details = {} } = answer;
    if (tokens !== undefined) {
      await firstValueFrom(this.session.setTokens(tokens));
      return null;
    }
    if (name === undefined || !isKnown(name)) throw new UnknownChallengeError(name ?? 'none');
    const fields = fieldsOf(name, details);
    if (fields.length === 0) throw new UnknownChallengeError(name);
    const app = name === 'MFA_SETUP' ? await this.cognito.associateSoftwareToken(answer.Session) : null;
    return {
      name,
      fields,
      username: details['USER_ID_FOR_SRP'] ?? username,
      session: app === null ? answer.Session : app.Session,
      destination: details['CODE_DELIVERY_DESTINATION'],
      secret: app?.SecretCode,
    };
  }
}
