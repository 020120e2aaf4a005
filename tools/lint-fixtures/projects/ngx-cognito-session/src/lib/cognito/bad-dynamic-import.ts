// expect-depcruise: no-dynamic-imports room-cognito
export const load = () => import('../state/store');
