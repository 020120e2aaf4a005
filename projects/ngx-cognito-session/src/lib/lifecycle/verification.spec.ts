import { TestBed } from '@angular/core/testing';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp } from '../../../testing-support/session-app';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { ENGINE_PROVIDERS } from '../engine/engine-providers';
import { Verification } from './verification';

describe('asking the record whether a session still counts', () => {
  it('says so if there is none', async () => {
    startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time: new ManualTime(),
      providers: [ENGINE_PROVIDERS],
    });

    expect(await errorOf(TestBed.inject(Verification).verify())).toMatchObject({
      code: 'noSession',
      message: 'Nobody is signed in.',
    });
  });
});
