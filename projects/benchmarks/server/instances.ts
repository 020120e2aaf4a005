import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { DynamoTable } from '../../cognito-server-session/testing-support/dynamo-table';
import { CLIENT_ID, requestWith, ServerApp } from '../../cognito-server-session/testing-support/server-app';
import { SORT_KEY } from './apps';
import type { InstancesResult } from './results';

/** So many instances, which share nothing but the table, all get a request of one session whose tokens have expired. */
export async function refreshByInstances(instances: number): Promise<InstancesResult> {
  const table = await DynamoTable.start({ sortKey: SORT_KEY });
  const store = () =>
    new DynamoDbSessionStore({ tableName: table.tableName, client: table.client(), sortKey: SORT_KEY });
  const app = await ServerApp.start({ store: store(), settings: { graceSeconds: 0 } });
  try {
    const cookie = await app.signIn();
    app.expireTokens();
    const tokenAt = async (sessions = app.instance({ store: store() })): Promise<string | null> =>
      (await sessions.get(requestWith(cookie)))?.accessToken() ?? null;
    const found = await Promise.allSettled(Array.from({ length: instances }, () => tokenAt()));
    const isValid = (token: string | null) => token !== null && app.emulator.accessTokenStatus(token).isValid;
    return {
      instances,
      refreshes: app.refreshCount(),
      withoutToken: found.filter((each) => each.status === 'rejected' || !isValid(each.value)).length,
      sessionsLost: isValid(await tokenAt()) ? 0 : 1,
      byHand: await refreshByHand(app, instances),
    };
  } finally {
    await app.close();
    await table.close();
  }
}

/** What instances get that each send the refresh token they have read. */
async function refreshByHand({ emulator }: ServerApp, instances: number): Promise<InstancesResult['byHand']> {
  const { RefreshToken } = await emulator.signIn('bob');
  const before = emulator.log.count('GetTokensFromRefreshToken');
  const answers = await Promise.all(
    Array.from({ length: instances }, () =>
      fetch(emulator.url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
        },
        body: JSON.stringify({ ClientId: CLIENT_ID, RefreshToken }),
      }),
    ),
  );
  return {
    refreshes: emulator.log.count('GetTokensFromRefreshToken') - before,
    refused: answers.filter(({ ok }) => !ok).length,
  };
}
