import { NgZone, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';
import { OPEN_TAB_CHANNEL, type TabChannel } from './tab-channel';

const NAME = 'cognito-session:client1';

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

    it('delivers messages to the other channels of the same name, and to no others', () => {
      const [a, b, other] = [open(), open(), open('cognito-session:client2')];
      const heard = [a, b, other].map(heardBy);

      a.post({ hint: 1 });

      expect(heard).toEqual([[], [{ hint: 1 }], []]);
    });

    it('is opened outside the Angular zone', () => {
      TestBed.inject(NgZone).run(() => open());

      expect(ChannelOfBrowser.zones).toEqual([false]);
    });

    it('completes when it is closed, and ignores later messages', () => {
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

  it.each<[string, PropertyDescriptor]>([
    ['is missing', { value: undefined }],
    ['is refused', { value: throwSecurityError }],
  ])('does not exist where a BroadcastChannel %s', (_, descriptor) => {
    undo.push(replaceProperty(globalThis, 'BroadcastChannel', descriptor));

    expect(TestBed.inject(OPEN_TAB_CHANNEL)(NAME)).toBeNull();
  });

  it('does not exist on a server, where nothing is touched', () => {
    undo.push(replaceProperty(globalThis, 'BroadcastChannel', { value: ChannelOfBrowser }));
    TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });

    expect(TestBed.inject(OPEN_TAB_CHANNEL)(NAME)).toBeNull();
    expect(ChannelOfBrowser.zones).toEqual([]);
  });
});
