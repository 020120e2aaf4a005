import { TestBed } from '@angular/core/testing';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';
import { IS_BROWSER } from './is-browser';
import { WEB_LOCKS } from './web-locks';

describe('the Web Locks of this origin', () => {
  /** With `navigator.locks` as described. */
  function locksWith(descriptor: PropertyDescriptor, isBrowser = true): LockManager | null {
    const undo = replaceProperty(navigator, 'locks', descriptor);
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: IS_BROWSER, useValue: isBrowser }] });
    try {
      return TestBed.inject(WEB_LOCKS);
    } finally {
      undo();
    }
  }

  it('are those of the browser', () => {
    const manager = new FakeLockManager();

    expect(locksWith({ value: manager })).toBe(manager);
  });

  it.each<[string, PropertyDescriptor]>([
    ['lacks them', { value: undefined }],
    ['throws when it is asked for them', { get: throwSecurityError }],
  ])('are null in a browser that %s', (_, descriptor) => {
    expect(locksWith(descriptor)).toBeNull();
  });

  it('are null on a server, where `navigator` is not touched', () => {
    let touched = 0;

    expect(locksWith({ get: () => touched++ }, false)).toBeNull();
    expect(touched).toBe(0);
  });
});
