import { createEmulator } from 'cognito-emulator/fetch';

/** The page has no Cognito but its own: what it sends to the real address is answered in it. */
const emulator = createEmulator();
emulator.configure({ rotation: true });
const realFetch = globalThis.fetch.bind(globalThis);
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  return request.url.startsWith(emulator.url) ? emulator.fetch(request) : realFetch(request);
};

Object.assign(globalThis, { emulator });
