import { describeStore } from '../../testing-support/store-contract';
import { MemorySessionStore } from './memory-session-store';

describe('a store in memory', () => {
  describeStore(() => new MemorySessionStore());
});
