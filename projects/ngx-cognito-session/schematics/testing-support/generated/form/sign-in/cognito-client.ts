import { Injectable } from '@angular/core';
import type {
  CognitoIdentityProviderClient,
  InitiateAuthCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { SessionConfig } from 'ngx-cognito-session';
import { cognito } from '../cognito';

/** What Cognito answers to a step of a sign-in: tokens, or the next challenge. */
export type SignInAnswer = Pick<
  InitiateAuthCommandOutput,
  'AuthenticationResult' | 'ChallengeName' | 'ChallengeParameters' | 'Session'
>;

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
