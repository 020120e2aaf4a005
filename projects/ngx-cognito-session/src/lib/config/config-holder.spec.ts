import { inject, InjectionToken } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, type Observer } from 'rxjs';
import { SessionError } from '../errors/session-error';
import { CheckedConfig, SESSION_CONFIG_SOURCE } from './checked-config';
import { ConfigHolder } from './config-holder';
import type { ResolvedConfig } from './resolved-config';
import type { SessionConfig, SessionConfigSource } from './session-config';

const CONFIG: SessionConfig = { region: 'eu-west-1', clientId: 'client123' };
const REGION = new InjectionToken<string>('REGION');

function holderOf(source: SessionConfigSource): ConfigHolder {
  TestBed.configureTestingModule({
    providers: [
      CheckedConfig,
      ConfigHolder,
      { provide: SESSION_CONFIG_SOURCE, useValue: source },
      { provide: REGION, useValue: 'us-east-1' },
    ],
  });
  return TestBed.inject(ConfigHolder);
}

/** What a subscriber sees, as it comes. */
function watch(holder: ConfigHolder): unknown[] {
  const seen: unknown[] = [];
  const observer: Observer<ResolvedConfig> = {
    next: ({ region }) => seen.push(region),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('complete'),
  };
  holder.config$.subscribe(observer);
  return seen;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

describe('the configuration', () => {
  it('is there at once if it is an object', () => {
    expect(watch(holderOf(CONFIG))).toEqual(['eu-west-1', 'complete']);
  });

  it('is there at once if a factory gives it, which runs in an injection context', () => {
    expect(watch(holderOf(() => ({ ...CONFIG, region: inject(REGION) })))).toEqual(['us-east-1', 'complete']);
  });

  it('comes when the promise of a factory resolves', async () => {
    const seen = watch(holderOf(() => Promise.resolve(CONFIG)));
    expect(seen).toEqual([]);

    await settle();

    expect(seen).toEqual(['eu-west-1', 'complete']);
  });

  it('comes from an async factory that injects before it waits', async () => {
    const holder = holderOf(async () => {
      const region = inject(REGION);
      await Promise.resolve();
      return { ...CONFIG, region };
    });

    expect((await firstValueFrom(holder.config$)).region).toBe('us-east-1');
  });

  it.each<readonly [string, (count: () => void) => SessionConfigSource]>([
    ['gives the configuration', (count) => () => (count(), CONFIG)],
    ['gives a promise', (count) => () => (count(), Promise.resolve(CONFIG))],
    ['rejects', (count) => () => (count(), Promise.reject(new Error('offline')))],
    [
      'throws',
      (count) => () => {
        count();
        throw new Error('broken');
      },
    ],
    ['gives a malformed one', (count) => () => (count(), { ...CONFIG, region: '' })],
  ])('asks a factory that %s once, not before somebody needs it', async (_, sourceOf) => {
    let calls = 0;
    const holder = holderOf(sourceOf(() => calls++));
    expect(calls).toBe(0);

    const early = [watch(holder), watch(holder)];
    await settle();
    const late = watch(holder);

    expect(calls).toBe(1);
    expect(early).toEqual([late, late]);
    expect(late).not.toEqual([]);
  });

  it.each<readonly [string, () => SessionConfig | Promise<SessionConfig>]>([
    ['rejects', () => Promise.reject(new TypeError('Failed to fetch'))],
    [
      'throws',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
  ])('has failed if the factory %s', async (_, source) => {
    const seen = watch(holderOf(source));
    await settle();

    expect(seen).toEqual([
      expect.objectContaining({
        code: 'configurationFailed',
        cause: { name: 'TypeError', message: 'Failed to fetch' },
      }),
    ]);
  });

  it('has failed if the factory rejects with an error of the library, too', async () => {
    const seen = watch(holderOf(() => Promise.reject(new SessionError('restoreTimeout', 'Not in time.'))));
    await settle();

    expect(seen).toEqual([expect.objectContaining({ code: 'configurationFailed' })]);
  });

  it('has failed if the factory gives nothing', async () => {
    const nothing = JSON.parse('null') as SessionConfig;
    const seen = watch(holderOf(() => Promise.resolve(nothing)));
    await settle();

    expect(seen).toEqual([expect.objectContaining({ code: 'configurationFailed' })]);
  });

  it('is invalid if what the factory gives is malformed', async () => {
    const seen = watch(holderOf(() => Promise.resolve({ ...CONFIG, clientId: 'no good' })));
    await settle();

    expect(seen).toEqual([expect.objectContaining({ code: 'invalidConfiguration' })]);
  });

  it('fails with the same error for everybody', async () => {
    const holder = holderOf(() => Promise.reject(new Error('offline')));
    const [first] = [watch(holder)];
    await settle();

    expect(watch(holder)[0]).toBe(first[0]);
  });
});
