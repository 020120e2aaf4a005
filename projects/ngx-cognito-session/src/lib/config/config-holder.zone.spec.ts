import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { CheckedConfig, SESSION_CONFIG_SOURCE } from './checked-config';
import { ConfigHolder } from './config-holder';
import type { SessionConfig } from './session-config';

const CONFIG: SessionConfig = { region: 'eu-west-1', clientId: 'client123' };

describe('the configuration in an app with zone.js', () => {
  it.each<readonly [string, () => Promise<SessionConfig>]>([
    // The browser's own promise, which is not zone.js' Promise: what async functions return that were not down-levelled.
    ['an async function', async () => Promise.resolve(CONFIG)],
    ["zone.js' promise", () => Promise.resolve(CONFIG)],
  ])('may come from %s', async (_, source) => {
    TestBed.configureTestingModule({
      providers: [CheckedConfig, ConfigHolder, { provide: SESSION_CONFIG_SOURCE, useValue: source }],
    });

    const { region } = await firstValueFrom(TestBed.inject(ConfigHolder).config$);

    expect(region).toBe('eu-west-1');
  });
});
