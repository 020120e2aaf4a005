import { decodeJwt } from 'jose';
import {
  InMemoryWebStorage,
  OidcClient,
  WebStorageStateStore,
  type OidcClientSettings,
} from 'oidc-client-ts';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { postForm, REDIRECT_URI } from '../../testing-support/sample-calls';

/** A second opinion on managed login: the client of another project, unchanged, finds its way with the discovery document. */
describe('oidc-client-ts', () => {
  const LOGIN = { username: 'alice', password: 'Correct-horse-1' };
  let clock: ManualClock;
  let emulator: Emulator;

  beforeEach(async () => {
    // It compares times of tokens with the clock of the machine.
    clock = new ManualClock(Date.now());
    emulator = await startEmulator({ clock });
  });

  afterEach(() => emulator.close());

  function newClient(more: Partial<OidcClientSettings> = {}): OidcClient {
    return new OidcClient({
      authority: `${emulator.url}/${emulator.userPoolId}`,
      client_id: emulator.clientId,
      redirect_uri: REDIRECT_URI,
      post_logout_redirect_uri: 'https://app.example.com/',
      scope: 'openid email aws.cognito.signin.user.admin',
      stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      ...more,
    });
  }

  /** Opens the page, and submits its form. */
  async function signInThere(url: string, form: Record<string, string> = LOGIN): Promise<string> {
    const page = await (await fetch(url)).text();
    const action = /action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? '';
    const response = await postForm(new URL(action, emulator.url).href, form);
    return response.headers.get('location') ?? '';
  }

  it('signs in with code, PKCE, state and nonce', async () => {
    const client = newClient();
    const { url } = await client.createSigninRequest({ state: { returnUrl: '/orders' }, nonce: 'n-1' });

    const answer = await client.processSigninResponse(await signInThere(url));

    expect(answer).toMatchObject({
      userState: { returnUrl: '/orders' },
      profile: { 'cognito:username': 'alice', aud: emulator.clientId },
      scope: 'openid email aws.cognito.signin.user.admin',
    });
    expect(decodeJwt(answer.id_token ?? '')['nonce']).toBe('n-1');
    expect(emulator.accessTokenStatus(answer.access_token).isValid).toBe(true);
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  });

  it('asks for a provider, a language, a user name and a resource', async () => {
    const client = newClient({ ui_locales: 'de' });
    const extraQueryParams = { identity_provider: 'Google', lang: 'de' };
    const resource = 'https://api.example.com';
    const { url } = await client.createSigninRequest({ extraQueryParams, resource, login_hint: 'alice' });

    const answer = await client.processSigninResponse(await signInThere(url));

    expect(emulator.log.last('oauth2/authorize')?.query).toMatchObject({
      ...extraQueryParams,
      resource,
      login_hint: 'alice',
    });
    expect(emulator.accessTokenStatus(answer.access_token).isValid).toBe(true);
  });

  it.each([
    ['cancelled', { cancel: 'yes' }, {}, 'access_denied'],
    ['not possible without a page', LOGIN, { prompt: 'none' }, 'login_required'],
  ])('learns that the sign-in is %s', async (_, form, more, error) => {
    const client = newClient();
    const { url } = await client.createSigninRequest({ state: 'kept', ...more });
    const answer = url.includes('prompt')
      ? ((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '')
      : await signInThere(url, form);

    await expect(client.processSigninResponse(answer)).rejects.toMatchObject({ error, state: 'kept' });
  });

  it('learns that the code has expired', async () => {
    const client = newClient();
    const { url } = await client.createSigninRequest({});
    const answer = await signInThere(url);
    clock.advance(5 * 60_000);

    await expect(client.processSigninResponse(answer)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('finds the page for the sign-out in the discovery document', async () => {
    const client = newClient({ extraQueryParams: {} });
    const { url } = await client.createSignoutRequest({
      client_id: emulator.clientId,
      extraQueryParams: { logout_uri: 'https://app.example.com/' },
    });

    const response = await fetch(url, { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://app.example.com/']);
  });
});
