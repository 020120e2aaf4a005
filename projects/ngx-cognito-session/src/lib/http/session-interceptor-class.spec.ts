import {
  HTTP_INTERCEPTORS,
  HttpClient,
  provideHttpClient,
  withInterceptorsFromDi,
} from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, forkJoin } from 'rxjs';
import { REFRESH } from '../../../testing-support/emulated-app';
import { httpScene, type Hello } from '../../../testing-support/http-scene';
import { SessionInterceptor, sessionInterceptor } from '../../public-api';

const asClass = { provide: HTTP_INTERCEPTORS, useClass: SessionInterceptor, multi: true };

/** What it does with requests is in session-interceptor.spec.ts and unauthorized.spec.ts, for both forms. */
describe('SessionInterceptor', () => {
  const scene = httpScene();

  it('of a lazy module with an HttpClient of its own shares session and renewal with the app', async () => {
    const { hello } = await scene.signedIn({ setUp: 'HTTP_INTERCEPTORS' });
    const lazy = createEnvironmentInjector(
      [provideHttpClient(withInterceptorsFromDi()), asClass],
      TestBed.inject(EnvironmentInjector),
    );
    scene.api.rejectNext(2);
    const barrier = scene.app.emulator.hold(REFRESH);
    const answers = firstValueFrom(
      forkJoin([hello(), lazy.get(HttpClient).get<Hello>(`${scene.api.url}/api/hello`)]),
    );
    await barrier.arrived(1);

    await barrier.open();

    expect((await answers).map(({ username }) => username)).toEqual(['alice', 'alice']);
    expect(scene.app.emulator.log.count(REFRESH)).toBe(1);
    lazy.destroy();
  });

  it('beside the function adds nothing: one header, one retry', async () => {
    const { hello } = await scene.signedIn({
      interceptors: [sessionInterceptor],
      http: [withInterceptorsFromDi()],
      providers: [asClass],
    });
    scene.api.rejectNext(2);

    await firstValueFrom(hello()).catch(() => null);

    expect(scene.api.requests).toHaveLength(2);
    expect(scene.app.emulator.log.count(REFRESH)).toBe(1);
  });
});
