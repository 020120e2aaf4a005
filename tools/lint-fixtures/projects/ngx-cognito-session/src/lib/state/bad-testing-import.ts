// expect-depcruise: no-testing-in-sources
import { fakeNow } from '../testing-support/fake-clock';

export const used = fakeNow;
