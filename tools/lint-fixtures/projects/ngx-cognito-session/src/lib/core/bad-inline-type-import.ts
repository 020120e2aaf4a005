// expect-depcruise: room-core
export type Used = import('../config/options').Options;
