// expect-depcruise: schematics-apart
import { pathOf } from '../../ngx-cognito-session/schematics/good-schematic';

export const used = pathOf;
