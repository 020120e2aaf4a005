import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HOUR, REFRESH } from '../../../testing-support/emulated-app';
import { httpScene, type HttpPage } from '../../../testing-support/http-scene';
import { until } from '../../../testing-support/turns';

/** Answers of Cognito and virtual time come from outside of the zone. */
describe('a request that had to wait, under zone.js', () => {
  const scene = httpScene();

  async function whereItEnds({ http }: HttpPage, meanwhile: () => Promise<void>) {
    const where: boolean[] = [];
    const ask = () =>
      http.get(`${scene.api.url}/api/hello`).subscribe({
        next: () => where.push(NgZone.isInAngularZone()),
        error: () => where.push(NgZone.isInAngularZone()),
      });
    TestBed.inject(NgZone).run(ask);
    await meanwhile();
    await until(() => where.length > 0);
    return where;
  }

  it('for a renewal ends inside', async () => {
    const page = await scene.signedIn();
    scene.app.time.sleep(2 * HOUR);
    const barrier = scene.app.emulator.hold(REFRESH);

    const where = await whereItEnds(page, async () => {
      await barrier.arrived(1);
      await barrier.open();
    });

    expect(where).toEqual([true]);
  });

  it('for the restore in vain ends inside', async () => {
    scene.storage.hold();
    const page = scene.open();

    const where = await whereItEnds(page, () => {
      scene.app.time.advance(10_000);
      return Promise.resolve();
    });

    expect(where).toEqual([true]);
  });

  it('for the renewal after a 401 ends inside', async () => {
    const page = await scene.signedIn();
    scene.api.rejectNext(1);
    const barrier = scene.app.emulator.hold(REFRESH);

    const where = await whereItEnds(page, async () => {
      await barrier.arrived(1);
      await barrier.open();
    });

    expect(where).toEqual([true]);
  });

  it('is left outside where it began, if there was nothing to wait for', async () => {
    const page = await scene.signedIn();
    const where: boolean[] = [];

    TestBed.inject(NgZone).runOutsideAngular(() =>
      page.hello().subscribe(() => where.push(NgZone.isInAngularZone())),
    );
    await until(() => where.length > 0);

    expect(where).toEqual([false]);
  });
});
