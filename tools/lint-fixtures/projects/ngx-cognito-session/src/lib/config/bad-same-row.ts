// expect-depcruise: room-config
export { now } from '../platform/clock';
