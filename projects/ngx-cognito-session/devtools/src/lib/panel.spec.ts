import { PLATFORM_ID } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { httpScene, type HttpPage } from '../../../testing-support/http-scene';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { servedSession } from '../../../testing-support/fake-session-server';
import { nextStatus, type SessionTab } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { RANDOM_SOURCE } from '../../../src/lib/platform/random';
import { createAuthFetch, sessionContext } from '../../../src/public-api';
import { SessionModel } from './session-model';
import { withDevtools } from './with-devtools';

const TAG = 'cognito-session-devtools';
const FEATURES = { features: [withDevtools()] };
const TABS = ['Overview', 'Events', 'Requests', 'Browser tabs', 'Storage', 'Claims', 'Warnings', 'Simulate'];

beforeEach(() => {
  sessionStorage.clear();
});

function shadow(): ShadowRoot {
  const root = document.querySelector(TAG)?.shadowRoot ?? null;
  if (root === null) throw new Error('There is no panel.');
  return root;
}

const all = (selector: string): readonly HTMLElement[] => [
  ...shadow().querySelectorAll<HTMLElement>(selector),
];

function buttonOf(name: string): HTMLElement {
  const found = all('button').find(({ textContent }) => textContent === name);
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  return found;
}

const opener = () => all('.open')[0];
const dialog = () => all('[role=dialog]')[0];
const viewText = () => all('[role=tabpanel]')[0]?.textContent ?? '';
const press = (target: Element | undefined, key: string) =>
  target?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
  );

