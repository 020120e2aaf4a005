import { callApi, expect, hello, test } from './server-sessions-test';

test('the API gets the access token from the server, and nothing that is not on the list', async ({
  page,
  signIn,
  username,
  example,
  complaints,
}) => {
  const { api, emulator } = example.aws;
  await signIn(page);
  const { access } = emulator.log.last('oauth2/token')?.tokensOut ?? {};
  api.clearRequests();

  await callApi(page, hello(username));

  complaints.push(/status of (40[34]|502)/);
  const call = (path: string, headers: Record<string, string>) =>
    page.evaluate(async ([path, headers]) => (await fetch(path, { headers })).status, [
      path,
      headers,
    ] as const);
  expect(await call('/api/secret', { 'X-CSRF': '1' })).toBe(404);
  expect(await call('/api/hello', {})).toBe(403);
  expect(api.requests.map(({ path, accessToken, verdict }) => [path, accessToken, verdict])).toEqual([
    ['/api/hello', access, 'valid'],
  ]);

  api.rejectNext();
  await callApi(page, 'HTTP 502');
  await expect(page.locator('#user')).toHaveText(`Signed in as ${username}`);
});
