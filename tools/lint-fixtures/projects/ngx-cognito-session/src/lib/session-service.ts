import { steps } from './lifecycle/renew';

export const stepCount = (): number => steps.length;