describe('with tokens in the browser', () => {
  const scene = httpScene();
  const modelOf = ({ session }: HttpPage): SessionModel => session.ɵinjector.get(SessionModel);

  async function opened(): Promise<HttpPage> {
    const page = await scene.signedIn(FEATURES);
    await until(() => document.querySelector(TAG) !== null);
    opener()?.click();
    return page;
  }

  async function pass(ms: number): Promise<void> {
    scene.app.time.advance(ms);
    await turns();
  }

  it('shows the button with the state, and opens and closes by keyboard', async () => {
    await opened();

    expect(dialog()?.hidden).toBe(false);
    expect(shadow().activeElement?.textContent).toBe('Overview');
    press(shadow().activeElement ?? undefined, 'ArrowLeft');
    expect(shadow().activeElement?.textContent).toBe('Simulate');
    expect(all('[role=tab][tabindex="0"]')).toHaveLength(1);

    press(shadow().activeElement ?? undefined, 'Escape');
    expect(dialog()?.hidden).toBe(true);
    expect(shadow().activeElement).toBe(opener());
    expect(opener()?.getAttribute('aria-label')).toBe('Cognito session: Signed in');
  });

  it('counts down while it is open, and stands still while it is closed', async () => {
    await opened();
    const next = () => all('dd')[1]?.textContent;
    const before = next();

    await pass(2 * SECOND);
    expect(next()).not.toBe(before);

    buttonOf('Close').click();
    const closed = next();
    await pass(2 * SECOND);
    expect(next()).toBe(closed);
  });

  it('shows the back-off after a failure of another page', async () => {
    const page = await opened();
    modelOf(page).failNext('throttled');
    await firstValueFrom(page.session.forceRefresh()).catch(() => undefined);

    const reloaded = scene.open(FEATURES);
    await nextStatus(reloaded.session, 'signedIn');
    await until(() => (modelOf(reloaded).look().figures?.backoff ?? null) !== null);
    await pass(SECOND);
    await until(() => viewText().includes('throttled, 1×'));

    expect(all('.latest li').map(({ textContent }) => textContent)).toContainEqual(
      expect.stringContaining('back-off after throttled'),
    );
  });

  it('arms no timer while it is closed', async () => {
    await scene.signedIn(FEATURES);
    await until(() => document.querySelector(TAG) !== null);
    await pass(SECOND);
    const { time } = scene.app;
    const before = time.armedTimers;

    opener()?.click();
    expect(time.armedTimers).toBeGreaterThan(before);
    buttonOf('Close').click();

    expect(time.armedTimers).toBe(before);
  });

  it('opens again after a reload of the tab, where it was', async () => {
    const restore = replaceProperty(globalThis, 'matchMedia', { value: () => ({ matches: false }) });
    await opened();
    buttonOf('Storage').click();
    buttonOf('Theme').click();
    restore();

    await scene.signedIn(FEATURES);
    await until(() => document.querySelector(TAG) !== null);

    expect(dialog()?.hidden).toBe(false);
    expect(all('[aria-selected=true]').map(({ textContent }) => textContent)).toEqual(['Storage']);
    expect(document.querySelector<HTMLElement>(TAG)?.dataset['theme']).toBe('dark');
  });

  it.each(['HttpClient', 'fetch'] as const)(
    'follows a request of %s through 401, refresh and retry',
    async (how) => {
      const page = await opened();
      scene.api.rejectNext();

      if (how === 'HttpClient') await firstValueFrom(page.hello());
      else await createAuthFetch(page.session)(`${scene.api.url}/api/hello?secret=1`);

      expect(modelOf(page).look().requests).toEqual([
        {
          at: scene.app.time.now(),
          method: 'GET',
          url: `${scene.api.url}/api/hello`,
          rule: `${scene.api.url}/api`,
          reason: '',
          steps: ['sent with Authorization', '401', 'newer token', 'sent again', '200'],
        },
      ]);
      expect(scene.app.emulator.log.count(REFRESH)).toBe(1);
    },
  );

  it('says why a request gets no token, and shows no query', async () => {
    const page = await opened();

    await createAuthFetch(page.session)(`${scene.wire.url}/other/x?secret=1#secret`).catch(() => undefined);
    buttonOf('Requests').click();

    expect(viewText()).toContain(`no token: path differs from ${scene.wire.url}/api`);
    expect(viewText()).not.toContain('secret');
  });

  it.each([
    ['sessionContext({ attach: false })', {}, sessionContext({ attach: false })],
    ['there is no withTokenInjection', { injection: null }, sessionContext({})],
  ])('lists a request that the rules are not asked about: %s', async (reason, options, context) => {
    const page = await scene.signedIn({ ...FEATURES, ...options });
    await until(() => document.querySelector(TAG) !== null);

    await firstValueFrom(page.http.get(`${scene.wire.url}/api/x?secret=1`, { context })).catch(
      () => undefined,
    );

    expect(modelOf(page).look().requests).toEqual([
      {
        at: scene.app.time.now(),
        method: 'GET',
        url: `${scene.wire.url}/api/x`,
        rule: null,
        reason,
        steps: [],
      },
    ]);
  });

  it('says that a request was not sent, and why', async () => {
    const page = await opened();
    modelOf(page).setOffline(true);
    modelOf(page).expire();

    await firstValueFrom(page.hello()).catch(() => undefined);

    expect(modelOf(page).look().requests.at(-1)?.steps).toEqual(['not sent: networkError']);
  });

  it('keeps the focus and a selection in a list while entries are added, and closes by Escape', async () => {
    const page = await opened();
    buttonOf('Events').click();
    const region = all('.scroll')[0];
    const row = all('tbody tr').at(-1);
    region?.focus();

    await firstValueFrom(page.session.forceRefresh());
    await pass(SECOND);

    expect(all('tbody tr')).toHaveLength(2);
    expect(all('tbody tr').at(-1)).toBe(row);
    expect(shadow().activeElement).toBe(region);
    press(shadow().activeElement ?? undefined, 'Escape');
    expect(dialog()?.hidden).toBe(true);
  });

  it('says in words what failed, and marks it by more than a colour', async () => {
    const page = await opened();
    modelOf(page).failNext('throttled');
    await firstValueFrom(page.session.forceRefresh()).catch(() => undefined);
    await pass(SECOND);

    const latest = all('.latest li').map(({ textContent }) => textContent);
    const heightOf = (kind: string) =>
      shadow().querySelector(`.bar.${kind}`)?.getAttribute('height') ?? 'none';

    expect(latest.some((text) => text.includes('Refresh (failure) refresh, simulated: throttled'))).toBe(
      true,
    );
    expect(latest.some((text) => text.includes('back-off after throttled'))).toBe(true);
    expect(Number(heightOf('failure'))).toBeGreaterThan(Number(heightOf('tokens')));
  });

  it('hides personal claims until they are asked for', async () => {
    await opened();
    buttonOf('Claims').click();
    expect(viewText()).toContain('hidden');
    expect(viewText()).not.toContain('alice');

    buttonOf('Show personal claims').click();

    expect(viewText()).toContain('alice');
  });

  it('announces what a button does', async () => {
    await opened();
    buttonOf('Simulate').click();

    buttonOf('HTTP 500').click();
    expect(all('[role=status]')[0]?.textContent).toBe('The next refresh fails: HTTP 500.');
    await pass(SECOND);
    expect(buttonOf('HTTP 500').getAttribute('aria-pressed')).toBe('true');

    buttonOf('Sign out in another tab').click();
    expect(all('[role=status]')[0]?.textContent).toBe('There is no other tab that has this session.');
  });

  it('has no token in any view and in the report, after a refresh as well', async () => {
    const page = await opened();
    const copied: string[] = [];
    const restore = replaceProperty(navigator, 'clipboard', {
      value: {
        writeText: (text: string) => {
          copied.push(text);
          return Promise.resolve();
        },
      },
      configurable: true,
    });
    const before = await firstValueFrom(page.session.getTokens());
    scene.api.rejectNext();
    await firstValueFrom(page.hello());
    const after = await firstValueFrom(page.session.getTokens());
    const texts: string[] = [];
    for (const tab of TABS) {
      all('[role=tab]')
        .find(({ textContent }) => textContent === tab)
        ?.click();
      await pass(3 * SECOND);
      if (tab === 'Claims') buttonOf('Show personal claims').click();
      texts.push(shadow().innerHTML);
    }
    buttonOf('Copy report').click();
    await until(() => copied.length === 1);
    restore();

    const tokens = [before, after].flatMap((held) => [held?.accessToken, held?.idToken, held?.refreshToken]);
    expect(new Set(tokens).size).toBe(6);
    const text = [...texts, ...copied].join('\n');
    for (const token of tokens) {
      expect(token).toBeTruthy();
      for (const part of [token, ...(token?.split('.') ?? [])].filter((each) => (each?.length ?? 0) > 20))
        expect(text).not.toContain(part);
    }
    expect(text).not.toMatch(/eyJ[\w-]/);
    expect(copied[0]).not.toMatch(/alice|client1|example\.com/);
    expect(JSON.parse(copied[0] ?? '')).toMatchObject({
      state: { status: 'signedIn' },
      stored: { record: { status: 'session', gen: 2 } },
      requests: [{ rule: expect.any(String) }],
    });
  });

  it('offers the report as text where there is no clipboard', async () => {
    await opened();
    const restore = replaceProperty(navigator, 'clipboard', { value: undefined, configurable: true });

    buttonOf('Copy report').click();
    await until(() => all('.fallback')[0]?.hidden === false);
    restore();

    expect(JSON.parse(shadow().querySelector('textarea')?.value ?? '')).toMatchObject({
      report: 'ngx-cognito-session devtools',
    });
    expect(all('[role=status]')[0]?.textContent).toBe('The clipboard is not available. Copy the text.');
  });

  it('shows mistakes of the set-up with their pages', async () => {
    const page = scene.open({ ...FEATURES, injection: { attachTo: [] } });
    await until(() => document.querySelector(TAG) !== null);
    opener()?.click();
    buttonOf('Warnings').click();

    expect(page.logged.some(({ text }) => text.includes('NCS112'))).toBe(true);
    expect(viewText()).toContain('NCS112 withTokenInjection: attachTo is empty');
    expect(viewText()).toContain('docs/reference/diagnostics/NCS112.md');
  });

  it('is not there on a server', async () => {
    scene.open({ ...FEATURES, providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
    await turns(5);

    expect(document.querySelector(TAG)).toBeNull();
  });
});

describe('with tokens on a server', () => {
  const scene = serverSessionScene();

  it('shows the session, and offers nothing that it cannot do', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = scene.open(FEATURES);
    await nextStatus(page.session, 'signedIn');
    await until(() => document.querySelector(TAG) !== null);
    opener()?.click();
    expect(viewText()).toContain('Next refresh');
    buttonOf('Storage').click();
    await until(() => viewText().includes('on a server'));

    buttonOf('Simulate').click();

    expect(all('fieldset button:disabled')).toHaveLength(14);
    expect(page.logged.filter(({ text }) => text.includes('NCS122'))).toEqual([]);
  });

  const ids = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'];
  const tabNamed = (id: string | undefined) => ({
    ...FEATURES,
    providers: [{ provide: RANDOM_SOURCE, useValue: { number: () => 0.5, id: () => id } }],
  });
  const modelOf = ({ session }: SessionTab): SessionModel => session.ɵinjector.get(SessionModel);

  it('knows the tabs of its own session, and none of another app on this origin', async () => {
    const [first, second] = [scene.open(tabNamed(ids[0])), scene.open(tabNamed(ids[1]))];
    const stranger = scene.open({ ...tabNamed(ids[2]), options: { basePath: '/other' } });
    await turns(5);

    const tabsOf = (tab: SessionTab) =>
      modelOf(tab)
        .look()
        .tabs.map(({ id }) => id);

    expect(tabsOf(first)).toEqual([ids[0], ids[1]]);
    expect(tabsOf(second)).toEqual([ids[1], ids[0]]);
    expect(tabsOf(stranger)).toEqual([ids[2]]);
    expect(modelOf(stranger).signOutElsewhere()).toBeNull();
    expect(scene.channels.names).toContain('cognito-session-devtools:cognito-session:server:/auth');
  });

  it('has the questions to the server in its timeline, with those that failed', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = scene.open(FEATURES);
    await nextStatus(page.session, 'signedIn');
    scene.server.faults.push(503);
    await firstValueFrom(page.session.forceRefresh()).catch(() => undefined);

    const questions = modelOf(page)
      .look()
      .spans.filter(({ kind }) => kind === 'refresh');

    expect(questions).toMatchObject([
      { label: 'question to the server' },
      { label: expect.stringMatching(/^question to the server: /), isFailure: true },
    ]);
  });

  it('asks the server when its clock passes the end of the session', async () => {
    scene.server.session = servedSession(scene.time.now(), { lifetimeMs: 4 * MINUTE });
    const page = scene.open(FEATURES);
    await nextStatus(page.session, 'signedIn');
    const before = scene.server.count('GET /auth/session');

    modelOf(page).shiftClock(5 * MINUTE);
    await until(() => scene.server.count('GET /auth/session') > before);

    expect(scene.server.count('GET /auth/session')).toBe(before + 1);
  });

  it('lists what the session has stored', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = scene.open(FEATURES);
    await nextStatus(page.session, 'signedIn');
    localStorage.setItem('cognito-session:server:/auth2', 'of another app');

    expect(modelOf(page).storageKeys()).toEqual([
      { place: 'localStorage', key: 'cognito-session:server:/auth', length: expect.any(Number) },
    ]);
  });
});
