import { ApplicationRef, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { credentialsScene } from '../../../testing-support/credentials-scene';

const scene = credentialsScene();

it('delivers credentials, null and errors inside the Angular zone', () => {
  const page = scene.open();
  const zone = TestBed.inject(NgZone);
  const seen: boolean[] = [];
  zone.runOutsideAngular(() => {
    page.aws.credentials$.subscribe(() => seen.push(NgZone.isInAngularZone()));
    page.signIn();
    scene.time.settle();
    page.aws.getCredentials().subscribe(() => seen.push(NgZone.isInAngularZone()));
    page.signOut();
    page.aws.forceRefresh().subscribe({ error: () => seen.push(NgZone.isInAngularZone()) });
  });

  expect(seen).toEqual([true, true, true, true, true]);
});

it('leaves the app stable while a run waits for its answer', async () => {
  const page = scene.open();
  page.signIn();
  scene.pool.hold();
  TestBed.inject(NgZone).run(() => {
    page.aws.credentials$.subscribe();
    page.aws.forceRefresh();
  });

  await TestBed.inject(ApplicationRef).whenStable();

  expect(scene.pool.calls).toHaveLength(1);
});
