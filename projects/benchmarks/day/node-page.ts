import '@angular/compiler';
import { JSDOM } from 'jsdom';

/** What Angular and the library take from the global object of a page. */
const GLOBALS = ['document', 'localStorage', 'Storage', 'Node', 'Event', 'Element', 'HTMLElement'] as const;

/** Makes Node a page in production mode, for the modules that are loaded after this one. */
function becomePage(): void {
  const { window } = new JSDOM('', { url: 'https://app.example.com/' });
  Object.assign(globalThis, { ngDevMode: false, window });
  for (const name of GLOBALS)
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
}

becomePage();
