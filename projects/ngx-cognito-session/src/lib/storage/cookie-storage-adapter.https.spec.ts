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
});
