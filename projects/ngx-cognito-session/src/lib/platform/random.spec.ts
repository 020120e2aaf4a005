import { TestBed } from '@angular/core/testing';
import { RANDOM_SOURCE } from './random';

describe('chance', () => {
  it('gives numbers from zero to less than one', () => {
    const random = TestBed.inject(RANDOM_SOURCE);
    const numbers = Array.from({ length: 1000 }, () => random.number());

    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(new Set(numbers).size).toBeGreaterThan(900);
  });

  it('gives ids of 128 bits, none of them twice', () => {
    const random = TestBed.inject(RANDOM_SOURCE);
    const ids = Array.from({ length: 1000 }, () => random.id());

    expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(1000);
  });

  it('needs no secure context', () => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });

    expect(TestBed.inject(RANDOM_SOURCE).id()).toHaveLength(32);
    Reflect.deleteProperty(crypto, 'randomUUID');
  });
});
