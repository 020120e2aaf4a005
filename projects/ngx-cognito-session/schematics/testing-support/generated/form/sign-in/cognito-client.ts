import { Injectable } from '@angular/core';
import type {
  AssociateSoftwareTokenCommandOutput,
  CognitoIdentityProviderClient,
  InitiateAuthCommandOutput,
  VerifySoftwareTokenCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { SessionConfig } from 'ngx-cognito-session';
import { cognito } from '../cognito';

/** What Cognito answers to a step of a sign-in: tokens, or the next challenge. */
export type SignInAnswer = Pick<
  InitiateAuthCommandOutput,
  'AuthenticationResult' | 'ChallengeName' | 'ChallengeParameters' | 'Session'
>;

/** The secret of an authenticator app, and the session of the sign-in from then on. */
export type NewSoftwareToken = Pick<AssociateSoftwareTokenCommandOutput, 'SecretCode' | 'Session'>;

/** The session of the sign-in after a code of the app. */
export type VerifiedSoftwareToken = Pick<VerifySoftwareTokenCommandOutput, 'Session'>;

/** A challenge, and the user's answer to it. */
export interface ChallengeAnswer {
  readonly challenge: NonNullable<SignInAnswer['ChallengeName']>;
  readonly session: string | undefined;
  readonly responses: Record<string, string>;
}

/** The calls to Cognito. The AWS SDK is loaded with the first one. */
@Injectable({ providedIn: 'root' })
export class CognitoClient {
  private readonly config: SessionConfig = cognito;
  private client: CognitoIdentityProviderClient | undefined;

  /** Rejects with the error of the SDK. */
  async startWithPassword(username: string, password: string): Promise<SignInAnswer> {
    const { InitiateAuthCommand } = await import('./cognito-sdk');
    const client = await this.connect();
    return client.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: this.config.clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    );
  }

  /** Rejects with the error of the SDK. */
  async respond({ challenge, session, responses }: ChallengeAnswer): Promise<SignInAnswer> {
    const { RespondToAuthChallengeCommand } = await import('./cognito-sdk');
    const client = await this.connect();
    return client.send(
      new RespondToAuthChallengeCommand({
        ClientId: this.config.clientId,
        ChallengeName: challenge,
        Session: session,
        ChallengeResponses: responses,
      }),
    );
  }

  /** The secret for an authenticator app. Rejects with the error of the SDK. */
  async associateSoftwareToken(session: string | undefined): Promise<NewSoftwareToken> {
    const { AssociateSoftwareTokenCommand } = await import('./cognito-sdk');
    const client = await this.connect();
    return client.send(new AssociateSoftwareTokenCommand({ Session: session }));
  }

  /** Shows a code of the authenticator app. Rejects with the error of the SDK. */
  async verifySoftwareToken(session: string | undefined, code: string): Promise<VerifiedSoftwareToken> {
    const { VerifySoftwareTokenCommand } = await import('./cognito-sdk');
    const client = await this.connect();
    return client.send(new VerifySoftwareTokenCommand({ Session: session, UserCode: code }));
  }

  private async connect(): Promise<CognitoIdentityProviderClient> {
    const { CognitoIdentityProviderClient } = await import('./cognito-sdk');
    const { region, endpoint } = this.config;
    this.client ??= new CognitoIdentityProviderClient({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
    });
    return this.client;
  }
}
