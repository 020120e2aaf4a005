// expect-depcruise: errors-import-nothing room-errors
import { renewalDue } from '../core/renewal-due';

export const used = renewalDue;
