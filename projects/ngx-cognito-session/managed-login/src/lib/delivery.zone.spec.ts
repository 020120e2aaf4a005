import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { managedLoginScene, signInThere } from '../../../testing-support/managed-login-scene';

const scene = managedLoginScene();

describe('managed login under zone.js', () => {
  it('delivers outcomes inside the zone, although its requests run outside of it', async () => {
    const { login } = scene.load();
    const zone = TestBed.inject(NgZone);
    const inside: boolean[] = [];
    const note = () => inside.push(NgZone.isInAngularZone());

    zone.runOutsideAngular(() => {
      login.signIn().subscribe({ complete: note });
    });
    const callback = await signInThere(await scene.leftFor());
    const { login: next } = scene.load();
    await new Promise<void>((completed) => {
      next.completeSignIn(callback.href).subscribe({
        next: note,
        complete: () => {
          note();
          completed();
        },
      });
    });
    await new Promise<void>((failed) => {
      next.completeSignIn(callback.href).subscribe({
        error: () => {
          note();
          failed();
        },
      });
    });

    expect(inside).toEqual([true, true, true, true]);
  });
});
