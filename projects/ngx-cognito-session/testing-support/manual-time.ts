/** The time of the tests that apps write is that of the library's own. */
export { ManualTime } from '../testing/src/lib/manual-time';
