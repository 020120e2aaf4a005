import { ChangeDetectionStrategy, Component, effect, inject } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, REFRESH } from '../../../testing-support/emulated-app';
import { nextStatus } from '../../../testing-support/session-app';
import { SessionService } from '../../public-api';
import { isSameState } from '../core/session-state';

/** What a user sees, and every text that was on the screen on the way there. */
@Component({
  selector: 'app-greeting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ shown() }}`,
})
class Greeting {
  private readonly session = inject(SessionService);
  readonly texts: string[] = [];

  protected shown(): string {
    const text = this.text();
    if (this.texts.at(-1) !== text) this.texts.push(text);
    return text;
  }

  private text(): string {
    const session = this.session.session();
    if (session === undefined) return '…';
    if (session === null) return 'signed out';
    return `${session.user.username}, ${this.session.state().status}`;
  }
}

describe('the signals of a session', () => {
  const app = emulatedApp();
  let storage: HeldStorage;

  beforeEach(() => {
    storage = new HeldStorage();
  });

  async function show(): Promise<ComponentFixture<Greeting>> {
    const fixture = TestBed.createComponent(Greeting);
    fixture.autoDetectChanges();
    await fixture.whenStable();
    return fixture;
  }

  async function texts(fixture: ComponentFixture<Greeting>): Promise<readonly string[]> {
    await fixture.whenStable();
    return fixture.componentInstance.texts;
  }

  it('claim nothing while the session is restored', async () => {
    await app.signedIn(storage);
    storage.hold();
    const { session } = app.open(storage);

    expect(session.session()).toBeUndefined();
    expect(session.state()).toEqual({ status: 'restoring' });
    expect(session.user()).toBeNull();
    expect(session.isSignedIn()).toBe(false);
  });

  it('show no signed-out page to a user whose session is restored', async () => {
    await app.signedIn(storage);
    storage.hold();
    const { session } = app.open(storage);
    const fixture = await show();

    const known = nextStatus(session, 'signedIn');
    storage.release();
    await known;

    expect(await texts(fixture)).toEqual(['…', 'alice, signedIn']);
  });

  it('show no signed-out page while a session that was found has to be renewed', async () => {
    await app.signedIn(storage);
    app.time.sleep(2 * HOUR);
    const barrier = app.emulator.hold(REFRESH);
    const { session, time } = app.open(storage);
    const fixture = await show();
    const known = nextStatus(session, 'signedIn');
    // The storage answers by promise; the attempt then starts by the clock.
    const asked = barrier.arrived(1);
    time.advance(0);
    await asked;
    const meanwhile = session.session();

    await barrier.open();
    await known;

    expect(meanwhile).toBeUndefined();
    expect(await texts(fixture)).toEqual(['…', 'alice, signedIn']);
  });

  it('show no signed-in page to a user who is not signed in', async () => {
    storage.hold();
    const { session } = app.open(storage);
    const fixture = await show();

    const known = nextStatus(session, 'signedOut');
    storage.release();
    await known;

    expect(await texts(fixture)).toEqual(['…', 'signed out']);
  });

  it('bring an OnPush component up to date with everything that happens', async () => {
    const { session } = app.open(storage);
    await nextStatus(session, 'signedOut');
    const fixture = await show();

    await firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));
    await fixture.whenStable();
    await firstValueFrom(session.setTokens(await app.emulator.signIn('bob')));
    await fixture.whenStable();
    await firstValueFrom(session.signOut());

    expect(await texts(fixture)).toEqual(['signed out', 'alice, signedIn', 'bob, signedIn', 'signed out']);
  });

  it('agree with the observables whenever these emit', async () => {
    const { session } = app.open(storage);
    const differences: string[] = [];
    session.state$.subscribe((state) => {
      if (!isSameState(session.state(), state)) differences.push(state.status);
    });
    session.session$.subscribe((value) => {
      if (session.session() !== value) differences.push('session');
    });
    session.isSignedIn$.subscribe((value) => {
      if (session.isSignedIn() !== value) differences.push('isSignedIn');
    });

    await firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));
    await firstValueFrom(session.forceRefresh());
    await firstValueFrom(session.signOut());

    expect(differences).toEqual([]);
  });

  it('tell effects of a refresh once, and only those who read what it has changed', async () => {
    const { session } = await app.signedIn(storage);
    const seen = { sessions: 0, users: 0, signedIn: 0 };
    TestBed.runInInjectionContext(() => {
      effect(() => {
        session.session();
        seen.sessions++;
      });
      effect(() => {
        session.user();
        seen.users++;
      });
      effect(() => {
        session.isSignedIn();
        seen.signedIn++;
      });
    });
    TestBed.tick();

    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(session.forceRefresh());
    await barrier.arrived(1);
    TestBed.tick();
    await barrier.open();
    await renewed;
    TestBed.tick();

    expect(seen).toEqual({ sessions: 2, users: 1, signedIn: 1 });
  });
});
