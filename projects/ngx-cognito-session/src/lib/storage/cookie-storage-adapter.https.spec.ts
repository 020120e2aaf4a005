/** @jest-environment-options {"url": "https://app.example/"} */
import { replaceProperty } from '../../../testing-support/replaced-global';
import type { CookieStorageOptions } from './cookie-rules';
import { CookieStorageAdapter } from './cookie-storage-adapter';

describe('CookieStorageAdapter on https', () => {
  it.each<[CookieStorageOptions, string]>([
    [{}, '; Path=/; SameSite=Lax; Secure'],
    [{ secure: false }, '; Path=/; SameSite=Lax'],
    [{ prefix: '__Host-a.' }, '; Path=/; SameSite=Lax; Secure'],
  ])('writes and removes with %j as %s', (options, attributes) => {
    const adapter = new CookieStorageAdapter(options);
    const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    const texts: string[] = [];
    const undo = replaceProperty(document, 'cookie', {
      get: () => own?.get?.call(document) as string,
      set: (text: string) => {
        texts.push(text);
        own?.set?.call(document, text);
      },
    });

    adapter.setItem('a', 'b');
    const read = adapter.getItem('a');
    adapter.removeItem('a');
    undo();

    expect(read).toBe('b');
    expect(texts.map((text) => text.replace(/^[^;]*/, ''))).toEqual([attributes, `; Max-Age=0${attributes}`]);
    expect(document.cookie).toBe('');
  });

  it.each<[string, CookieStorageOptions, string]>([
    ['the one that sibling hosts cannot write', {}, '__Host-cognito-session.'],
    ['the same with its rules spelled out', { path: '/', secure: true }, '__Host-cognito-session.'],
    ['a plain one with a domain', { domain: 'app.example' }, 'cognito-session.'],
    ['a plain one with a path', { path: '/app' }, 'cognito-session.'],
    ['a plain one without `Secure`', { secure: false }, 'cognito-session.'],
    ['that of the app', { prefix: 'mine.' }, 'mine.'],
  ])('has by default a prefix: %s (E23)', (_, options, prefix) => {
    const names: string[] = [];
    const undo = replaceProperty(document, 'cookie', {
      get: () => '',
      set: (text: string) => names.push(text.slice(0, text.indexOf('='))),
    });

    expect(() => new CookieStorageAdapter(options).setItem('a', 'b')).toThrow();
    undo();

    expect([...new Set(names)]).toEqual([`${prefix}a`]);
  });
});
