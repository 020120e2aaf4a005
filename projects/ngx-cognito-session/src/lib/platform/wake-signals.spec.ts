import { NgZone, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { WAKE_SIGNALS, type WakeSignal } from './wake-signals';

const OURS = ['online', 'pageshow', 'resume', 'visibilitychange'];

/** Keeps count of who listens, and passes everything on. */
function countListeners(target: EventTarget): { readonly types: () => readonly string[] } {
  const listening: string[] = [];
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  Object.assign(target, {
    addEventListener: (type: string, listener: EventListener) => {
      listening.push(type);
      add(type, listener);
    },
    removeEventListener: (type: string, listener: EventListener) => {
      listening.splice(listening.indexOf(type), 1);
      remove(type, listener);
    },
  });
  return { types: () => listening.filter((type) => OURS.includes(type)).sort() };
}

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
}

describe('wake signals', () => {
  const listeners = { document: countListeners(document), window: countListeners(window) };

  afterAll(() => {
    for (const target of [document, window])
      for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(target, name);
    Reflect.deleteProperty(document, 'visibilityState');
  });

  beforeEach(() => setVisibility('visible'));

  it.each<readonly [WakeSignal, () => EventTarget, string]>([
    ['visible', () => document, 'visibilitychange'],
    ['resume', () => document, 'resume'],
    ['online', () => window, 'online'],
    ['pageshow', () => window, 'pageshow'],
  ])('tell that the page is awake: %s', (signal, target, type) => {
    const seen: WakeSignal[] = [];
    const listening = TestBed.inject(WAKE_SIGNALS).subscribe((next) => seen.push(next));

    target().dispatchEvent(new Event(type));

    expect(seen).toEqual([signal]);
    listening.unsubscribe();
  });

  it('do not tell of a page that is being hidden', () => {
    const seen: WakeSignal[] = [];
    const listening = TestBed.inject(WAKE_SIGNALS).subscribe((next) => seen.push(next));

    setVisibility('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(seen).toEqual([]);
    setVisibility('visible');
    document.dispatchEvent(new Event('visibilitychange'));

    expect(seen).toEqual(['visible']);
    listening.unsubscribe();
  });

  it('are listened for once, however many callers wait, and not at all when none does', () => {
    const wake = TestBed.inject(WAKE_SIGNALS);
    const all = () => [listeners.document.types(), listeners.window.types()];
    const before = all();

    const waiting = [wake.subscribe(), wake.subscribe(), wake.subscribe()];
    expect(all()).toEqual([
      ['resume', 'visibilitychange'],
      ['online', 'pageshow'],
    ]);
    for (const one of waiting) one.unsubscribe();

    expect(all()).toEqual([[], []]);
    expect(before).toEqual([[], []]);
  });

  it('can be listened for again', () => {
    const wake = TestBed.inject(WAKE_SIGNALS);
    wake.subscribe().unsubscribe();
    const seen: WakeSignal[] = [];

    const listening = wake.subscribe((next) => seen.push(next));
    window.dispatchEvent(new Event('online'));

    expect(seen).toEqual(['online']);
    listening.unsubscribe();
  });

  it('do not exist on a server', () => {
    TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
    const seen: string[] = [];

    TestBed.inject(WAKE_SIGNALS).subscribe({ complete: () => seen.push('complete') });

    expect(seen).toEqual(['complete']);
    expect([listeners.document.types(), listeners.window.types()]).toEqual([[], []]);
  });

  it('come outside of the Angular zone', () => {
    const seen: boolean[] = [];
    const listening = TestBed.inject(NgZone).run(() =>
      TestBed.inject(WAKE_SIGNALS).subscribe(() => seen.push(NgZone.isInAngularZone())),
    );

    window.dispatchEvent(new Event('online'));

    expect(seen).toEqual([false]);
    listening.unsubscribe();
  });
});
