import { sessionOfSize } from '../../../testing-support/adapter-contract';
import { thrownBy } from '../../../testing-support/held-sessions';
import { replaceProperty } from '../../../testing-support/replaced-global';
import type { CookieStorageOptions } from './cookie-rules';
import { CookieStorageAdapter } from './cookie-storage-adapter';

const KEY = 'eu-west-1/client123/3f0c';
const PREFIX = 'cognito-session.';
const OLD = sessionOfSize(9000, 'old');
const NEW = sessionOfSize(7000, 'new');
const THEIRS = sessionOfSize(8000, 'theirs');

const undo: (() => void)[] = [];

/** A text by its name: nine kilobytes are not readable in a failure. */
function named(text: string | null): string {
  if (text === null) return 'none';
  return (
    new Map([
      [OLD, 'old'],
      [NEW, 'new'],
      [THEIRS, 'theirs'],
    ]).get(text) ?? text.slice(0, 20)
  );
}

/** Stands between the page and its cookies; `act` runs before each cookie that is set. */
function watchCookies(act: (text: string, set: (text: string) => void, step: number) => void): void {
  const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  const set = (text: string) => own?.set?.call(document, text);
  let step = 0;
  undo.push(
    replaceProperty(document, 'cookie', {
      get: () => own?.get?.call(document) as string,
      set: (text: string) => act(text, set, step++),
    }),
  );
}

/** What is set while something happens, as the page said it. */
function cookiesSetBy(work: () => void): readonly string[] {
  const texts: string[] = [];
  watchCookies((text, set) => {
    texts.push(text);
    set(text);
  });
  work();
  undo.splice(0).forEach((undoIt) => undoIt());
  return texts;
}

const names = (): readonly string[] => document.cookie.split('; ').map((pair) => pair.split('=')[0] ?? '');
const isRemoval = (text: string): boolean => text.includes('Max-Age=0');
const numberOfSteps = (work: () => void): number => cookiesSetBy(work).length;

