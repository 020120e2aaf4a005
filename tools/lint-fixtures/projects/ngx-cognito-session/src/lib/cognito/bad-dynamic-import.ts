// expect-depcruise: room-cognito
export const load = () => import('../state/store');
