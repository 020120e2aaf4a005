import { TestBed } from '@angular/core/testing';
import { Prerendering } from '../../../testing-support/prerendering';
import { PAGE_ACTIVATION } from './page-activation';

describe('the activation of a page', () => {
  const prerendering = new Prerendering();

  afterEach(() => {
    prerendering.reset();
  });

  function watch(): string[] {
    const seen: string[] = [];
    TestBed.inject(PAGE_ACTIVATION).subscribe({
      next: () => seen.push('active'),
      complete: () => seen.push('complete'),
    });
    return seen;
  }

  it('is there at once in a browser that prerenders no pages', () => {
    expect(watch()).toEqual(['active', 'complete']);
  });

  it('is there at once in a page that the user has opened', () => {
    prerendering.begin();
    prerendering.activate();

    expect(watch()).toEqual(['active', 'complete']);
  });

  it('comes once when the user opens a prerendered page, for each subscriber', () => {
    prerendering.begin();
    const [first, second] = [watch(), watch()];
    const before = [...first];

    prerendering.activate();
    prerendering.activate();

    expect(before).toEqual([]);
    expect([first, second, watch()]).toEqual(Array<string[]>(3).fill(['active', 'complete']));
  });
});
