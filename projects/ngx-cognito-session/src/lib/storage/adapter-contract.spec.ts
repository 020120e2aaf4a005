import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import {
  cookieScene,
  indexedDbScene,
  localStorageScene,
  memoryScene,
  plainPromiseScene,
  plainScene,
  sessionStorageScene,
} from '../../../testing-support/adapter-scenes';
import { describeAdapter } from '../../../testing-support/describe-adapter';
import { denyGlobal, replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';

const undo: (() => void)[] = [];

/** Undone with the test, too: one that fails must not take the others with it. */
function replaced(undoIt: () => void): () => void {
  undo.push(undoIt);
  return undoIt;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  for (const pair of document.cookie.split('; '))
    document.cookie = `${pair.split('=')[0] ?? ''}=; Max-Age=0; Path=/`;
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => {
  for (const undoIt of undo.splice(0)) undoIt();
});

describeAdapter('MemoryStorage', memoryScene);
describeAdapter('a plain object', plainScene);
describeAdapter('a plain object that answers by promise', plainPromiseScene);

describeAdapter('LocalStorageAdapter', () => ({
  ...localStorageScene(),
  deny: () => Promise.resolve(replaced(denyGlobal('localStorage'))),
}));

describeAdapter('SessionStorageAdapter', () => ({
  ...sessionStorageScene(),
  deny: () => Promise.resolve(replaced(denyGlobal('sessionStorage'))),
}));

describeAdapter('CookieStorageAdapter', () => ({
  ...cookieScene(),
  fill: () => Promise.resolve(replaced(dropCookiesBeyond(9000))),
  // What browsers do with blocked cookies: nothing, without a word.
  deny: () =>
    Promise.resolve(replaced(replaceProperty(document, 'cookie', { get: () => '', set: () => undefined }))),
}));

describeAdapter('CookieStorageAdapter in a sandboxed page', () => ({
  ...cookieScene({ prefix: 'app.', maxAge: 3600, sameSite: 'Strict' }),
  deny: () =>
    Promise.resolve(
      replaced(replaceProperty(document, 'cookie', { get: throwSecurityError, set: throwSecurityError })),
    ),
}));

describeAdapter('IndexedDbStorage', () => ({
  ...indexedDbScene(),
  fill: () => Promise.resolve(replaced(noRoomInDatabases())),
  deny: () => Promise.resolve(replaced(loseDatabases())),
}));

/** A browser that accepts no more than so many bytes and drops the rest in silence. */
function dropCookiesBeyond(bytes: number): () => void {
  const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  const read = () => own?.get?.call(document) as string;
  return replaceProperty(document, 'cookie', {
    get: read,
    set: (text: string) => {
      if (text.includes('Max-Age=0') || read().length + text.length <= bytes) own?.set?.call(document, text);
    },
  });
}

function noRoomInDatabases(): () => void {
  return replaceProperty(IDBObjectStore.prototype, 'put', {
    value: () => {
      throw new DOMException('No room.', 'QuotaExceededError');
    },
  });
}

/** The connection breaks and no other is given. */
function loseDatabases(): () => void {
  const undoTransaction = replaceProperty(IDBDatabase.prototype, 'transaction', {
    value: () => {
      throw new DOMException('The connection was lost.', 'InvalidStateError');
    },
  });
  const undoGlobal = denyGlobal('indexedDB');
  return () => {
    undoTransaction();
    undoGlobal();
  };
}
