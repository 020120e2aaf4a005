import { prefixOf } from '../storage/memory-storage';
import { renewalDue } from './renewal-due';

/** A test may reach into any room, and compares with Jest's matchers. */
it('counts from the expiry', () => {
  expect(renewalDue(60)).toEqual({ time: expect.any(Number) });
  expect(prefixOf({ region: 'eu-west-1' })).toBe('eu-west-1');
});
