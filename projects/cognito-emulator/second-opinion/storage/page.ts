import { JSDOM } from 'jsdom';
import type { Place } from './recording';

/** The globals of a page, as far as the libraries use them. */
export interface Page {
  /** What is stored now. */
  readonly items: (place: Place) => Record<string, string>;
  readonly clear: () => void;
}

/** Has to be there before the libraries are loaded: they look for a browser when they are. */
export function makePage(): Page {
  const { window } = new JSDOM('', { url: 'https://app.example.com/' });
  const { document, localStorage, navigator, sessionStorage } = window;
  for (const [name, value] of Object.entries({ window, document, localStorage, navigator, sessionStorage }))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  const cookies = () =>
    document.cookie
      .split('; ')
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals), pair.slice(equals + 1)];
      });
  return {
    items: (place) =>
      place === 'cookies' ? Object.fromEntries(cookies()) : { ...(window[place] as unknown as object) },
    clear: () => {
      localStorage.clear();
      sessionStorage.clear();
      for (const [name] of cookies()) document.cookie = `${name}=; Max-Age=0; Path=/; Secure`;
    },
  };
}
