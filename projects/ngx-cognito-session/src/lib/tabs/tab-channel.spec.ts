import { NgZone, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { denyGlobal, replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';
import { OPEN_TAB_CHANNEL, type TabChannel } from './tab-channel';

const NAME = 'cognito-session:eu-west-1/client1';

/** As much of a BroadcastChannel as is used; messages come within the call. */
class ChannelOfBrowser {
  static readonly open: ChannelOfBrowser[] = [];
  static readonly zones: boolean[] = [];
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;

  constructor(readonly name: string) {
    ChannelOfBrowser.zones.push(NgZone.isInAngularZone());
    ChannelOfBrowser.open.push(this);
  }

  postMessage(message: unknown): void {
    if (!ChannelOfBrowser.open.includes(this)) throw new DOMException('It is closed.', 'InvalidStateError');
    for (const other of ChannelOfBrowser.open)
      if (other !== this && other.name === this.name) other.onmessage?.({ data: structuredClone(message) });
  }

  close(): void {
    ChannelOfBrowser.open.splice(ChannelOfBrowser.open.indexOf(this), 1);
  }
}

describe('the channel between tabs', () => {
  const undo: (() => void)[] = [];

  afterEach(() => {
    for (const restore of undo.splice(0)) restore();
    ChannelOfBrowser.open.splice(0);
    ChannelOfBrowser.zones.splice(0);
    localStorage.clear();
  });

  function open(name = NAME): TabChannel {
    const channel = TestBed.inject(OPEN_TAB_CHANNEL)(name);
    if (channel === null) throw new Error('There is none.');
    return channel;
  }

  function heardBy(channel: TabChannel): unknown[] {
    const heard: unknown[] = [];
    channel.messages$.subscribe({
      next: (message) => heard.push(message),
      complete: () => heard.push('complete'),
    });
    return heard;
  }

  describe('where there is a BroadcastChannel', () => {
    beforeEach(() => {
      undo.push(replaceProperty(globalThis, 'BroadcastChannel', { value: ChannelOfBrowser }));
    });

    it('brings word to the others of the same name, and to nobody else', () => {
      const [a, b, other] = [open(), open(), open('cognito-session:eu-west-1/client2')];
      const heard = [a, b, other].map(heardBy);

      a.post({ hint: 1 });

      expect(heard).toEqual([[], [{ hint: 1 }], []]);
    });

    it('is opened outside the Angular zone', () => {
      TestBed.inject(NgZone).run(() => open());

      expect(ChannelOfBrowser.zones).toEqual([false]);
    });

    it('is let go of, completes, and takes what is posted afterwards without a word', () => {
      const [a, b] = [open(), open()];
      const heard = [a, b].map(heardBy);

      a.close();
      a.post({ hint: 1 });

      expect(heard).toEqual([['complete'], []]);
      expect(ChannelOfBrowser.open).toHaveLength(1);
    });

    it('does not fail the caller for a message that cannot be sent', () => {
      expect(() => {
        open().post({ callback: () => undefined });
      }).not.toThrow();
    });
  });

  describe('where there is none, or it is refused', () => {
    it.each<[string, PropertyDescriptor]>([
      ['missing', { value: undefined }],
      ['refused', { value: throwSecurityError }],
    ])('goes by an item of localStorage (%s)', (_, descriptor) => {
      undo.push(replaceProperty(globalThis, 'BroadcastChannel', descriptor));
      const channel = open();
      const heard = heardBy(channel);
      const written = watchWrites();

      // Not heard by itself, but by the other tabs, to whom the browser tells of what was written.
      channel.post({ hint: 1 });
      expect(heard).toEqual([]);
      for (const [key, newValue] of written())
        window.dispatchEvent(new StorageEvent('storage', { key, newValue }));

      expect(heard).toEqual([{ hint: 1 }]);
      expect(localStorage).toHaveLength(0);
    });

    it('brings word to other instances on the same page, and not to itself', () => {
      const [a, b] = [open(), open()];
      const heard = [a, b].map(heardBy);

      a.post({ hint: 1 });

      expect(heard).toEqual([[], [{ hint: 1 }]]);
    });

    it('tells of the same message twice', () => {
      const channel = open();
      const written = watchWrites();

      channel.post({ hint: 1 });
      channel.post({ hint: 1 });

      expect(new Set(written().map(([, newValue]) => newValue)).size).toBe(2);
    });

    it.each([
      ['another item', 'something else', '{"message":1}', []],
      ['text that is none of ours', NAME, 'not json', ['not json']],
      ['no message in it', NAME, '{"id":"1"}', [{ id: '1' }]],
      ['a removal', NAME, null, []],
    ])('hands on what anybody has written there, to be judged: %s', (_, key, newValue, expected) => {
      const heard = heardBy(open());

      window.dispatchEvent(new StorageEvent('storage', { key, newValue }));

      expect(heard).toEqual(expected);
    });

    it('listens only while somebody does, and completes when it is closed', () => {
      const channel = open();
      const heard = heardBy(channel);

      channel.close();
      window.dispatchEvent(new StorageEvent('storage', { key: NAME, newValue: '{"message":1}' }));

      expect(heard).toEqual(['complete']);
    });

    it('does not fail the caller when the storage is full', () => {
      const channel = open();
      undo.push(replaceProperty(Storage.prototype, 'setItem', { value: throwSecurityError }));

      expect(() => {
        channel.post({ hint: 1 });
      }).not.toThrow();
    });

    it('does not exist where localStorage is refused, too', () => {
      undo.push(denyGlobal('localStorage'));

      expect(TestBed.inject(OPEN_TAB_CHANNEL)(NAME)).toBeNull();
    });
  });

  it('does not exist on a server, where nothing is touched', () => {
    undo.push(replaceProperty(globalThis, 'BroadcastChannel', { value: ChannelOfBrowser }));
    TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });

    expect(TestBed.inject(OPEN_TAB_CHANNEL)(NAME)).toBeNull();
    expect(ChannelOfBrowser.zones).toEqual([]);
  });

  /** What the browser would tell other tabs of. */
  function watchWrites(): () => readonly (readonly [string, string])[] {
    const spy = jest.spyOn(Storage.prototype, 'setItem');
    undo.push(() => {
      spy.mockRestore();
    });
    return () => spy.mock.calls;
  }
});