describe('CookieStorageAdapter', () => {
  const storage = new CookieStorageAdapter();
  const otherTab = new CookieStorageAdapter();

  beforeEach(() => {
    for (const name of names()) document.cookie = `${name}=; Max-Age=0; Path=/`;
  });

  afterEach(() => {
    for (const undoIt of undo.splice(0)) undoIt();
  });

  it('says where the refresh token lies', () => {
    expect(storage.refreshTokenIn).toBe('indexedDb');
    expect(new CookieStorageAdapter({ refreshTokenIn: 'cookie' }).refreshTokenIn).toBe('cookie');
  });

  describe('sizes', () => {
    it.each([{}, { domain: 'localhost', path: '/', maxAge: 31_536_000, sameSite: 'Strict' as const }])(
      'keeps every cookie below 4096 bytes, name and attributes included: %j',
      (options) => {
        const text = sessionOfSize(10_000);

        const cookies = cookiesSetBy(() => new CookieStorageAdapter(options).setItem(KEY, text));

        expect(cookies.length).toBeGreaterThan(2);
        for (const cookie of cookies) expect(new TextEncoder().encode(cookie).length).toBeLessThan(4096);
        expect(storage.getItem(KEY)).toBe(text);
      },
    );

    it('counts the attributes, however long', () => {
      const adapter = new CookieStorageAdapter({ path: `/${'p'.repeat(300)}` });

      const [cookie = ''] = cookiesSetBy(() => thrownBy(() => adapter.setItem(KEY, OLD)));

      expect(cookie.length).toBeGreaterThan(3900);
      expect(cookie.length).toBeLessThan(4096);
    });

    it('counts what characters take once they are encoded', () => {
      const cookies = cookiesSetBy(() => storage.setItem(KEY, '東'.repeat(1000)));

      expect(cookies.length).toBe(3);
      for (const cookie of cookies) expect(cookie.length).toBeLessThan(4096);
      expect(storage.getItem(KEY)).toBe('東'.repeat(1000));
    });

    it('needs one cookie for what fits into one', () => {
      expect(cookiesSetBy(() => storage.setItem(KEY, sessionOfSize(3000)))).toHaveLength(1);
    });

    it('finds every cut: each length around the size of one cookie comes back whole', () => {
      const lengths = Array.from({ length: 200 }, (_, index) => 3800 + index);

      const wrong = lengths.filter((length) => {
        storage.setItem(KEY, 'x'.repeat(length));
        return storage.getItem(KEY)?.length !== length;
      });

      expect(wrong).toEqual([]);
    });

    it('refuses a value that is too large, says so, and keeps the one that is there', () => {
      storage.setItem(KEY, OLD);

      const error = thrownBy(() => storage.setItem(KEY, sessionOfSize(13_000)));

      expect(error).toMatchObject({
        code: 'storageError',
        message: expect.stringMatching(/takes 1\d{4} bytes of cookies; at most 12288/),
      });
      expect(named(storage.getItem(KEY))).toBe('old');
    });

    it('refuses to have more than 20 cookies', () => {
      for (let index = 0; index < 20; index++) storage.setItem(`key-${index}`, 'value');

      expect(thrownBy(() => storage.setItem('key-20', 'value'))).toMatchObject({
        code: 'storageError',
        message: expect.stringContaining('more than 20'),
      });
      expect(names()).toHaveLength(20);
      // Overwriting adds none.
      storage.setItem('key-19', 'other');
      expect(storage.getItem('key-19')).toBe('other');
    });

    it.each([
      [640, 'bytes of cookies'],
      [660, 'too long'],
      [3000, 'too long'],
    ])('refuses a key of %i characters that leaves too little room for a value: %s', (length, message) => {
      expect(thrownBy(() => storage.setItem('é'.repeat(length), sessionOfSize(10_000)))).toMatchObject({
        code: 'storageError',
        message: expect.stringContaining(message),
      });
      expect(document.cookie).toBe('');
    });
  });

  describe('a reader in another tab', () => {
    it.each([
      ['one cookie by one', 'a', 'b'],
      ['many by many', OLD, NEW],
      ['one by many', 'a', NEW],
      ['many by one', OLD, 'b'],
    ])('sees the old value or the new one after every single cookie: %s', (_, before, after) => {
      storage.setItem(KEY, before);
      const seen: (string | null)[] = [];
      watchCookies((text, set) => {
        seen.push(otherTab.getItem(KEY));
        set(text);
        seen.push(otherTab.getItem(KEY));
      });

      storage.setItem(KEY, after);

      const changed = seen.indexOf(after);
      expect(changed).toBeGreaterThan(0);
      expect(seen.map(named)).toEqual(seen.map((_, index) => named(index < changed ? before : after)));
    });

    it('sees a value until it is removed, then none, and never a part', () => {
      storage.setItem(KEY, OLD);
      const seen = new Set<string | null>();
      watchCookies((text, set) => {
        set(text);
        seen.add(otherTab.getItem(KEY));
      });

      storage.removeItem(KEY);

      expect([...seen]).toEqual([null]);
    });

    it('reads null, not a part, when the browser dropped a piece', () => {
      storage.setItem(KEY, OLD);
      document.cookie = `${names().find((name) => name.endsWith('.1')) ?? ''}=; Max-Age=0; Path=/`;

      expect(storage.getItem(KEY)).toBeNull();
    });

    it('looks once more when pieces are missing', () => {
      storage.setItem(KEY, OLD);
      const whole = document.cookie;
      const head = whole.split('; ').at(-1) ?? '';
      const looks = [head, whole];
      undo.push(replaceProperty(document, 'cookie', { get: () => looks.shift() ?? head }));

      expect(named(storage.getItem(KEY))).toBe('old');
      expect(storage.getItem(KEY)).toBeNull();
    });

    it.each(['', 'x', '1-a', '1-a.2', '1-a.1.%E0%A4%A', '1-a.99999999999.x', '0-a.1.x'])(
      'reads null where another script wrote %j',
      (value) => {
        document.cookie = `${PREFIX}a=${value}`;

        expect(storage.getItem('a')).toBeNull();
        storage.setItem('a', 'mine');
        expect(storage.getItem('a')).toBe('mine');
      },
    );
  });

  describe('another tab that comes in between', () => {
    // Two cookies of the new value, the second its head; then two pieces of the old one are removed.
    const steps = 4;
    const headStep = 1;

    it('has as many chances as these tests go through', () => {
      storage.setItem(KEY, OLD);

      const removals = cookiesSetBy(() => storage.setItem(KEY, NEW)).map(isRemoval);

      expect(removals).toEqual([false, false, true, true]);
    });

    it.each(Array.from({ length: steps }, (_, step) => step))(
      'leaves one value or the other, whole, when it writes before cookie %i',
      (at) => {
        storage.setItem(KEY, OLD);
        const seen = new Set<string | null>();
        let isInside = false;
        watchCookies((text, set, step) => {
          if (!isInside && step === at) {
            isInside = true;
            otherTab.setItem(KEY, THEIRS);
            isInside = false;
          }
          set(text);
          if (!isInside) seen.add(otherTab.getItem(KEY));
        });

        storage.setItem(KEY, NEW);

        expect(['old', 'new', 'theirs']).toEqual(expect.arrayContaining([...seen].map(named)));
        // Before the head it is too late to look: last one wins. Before that the other one has been faster.
        expect(named(storage.getItem(KEY))).toBe(at === headStep ? 'new' : 'theirs');
        // Neither leaves pieces behind for ever: the next write clears what is left.
        storage.setItem(KEY, 'short');
        expect(names()).toEqual([`${PREFIX}eu-west-1%2Fclient123%2F3f0c`]);
      },
    );

    it.each(Array.from({ length: steps }, (_, step) => step))(
      'leaves what came last, the new value or nothing, when it removes before cookie %i',
      (at) => {
        storage.setItem(KEY, OLD);
        let isDone = false;
        watchCookies((text, set, step) => {
          if (!isDone && step === at) {
            isDone = true;
            otherTab.removeItem(KEY);
          }
          set(text);
        });

        storage.setItem(KEY, NEW);

        expect(isDone).toBe(true);
        expect(named(storage.getItem(KEY))).toBe(at <= headStep ? 'new' : 'none');
        expect(document.cookie === '').toBe(at > headStep);
      },
    );

    it.each(Array.from({ length: steps }, (_, step) => step))(
      'is no failure when it writes twice before cookie %i and clears away what it finds',
      (at) => {
        storage.setItem(KEY, OLD);
        let isInside = false;
        watchCookies((text, set, step) => {
          if (!isInside && step === at) {
            isInside = true;
            otherTab.setItem(KEY, 'a');
            otherTab.setItem(KEY, THEIRS);
            isInside = false;
          }
          set(text);
        });

        storage.setItem(KEY, NEW);

        expect(['new', 'theirs']).toContain(named(storage.getItem(KEY)));
      },
    );

    it('is no failure when it writes before every single cookie', () => {
      storage.setItem(KEY, OLD);
      let isInside = false;
      watchCookies((text, set) => {
        if (!isInside) {
          isInside = true;
          otherTab.setItem(KEY, THEIRS);
          isInside = false;
        }
        set(text);
      });

      storage.setItem(KEY, NEW);

      expect(['new', 'theirs']).toContain(named(storage.getItem(KEY)));
    });

    it('keeps its later value although the earlier writer looks after its own', () => {
      storage.setItem(KEY, OLD);
      let isDone = false;
      watchCookies((text, set) => {
        set(text);
        // Right after the head of the first writer.
        if (isDone || isRemoval(text) || !text.startsWith(`${PREFIX}eu-west-1%2Fclient123%2F3f0c=`)) return;
        isDone = true;
        otherTab.setItem(KEY, THEIRS);
      });

      storage.setItem(KEY, NEW);

      expect(isDone).toBe(true);
      expect(named(storage.getItem(KEY))).toBe('theirs');
      // Two cookies and a head: nothing of the first writer is left.
      expect(names()).toHaveLength(3);
    });
  });

  describe('a browser that drops cookies in silence', () => {
    const steps = numberOfSteps(() => new CookieStorageAdapter().setItem('x', NEW));

    it.each(Array.from({ length: steps }, (_, step) => step))(
      'says so and keeps the old value when it drops cookie %i of a write',
      (dropped) => {
        storage.setItem(KEY, OLD);
        const before = document.cookie;
        const written = new Set<number>();
        const seen = new Set<string>();
        watchCookies((text, set) => {
          const piece = /\.(\d+)=/.exec(text)?.[1];
          const index = piece === undefined ? steps - 1 : Number(piece) - 1;
          if (!isRemoval(text)) written.add(index);
          if (isRemoval(text) || index !== dropped) set(text);
          seen.add(named(otherTab.getItem(KEY)));
        });

        const error = thrownBy(() => storage.setItem(KEY, NEW));

        expect(error).toMatchObject({
          code: 'storageError',
          message: expect.stringContaining('did not keep'),
        });
        expect(written).toContain(dropped);
        expect(document.cookie === before).toBe(true);
        expect([...seen]).toEqual(['old']);
      },
    );

    it.each([
      ['the old value', OLD],
      ['nothing', null],
    ])('goes back to %s when pieces vanish as soon as their head is written', (_, before) => {
      if (before !== null) storage.setItem(KEY, before);
      const kept = [...names()].sort();
      const newHead = before === null ? /3f0c=(1-\w+)/ : /3f0c=(2-\w+)/;
      watchCookies((text, set) => {
        set(text);
        const generation = newHead.exec(document.cookie)?.[1];
        if (generation !== undefined)
          for (const name of names().filter((name) => name.endsWith(`.${generation}.1`)))
            set(`${name}=; Max-Age=0; Path=/`);
      });

      expect(thrownBy(() => storage.setItem(KEY, NEW))).toMatchObject({ code: 'storageError' });

      expect(named(storage.getItem(KEY))).toBe(before === null ? 'none' : 'old');
      expect([...names()].sort()).toEqual(kept);
    });

    it('leaves a value alone that another tab writes while it goes back', () => {
      storage.setItem(KEY, OLD);
      let isInside = false;
      let isDone = false;
      watchCookies((text, set) => {
        if (!isInside && !isDone && isRemoval(text)) {
          [isInside, isDone] = [true, true];
          otherTab.setItem(KEY, THEIRS);
          isInside = false;
        }
        // The head of the new value is refused until then.
        if (isDone || isRemoval(text) || /\.\d+=/.test(text)) set(text);
      });

      expect(thrownBy(() => storage.setItem(KEY, NEW))).toMatchObject({ code: 'storageError' });

      expect(isDone).toBe(true);
      expect(named(storage.getItem(KEY))).toBe('theirs');
    });

    it('leaves nothing behind when the first value of a key is dropped', () => {
      watchCookies((text, set) => {
        if (isRemoval(text) || !text.includes('.2=')) set(text);
      });

      expect(thrownBy(() => storage.setItem(KEY, OLD))).toMatchObject({ code: 'storageError' });
      expect(document.cookie).toBe('');
    });

    it.each([
      ['a piece', /\.1-\w+\.1$/],
      ['the head', /3f0c$/],
    ])('puts %s of the old value back that was dropped to make room for the new one', (_, victim) => {
      storage.setItem(KEY, OLD);
      const before = [...names()].sort();
      let hasRoom = false;
      watchCookies((text, set) => {
        const isOld = text.includes('=1-') || /\.1-\w+\.\d+=/.test(text);
        if (!isRemoval(text) && !isOld && !hasRoom) {
          hasRoom = true;
          for (const name of names()) if (victim.test(name)) set(`${name}=; Max-Age=0; Path=/`);
        }
        // Of the new value nothing is kept.
        if (isRemoval(text) || isOld) set(text);
      });

      expect(thrownBy(() => storage.setItem(KEY, NEW))).toMatchObject({ code: 'storageError' });

      expect(hasRoom).toBe(true);
      expect(named(storage.getItem(KEY))).toBe('old');
      expect([...names()].sort()).toEqual(before);
    });

    it('says so when cookies cannot be removed', () => {
      storage.setItem(KEY, OLD);
      watchCookies((text, set) => {
        if (!isRemoval(text)) set(text);
      });

      expect(thrownBy(() => storage.removeItem(KEY))).toMatchObject({
        code: 'storageError',
        message: expect.stringContaining('another path or domain'),
      });
    });
  });

  describe('attributes', () => {
    const setBy = (options: CookieStorageOptions): string =>
      cookiesSetBy(() => {
        try {
          new CookieStorageAdapter(options).setItem('a', 'b');
        } catch {
          // A page on http cannot write what asks for https; what it tried is what is looked at.
        }
      })[0]?.replace(/^[^;]*/, '') ?? '';

    it('are Path=/ and SameSite=Lax for this host and this browser session', () => {
      expect(setBy({})).toBe('; Path=/; SameSite=Lax');
    });

    it.each<[CookieStorageOptions, string]>([
      [{ secure: true }, '; Path=/; SameSite=Lax; Secure'],
      [{ prefix: '__Host-a.' }, '; Path=/; SameSite=Lax; Secure'],
      [{ prefix: '__Secure-a.', domain: 'localhost' }, '; Path=/; SameSite=Lax; Domain=localhost; Secure'],
      [{ sameSite: 'None' }, '; Path=/; SameSite=None; Secure'],
      [{ sameSite: 'Strict', path: '/app', maxAge: 60 }, '; Max-Age=60; Path=/app; SameSite=Strict'],
    ])('follow the options %j', (options, attributes) => {
      expect(setBy(options)).toBe(attributes);
    });

    it('removes with the path and domain it wrote with', () => {
      const adapter = new CookieStorageAdapter({ domain: 'localhost', maxAge: 60 });

      const removals = cookiesSetBy(() => adapter.removeItem('a'));

      expect(removals).toEqual([`${PREFIX}a=; Max-Age=0; Path=/; SameSite=Lax; Domain=localhost`]);
    });
  });

  describe('options that a browser refuses in silence', () => {
    it.each<[CookieStorageOptions, string]>([
      [{ prefix: '' }, 'prefix'],
      [{ prefix: 'a b' }, 'prefix'],
      [{ prefix: 'a;' }, 'prefix'],
      [{ prefix: 'a=' }, 'prefix'],
      [{ prefix: 'ä' }, 'prefix'],
      [{ prefix: '__Http-a' }, 'prefix'],
      [{ prefix: '__Host-Http-a' }, 'prefix'],
      [{ prefix: '__Host-a', domain: 'example.com' }, 'domain'],
      [{ prefix: '__Host-a', path: '/app' }, 'path'],
      [{ prefix: '__Host-a', secure: false }, 'secure'],
      [{ prefix: '__host-a', path: '/app' }, 'path'],
      [{ prefix: '__Secure-a', secure: false }, 'secure'],
      [{ sameSite: 'None', secure: false }, 'secure'],
      [{ sameSite: 'lax' as 'Lax' }, 'sameSite'],
      [{ domain: '' }, 'domain'],
      [{ domain: 'a.example; Path=/x' }, 'domain'],
      [{ domain: 'https://a.example' }, 'domain'],
      [{ path: 'app' }, 'path'],
      [{ path: '' }, 'path'],
      [{ path: '/a;b' }, 'path'],
      [{ path: '/ä' }, 'path'],
      [{ maxAge: 0 }, 'maxAge'],
      [{ maxAge: -1 }, 'maxAge'],
      [{ maxAge: 1.5 }, 'maxAge'],
      [{ maxAge: NaN }, 'maxAge'],
      [{ maxAge: Infinity }, 'maxAge'],
    ])('are refused by the constructor: %j', (options, named) => {
      expect(thrownBy(() => new CookieStorageAdapter(options))).toMatchObject({
        name: 'SessionError',
        code: 'invalidConfiguration',
        message: expect.stringContaining(`: ${named} `),
      });
    });

    it.each<CookieStorageOptions>([
      { prefix: '__Host-' },
      { prefix: '__Host-a', secure: true, path: '/' },
      { prefix: '__Secure-a', domain: '.example.com', path: '/app' },
      { sameSite: 'None', secure: true },
      { maxAge: 1 },
      { domain: 'localhost' },
    ])('are not these: %j', (options) => {
      expect(() => new CookieStorageAdapter(options)).not.toThrow();
    });
  });

  it.each([
    ['9-x.1.stale', '10-y.1.later'],
    ['10-y.1.later', '9-x.1.stale'],
  ])('takes the latest of two values that lie under one name with different paths: %s, %s', (one, other) => {
    undo.push(replaceProperty(document, 'cookie', { get: () => `${PREFIX}a=${one}; ${PREFIX}a=${other}` }));

    expect(storage.getItem('a')).toBe('later');
  });

  it('reads nothing under other prefixes', () => {
    undo.push(replaceProperty(document, 'cookie', { get: () => 'other-session.b=1-x.1.theirs' }));

    expect(storage.getItem('b')).toBeNull();
  });

  it('takes no piece of one key for that of another', () => {
    storage.setItem('a', OLD);
    storage.setItem('b', NEW);

    storage.removeItem('a');
    storage.setItem('c', 'short');

    expect([storage.getItem('a'), storage.getItem('b')].map(named)).toEqual(['none', 'new']);
  });

  it('keeps adapters with other prefixes apart', () => {
    const one = new CookieStorageAdapter({ prefix: 'a.' });
    const other = new CookieStorageAdapter({ prefix: 'a.b.' });
    one.setItem('b', OLD);
    other.setItem('b', NEW);

    expect([one.getItem('b'), other.getItem('b')]).toEqual([OLD, NEW]);
    one.removeItem('b');
    expect([one.getItem('b'), other.getItem('b')]).toEqual([null, NEW]);
  });
});
