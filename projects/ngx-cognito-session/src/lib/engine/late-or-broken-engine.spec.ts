import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { EngineChunk } from '../../../testing-support/engine-chunk';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import {
  sessionInterceptor,
  SessionService,
  TOKEN_REFRESHER,
  withNoAutoRestore,
  withStorage,
  withTokenInjection,
} from '../../public-api';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { sessionProviders } from '../provide-session/provide-session';
import { LOAD_ENGINE } from '../session-service/engine-loader';
import { SESSION_STORAGE } from '../storage/session-storage-token';

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false };

describe('an engine that cannot be had at once', () => {
  let time: ManualTime;
  let chunk: EngineChunk;
  const tokens = (sub = 'alice') => authTokens({ iat: Math.floor(time.now() / 1000), sub });
  beforeEach(() => {
    time = new ManualTime();
    chunk = new EngineChunk();
    localStorage.clear();
    sessionStorage.clear();
  });

  it('is no reason for the service to throw, be it a storage that throws', () => {
    TestBed.configureTestingModule({
      providers: [
        { provide: SESSION_CLOCK, useValue: time },
        { provide: SESSION_SCHEDULER, useValue: time.scheduler },
        sessionProviders(CONFIG), // provideSession without what development checks
        { provide: LOAD_ENGINE, useValue: chunk.load },
        {
          provide: SESSION_STORAGE,
          useFactory: () => {
            throw new Error('No storage today');
          },
        },
      ],
    });

    expect(() => TestBed.inject(SessionService)).not.toThrow();
  });

  it('is none for the app to fail, in development either', () => {
    const broken = () => {
      throw new Error('No storage today');
    };
    const open = () => startApp({ config: CONFIG, time, features: [withStorage(broken)] });

    expect(open).not.toThrow();
  });

  it('leaves nothing behind where it could not be made', async () => {
    const app = startApp({
      config: CONFIG,
      time,
      features: [withNoAutoRestore()],
      providers: [
        {
          provide: TOKEN_REFRESHER,
          useFactory: () => {
            throw new Error('No transport today');
          },
        },
      ],
    });
    for (let i = 0; i < 3; i++) await errorOf(app.session.setTokens(tokens()));

    expect([app.wake.observed, app.sleep.observed]).toEqual([false, false]);
  });

  it('is waited for by requests though the first try to load it fails', async () => {
    const storage = new CountingStorage();
    startApp({ config: CONFIG, time, features: [withStorage(storage)] }).session.setTokens(tokens());
    startApp({
      config: CONFIG,
      time,
      features: [withStorage(storage), withTokenInjection({ attachTo: ['/api'] })],
      providers: [
        { provide: LOAD_ENGINE, useValue: chunk.load },
        provideHttpClient(withInterceptors([sessionInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    const failures: unknown[] = [];
    TestBed.inject(HttpClient)
      .get('/api')
      .subscribe({ error: (error: unknown) => failures.push(error) });
    await chunk.getLost();
    time.advance(1_000);
    await chunk.arrive();

    expect(failures).toEqual([]);
    expect(TestBed.inject(HttpTestingController).match('/api')).toHaveLength(1);
  });
});
