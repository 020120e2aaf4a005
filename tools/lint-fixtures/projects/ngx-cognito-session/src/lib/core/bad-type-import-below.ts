// expect-depcruise: room-core
import type { Options } from '../config/options';

export type Used = Options;
