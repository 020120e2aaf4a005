import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { Countdown } from './countdown';

const START = Date.parse('2026-01-01T12:00:00Z');

/** One minute from the start on. */
async function show(clockDrift = 0): Promise<ComponentFixture<Countdown>> {
  TestBed.configureTestingModule({ providers: [provideZonelessChangeDetection()] });
  const fixture = TestBed.createComponent(Countdown);
  const inputs = { label: 'Ends in', expiresAt: new Date(START + 60_000), lifetimeMs: 60_000, clockDrift };
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  return fixture;
}

function textOf({ nativeElement }: ComponentFixture<Countdown>): string | null | undefined {
  return (nativeElement as HTMLElement).querySelector('[role=timer]')?.textContent;
}

function setVisibility(visibilityState: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

async function pass(fixture: ComponentFixture<Countdown>, ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  TestBed.tick();
  await fixture.whenStable();
}

describe('Countdown', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: START, doNotFake: ['queueMicrotask', 'nextTick', 'requestAnimationFrame'] });
  });

  afterEach(() => {
    setVisibility('visible');
    jest.useRealTimers();
  });

  it('counts the seconds', async () => {
    const fixture = await show();
    expect(textOf(fixture)).toBe('1:00');

    await pass(fixture, 15_000);

    expect(textOf(fixture)).toBe('0:45');
  });

  it("goes by the server's clock", async () => {
    const fixture = await show(20);

    expect(textOf(fixture)).toBe('0:40');
  });

  it('never shows more than the whole lifetime', async () => {
    const fixture = await show(-0.9);

    expect(textOf(fixture)).toBe('1:00');
  });

  it('stops at zero', async () => {
    const fixture = await show();

    await pass(fixture, 90_000);

    expect(textOf(fixture)).toBe('0:00');
  });

  it('does not tick while the page is hidden, and is right again at once when it is shown', async () => {
    const fixture = await show();

    setVisibility('hidden');
    expect(jest.getTimerCount()).toBe(0);
    await pass(fixture, 30_000);
    setVisibility('visible');
    await pass(fixture, 0);

    expect(textOf(fixture)).toBe('0:30');
  });

  it('leaves no timer behind', async () => {
    const fixture = await show();

    fixture.destroy();
    setVisibility('visible');

    expect(jest.getTimerCount()).toBe(0);
  });
});
