import { EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  provideSession,
  SessionService,
  withLocalStorage,
  withNoAutoRestore,
  withTokenInjection,
} from 'ngx-cognito-session';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { nextStatus, type SessionApp } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';

const scene = serverSessionScene();
const CONFIG = { region: 'eu-west-1', clientId: 'abc123' };

const complaints = ({ logged }: SessionApp) => logged.flatMap(({ text }) => /NCS\d+/.exec(text)?.[0] ?? []);

describe('the set-up', () => {
  it('is reported with provideSession in the same injector', () => {
    expect(complaints(scene.load({ providers: [provideSession(CONFIG)] }))).toContain('NCS121');
  });

  it('is reported below provideSession', () => {
    TestBed.configureTestingModule({ providers: [provideSession(CONFIG)] });
    expect(TestBed.inject(EnvironmentInjector).get(SessionService)).toBeDefined();

    expect(complaints(scene.open())).toEqual(['NCS121']);
  });

  it('is reported with features that need tokens, which have no effect', async () => {
    const page = scene.open({
      features: [withLocalStorage(), withTokenInjection({ attachTo: ['https://api.example.com'] })],
    });
    await nextStatus(page.session, 'signedOut');

    expect(complaints(page)).toEqual(['NCS122']);
    expect(page.logged.map(({ text }) => text).join()).toContain(
      'withLocalStorage and withTokenInjection have',
    );
  });

  it('is not reported otherwise', async () => {
    const page = scene.open();
    await nextStatus(page.session, 'signedOut');

    expect(complaints(page)).toEqual([]);
  });

  it('leaves the start to an app that wants that', async () => {
    const page = scene.open({ features: [withNoAutoRestore()] });
    await turns();
    expect(scene.server.calls).toEqual([]);

    page.session.initialize();
    await nextStatus(page.session, 'signedOut');

    expect(scene.server.count('GET /auth/session')).toBe(1);
  });
});
